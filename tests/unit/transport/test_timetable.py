"""A plan along the clock, and what people are told of it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.transport.domain.planning.checker import Broken, check
from backend.transport.domain.planning.joining import DoesNotFit, Fits, WhyNot, fits
from backend.transport.domain.planning.planner import best_plan, best_way_home
from backend.transport.domain.planning.problem import Plan, rides_of
from backend.transport.domain.planning.promises import Promise, moves, promise_for
from backend.transport.domain.planning.replanning import replan
from backend.transport.domain.planning.timetable import Promised, Stop, Way, timetable
from tests.unit.transport.towns import person, random_town, street

MINUTE = 60


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("planned", "told"),
    [
        (at(9, 46), Promise(at(9, 40), at(9, 55))),
        (at(9, 45), Promise(at(9, 40), at(9, 55))),
        (at(9, 49, 59), Promise(at(9, 40), at(9, 55))),
        (at(9, 50), Promise(at(9, 45), at(10, 0))),
        (at(9, 2), Promise(at(8, 55), at(9, 10))),
    ],
)
def test_what_is_told_is_a_quarter_of_an_hour_round_the_planned_time(planned: datetime, told: Promise) -> None:
    assert promise_for(planned) == told


# Garage, market, home 0 and home 1 stand in a row, five minutes apart. Boarding takes two minutes.
def test_the_way_there_is_driven_from_the_garage_past_the_doors() -> None:
    driven = timetable(street(person(0), person(1)), Plan(((1, 0),)), Way.THERE)
    assert driven.stops == (
        Stop(key=1, round=0, position=0, at_door=15 * MINUTE, boards=17 * MINUTE, arrives=29 * MINUTE),
        Stop(key=0, round=0, position=1, at_door=22 * MINUTE, boards=24 * MINUTE, arrives=29 * MINUTE),
    )
    assert driven.ends == 29 * MINUTE


def test_the_second_round_begins_at_the_destination_when_the_first_has_ended() -> None:
    problem = street(person(0), person(1), max_rounds=2)
    driven = timetable(problem, Plan(((0,), (1,))), Way.THERE)
    assert [stop.at_door for stop in driven.stops] == [10 * MINUTE, (17 + 10) * MINUTE]


def test_the_way_home_begins_at_the_destination_and_its_last_round_ends_at_the_garage() -> None:
    problem = street(person(0), person(1), max_rounds=2)
    driven = timetable(problem, Plan(((0,), (1,))), Way.HOME)
    assert driven.stops == (
        Stop(key=0, round=0, position=0, at_door=5 * MINUTE, boards=0, arrives=5 * MINUTE),
        Stop(key=1, round=1, position=0, at_door=22 * MINUTE, boards=12 * MINUTE, arrives=22 * MINUTE),
    )
    assert driven.ends == (24 + 15) * MINUTE


def test_a_round_waits_where_that_keeps_what_was_told() -> None:
    problem = street(person(0))
    told = {0: Promised(earliest=25 * MINUTE, latest=40 * MINUTE)}
    assert timetable(problem, Plan(((0,),)), Way.THERE, told).by_key[0].at_door == 25 * MINUTE


def test_a_round_does_not_wait_beyond_the_shift() -> None:
    problem = street(person(0), shift_hours=0.5)
    told = {0: Promised(earliest=60 * MINUTE, latest=75 * MINUTE)}
    driven = timetable(problem, Plan(((0,),)), Way.THERE, told)
    assert driven.ends <= 30 * MINUTE


@given(seed=st.integers(0, 10_000), homes=st.integers(1, 10))
@settings(max_examples=40, deadline=None)
def test_rides_along_the_clock_are_as_long_as_the_planner_says_in_both_ways(seed: int, homes: int) -> None:
    problem = random_town(seed, homes, km=4)
    there, home = best_plan(problem).plan, best_way_home(problem).plan
    for way, plan, turned in ((Way.THERE, there, problem), (Way.HOME, home, problem.mirrored())):
        driven = timetable(problem, plan, way)
        orders = plan.rounds if way is Way.THERE else plan.mirrored().rounds
        rides = {key: ride for order in orders for key, ride in rides_of(turned, order).items()}
        assert {stop.key: stop.arrives - stop.boards for stop in driven.stops} == rides
        assert driven.ends <= problem.shift_seconds


def test_a_newcomer_is_put_where_nobody_has_to_be_told_another_time() -> None:
    # Fetching home 1 before home 0 is the shortest way, but home 0 counts on half past.
    problem = street(person(0), person(1), max_rounds=2)
    told = {0: Promised(earliest=5 * MINUTE, latest=15 * MINUTE, rigid=True)}
    answer = fits(problem, Plan(((0,),)), frozenset({1}), Way.THERE, told)
    assert isinstance(answer, Fits)
    assert answer.plan.rounds in (((0, 1),), ((0,), (1,)))
    assert moves(answer.driven, told).seconds == 0


def test_where_every_place_breaks_a_promise_the_answer_is_no() -> None:
    # Home 0 may ride ten minutes at most, so that home 1 has to be fetched first; but home 0 counts on the first stop.
    problem = street(person(0, max_ride_seconds=10 * MINUTE), person(1), max_rounds=1)
    told = {0: Promised(earliest=5 * MINUTE, latest=15 * MINUTE, rigid=True)}
    assert fits(problem, Plan(((0,),)), frozenset({1}), Way.THERE, told) == DoesNotFit(WhyNot.PROMISE)


def test_friends_ride_in_one_round_or_not_at_all() -> None:
    problem = street(*(person(key) for key in range(4)), seats=2, max_rounds=3, minutes=1)
    together = type(problem)(**{**vars(problem), "parties": (frozenset({1, 2}),)})
    assert [violation.rule for violation in check(together, Plan(((1, 0), (2, 3))))] == [Broken.PARTED]
    answer = fits(together, Plan(((0,),)), frozenset({1, 2}))
    assert isinstance(answer, Fits)
    assert set(answer.plan.rounds[answer.round]) == {1, 2}
    assert fits(together, Plan(((0, 1), (3,))), frozenset({2})) == DoesNotFit(WhyNot.NO_ROOM, dimension="seats")


@given(seed=st.integers(0, 10_000), homes=st.integers(3, 10))
@settings(max_examples=40, deadline=None)
def test_no_plan_parts_friends(seed: int, homes: int) -> None:
    town = random_town(seed, homes, km=4)
    friends = type(town)(**{**vars(town), "parties": (frozenset({0, 1}), frozenset({2}))})
    assert check(friends, best_plan(friends).plan) == []
    assert check(friends.mirrored(), best_way_home(friends).plan.mirrored()) == []


@given(seed=st.integers(0, 10_000), homes=st.integers(2, 8), way=st.sampled_from(Way))
@settings(max_examples=40, deadline=None)
def test_who_is_left_after_a_cancellation_keeps_their_time(seed: int, homes: int, way: Way) -> None:
    town = random_town(seed, homes, km=4)
    before = (best_plan(town) if way is Way.THERE else best_way_home(town)).plan
    at_doors = timetable(town, before, way).by_key
    told = {key: Promised(stop.at_door - 300, stop.at_door + 600) for key, stop in at_doors.items()}
    left = town.only(frozenset(before.served - {min(before.served)}))
    after = replan(left, before, way, told)
    assert after.left_out == frozenset()
    assert after.plan.served == before.served - {min(before.served)}
    kept = timetable(
        left,
        Plan(tuple(filter(None, (tuple(k for k in o if k in after.plan.served) for o in before.rounds)))),
        way,
        told,
    )
    assert moves(after.driven, told).cost <= moves(kept, told).cost
