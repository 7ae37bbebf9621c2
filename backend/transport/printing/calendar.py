"""The programme of an area as a calendar that others subscribe to. It names no passenger."""

from collections.abc import Sequence
from datetime import datetime

from backend.common import calendars
from backend.common.calendars import Entry
from backend.common.languages import in_language
from backend.people.domain.telephone import format_for_people
from backend.people.selectors import zone_of
from backend.transport.models import Area, Trip
from backend.transport.printing.words import WORDS, because
from backend.transport.selectors.settings import programme_settings


def as_ical(area: Area, trips: Sequence[Trip], *, now: datetime) -> bytes:
    """The calendar. Times are in the organisation's zone; `now` is UTC. A trip that is cancelled stays, and says so."""
    organisation = area.organisation
    entries = [_entry(trip, area) for trip in trips]
    name = f"{organisation.name}: {area.name}"
    return calendars.as_ical(name, "BoodschappenPlusBus", entries, zone=zone_of(organisation), now=now)


def _entry(trip: Trip, area: Area) -> Entry:
    organisation = area.organisation
    said = in_language(WORDS, organisation.language)
    phone = format_for_people(programme_settings(organisation).phone or organisation.phone)
    lines = [because(trip.cancelled_because, organisation.language), trip.note, f"{said['book']} {phone}"]
    is_cancelled = trip.state == Trip.State.CANCELLED
    return Entry(
        uid=f"bus-trip-{trip.pk}@{organisation.slug}.rondje",
        version=trip.plan_version,
        starts_at=trip.leaves_at,
        ends_at=trip.ends_at,
        summary=trip.name,
        location=", ".join(part for part in (trip.destination.name, trip.destination.address) if part),
        description="\n".join(line for line in (lines[:1] if is_cancelled else lines[1:]) if line),
        is_cancelled=is_cancelled,
    )
