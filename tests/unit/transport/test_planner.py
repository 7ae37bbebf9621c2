"""The planner: nothing broken, ever; the best there is where it says so; never worse than VROOM."""

import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.transport import instances
from backend.transport.domain.planning.checker import Broken, check
from backend.transport.domain.planning.every_round import every_round
from backend.transport.domain.planning.one_round import best_order
from backend.transport.domain.planning.planner import best_plan, best_way_home
from backend.transport.domain.planning.problem import GARAGE, Plan, drive_of, figures, rides_of
from backend.transport.domain.planning.vrp import by_vroom
from tests.unit.transport.oracle import best_by_trying
from tests.unit.transport.towns import WHEELCHAIR, person, random_town, street

SHARED_TOWNS = Path(__file__).parents[4] / "shared" / "data" / "bus_towns.json"

seeds = st.integers(min_value=0, max_value=10_000)


@given(seed=seeds, homes=st.integers(0, 5), km=st.sampled_from([2, 5, 9]), rounds=st.integers(1, 2))
@settings(max_examples=60, deadline=None)
def test_small_towns_get_the_best_plan_there_is(seed, homes, km, rounds) -> None:
    problem = random_town(seed, homes, km=km, max_rounds=rounds, limits=(1200, 2700))
    planned = best_plan(problem)
    found = figures(problem, planned.plan)
    assert planned.proved
    assert check(problem, planned.plan) == []
    assert (found.priority, found.drive_seconds) == best_by_trying(problem)


@given(seed=seeds, homes=st.integers(10, 26), km=st.sampled_from([2, 4, 7]))
@settings(max_examples=12, deadline=None)
def test_no_town_gets_a_plan_that_breaks_a_rule_or_is_worse_than_vrooms(seed, homes, km) -> None:
    problem = random_town(seed, homes, km=km)
    plan = best_plan(problem).plan
    assert check(problem, plan) == []
    theirs = by_vroom(problem)
    assert {broken.rule for broken in check(problem, theirs)} <= {Broken.SHIFT}
    if not check(problem, theirs):
        assert _rank(problem, plan) >= _rank(problem, theirs)


@given(seed=seeds, homes=st.integers(1, 14))
@settings(max_examples=25, deadline=None)
def test_the_way_home_keeps_the_same_limits_backwards(seed, homes) -> None:
    problem = random_town(seed, homes, km=4)
    plan = best_way_home(problem).plan
    assert check(problem.mirrored(), plan.mirrored()) == []
    # Forwards: who is let out after whom, the drive and the getting off of those before included.
    for order in plan.rounds:
        clock, here = 0, 1
        for key in order:
            passenger = problem.by_key[key]
            clock += problem.seconds[here][passenger.place]
            assert clock <= passenger.max_ride_seconds
            clock, here = clock + passenger.boarding_seconds, passenger.place


@given(seed=seeds, homes=st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_the_order_of_one_round_is_the_shortest_within_everybodys_limit(seed, homes) -> None:
    problem = random_town(seed, homes, km=4, limits=(900, 1500, 2700))
    keys = [passenger.key for passenger in problem.passengers]
    possible = [
        order
        for order in permutations(keys)
        if all(ride <= problem.by_key[key].max_ride_seconds for key, ride in rides_of(problem, order).items())
    ]
    found = best_order(problem, keys, GARAGE)
    if not possible:
        assert found is None
    else:
        assert found in possible
        assert drive_of(problem, found, GARAGE) == min(drive_of(problem, order, GARAGE) for order in possible)


def test_with_eight_homes_at_four_kilometres_the_ride_limit_binds_and_not_the_seats() -> None:
    # Eight seats and eight people, yet no round of eight: whoever is first would ride for longer than 45 minutes.
    problem = street(*(person(key) for key in range(8)), minutes=5)
    assert len(best_plan(problem).plan.served) < 8
    assert max(bin(group).count("1") for group in every_round(problem).members) < 8


def test_priority_goes_before_driving() -> None:
    near, far = person(0), person(1, priority=3)
    problem = street(near, far, seats=1)
    assert best_plan(problem).plan.rounds == ((1,),)


def test_somebody_who_lives_too_far_away_stays_out_and_the_others_come() -> None:
    problem = street(person(0), person(1), person(2), minutes=20)
    assert best_plan(problem).plan.served == {0, 1}
    assert best_plan(problem.only(frozenset({2}))).plan.rounds == ()


def test_a_wheelchair_finds_no_place_in_a_bus_without() -> None:
    problem = replace(street(person(0, load=WHEELCHAIR), person(1)), capacity=(8, 0, 4))
    assert best_plan(problem).plan.rounds == ((1,),)


def test_seventy_people_who_ask_for_one_bus_get_a_plan() -> None:
    problem = random_town(1, 70, km=3)
    planned = best_plan(problem)
    assert not planned.proved
    assert check(problem, planned.plan) == []
    assert len(planned.plan.served) >= 20


def test_the_shared_towns_get_their_proved_optimum() -> None:
    if not SHARED_TOWNS.exists():
        pytest.skip("the towns with a proved optimum are not beside this checkout")
    for town in instances.read(SHARED_TOWNS):
        planned = best_plan(town.problem)
        found = figures(town.problem, planned.plan)
        assert check(town.problem, planned.plan) == [], town.name
        assert town.optimum, town.name
        assert (found.priority, found.drive_seconds) == (town.optimum.priority, town.optimum.drive_seconds), town.name


def _rank(problem, plan: Plan) -> tuple[int, int]:
    found = figures(problem, plan)
    return found.priority, -found.drive_seconds


def test_a_plan_is_the_same_every_time() -> None:
    problem = random_town(5, 18, km=3)
    assert json.dumps(best_plan(problem).plan.rounds) == json.dumps(best_plan(problem).plan.rounds)
