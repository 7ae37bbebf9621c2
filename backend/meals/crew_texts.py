"""The texts to the crew of the dinners as templates, which an organisation may say in words of its own."""

from django.conf import settings
from django.utils.translation import gettext_noop as _

from backend.common.languages import LANGUAGES
from backend.meals.crew_words import WORDS
from backend.meals.models import CrewPlace
from backend.notifications.domain.templates import of_sentence
from backend.notifications.selectors import texts
from backend.people.models import Organisation

CREW = "meals.crew."

_LINK = "https://rondje.example/resto/d/4f7a2c90b1d84e6f"

EXAMPLES = {
    "nl": {
        "organisation": "Samen West",
        "resto": "De Lange Tafel",
        "day": "dinsdag 24 november",
        "until": "vandaag 14.00",
        "phone": "+46 8 465 004 00",
        "name": "Anneke",
        "short": "24 nov",
        "begin": "16:30",
        "end": "20:30",
        "role": "gastheer of gastvrouw",
        "list": "1: di 24 nov 16:30 als bediening. 2: do 26 nov 16:30 als bediening.",
        "choices": "JA 1 of JA 2",
        "link": _LINK,
    },
    "en": {
        "organisation": "Samen West",
        "resto": "De Lange Tafel",
        "day": "Tuesday 24 November",
        "until": "today 14:00",
        "phone": "+46 8 465 004 00",
        "name": "Anneke",
        "short": "24 Nov",
        "begin": "16:30",
        "end": "20:30",
        "role": "host",
        "list": "1: Tue 24 Nov 16:30 as waiter. 2: Thu 26 Nov 16:30 as waiter.",
        "choices": "YES 1 or YES 2",
        "link": _LINK,
    },
}

CREWS = {
    "asked": (_("To a volunteer: can you help on this evening?"), {"day", "short", "begin", "link"}),
    "asked_urgently": (_("To all volunteers who could: somebody dropped out"), {"day", "short", "begin", "link"}),
    "asked_to_take_over": (_("To the other volunteers: can you take an evening over?"), {"day", "short", "link"}),
    "confirmed": (_("To a volunteer who said yes"), {"day", "begin"}),
    "confirmed_no_guest": (_("To a guest who helps on the same evening"), {"day", "begin"}),
    "declined": (_("To a volunteer who said no"), set[str]()),
    "still_yours": (
        _("To a volunteer who says no, has several days and names none"),
        {"day", "link"},
    ),
    "taken_by_other": (_("To a volunteer: somebody else has the place"), {"day"}),
    "not_needed": (_("To a volunteer: the question is not needed any more"), {"day"}),
    "taken_over": (_("To the volunteer whose evening was taken over"), {"day"}),
    "nobody_took_over": (_("To the volunteer whose evening nobody could take over"), {"day", "phone"}),
    "others_asked": (_("To a volunteer who asks by text to swap an evening"), {"day"}),
    "released": (_("To a volunteer who was taken off the roster of an evening"), {"day", "phone"}),
    "moved": (_("To a volunteer: the evening is at another time"), {"day", "begin", "end"}),
    "evening_off": (_("To a volunteer: the evening is off"), {"day"}),
    "reminder": (_("To a volunteer, the day before"), {"day", "begin"}),
    "gap": (_("To who runs the dinners: nobody is left to ask for an evening"), {"day", "role", "link"}),
    "dropped": (_("To who runs the dinners: somebody dropped out shortly before"), {"day", "role", "link"}),
    "which": (_("To a volunteer who says yes and was asked about several days"), {"choices"}),
    "not_asked_then": (_("To a volunteer who says yes to a day that nobody asked about"), {"choices"}),
    "too_late": (_("To a volunteer who says yes when the evening has begun or is off"), {"day"}),
    "cannot_be": (_("To a volunteer who says yes and may not: a paper is missing, for example"), {"phone"}),
    "which_day": (_("To a volunteer who would swap an evening and names no day"), {"link"}),
    "nobody_to_ask": (_("To a volunteer who would swap an evening when there is nobody to ask"), {"day", "phone"}),
    "link": (_("With the link to a volunteer's own evenings"), {"link"}),
}

TEMPLATES = tuple(
    of_sentence(
        CREW + code,
        purpose,
        {language: WORDS.languages[language][code] for language in LANGUAGES},
        EXAMPLES,
        frozenset(needed),
    )
    for code, (purpose, needed) in CREWS.items()
)


def crew(organisation: Organisation, code: str, language: str, /, **values: str) -> str:
    """A text to a volunteer or to who runs the dinners, in the organisation's words."""
    return texts.text(organisation, CREW + code, language, **values)


def place_link(place: CrewPlace) -> str:
    """Where a manager sees who could have this place, and why others cannot."""
    return f"{settings.RONDJE_PUBLIC_URL}/resto/roster/{place.pk}/"
