"""The texts about incidents as templates, which an organisation may say in words of its own."""

from collections.abc import Callable

from django.utils.translation import gettext_noop as _

from backend.incidents import scripts
from backend.incidents.models import Incident
from backend.notifications.domain.templates import LANGUAGES, Template
from backend.notifications.selectors import texts

Words = Callable[..., str]

KIND = "no_answer"

EXAMPLE = {
    "nl": {"label": "Telefooncirkel De Els", "link": "https://rondje.example/v/4f7a2c90b1d84e6f"},
    "en": {"label": "Telephone circle De Els", "link": "https://rondje.example/v/4f7a2c90b1d84e6f"},
}

CODES: dict[Words, str] = {
    scripts.claimed_text: "incidents.claimed",
    scripts.claimed_by_other_text: "incidents.claimed_by_other",
    scripts.reminder_text: "incidents.reminder",
    scripts.stood_down_text: "incidents.stood_down",
    scripts.more_people_text: "incidents.more_people",
    scripts.worried_again_text: "incidents.worried_again",
    scripts.all_reached_text: "incidents.all_reached",
}
"""The code under which the words of each text are kept."""

ALERT = "incidents.alert"

PURPOSES = {
    "incidents.claimed": _("To whoever has taken a case"),
    "incidents.claimed_by_other": _("To whoever else was alerted: the case is taken"),
    "incidents.reminder": _("To whoever has not said yet what was found"),
    "incidents.stood_down": _("To whoever was on the way: the member has been in touch"),
    "incidents.more_people": _("To whoever has a case that concerns more people now"),
    "incidents.worried_again": _("To whoever has the case of somebody about whom another person worries, too"),
    "incidents.all_reached": _("To whoever has an outage's case: everybody has been reached"),
}


def _usual(words: Words) -> dict[str, str]:
    return {language: words(label="{label}", link="{link}", language=language) for language in LANGUAGES}


def _reason(language: str) -> str:
    return scripts.REASONS[language][KIND]


def _usual_alert() -> dict[str, str]:
    """With a place where the reason stands: it differs by the kind of case."""
    made = {
        language: scripts.alert_text(kind=KIND, label="{label}", link="{link}", language=language)
        for language in LANGUAGES
    }
    return {language: text.replace(_reason(language), "{reason}") for language, text in made.items()}


TEMPLATES = (
    Template(
        code=ALERT,
        purpose=_("To whoever is alerted"),
        words=_usual_alert(),
        example={language: {**EXAMPLE[language], "reason": _reason(language)} for language in LANGUAGES},
        needed=frozenset({"link"}),
    ),
    *(
        Template(code=code, purpose=PURPOSES[code], words=_usual(words), example=EXAMPLE, needed=frozenset({"link"}))
        for words, code in CODES.items()
    ),
)


def alert(incident: Incident, *, link: str, language: str) -> str:
    """The text that alerts, in the organisation's words."""
    reason = scripts.REASONS.get(language, scripts.REASONS["nl"])[incident.kind]
    label = incident.source_label
    return texts.text(incident.organisation, ALERT, language, label=label, reason=reason, link=link)


def tell(incident: Incident, words: Words, *, link: str, language: str) -> str:
    """One of the other texts, in the organisation's words."""
    code = CODES[words]
    return texts.text(incident.organisation, code, language, label=incident.source_label, link=link)
