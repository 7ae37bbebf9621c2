"""Whether one person more fits into a plan, while they are on the line; and if not, why not.

Everybody who is in a round stays in it. The newcomer is put where it costs the least driving, in the best order of that
round; what was promised to the others is their limit (`Passenger.max_ride_seconds`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from backend.transport.domain.planning.checker import check
from backend.transport.domain.planning.every_round import every_round
from backend.transport.domain.planning.one_round import best_order
from backend.transport.domain.planning.problem import Plan, Problem, figures, rides_of, start_of

Order = tuple[int, ...]


class WhyNot(StrEnum):
    """What stands in the way of one person more."""

    NO_ROOM = "no room"
    RIDE = "ride too long"
    SHIFT = "shift too long"


@dataclass(frozen=True)
class Fits:
    """The plan with the newcomer in it; `round` is theirs (0 is the first)."""

    plan: Plan
    round: int


@dataclass(frozen=True)
class DoesNotFit:
    """Why not. `dimension` is what is full; `seconds` is how long the newcomer's ride or the shift would take."""

    why: WhyNot
    dimension: str = ""
    seconds: int = 0


def fits(problem: Problem, plan: Plan, newcomer: int) -> Fits | DoesNotFit:
    """Put `newcomer`, one of the problem's passengers, into `plan`, which serves others of them.

    No plan is made anew: in under fifty milliseconds the answer is as true as it will be when the call has ended.
    """
    offers = list(_places(problem, plan, newcomer))
    within_shift = [offer for offer in offers if not check(problem, offer.plan)]
    if within_shift:
        return min(within_shift, key=lambda offer: figures(problem, offer.plan).drive_seconds)
    if offers:
        return DoesNotFit(WhyNot.SHIFT, seconds=min(figures(problem, offer.plan).shift_seconds for offer in offers))
    return _no_room(problem, plan, newcomer) or _too_far(problem, plan, newcomer)


def _places(problem: Problem, plan: Plan, newcomer: int) -> Iterator[Fits]:
    """The plans with the newcomer in one of the rounds, or in one of their own; rides and capacity are kept."""
    for number, order in enumerate((*plan.rounds, ())[: problem.max_rounds]):
        better = _joined(problem, {*order, newcomer}, start_of(number))
        if better:
            yield Fits(Plan((*plan.rounds[:number], better, *plan.rounds[number + 1 :])), number)


def _joined(problem: Problem, keys: set[int], start: int) -> Order | None:
    """The best order of a round, if the bus has room for it and everybody's ride stays within their limit."""
    listed = every_round(problem.only(frozenset(keys)))
    if not len(listed) or int(listed.members[-1]) != (1 << len(keys)) - 1:
        return None  # the largest group comes last
    return best_order(problem, keys, start)


def _no_room(problem: Problem, plan: Plan, newcomer: int) -> DoesNotFit | None:
    """What is full in every round that there can be."""
    rounds = (*plan.rounds, ())[: problem.max_rounds]
    lacking = [_lacking(problem, (*order, newcomer)) for order in rounds]
    return DoesNotFit(WhyNot.NO_ROOM, dimension=lacking[-1]) if all(lacking) else None


def _lacking(problem: Problem, keys: Order) -> str:
    for dimension, name in enumerate(problem.dimensions):
        if sum(problem.by_key[key].load[dimension] for key in keys) > problem.capacity[dimension]:
            return name
    return ""


def _too_far(problem: Problem, plan: Plan, newcomer: int) -> DoesNotFit:
    """How long the newcomer would ride at best. Fetched first they delay nobody, so that the others' rides are kept."""
    patient = replace(problem.by_key[newcomer], max_ride_seconds=24 * 60 * 60)
    others = tuple(passenger for passenger in problem.passengers if passenger.key != newcomer)
    relaxed = replace(problem, passengers=(*others, patient))
    rides = [rides_of(problem, offer.plan.rounds[offer.round])[newcomer] for offer in _places(relaxed, plan, newcomer)]
    return DoesNotFit(WhyNot.RIDE, seconds=min(rides))
