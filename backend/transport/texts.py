"""The texts of the bus as templates, which an organisation may say in words of its own."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from backend.notifications.domain.templates import of_catalogue
from backend.notifications.selectors import texts
from backend.people.domain.telephone import format_for_people
from backend.people.models import Organisation, Person
from backend.transport import evening_words, offer_words, words_crew
from backend.transport.models import Trip

EVENING = "transport.evening."
OFFER = "transport.offer."
CREW = "transport.crew."

_LINK = "https://rondje.example/bus/d/4f7a2c90b1d84e6f"

EXAMPLES = {
    "nl": {
        "organisation": "Samen West",
        "trip": "de markt",
        "day": "dinsdag 24 november",
        "times": "De bus komt morgen tussen 9.40 en 9.55. U bent rond 12.25 weer thuis.",
        "until": "vandaag 14.00",
        "phone": "+46 8 465 004 00",
        "name": "Anneke",
        "short": "24 nov",
        "begin": "9:30",
        "end": "13:00",
        "role": "chauffeur",
        "list": "1: di 24 nov 9:30 als chauffeur. 2: vr 27 nov 9:30 als chauffeur.",
        "choices": "JA 1 of JA 2",
        "link": _LINK,
    },
    "en": {
        "organisation": "Samen West",
        "trip": "the market",
        "day": "Tuesday 24 November",
        "times": "The bus comes tomorrow between 9:40 and 9:55. You will be home at about 12:25.",
        "until": "today 14:00",
        "phone": "+46 8 465 004 00",
        "name": "Anneke",
        "short": "24 Nov",
        "begin": "9:30",
        "end": "13:00",
        "role": "driver",
        "list": "1: Tue 24 Nov 9:30 as driver. 2: Fri 27 Nov 9:30 as driver.",
        "choices": "YES 1 or YES 2",
        "link": _LINK,
    },
}

EVENINGS = {
    "text": (_("To passengers, on the evening before: are they coming?"), {"times"}),
    "text_yes": (_("To passengers who are coming"), set[str]()),
    "text_cancelled": (_("To passengers who cancel by text"), {"phone"}),
    "text_speak": (_("To passengers who want to be rung about the bus"), set[str]()),
    "text_over": (_("To passengers who answer too late"), {"phone"}),
}

OFFERS = {
    "text": (_("To who waits for a seat: one is free"), {"times", "until"}),
    "text_accepted": (_("To who takes a free seat"), {"times"}),
    "text_declined": (_("To who does not want a free seat"), set[str]()),
    "text_gone": (_("To who was offered a seat that is not free any more"), set[str]()),
    "text_off": (_("To who answers an offer of a seat on a trip that is off"), {"phone"}),
    "text_expired": (_("To who answers an offer of a seat too late"), {"phone"}),
    "text_had": (_("To who takes a seat that they have already"), set[str]()),
    "no_place": (_("To who waited for a seat in vain"), {"phone"}),
}


CREWS = {
    "asked": (_("To a driver or host: can you come along on this trip?"), {"day", "short", "begin", "link"}),
    "asked_to_take_over": (_("To the other drivers or hosts: can you take a trip over?"), {"day", "short", "link"}),
    "confirmed": (_("To a driver or host who said yes"), {"day", "begin"}),
    "declined": (_("To a driver or host who said no"), set[str]()),
    "still_yours": (
        _("To a driver or host who says no, has several days and names none"),
        {"day", "link"},
    ),
    "taken_by_other": (_("To a driver or host: somebody else has the trip"), {"day"}),
    "not_needed": (_("To a driver or host: the question is not needed any more"), {"day"}),
    "taken_over": (_("To the driver or host whose trip was taken over"), {"day"}),
    "nobody_took_over": (_("To the driver or host whose trip nobody could take over"), {"day", "phone"}),
    "others_asked": (_("To a driver or host who asks by text to swap a trip"), {"day"}),
    "released": (_("To a driver or host who was taken off the roster"), {"day", "phone"}),
    "moved": (_("To driver and host: the trip is at another time"), {"day", "begin", "end"}),
    "trip_off": (_("To driver and host: the trip is off"), {"day"}),
    "gap": (_("To who runs the bus: nobody is left to ask for a trip"), {"day", "role", "link"}),
    "which": (_("To a driver or host who says yes and was asked about several trips"), {"choices"}),
    "not_asked_then": (_("To a driver or host who says yes to a day that nobody asked about"), {"choices"}),
    "too_late": (_("To a driver or host who says yes when the trip has begun or is off"), {"day"}),
    "cannot_be": (_("To a driver or host who says yes and may not: a paper is missing, for example"), {"phone"}),
    "which_day": (_("To a driver or host who would swap a trip and names no day"), {"link"}),
    "nobody_to_ask": (_("To a driver or host who would swap a trip when there is nobody to ask"), {"day", "phone"}),
    "link": (_("With the link to somebody's own trips and dates"), {"link"}),
}


TEMPLATES = (
    *of_catalogue(EVENING, EVENINGS, evening_words.WORDS, EXAMPLES),
    *of_catalogue(OFFER, OFFERS, offer_words.WORDS, EXAMPLES),
    *of_catalogue(CREW, CREWS, words_crew.WORDS, EXAMPLES),
)


def evening(trip: Trip, person: Person, code: str, /, **values: str) -> str:
    """A text about the evening before, in the organisation's words."""
    return _text(EVENING + code, trip, person, values)


def offer(trip: Trip, person: Person, code: str, /, **values: str) -> str:
    """A text about a free seat, in the organisation's words; also read out to who has no mobile."""
    return _text(OFFER + code, trip, person, values)


def crew(organisation: Organisation, code: str, language: str, /, **values: str) -> str:
    """A text to a driver, a host or who runs the bus, in the organisation's words."""
    return texts.text(organisation, CREW + code, language, **values)


def _text(code: str, trip: Trip, person: Person, values: Mapping[str, str]) -> str:
    organisation = trip.organisation
    known = {"organisation": organisation.name, "trip": trip.name, "phone": format_for_people(organisation.phone)}
    return texts.text(organisation, code, person.language, **{**known, **values})
