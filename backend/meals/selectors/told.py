"""What guests are told about a dinner, in their language: where, when and for how many."""

from datetime import datetime

from backend.meals.guest_words import say
from backend.meals.models import Evening, Resto
from backend.people.domain import days, moments
from backend.people.domain.telephone import format_for_people
from backend.people.selectors import local_date, moment_named, zone_of


def people(covers: int, language: str) -> str:
    """For how many: "1 persoon", "3 personen"."""
    return say("one" if covers == 1 else "more", language, covers=covers)


def address_of(resto: Resto) -> str:
    """Where it is: street and place, as far as they are known."""
    return ", ".join(part for part in (resto.address, resto.place) if part)


def day_of(evening: Evening, language: str, now: datetime) -> str:
    """The evening's day as it is said at `now` (UTC): today, tomorrow, or "dinsdag 24 november"."""
    return moments.day_named(evening.date, local_date(evening.resto.organisation, now), language)


def in_writing(evening: Evening, covers: int, language: str, now: datetime) -> dict[str, str]:
    """Every place of the words of a text. `day` is of use only in what goes out at `now`; `date` at any time."""
    return _facts(evening, covers, language, now, moments.written_time)


def out_loud(evening: Evening, covers: int, language: str, now: datetime) -> dict[str, str]:
    """The same for a voice: times as they are spoken."""
    return _facts(evening, covers, language, now, moments.spoken_time)


def until(evening: Evening, moment: datetime, language: str, now: datetime) -> str:
    """Until when something may be answered: "vandaag 14.00"."""
    return moment_named(evening.resto.organisation, moment, language, now)


def _facts(evening: Evening, covers: int, language: str, now: datetime, clock: "moments.Clock") -> dict[str, str]:
    organisation = evening.resto.organisation
    zone = zone_of(organisation)
    return {
        "organisation": organisation.name,
        "resto": evening.resto.name,
        "address": address_of(evening.resto),
        "date": days.spoken(evening.date, language),
        "day": day_of(evening, language, now),
        "doors": clock(evening.doors_at, zone, language),
        "dinner": clock(evening.dinner_at, zone, language),
        "people": people(covers, language),
        "phone": format_for_people(organisation.phone),
    }
