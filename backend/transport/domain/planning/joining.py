"""Whether one person more (or a party of friends) fits into a plan, while they are on the line; and if not, why not.

Everybody who is in a round stays in it. Newcomers are put where least of what was promised to the others is moved, then
where it costs the least driving. Nobody's ride becomes longer than their limit.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from backend.transport.domain.planning.checker import Broken, check
from backend.transport.domain.planning.one_round import best_order
from backend.transport.domain.planning.problem import Plan, Problem, figures, rides_of, start_of
from backend.transport.domain.planning.promises import moves
from backend.transport.domain.planning.timetable import Promised, Timetable, Way, timetable

Order = tuple[int, ...]

A_DAY = 24 * 60 * 60


class WhyNot(StrEnum):
    """What stands in the way of one person more."""

    NO_ROOM = "no room"
    RIDE = "ride too long"
    SHIFT = "shift too long"
    PROMISE = "others count on their time"


@dataclass(frozen=True)
class Fits:
    """The plan with the newcomers in it, and when it is driven; `round` is theirs (0 is the first)."""

    plan: Plan
    round: int
    driven: Timetable


@dataclass(frozen=True)
class DoesNotFit:
    """Why not. `dimension` is what is full; `seconds` is how long the newcomers' ride or the shift would take."""

    why: WhyNot
    dimension: str = ""
    seconds: int = 0


@dataclass(frozen=True)
class _Offer:
    """One place for the newcomers: a plan of the way there (or of the way home, read backwards)."""

    plan: Plan
    round: int
    broken: frozenset[Broken]


def fits(
    problem: Problem,
    plan: Plan,
    newcomers: frozenset[int],
    way: Way = Way.THERE,
    promised: Mapping[int, Promised] | None = None,
) -> Fits | DoesNotFit:
    """Put `newcomers`, some of the problem's passengers, into `plan`, which serves others of them.

    Problem and plan are those of the way as it is driven. No plan is made anew: in under fifty milliseconds the answer
    is as true as it will be when the call has ended.
    """
    there, before = (problem, plan) if way is Way.THERE else (problem.mirrored(), plan.mirrored())
    full = _no_room(there, before, newcomers)
    if full:
        return full
    offers = list(_places(there, before, newcomers))
    possible = [_driven(problem, offer, way, promised or {}) for offer in offers if not offer.broken]
    if possible:
        return _best(possible, promised or {})
    late = [offer for offer in offers if offer.broken == {Broken.SHIFT}]
    if late:
        return DoesNotFit(WhyNot.SHIFT, seconds=min(figures(there, offer.plan).shift_seconds for offer in late))
    return _too_far(there, before, newcomers)


def _driven(problem: Problem, offer: _Offer, way: Way, promised: Mapping[int, Promised]) -> Fits:
    """The offer along the clock."""
    if way is Way.THERE:
        return Fits(offer.plan, offer.round, timetable(problem, offer.plan, way, promised))
    plan = offer.plan.mirrored()
    return Fits(plan, len(plan.rounds) - 1 - offer.round, timetable(problem, plan, way, promised))


def _best(possible: list[Fits], promised: Mapping[int, Promised]) -> Fits | DoesNotFit:
    def cost(fit: Fits) -> tuple[int, ...]:
        return (*moves(fit.driven, promised).cost, fit.driven.ends)

    best = min(possible, key=cost)
    return DoesNotFit(WhyNot.PROMISE) if moves(best.driven, promised).broken else best


def _places(problem: Problem, plan: Plan, newcomers: frozenset[int]) -> Iterator[_Offer]:
    """The plans with the newcomers in one of the rounds, or in one of their own."""
    for number, order in _rounds_for(problem, plan, newcomers):
        if _lacking(problem, (*order, *newcomers)):
            continue
        # Of equals the first is taken: newcomers (below zero) after those who were there, and the same on each machine.
        for better in sorted(_orders(problem, order, newcomers, start_of(number)), reverse=True):
            joined = Plan((*plan.rounds[:number], better, *plan.rounds[number + 1 :]))
            yield _Offer(joined, number, frozenset(wrong.rule for wrong in check(problem, joined)))


def _rounds_for(problem: Problem, plan: Plan, newcomers: frozenset[int]) -> list[tuple[int, Order]]:
    """The rounds that newcomers may join: that of their friends, if they have some on board."""
    rounds = list(enumerate((*plan.rounds, ())[: problem.max_rounds]))
    friends = problem.friends_of(newcomers) & plan.served
    return [(number, order) for number, order in rounds if friends <= set(order)]


def _orders(problem: Problem, order: Order, newcomers: frozenset[int], start: int) -> set[Order]:
    """The shortest way round, and those in which the others are fetched in the order in which they were."""
    new = tuple(sorted(newcomers))
    kept = {(*order[:place], *new, *order[place:]) for place in range(len(order) + 1)}
    shortest = best_order(problem, {*order, *new}, start)
    return kept | {shortest} if shortest else kept


def _no_room(problem: Problem, plan: Plan, newcomers: frozenset[int]) -> DoesNotFit | None:
    """What is full in every round that there can be."""
    lacking = [_lacking(problem, (*order, *newcomers)) for _number, order in _rounds_for(problem, plan, newcomers)]
    if not lacking:
        return DoesNotFit(WhyNot.NO_ROOM, dimension=problem.dimensions[0])
    return DoesNotFit(WhyNot.NO_ROOM, dimension=lacking[-1]) if all(lacking) else None


def _lacking(problem: Problem, keys: Order) -> str:
    for dimension, name in enumerate(problem.dimensions):
        if sum(problem.by_key[key].load[dimension] for key in keys) > problem.capacity[dimension]:
            return name
    return ""


def _too_far(problem: Problem, plan: Plan, newcomers: frozenset[int]) -> DoesNotFit:
    """How long the newcomers would ride at best, if the rides of the others are kept within their limits."""
    patient = tuple(
        replace(passenger, max_ride_seconds=A_DAY) if passenger.key in newcomers else passenger
        for passenger in problem.passengers
    )
    relaxed = replace(problem, passengers=patient, shift_seconds=A_DAY)
    rides = [
        max(rides_of(problem, offer.plan.rounds[offer.round])[key] for key in newcomers)
        for offer in _places(relaxed, plan, newcomers)
        if not offer.broken
    ]
    return DoesNotFit(WhyNot.RIDE, seconds=min(rides, default=0))
