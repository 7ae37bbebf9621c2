"""How good the plans of the bus are, and how soon they are there: ours, VROOM's and OR-Tools', in one run.

    make bench ARGS="bench/test_bus_plans.py"

The towns with a proved optimum are read from BUS_TOWNS (a file in the format of `manage.py plan_bus`), or from beside
the checkout; without them only the random towns are planned, against the best plan of the three.
"""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend.transport import instances
from backend.transport.domain.planning.checker import check
from backend.transport.domain.planning.problem import Plan, Problem, figures
from tests.unit.transport.towns import random_town

pytest.importorskip("ortools", reason="OR-Tools is only there to compare with: `make bench` installs it")

from bench.bus_plans import PLANNERS

TOWNS = Path(os.environ.get("BUS_TOWNS", Path(__file__).parents[2] / "shared" / "data" / "bus_towns.json"))
RANDOM = [(homes, km, seed) for homes, km in ((8, 4), (16, 3), (16, 6), (24, 3), (24, 6)) for seed in range(4)]


@dataclass(frozen=True)
class Result:
    """What one planner made of one town. `lost` and `over` are against the best: priority, and share of driving."""

    planner: str
    seconds: float
    violations: int
    lost: int
    over: float


def test_plans_against_the_proved_optimum() -> None:
    if not TOWNS.exists():
        pytest.skip(f"{TOWNS} is not there; name a file of towns with BUS_TOWNS")
    towns = [town for town in instances.read(TOWNS) if town.optimum]
    results = [
        result
        for town in towns
        for result in _compare(town.problem, (town.optimum.priority, town.optimum.drive_seconds))
    ]
    _print(f"{len(towns)} towns with a proved optimum", results)
    ours = [result for result in results if result.planner == "ours"]
    assert not any(result.violations or result.lost for result in ours)
    assert sum(result.over for result in ours) / len(ours) <= 0.01


def test_plans_of_random_towns() -> None:
    results = [result for homes, km, seed in RANDOM for result in _compare(random_town(seed, homes, km=km), None)]
    _print(f"{len(RANDOM)} random towns, against the best of the three", results)
    ours = [result for result in results if result.planner == "ours"]
    assert not any(result.violations or result.lost for result in ours)


def _compare(problem: Problem, optimum: tuple[int, int] | None) -> Iterable[Result]:
    plans: dict[str, tuple[Plan, float]] = {}
    for name, plan in PLANNERS.items():
        began = time.perf_counter()
        plans[name] = plan(problem), time.perf_counter() - began
    ranks = {name: _rank(problem, plan) for name, (plan, _) in plans.items()}
    sound = [rank for name, rank in ranks.items() if not check(problem, plans[name][0])]
    priority, drive = optimum or max(sound, key=lambda rank: (rank[0], -rank[1]))
    for name, (plan, seconds) in plans.items():
        broken = len(check(problem, plan))
        lost = 0 if broken else priority - ranks[name][0]
        over = ranks[name][1] / drive - 1 if not (broken or lost) and drive else 0.0
        yield Result(name, seconds, broken, lost, over)


def _rank(problem: Problem, plan: Plan) -> tuple[int, int]:
    found = figures(problem, plan)
    return found.priority, found.drive_seconds


def _print(title: str, results: list[Result]) -> None:
    print(f"\n{title}:")
    print(
        f"{'planner':10} {'plans that break a rule':>24} {'priority lost':>14} "
        f"{'driving over':>13} {'mean s':>8} {'worst s':>8}"
    )
    for name in PLANNERS:
        mine = [result for result in results if result.planner == name]
        print(
            f"{name:10} {sum(bool(one.violations) for one in mine):>24} {sum(one.lost for one in mine):>14} "
            f"{sum(one.over for one in mine) / len(mine):>12.2%} {sum(one.seconds for one in mine) / len(mine):>8.3f} "
            f"{max(one.seconds for one in mine):>8.3f}"
        )
