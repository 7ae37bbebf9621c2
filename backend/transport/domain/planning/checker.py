"""Whether a plan keeps every promise. Every plan has to pass it, whoever made it: a solver, a person, or a test.

It drives the plan from the garage onwards, second by second, and shares nothing with the planners but the value types.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from backend.transport.domain.planning.problem import DESTINATION, GARAGE, Plan, Problem


class Broken(StrEnum):
    """A rule that a plan can break."""

    UNKNOWN = "unknown passenger"
    TWICE = "fetched twice"
    CAPACITY = "no room"
    RIDE = "ride too long"
    SHIFT = "shift too long"
    ROUNDS = "too many rounds"
    EMPTY = "round without passengers"
    PARTED = "friends in different rounds"


@dataclass(frozen=True)
class Violation:
    """What is broken: in which round (0 is the first), for whom, and how much of what is there or asked for."""

    rule: Broken
    round: int | None = None
    passenger: int | None = None
    dimension: str = ""
    actual: int = 0
    allowed: int = 0

    def __str__(self) -> str:
        return _SENTENCES[self.rule].format(
            passenger=self.passenger,
            where="" if self.round is None else f" in round {self.round + 1}",
            dimension=self.dimension,
            actual=self.actual,
            allowed=self.allowed,
            actual_minutes=_minutes(self.actual),
            allowed_minutes=_minutes(self.allowed),
        )


_SENTENCES = {
    Broken.UNKNOWN: "Passenger {passenger}{where} is not among those who asked to come along.",
    Broken.TWICE: "Passenger {passenger} is fetched {actual} times.",
    Broken.CAPACITY: "{actual} {dimension} are needed{where}; the bus has {allowed}.",
    Broken.RIDE: "Passenger {passenger}{where} would ride {actual_minutes}; at most {allowed_minutes} was promised.",
    Broken.SHIFT: "All rounds take {actual_minutes}; the shift is {allowed_minutes}.",
    Broken.ROUNDS: "{actual} rounds; at most {allowed} can be made.",
    Broken.EMPTY: "Nobody is fetched{where}.",
    Broken.PARTED: "Passenger {passenger} and friends are fetched in {actual} different rounds.",
}


def check(problem: Problem, plan: Plan) -> list[Violation]:
    """Everything that is wrong with `plan`; an empty list when it can be driven as it stands."""
    known = {passenger.key for passenger in problem.passengers}
    strangers = [
        Violation(Broken.UNKNOWN, round=number, passenger=key)
        for number, order in enumerate(plan.rounds)
        for key in order
        if key not in known
    ]
    if strangers:
        return strangers  # nothing can be driven for somebody without a home
    return [*_counted(problem, plan), *_driven(problem, plan)]


def _counted(problem: Problem, plan: Plan) -> list[Violation]:
    times = Counter(key for order in plan.rounds for key in order)
    wrong = [Violation(Broken.TWICE, passenger=key, actual=count) for key, count in times.items() if count > 1]
    for party in problem.parties:
        in_rounds = sum(1 for order in plan.rounds if party & set(order))
        if in_rounds > 1:
            wrong.append(Violation(Broken.PARTED, passenger=min(party), actual=in_rounds, allowed=1))
    if len(plan.rounds) > problem.max_rounds:
        wrong.append(Violation(Broken.ROUNDS, actual=len(plan.rounds), allowed=problem.max_rounds))
    for number, order in enumerate(plan.rounds):
        if not order:
            wrong.append(Violation(Broken.EMPTY, round=number))
        for dimension, name in enumerate(problem.dimensions):
            needed = sum(problem.by_key[key].load[dimension] for key in order)
            if needed > problem.capacity[dimension]:
                wrong.append(
                    Violation(
                        Broken.CAPACITY,
                        round=number,
                        dimension=name,
                        actual=needed,
                        allowed=problem.capacity[dimension],
                    )
                )
    return wrong


def _driven(problem: Problem, plan: Plan) -> list[Violation]:
    wrong: list[Violation] = []
    clock, here = 0, GARAGE
    for number, order in enumerate(plan.rounds):
        boarded: dict[int, int] = {}
        for key in order:
            passenger = problem.by_key[key]
            clock += problem.seconds[here][passenger.place] + passenger.boarding_seconds
            boarded[key], here = clock, passenger.place
        clock += problem.seconds[here][DESTINATION]
        here = DESTINATION
        for key, since in boarded.items():
            allowed = problem.by_key[key].max_ride_seconds
            if clock - since > allowed:
                wrong.append(Violation(Broken.RIDE, round=number, passenger=key, actual=clock - since, allowed=allowed))
    if clock > problem.shift_seconds:
        wrong.append(Violation(Broken.SHIFT, actual=clock, allowed=problem.shift_seconds))
    return wrong


def _minutes(seconds: int) -> str:
    """Whole minutes, upwards: 45:01 is more than 45 minutes."""
    return f"{-(-seconds // 60)} minutes"
