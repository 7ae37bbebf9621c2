"""The checker finds each kind of broken promise, and says it in words."""

from dataclasses import replace

import pytest

from backend.transport.domain.planning.checker import Broken, check
from backend.transport.domain.planning.problem import Plan
from tests.unit.transport.towns import ROLLATOR, WHEELCHAIR, person, street


def test_a_plan_that_keeps_everything_has_nothing_wrong() -> None:
    assert check(street(person(0), person(1)), Plan(((1, 0),))) == []


def test_a_ride_is_counted_from_the_end_of_ones_own_boarding_to_the_arrival() -> None:
    # Home 1 is two stops of five minutes from the destination, and person 0 needs two minutes to board: 12 minutes.
    problem = street(person(0), person(1, max_ride_seconds=12 * 60))
    assert check(problem, Plan(((1, 0),))) == []
    short = replace(problem, passengers=(person(0), person(1, max_ride_seconds=12 * 60 - 1)))
    (broken,) = check(short, Plan(((1, 0),)))
    assert (broken.rule, broken.passenger, broken.actual, broken.allowed) == (Broken.RIDE, 1, 720, 719)
    assert str(broken) == "Passenger 1 in round 1 would ride 12 minutes; at most 12 minutes was promised."


def test_the_second_round_starts_at_the_destination() -> None:
    # 10 + 2 + 5 to fetch the first; 5 + 2 + 5 there and back for the second: 29 minutes.
    problem = street(person(0), person(1), max_rounds=2)
    exact = replace(problem, shift_seconds=(10 + 2 + 5 + 10 + 2 + 10) * 60)
    assert check(exact, Plan(((0,), (1,)))) == []
    (broken,) = check(replace(exact, shift_seconds=exact.shift_seconds - 1), Plan(((0,), (1,))))
    assert (broken.rule, broken.actual) == (Broken.SHIFT, 39 * 60)


@pytest.mark.parametrize(
    ("people", "dimension", "needed", "there"),
    [
        (
            [person(0, load=WHEELCHAIR), person(1, load=WHEELCHAIR), person(2, load=WHEELCHAIR)],
            "wheelchair places",
            3,
            2,
        ),
        ([person(key, load=ROLLATOR) for key in range(5)], "rollator places", 5, 4),
    ],
)
def test_every_dimension_of_the_bus_counts(people, dimension, needed, there) -> None:
    problem = street(*people, minutes=1)
    (broken,) = check(problem, Plan((tuple(range(len(people))),)))
    assert (broken.rule, broken.dimension, broken.actual, broken.allowed) == (Broken.CAPACITY, dimension, needed, there)
    assert str(broken) == f"{needed} {dimension} are needed in round 1; the bus has {there}."


def test_a_companion_takes_a_seat_as_well() -> None:
    problem = street(replace(person(0), load=(2, 0, 0)), person(1), seats=2)
    assert [broken.rule for broken in check(problem, Plan(((0, 1),)))] == [Broken.CAPACITY]


@pytest.mark.parametrize(
    ("rounds", "rule"),
    [
        (((0,), (0,)), Broken.TWICE),
        (((0, 0),), Broken.TWICE),
        (((7,),), Broken.UNKNOWN),
        (((0,), ()), Broken.EMPTY),
        (((0,), (1,), (2,)), Broken.ROUNDS),
    ],
)
def test_what_no_bus_can_do_is_found(rounds, rule) -> None:
    problem = street(person(0), person(1), person(2), max_rounds=2)
    assert rule in {broken.rule for broken in check(problem, Plan(rounds))}
