"""What a trip's page consists of: each part has a template and reads its own facts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.people.models import User
from backend.transport.models import Trip
from backend.transport.web import crew, day_part, disruption, money, rounds, route, waiting


@dataclass(frozen=True)
class Part:
    """A part of the page. `facts` reads what `template` shows as `part`, for a planner of the trip's organisation, at
    an instant (UTC); empty: there is nothing to say, and the part is left out.
    """

    template: str
    facts: Callable[[Trip, User, datetime], Mapping[str, Any]]


PARTS: Sequence[Part] = (
    Part("transport/parts/_day.html", day_part.facts),
    Part("transport/parts/_rounds.html", rounds.facts),
    Part("transport/parts/_waiting.html", waiting.part_facts),
    Part("transport/parts/_crew.html", crew.part_facts),
    Part("transport/parts/_route.html", route.facts),
    Part("transport/parts/_wrong.html", disruption.part_facts),
    Part("transport/parts/_money.html", money.part_facts),
)
"""In the order in which they are shown."""


def shown(trip: Trip, user: User, now: datetime) -> list[dict[str, Any]]:
    """The parts that have something to say about a trip."""
    found = [(part, part.facts(trip, user, now)) for part in PARTS]
    return [{**facts, "template": part.template} for part, facts in found if facts]
