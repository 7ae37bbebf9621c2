"""The texts about incidents as templates, which an organisation may say in words of its own."""

from enum import StrEnum

from django.utils.translation import gettext_noop as _

from backend.common.languages import LANGUAGES
from backend.incidents.models import Incident
from backend.incidents.scripts import reason_in_words
from backend.incidents.selectors import known_in_brief
from backend.incidents.words import WORDS
from backend.notifications.domain.templates import of_sentence
from backend.notifications.selectors import texts


class Told(StrEnum):
    """What somebody is told of a case by text. Each is a template "incidents.…" and a sentence "text_…"."""

    ALERT = "alert"
    CLAIMED = "claimed"
    CLAIMED_BY_OTHER = "claimed_by_other"
    REMINDER = "reminder"
    STOOD_DOWN = "stood_down"
    TURNED_UP = "turned_up"
    MISTAKEN = "mistaken"
    MORE_PEOPLE = "more_people"
    WORRIED_AGAIN = "worried_again"
    ALL_REACHED = "all_reached"

    @property
    def template(self) -> str:
        """The code under which its words are kept."""
        return f"incidents.{self.value}"


PURPOSES = {
    Told.ALERT: _("To whoever is alerted"),
    Told.CLAIMED: _("To whoever has taken a case"),
    Told.CLAIMED_BY_OTHER: _("To whoever else was alerted: the case is taken"),
    Told.REMINDER: _("To whoever has not said yet what was found"),
    Told.STOOD_DOWN: _("To whoever was on the way: the member has been in touch"),
    Told.TURNED_UP: _("To whoever was on the way: the person has turned up"),
    Told.MISTAKEN: _("To whoever was on the way: the case was a mistake"),
    Told.MORE_PEOPLE: _("To whoever has a case that concerns more people now"),
    Told.WORRIED_AGAIN: _("To whoever has the case of somebody about whom another person worries, too"),
    Told.ALL_REACHED: _("To whoever has an outage's case: everybody has been reached"),
}

ONE_SEGMENT = 160
"""Characters of the GSM alphabet. An alert in two may arrive in part; what does not fit stands behind the link."""

EXAMPLES = {
    language: {
        "label": WORDS.say("example_label", language),
        "reason": reason_in_words(Incident.Kind.NO_ANSWER, language),
        "link": "https://rondje.example/v/4f7a2c90b1d84e6f",
    }
    for language in LANGUAGES
}

TEMPLATES = tuple(
    of_sentence(told.template, PURPOSES[told], WORDS.in_all(f"text_{told.value}"), EXAMPLES, frozenset({"link"}))
    for told in Told
)


def alert(incident: Incident, *, link: str, language: str) -> str:
    """The text that alerts, in the organisation's words."""
    reason = reason_in_words(incident.kind, language)
    body = _text(incident, Told.ALERT, language, link=link, reason=reason)
    brief = known_in_brief(incident, language)
    if not brief:
        return body
    longer = _text(incident, Told.ALERT, language, link=link, reason=f"{reason} ({brief})")
    return longer if len(longer) <= ONE_SEGMENT else body


def tell(incident: Incident, told: Told, *, link: str, language: str) -> str:
    """One of the other texts, in the organisation's words."""
    return _text(incident, told, language, link=link)


def _text(incident: Incident, told: Told, language: str, **values: str) -> str:
    return texts.text(incident.organisation, told.template, language, label=incident.source_label, **values)
