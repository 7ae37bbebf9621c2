"""The texts of circles as templates, which an organisation may say in words of its own."""

from django.utils.translation import gettext_noop as _

from backend.circles.scripts import words
from backend.circles.scripts.duty import words as duty_words
from backend.circles.scripts.life import words as life_words
from backend.common.languages import LANGUAGES
from backend.notifications.domain.templates import Template, of_sentence
from backend.notifications.selectors import texts
from backend.people.models import Organisation

BACKUP = "circles.backup"
DUTY = "circles.duty."
NEWS = "circles.news."

_LINK = "https://rondje.example/d/4f7a2c90b1d84e6f"
EXAMPLES = {
    "nl": {
        "circle": "De Els",
        "organisation": "Samen West",
        "duty_phone": "+46 8 465 004 01",
        "day": "do 3 dec",
        "short": "3 dec",
        "name": "Anneke",
        "phone": "+46 8 465 004 00",
        "link": _LINK,
        "gaps": "De Els op do 3 dec",
        "choices": "JA 3 dec of JA 4 dec",
    },
    "en": {
        "circle": "De Els",
        "organisation": "Samen West",
        "duty_phone": "+46 8 465 004 01",
        "day": "Thu 3 Dec",
        "short": "3 Dec",
        "name": "Anneke",
        "phone": "+46 8 465 004 00",
        "link": _LINK,
        "gaps": "De Els on Thu 3 Dec",
        "choices": "YES 3 Dec or YES 4 Dec",
    },
}

DUTIES = {
    "asked": (_("To the others of the roster: can somebody take a duty over?"), {"day", "short", "link"}),
    "which": (_("To whoever says yes and was asked about several days"), {"choices"}),
    "not_asked_then": (_("To whoever says yes to a day that nobody asked about"), {"choices"}),
    "taken_by_you": (_("To whoever takes a duty over"), {"day"}),
    "taken_over": (_("To whose duty has been taken over"), {"day"}),
    "taken_by_other": (_("To whoever else was asked: somebody has the duty"), {"day"}),
    "withdrawn": (_("To whoever was asked: it is not needed any more"), {"day"}),
    "lapsed_owner": (_("To whose duty nobody could take over"), {"day", "phone"}),
    "lapsed_coordinator": (_("To the coordinator: nobody took a duty over"), {"day", "link"}),
    "declined": (_("To whoever cannot take a duty over"), set[str]()),
    "offered": (_("To whoever asks by text to swap a duty"), {"day"}),
    "no_duty_then": (_("To whoever would swap a duty that is not theirs"), {"link"}),
    "which_day": (_("To whoever would swap a duty and names no day"), {"link"}),
    "link": (_("With the link to somebody's own duties"), {"link"}),
    "gaps": (_("To the coordinator: nobody is on duty on these days"), {"gaps", "link"}),
}

NEWS_TOLD = {
    "paused": (_("To members: the circle stops for now"), set[str]()),
    "paused_until": (_("To members: the circle stops until a day"), {"day"}),
    "resumed": (_("To members: the circle begins again"), {"day"}),
    "closed": (_("To members: the circle has ended"), set[str]()),
    "transferred": (_("To members: another organisation has taken the circle over"), {"day", "phone"}),
    "not_resumed": (_("To the coordinator: a circle cannot go on after its pause"), {"circle"}),
}


def _templates(
    prefix: str, purposes: dict[str, tuple[str, set[str]]], catalogues: dict[str, dict[str, str]]
) -> tuple[Template, ...]:
    return tuple(
        of_sentence(
            prefix + code,
            purpose,
            {language: catalogues[language][code] for language in LANGUAGES},
            EXAMPLES,
            frozenset(needed),
        )
        for code, (purpose, needed) in purposes.items()
    )


TEMPLATES = (
    of_sentence(
        BACKUP,
        _("To the backup, when the volunteer was absent at the start"),
        {language: words.CATALOGUES[language]["backup_text"] for language in LANGUAGES},
        EXAMPLES,
    ),
    *_templates(DUTY, DUTIES, duty_words.CATALOGUES),
    *_templates(NEWS, NEWS_TOLD, life_words.CATALOGUES),
)


def about_duty(organisation: Organisation, code: str, language: str, /, **values: str) -> str:
    """A text about a duty, in the organisation's words."""
    return texts.text(organisation, DUTY + code, language, **values)


def news(organisation: Organisation, code: str, language: str, /, **values: str) -> str:
    """News about a circle, in the organisation's words; also read out to who has no mobile."""
    return texts.text(organisation, NEWS + code, language, **values)
