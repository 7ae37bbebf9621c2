"""The programme of a resto as a calendar that others subscribe to. It names no guest."""

from collections.abc import Sequence
from datetime import datetime

from backend.common import calendars
from backend.common.calendars import Entry
from backend.meals.models import Evening, Resto
from backend.meals.public_words import say
from backend.people.domain.telephone import format_for_people
from backend.people.selectors import zone_of


def as_ical(resto: Resto, evenings: Sequence[Evening], *, now: datetime) -> bytes:
    """The calendar. Times are in the organisation's zone; `now` is UTC. A cancelled evening stays, and says so."""
    entries = [_entry(resto, evening) for evening in evenings]
    return calendars.as_ical(resto.name, "Resto", entries, zone=zone_of(resto.organisation), now=now)


def _entry(resto: Resto, evening: Evening) -> Entry:
    organisation = resto.organisation
    phone = format_for_people(organisation.phone)
    courses = [course.name for course in sorted(evening.courses.all(), key=lambda one: one.pk)]
    lines = [evening.theme, evening.speaker, *courses, say("calendar_reserve", organisation.language, phone=phone)]
    is_cancelled = evening.state == Evening.State.CANCELLED
    return Entry(
        uid=f"dinner-{evening.pk}@{organisation.slug}.rondje",
        version=evening.version,
        starts_at=evening.doors_at,
        ends_at=evening.ends_at,
        summary=f"{resto.name}: {evening.theme}" if evening.theme else resto.name,
        location=", ".join(part for part in (resto.address, resto.place) if part),
        description="" if is_cancelled else "\n".join(line for line in lines if line),
        is_cancelled=is_cancelled,
    )
