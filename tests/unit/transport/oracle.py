"""The best plan of a small town by trying everything: slow, and too simple to be wrong."""

from itertools import combinations, permutations

from backend.transport.domain.planning.checker import Broken, check
from backend.transport.domain.planning.problem import Plan, Problem, figures


def best_by_trying(problem: Problem) -> tuple[int, int]:
    """Priority and seconds of driving of the best plan there is."""
    keys = [passenger.key for passenger in problem.passengers]
    orders = [
        order
        for size in range(1, len(keys) + 1)
        for group in combinations(keys, size)
        for order in permutations(group)
        if not _is_broken(problem, Plan((order,)), but=Broken.SHIFT)
    ]
    best = (0, 0)
    plans: list[tuple[tuple[int, ...], ...]] = [()]
    for _ in range(problem.max_rounds):
        plans = [(*plan, order) for plan in plans for order in orders if not any(set(order) & set(one) for one in plan)]
        for plan in plans:
            if not _is_broken(problem, Plan(plan)):
                found = figures(problem, Plan(plan))
                best = max(best, (found.priority, -found.drive_seconds))
    return best[0], -best[1]


def _is_broken(problem: Problem, plan: Plan, *, but: Broken | None = None) -> bool:
    return any(violation.rule is not but for violation in check(problem, plan))
