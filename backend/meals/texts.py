"""The texts of the dinners as templates, which an organisation may say in words of its own."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from backend.meals import day_before_words, guest_words, offer_words
from backend.meals.models import Evening
from backend.notifications.domain.templates import of_catalogue
from backend.notifications.selectors import texts
from backend.people.models import Person

GUEST = "meals.guest."
DAY_BEFORE = "meals.day_before."
OFFER = "meals.offer."

EXAMPLES = {
    "nl": {
        "organisation": "Samen West",
        "resto": "De Lange Tafel",
        "address": "Dorpsstraat 12, Ons Dorp",
        "date": "dinsdag 24 november",
        "day": "morgen",
        "doors": "17.30",
        "dinner": "18.00",
        "people": "2 personen",
        "until": "vandaag 14.00",
        "phone": "+46 8 465 004 00",
    },
    "en": {
        "organisation": "Samen West",
        "resto": "De Lange Tafel",
        "address": "Dorpsstraat 12, Ons Dorp",
        "date": "Tuesday 24 November",
        "day": "tomorrow",
        "doors": "17:30",
        "dinner": "18:00",
        "people": "2 people",
        "until": "today 14:00",
        "phone": "+46 8 465 004 00",
    },
}

GUESTS = {
    "reserved": (_("To guests who have places at a dinner"), {"date"}),
    "waiting": (_("To guests who are on the waiting list of a dinner"), {"date"}),
    "changed": (_("To guests who come with more or fewer people"), {"date", "people"}),
    "moved": (_("To guests: the dinner is at another time"), {"date", "doors"}),
    "elsewhere": (_("To guests: the dinner is at another address"), {"date", "address"}),
    "cancelled": (_("To guests whose places were cancelled"), {"date", "phone"}),
    "off_list": (_("To guests who were taken off the waiting list of a dinner"), {"date"}),
    "evening_off": (_("To guests: the dinner does not take place"), {"date"}),
}

DAYS_BEFORE = {
    "text": (_("To guests, on the evening before: are they coming?"), {"day"}),
    "text_yes": (_("To guests who are coming"), set[str]()),
    "text_cancelled": (_("To guests who cancel by text"), {"phone"}),
    "text_speak": (_("To guests who want to be rung about the dinner"), set[str]()),
    "text_over": (_("To guests who answer too late"), {"phone"}),
    "reminder": (_("To guests who booked on the public page, on the day"), {"doors"}),
    "text_party": (_("To who helps, on the evening before: does the rest of their party come?"), {"day", "people"}),
    "text_yes_party": (_("To who helps, and the rest of their party comes"), set[str]()),
    "text_cancelled_party": (_("To who helps, and cancels the rest of their party by text"), {"phone"}),
    "reminder_party": (_("To who helps and booked for others on the public page, on the day"), {"doors"}),
}

OFFERS = {
    "text": (_("To who waits for a place at a dinner: there is room"), {"day", "until"}),
    "text_accepted": (_("To who takes a free place at a dinner"), {"day"}),
    "text_declined": (_("To who does not want a free place at a dinner"), set[str]()),
    "text_gone": (_("To who was offered a place at a dinner that is not free any more"), set[str]()),
    "text_elsewhere": (_("To who takes a free place and is at another dinner then"), {"phone"}),
    "text_expired": (_("To who answers an offer of a place at a dinner too late"), {"phone"}),
    "text_had": (_("To who takes a place at a dinner that they have already"), set[str]()),
    "no_place": (_("To who waited for a place at a dinner in vain"), {"phone"}),
}

TEMPLATES = (
    *of_catalogue(GUEST, GUESTS, guest_words.WORDS, EXAMPLES),
    *of_catalogue(DAY_BEFORE, DAYS_BEFORE, day_before_words.WORDS, EXAMPLES),
    *of_catalogue(OFFER, OFFERS, offer_words.WORDS, EXAMPLES),
)


def text(code: str, evening: Evening, person: Person, values: Mapping[str, str]) -> str:
    """A text to a guest, in the organisation's words; `values` as `selectors.told` gives them."""
    return texts.text(evening.resto.organisation, code, person.language, **values)
