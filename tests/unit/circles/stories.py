"""What the stories of a morning share: a circle, its morning as a town lives it, and how it ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from backend.circles.domain import schedule
from backend.circles.domain.morning import Member, Morning, Role, Standing, Volunteer
from backend.circles.domain.policy import DIALLED, MorningPolicy
from tests.unit.circles.driver import START, Driver
from tests.unit.circles.town import Told

EVERYONE_WELL = {1: "well", 2: "well", 3: "well", 4: "well"}
ROUND = ["0 → 1", "1 → 2", "2 → 3", "3 → 4", "4 → 0"]


def circle(size: int = 4, *, volunteer: bool = True, **changed: Any) -> Morning:
    """A circle in which everyone has a line; `m2={"can_ring": False}` changes the second member.

    Each caller is rung, and the other one is dialled in that call; one ring a morning is in `test_one_ring_mornings`.
    """
    members = tuple(
        replace(Member(key=key, lines=(f"+3113000000{key}",)), **changed.get(f"m{key}", {}))
        for key in range(1, size + 1)
    )
    expected = sum(member.standing is Standing.EXPECTED for member in members)
    policy = MorningPolicy(joining=DIALLED)
    return Morning(
        policy=policy,
        started_at=START,
        deadline_at=schedule.deadline(START, expected=expected, policy=policy),
        members=members,
        volunteer=Volunteer(lines=("+31600000100",) if volunteer else ()),
    )


def told(town: Told, start: Morning | None = None) -> Driver:
    """The morning as this town lives it."""
    return Driver(start or circle(), town).play()


def standings(driver: Driver) -> dict[int, str]:
    return {member.key: member.standing.value for member in driver.morning.members}


def causes(driver: Driver) -> list[str]:
    return [incident.cause for incident in driver.incidents]


def retries(driver: Driver, key: int) -> list[timedelta]:
    """When somebody was rung again, counted from their first miss."""
    first = driver.misses[key][0][0]
    return [each.at - first for each in driver.tries if each.member == key and each.role is Role.RETRY]


MINUTES = timedelta(minutes=1)
