"""A volunteer's own evenings as a calendar that their telephone subscribes to. It names no guest."""

from collections.abc import Sequence
from datetime import datetime

from backend.common import calendars
from backend.common.calendars import Entry
from backend.meals.crew_words import say
from backend.meals.models import CrewPlace
from backend.meals.selectors.crew import times_of
from backend.people.models import Person
from backend.people.selectors import zone_of


def as_ical(person: Person, places: Sequence[CrewPlace], *, now: datetime) -> bytes:
    """The calendar. Times are in the organisation's zone; `now` is UTC. What is not theirs any more is not in it."""
    organisation = person.organisation
    entries = [_entry(place, person) for place in places]
    return calendars.as_ical(organisation.name, "Resto", entries, zone=zone_of(organisation), now=now)


def _entry(place: CrewPlace, person: Person) -> Entry:
    resto = place.evening.resto
    starts_at, ends_at = times_of(place)
    return Entry(
        uid=f"meal-crew-{place.pk}@{person.organisation.slug}.rondje",
        version=place.evening.version,
        starts_at=starts_at,
        ends_at=ends_at,
        summary=f"{resto.name}: {say(place.job, person.language)}",
        location=", ".join(part for part in (resto.address, resto.place) if part),
        description="",
        is_cancelled=False,
    )
