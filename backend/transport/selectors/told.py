"""What passengers are told about their trip, in their language: when the bus comes, and when they are home."""

from collections.abc import Iterable
from datetime import datetime

from backend.people.domain.moments import day_named
from backend.people.selectors import local_date, zone_of
from backend.transport.bus_words import Times, times_in_words
from backend.transport.models import Booking, Ride, Trip
from backend.transport.selectors.answering import Told


def times_of(booking: Booking) -> Times:
    """What they were promised, by the rides as they are now."""
    windows = {
        ride.way: (ride.promised_from, ride.promised_until)
        for ride in booking.rides.exclude(state=Ride.State.CANCELLED)
    }
    return Times(windows.get(Ride.Way.THERE), windows.get(Ride.Way.HOME))


def times_in(told: Told) -> Times:
    """What they would be promised, as it was answered."""
    there = (told.there.from_, told.there.until) if told.there else None
    home = (told.home.from_, told.home.until) if told.home else None
    return Times(there, home)


def times_as_json(times: Times) -> dict[str, list[str]]:
    """For a message that tells them later."""
    ways = {"there": times.there, "home": times.home}
    return {way: [moment.isoformat() for moment in window] for way, window in ways.items() if window}


def times_from_json(stored: dict[str, list[str]]) -> Times:
    """What `times_as_json` kept."""
    windows = {
        way: (datetime.fromisoformat(first), datetime.fromisoformat(last)) for way, (first, last) in stored.items()
    }
    return Times(windows.get("there"), windows.get("home"))


def in_words(trip: Trip, times: Times, language: str, now: datetime, *, written: bool = False) -> str:
    """The times in a sentence or two; `now` is UTC."""
    organisation = trip.organisation
    return times_in_words(
        times,
        trip.date,
        today=local_date(organisation, now),
        zone=zone_of(organisation),
        language=language,
        written=written,
    )


def day_of(trip: Trip, language: str, now: datetime) -> str:
    """The trip's day as it is said: tomorrow, or "dinsdag 24 november"."""
    return day_named(trip.date, local_date(trip.organisation, now), language)


def parties(bookings: Iterable[Booking]) -> list[list[Booking]]:
    """Bookings by party, in their order."""
    found: dict[object, list[Booking]] = {}
    for booking in bookings:
        found.setdefault(booking.party, []).append(booking)
    return list(found.values())


def party_of(booking: Booking) -> list[Booking]:
    """Who waits together with this one, who comes first."""
    others = Booking.objects.filter(trip=booking.trip_id, party=booking.party, state=Booking.State.WAITING)
    return [booking, *others.exclude(pk=booking.pk).select_related("person").order_by("pk")]
