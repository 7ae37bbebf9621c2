"""A circle's life: forming, practising, active, paused, closed; and what it lacks to be active. Pure.

Circles form slowly: with a waiting list until there are enough members, and a practice morning before the first real
one (domain text).
"""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What can be done with a circle as a whole."""

    PRACTISE = "practise"
    ACTIVATE = "activate"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"


STEPS: dict[str, tuple[Step, ...]] = {
    "forming": (Step.PRACTISE, Step.ACTIVATE, Step.CLOSE),
    "practice": (Step.ACTIVATE, Step.CLOSE),
    "active": (Step.PAUSE, Step.CLOSE),
    "paused": (Step.RESUME, Step.CLOSE),
    "closed": (),
}
"""By status. A closed circle stays closed: its members join another."""


class Lack(StrEnum):
    """What keeps a circle from being active."""

    DUTY_PHONE = "duty_phone"
    COORDINATOR = "coordinator"
    PRIMARY = "primary"
    MEMBERS = "members"
    NUMBER = "number"
    CONSENT = "consent"


@dataclass(frozen=True)
class Member:
    """A member who is to take part."""

    name: str
    has_number: bool
    has_consent: bool


@dataclass(frozen=True)
class Facts:
    """What is known of a circle. Weekdays: 0 is Monday; `with_primary` are those on which a volunteer has the duty."""

    duty_phone_answers: bool
    weekdays: tuple[int, ...]
    with_primary: frozenset[int]
    with_coordinator: frozenset[int]
    members: tuple[Member, ...]
    minimum: int


@dataclass(frozen=True)
class Missing:
    """One thing that is missing; `weekdays`, `names` and `count` say where, who and how many."""

    lack: Lack
    weekdays: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    count: int = 0


def missing(facts: Facts) -> tuple[Missing, ...]:
    """All that a circle lacks to be active: it must be able to look after everybody from the first morning on."""
    found = []
    if not facts.duty_phone_answers:
        found.append(Missing(Lack.DUTY_PHONE))
    without_primary = tuple(day for day in facts.weekdays if day not in facts.with_primary)
    if without_primary:
        found.append(Missing(Lack.PRIMARY, weekdays=without_primary))
    if not facts.with_coordinator:
        found.append(Missing(Lack.COORDINATOR))
    if len(facts.members) < facts.minimum:
        found.append(Missing(Lack.MEMBERS, count=facts.minimum - len(facts.members)))
    without_number = tuple(member.name for member in facts.members if not member.has_number)
    if without_number:
        found.append(Missing(Lack.NUMBER, names=without_number))
    without_consent = tuple(member.name for member in facts.members if not member.has_consent)
    if without_consent:
        found.append(Missing(Lack.CONSENT, names=without_consent))
    return tuple(found)


def keeps_from_going_on(lacks: tuple[Missing, ...]) -> bool:
    """Whether a circle that ran before cannot go on: with fewer members it may, never without people who look."""
    return any(missing.lack in (Lack.DUTY_PHONE, Lack.PRIMARY, Lack.COORDINATOR) for missing in lacks)


def may(status: str, step: Step) -> bool:
    """Whether a step can be taken in a status."""
    return step in STEPS[status]


def next_step(status: str, lacks: tuple[Missing, ...]) -> Step | None:
    """What a coordinator would do next, when there is something to do."""
    if status == "forming" and not lacks:
        return Step.PRACTISE
    if status == "practice" and not lacks:
        return Step.ACTIVATE
    return None
