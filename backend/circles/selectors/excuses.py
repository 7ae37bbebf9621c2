"""Who is excused from a morning before anybody is rung: away that day, or with another programme while it goes round.

Circles know nothing of bus or dinner: `people` says when somebody is engaged, and here is decided whether that collides
with the time in which the circle may ring them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backend.circles.domain import schedule
from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import MorningPolicy
from backend.circles.models import Circle, Membership, Round
from backend.circles.selectors.members import chosen_times
from backend.circles.selectors.settings import policy_of, zone_of
from backend.people.domain.known import clock_time
from backend.people.models import Absence, Engagement
from backend.people.selectors import absent_on, engaged_among

ENGAGED = "engaged_"
"""How the code of an engagement begins: engaged_bus@8:15 is "on the bus from 8:15", in local time."""


@dataclass(frozen=True)
class Excuse:
    """Why somebody is not rung this morning: a code, and when that was written down (UTC; None: not known)."""

    how: str
    at: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """A circle's morning on a local date, and who would take part: rung from `start` to `end` (UTC), if at all."""

    circle: Circle
    day: date
    start: datetime
    end: datetime
    members: Sequence[Membership]


def asked(circle: Circle, day: date, members: Sequence[Membership], *, start: datetime | None = None) -> Asked:
    """A morning that has not begun, with its latest deadline: that of everybody taking part."""
    start = start or schedule.instant(day, circle.starts_at, zone_of(circle))
    policy = policy_of(circle)
    latest = max(chosen_times(circle, day, start, members, policy).values(), default=None)
    end = may_ring_until(circle.mode, start, expected=len(members), policy=policy, latest=latest)
    return Asked(circle, day, start, end, members)


def may_ring_until(
    mode: str, start: datetime, *, expected: int, policy: MorningPolicy, latest: datetime | None = None
) -> datetime:
    """The deadline (UTC) of a morning that starts at `start`; `latest` is when the last member chose to be rung."""
    base = max(start, latest or start)
    if mode == Mode.OWN_PHONE:
        base = max(base, schedule.deadline(start, expected=expected, policy=policy))
    return schedule.deadline(base, expected=expected, policy=policy)


def excuses(morning: Asked) -> dict[int, Excuse]:
    """Who is excused, by the key of the person."""
    return excuses_in([morning])[0]


def excuses_in(mornings: Sequence[Asked]) -> list[dict[int, Excuse]]:
    """The same for many, in their order: two queries, and one for each further date."""
    people = [[member.person_id for member in morning.members] for morning in mornings]
    everybody = sorted({pk for those in people for pk in those})
    if not everybody:
        return [{} for _morning in mornings]
    away = {day: absent_on(day, everybody) for day in {morning.day for morning in mornings}}
    start, end = min(morning.start for morning in mornings), max(morning.end for morning in mornings)
    engaged = engaged_among(everybody, start, end)
    return [
        _excuses(morning, those, away[morning.day], engaged) for morning, those in zip(mornings, people, strict=True)
    ]


def _excuses(
    morning: Asked, people: Iterable[int], away: dict[int, Absence], engaged: dict[int, list[Engagement]]
) -> dict[int, Excuse]:
    found: dict[int, Excuse] = {}
    for pk in people:
        collides = [one for one in engaged.get(pk, ()) if one.starts_at < morning.end and one.ends_at > morning.start]
        if pk in away:
            found[pk] = Excuse(f"absent_{away[pk].reason}", away[pk].recorded_at)
        elif collides:
            found[pk] = Excuse(code_of(collides[0], morning.circle))
    return found


def engaged_during(round_: Round, person_id: int) -> Engagement | None:
    """What somebody is engaged in at some moment between a round's planned start and its deadline, or None."""
    assert round_.deadline_at is not None
    return next(iter(engaged_among([person_id], round_.planned_start, round_.deadline_at).get(person_id, ())), None)


def code_of(engagement: Engagement, circle: Circle) -> str:
    """The code of an engagement, with the local time from which it keeps somebody away."""
    programme = Engagement.Programme(engagement.programme).name.lower()
    return f"{ENGAGED}{programme}@{clock_time(engagement.starts_at, zone_of(circle))}"
