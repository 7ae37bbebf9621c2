"""A plan made anew after a change, so that what people were told moves as little as possible."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.transport.domain.planning.checker import check
from backend.transport.domain.planning.joining import Fits, fits
from backend.transport.domain.planning.one_round import MOST_HOMES, best_order
from backend.transport.domain.planning.planner import best_plan, best_way_home
from backend.transport.domain.planning.problem import Plan, Problem, start_of
from backend.transport.domain.planning.promises import moves
from backend.transport.domain.planning.timetable import Promised, Timetable, Way, timetable


@dataclass(frozen=True)
class Replanned:
    """The plan, along the clock. `left_out` cannot be served any more, whatever the order."""

    plan: Plan
    driven: Timetable
    left_out: frozenset[int]


def replan(problem: Problem, before: Plan, way: Way, promised: Mapping[int, Promised]) -> Replanned:
    """Everybody of `problem`, in the plan that breaks the least of what was promised, then is driven the shortest.

    Nobody is left out to keep a time: a person can ring about a time. Nor does anybody who was promised a time lose
    their seat to somebody who was not. Who cannot be served within capacity, ride and shift is named.
    """
    possible = [(plan, timetable(problem, plan, way, promised)) for plan in _plans(problem, before, way, promised)]

    def cost(one: tuple[Plan, Timetable]) -> tuple[object, ...]:
        served = one[0].served
        kept = len(served & promised.keys())
        return -kept, -len(served), *moves(one[1], promised).cost, one[1].ends, one[0].rounds

    plan, driven = min(possible, key=cost)
    return Replanned(plan, driven, frozenset(problem.by_key) - plan.served)


def _plans(problem: Problem, before: Plan, way: Way, promised: Mapping[int, Promised]) -> Iterator[Plan]:
    """The plan as it was without those who have gone, that with each round in its best order, each with whoever was
    left out before and fits now, and the best there is.
    """
    gone = [tuple(key for key in order if key in problem.by_key) for order in before.rounds]
    kept = Plan(tuple(order for order in gone if order))
    there = problem if way is Way.THERE else problem.mirrored()
    for plan in (kept, _each_shortest(there, kept, way)):
        if not check(there, plan if way is Way.THERE else plan.mirrored()):
            yield plan
            yield _with_those_left_out(problem, plan, way, promised)
    yield (best_plan(problem) if way is Way.THERE else best_way_home(problem)).plan


def _with_those_left_out(problem: Problem, plan: Plan, way: Way, promised: Mapping[int, Promised]) -> Plan:
    for key in problem.by_key:
        newcomers = (problem.friends_of(frozenset({key})) | {key}) - plan.served
        found = fits(problem, plan, frozenset(newcomers), way, promised) if key not in plan.served else None
        plan = found.plan if isinstance(found, Fits) else plan
    return plan


def _each_shortest(there: Problem, plan: Plan, way: Way) -> Plan:
    turned = plan if way is Way.THERE else plan.mirrored()
    orders = tuple(
        best_order(there, order, start_of(number)) if len(order) <= MOST_HOMES else None
        for number, order in enumerate(turned.rounds)
    )
    better = Plan(tuple(new or old for new, old in zip(orders, turned.rounds, strict=True)))
    return better if way is Way.THERE else better.mirrored()
