"""The texts that notifications send by themselves, as templates."""

from django.utils.translation import gettext_noop as _

from backend.notifications.domain.templates import Template, of_sentence
from backend.notifications.selectors import texts
from backend.notifications.words import WORDS
from backend.people.models import Organisation

COULD_NOT_RING = "notifications.could_not_ring"
NOT_UNDERSTOOD = "notifications.not_understood"
HELP_STRANGER = "notifications.help_stranger"
CALL_BACK = "notifications.call_back_text"
TEXTS_AGAIN = "notifications.texts_again"
NO_TEXTS_TOLD = "notifications.no_texts_told"

_NAMES = {
    "organisation": "Welzijn West",
    "phone": "+46 8 465 004 00",
    "name": "Anneke",
    "link": "https://rondje.example/inbox/",
}
EXAMPLES = {"nl": _NAMES, "en": _NAMES}

PURPOSES = {
    COULD_NOT_RING: (_("Instead of an urgent call that the carrier refuses"), {"phone"}),
    NOT_UNDERSTOOD: (_("To whoever sends a text that is not understood"), {"phone"}),
    HELP_STRANGER: (_("To whoever asks for help from a number that we do not know"), {"phone"}),
    CALL_BACK: (_("To the coordinator on duty: somebody waits to be rung back"), {"link"}),
    TEXTS_AGAIN: (_("To whoever wants texts again, after START"), set[str]()),
    NO_TEXTS_TOLD: (_("To the coordinator: a volunteer on duty wants no texts any more"), {"name"}),
}

TEMPLATES: tuple[Template, ...] = tuple(
    of_sentence(
        code,
        purpose,
        WORDS.in_all(code.partition(".")[2]),
        EXAMPLES,
        frozenset(needed),
    )
    for code, (purpose, needed) in PURPOSES.items()
)


def say(organisation: Organisation, code: str, language: str, /, **values: str) -> str:
    """One of these texts, in the organisation's words."""
    return texts.text(organisation, code, language, **values)
