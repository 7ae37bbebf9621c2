"""Ticks as they come from a telephone (JSON), from buttons on a page, and from paper."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from backend.common.errors import RondjeError
from backend.people.domain.known import clock_time
from backend.people.selectors import zone_of
from backend.transport.domain.run import Answer, State, What
from backend.transport.models import Trip
from backend.transport.selectors.disruption import stopped_at
from backend.transport.selectors.run import run_of
from backend.transport.services.day import Taken, Tick
from backend.transport.web import day_words

AT_ONCE = 200
"""Ticks in one request; a telephone sends the rest with the next."""

VERSION_MOST = 2**31 - 1
"""What the column holds."""

NAMESPACE = uuid.UUID("6f1b7a52-2c0e-4b8e-9d51-51d0f6f1c9a4")
"""Of keys made here: the same tick entered twice has the same key."""


class TickSerializer(serializers.Serializer[Any]):
    """One tick of a telephone."""

    id = serializers.UUIDField()
    ride = serializers.IntegerField(min_value=1)
    what = serializers.ChoiceField(choices=[what.value for what in What])
    at = serializers.DateTimeField(default_timezone=UTC)
    version = serializers.IntegerField(min_value=0, max_value=VERSION_MOST)


class Unreadable(RondjeError):
    """What a telephone sent is no list of ticks."""

    status = 422


@dataclass(frozen=True)
class Batch:
    """What a telephone sent: its clock at sending, the ticks, and the keys of those that cannot be read."""

    device_now: datetime
    ticks: tuple[Tick, ...]
    unreadable: tuple[str, ...]


def batch_of(sent: object, now: datetime) -> Batch:
    """What was sent as JSON. One tick that cannot be read loses no other. Raises Unreadable for what is no list."""
    if not isinstance(sent, dict) or not isinstance(sent.get("entries"), list):
        raise Unreadable("What this telephone sent cannot be read. Its ticks stay on it; load the page again.")
    ticks, unreadable = [], []
    for one in sent["entries"][:AT_ONCE]:
        serializer = TickSerializer(data=one)
        if serializer.is_valid():
            known = serializer.validated_data
            ticks.append(Tick(known["id"], known["ride"], What(known["what"]), known["at"], known["version"]))
        elif isinstance(one, dict):
            unreadable.append(str(one.get("id", "")))
    return Batch(_instant(sent.get("device_now")) or now, tuple(ticks), tuple(unreadable))


def ticks_of_form(posted: Mapping[str, Any], rides: Iterable[str], now: datetime) -> list[Tick]:
    """What a button on the page says about these rides; pressed twice, it is one tick. Raises Unreadable.

    All buttons of a page share its key: another button is another tick.
    """
    try:
        key, what, version = uuid.UUID(str(posted["key"])), What(posted["what"]), int(posted["version"])
        if not 0 <= version <= VERSION_MOST:
            raise ValueError(version)
        return [Tick(uuid.uuid5(key, f"{ride}:{what}"), int(ride), what, now, version) for ride in rides]
    except (KeyError, ValueError) as error:
        raise Unreadable("This button could not be read. Load the page again and tick once more.") from error


def answers(taken: Iterable[Taken], names: Mapping[int, str], unreadable: Iterable[str]) -> list[dict[str, str]]:
    """What the telephone is told of each tick; `words` where the crew should read it."""
    found = [
        {"id": str(one.key), "answer": one.answer.value, "words": _words(one, names.get(one.ride, ""))} for one in taken
    ]
    return found + [{"id": key, "answer": "refused", "words": str(day_words.REFUSED)} for key in unreadable]


def standing_of(trip: Trip) -> dict[str, object]:
    """How a trip stands, for a telephone: where each ride is, the plan's version, and `seq`: how many ticks came in."""
    states: dict[int, State] = run_of(trip).states()
    rides = {str(ride): state.value for ride, state in states.items()}
    return {
        "seq": trip.entries.count(),
        "version": trip.plan_version,
        "trip": trip.state,
        "stopped": stopped_words(trip, stopped_at(trip)),
        "rides": rides,
    }


def stopped_words(trip: Trip, at: datetime | None) -> str:
    """That the trip was stopped, and what its crew does now, before a number to ring; "" if not. `at` is UTC."""
    if at is None or trip.state == Trip.State.CLOSED:
        return ""
    words = _(
        "This trip was stopped at %(time)s. Fetch nobody any more: whoever has not been fetched hears so from us. Is "
        "somebody in the bus, or away from home? Go on ticking what happens, and ring"
    )
    return words % {"time": clock_time(at, zone_of(trip.organisation))}


def _words(one: Taken, name: str) -> str:
    if one.answer is not Answer.KEPT or one.why is None:
        return ""
    return f"{name}: {day_words.WHYS[one.why]}".removeprefix(": ")


def _instant(sent: Any) -> datetime | None:
    field = serializers.DateTimeField(default_timezone=UTC)
    try:
        found = field.to_internal_value(sent)
    except serializers.ValidationError:
        return None
    return found if isinstance(found, datetime) else None
