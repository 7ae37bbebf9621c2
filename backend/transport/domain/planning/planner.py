"""The plan of one bus: whom to fetch, in which rounds, in which order.

VROOM's plan is where the search begins. For what a bus can do in a morning every possible round is listed and the best
are chosen: no better plan exists. Where there are too many rounds to list (more than about twenty people close
together), the shortest are listed, with those of VROOM's plan beside them: the plan is as good as VROOM's, or better.
"""

from dataclasses import dataclass, replace

import numpy as np

from backend.transport.domain.planning.every_round import MOST_PASSENGERS, Rounds, belonging, every_round
from backend.transport.domain.planning.one_round import best_order
from backend.transport.domain.planning.packing import choose
from backend.transport.domain.planning.problem import Plan, Problem, start_of
from backend.transport.domain.planning.vrp import by_vroom

MOST_PROMISING = 40
"""Of more people than can be looked at, so many are planned for: five times what fits in a bus."""


@dataclass(frozen=True)
class Planned:
    """A plan that keeps every rule. `proved`: no plan serves more priority, or as much with less driving."""

    plan: Plan
    proved: bool


def best_plan(problem: Problem) -> Planned:
    """Plan the way there. Most priority first, then the least driving."""
    if len(problem.passengers) > MOST_PASSENGERS:
        chosen = best_plan(_most_promising(problem))
        return Planned(chosen.plan, proved=False)
    rounds = every_round(problem)
    masks = [sum(_bit(problem, key) for key in party) for party in problem.parties]
    groups = [frozenset(order) for order in by_vroom(problem).rounds if not _parts(problem, frozenset(order))]
    if not rounds.complete:
        for group in groups:
            rounds = rounds.and_(_among(problem, group))
    rounds = rounds.parting_none_of(masks)
    choice = choose(
        rounds,
        passengers=len(problem.passengers),
        shift_seconds=problem.shift_seconds,
        max_rounds=problem.max_rounds,
        known=_rows_of(problem, rounds, groups),
    )
    # All but the first start at the destination and may change places: always listed in the same order.
    rows = (*choice.rows[:1], *sorted(choice.rows[1:]))
    orders = (best_order(problem, _who(problem, rounds, row), start_of(n)) for n, row in enumerate(rows))
    return Planned(Plan(tuple(order for order in orders if order)), choice.proved)


def best_way_home(problem: Problem) -> Planned:
    """Plan the way home: from the destination, everybody to their own home, the last round on to the garage."""
    there = best_plan(problem.mirrored())
    return Planned(there.plan.mirrored(), there.proved)


def _most_promising(problem: Problem) -> Problem:
    """As many passengers as can be looked at: those whom VROOM would fetch, then by priority."""
    fetched = by_vroom(problem).served
    ranked = sorted(problem.passengers, key=lambda person: (person.key not in fetched, -person.priority, person.key))
    return problem.only(frozenset(person.key for person in ranked[:MOST_PROMISING]))


def _among(problem: Problem, group: frozenset[int]) -> Rounds:
    """Every round with nobody but people of `group`: VROOM does not know the shift; somebody may have to stay out."""
    smaller = problem.only(group)
    rounds = every_round(smaller)
    bits = np.array([_bit(problem, passenger.key) for passenger in smaller.passengers], dtype=np.int64)
    return replace(rounds, members=belonging(rounds.members, len(bits)) @ bits)


def _rows_of(problem: Problem, rounds: Rounds, groups: list[frozenset[int]]) -> tuple[int, ...]:
    """Where each of the groups stands in the list of rounds."""
    members = [sum(_bit(problem, key) for key in group) for group in groups]
    return tuple(int(np.flatnonzero(rounds.members == member)[0]) for member in members)


def _parts(problem: Problem, group: frozenset[int]) -> bool:
    """Whether a group leaves somebody's friends out."""
    return problem.friends_of(group) != group


def _bit(problem: Problem, key: int) -> int:
    return 1 << problem.passengers.index(problem.by_key[key])


def _who(problem: Problem, rounds: Rounds, row: int) -> list[int]:
    members = int(rounds.members[row])
    return [passenger.key for index, passenger in enumerate(problem.passengers) if members >> index & 1]
