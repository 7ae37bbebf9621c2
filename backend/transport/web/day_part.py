"""How the day of a trip stands, on the trip's page: the way to the list, and who is where."""

from collections import Counter
from datetime import datetime
from typing import Any

from backend.people.models import User
from backend.transport.domain.run import State, Way
from backend.transport.models import Trip
from backend.transport.selectors.manifest import Manifest, manifest_of
from backend.transport.web import day_words


def facts(trip: Trip, _user: User, now: datetime) -> dict[str, Any]:
    """The part of the trip's page; nothing for a trip that nobody rides."""
    manifest = manifest_of(trip, now)
    if not manifest.stops:
        return {}
    counted = _counted(manifest) if trip.state in (Trip.State.UNDERWAY, Trip.State.CLOSED) else []
    not_home = [(name, day_words.MISSING[reason.what]) for name, reason in manifest.not_home]
    return {
        "counted": counted,
        "not_home": not_home if trip.state == Trip.State.UNDERWAY else [],
        "kept": len(manifest.kept),
    }


def _counted(manifest: Manifest) -> list[tuple[str, str, int]]:
    """Way, state in words, and how many are in it."""
    ways = {one.ride.pk: Way(one.ride.way) for stop in manifest.stops for one in stop.passengers}
    counts = Counter((ways[ride], state) for ride, state in manifest.states.items())
    return [
        (str(day_words.WAYS[way]), str(day_words.STATES[way][state]), counts[way, state])
        for way in Way
        for state in State
        if counts[way, state]
    ]
