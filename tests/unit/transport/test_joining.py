"""One person more, while they are on the line: yes and when, or no and why."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.transport.domain.planning.checker import check
from backend.transport.domain.planning.joining import DoesNotFit, Fits, WhyNot, fits
from backend.transport.domain.planning.planner import best_plan
from backend.transport.domain.planning.problem import Plan
from tests.unit.transport.towns import WHEELCHAIR, person, random_town, street


def test_who_lives_on_the_way_joins_the_round_and_the_others_stay_in_it() -> None:
    answer = fits(street(person(0), person(1), person(2)), Plan(((2, 0),)), frozenset({1}))
    assert isinstance(answer, Fits)
    assert answer.round == 0
    assert set(answer.plan.rounds[0]) == {0, 1, 2}


def test_a_full_bus_says_what_is_full() -> None:
    problem = street(*(person(key, load=WHEELCHAIR) for key in range(3)), minutes=1)
    assert fits(problem, Plan(((0, 1),)), frozenset({2})) == DoesNotFit(WhyNot.NO_ROOM, dimension="wheelchair places")


def test_a_ride_that_would_be_too_long_says_how_long() -> None:
    # Homes twelve minutes apart: the fourth one rides past three others, who take two minutes each to board.
    problem = street(*(person(key) for key in range(4)), minutes=12)
    answer = fits(problem, Plan(((2, 1, 0),)), frozenset({3}))
    assert answer == DoesNotFit(WhyNot.RIDE, seconds=(4 * 12 + 3 * 2) * 60)


def test_a_shift_that_would_be_too_long_says_how_long() -> None:
    problem = street(person(0), person(1), minutes=5, seats=1, max_rounds=2, shift_hours=0.5)
    assert fits(problem, Plan(((0,),)), frozenset({1})) == DoesNotFit(
        WhyNot.SHIFT, seconds=(10 + 2 + 5 + 10 + 2 + 10) * 60
    )


def test_what_was_promised_to_others_is_kept() -> None:
    # Person 1 was promised a ride of at most twelve minutes, which is what it takes past home 0 alone.
    promised = person(1, max_ride_seconds=12 * 60)
    problem = street(person(0), promised, person(2))
    answer = fits(problem, Plan(((1, 0),)), frozenset({2}))
    assert isinstance(answer, Fits)
    assert answer.plan.rounds == ((2, 1, 0),)


def test_who_would_break_a_promise_to_somebody_else_hears_how_long_it_takes_without_doing_so() -> None:
    # Fetched on the way back, person 0 would cost person 1 two minutes too many; fetched on the way out, they ride
    # 5 minutes to home 1, wait 2 minutes there, and ride 10 minutes back.
    problem = street(person(0, max_ride_seconds=10 * 60), person(1, max_ride_seconds=10 * 60))
    assert fits(problem, Plan(((1,),)), frozenset({0})) == DoesNotFit(WhyNot.RIDE, seconds=17 * 60)


@given(seed=st.integers(0, 10_000), homes=st.integers(2, 14))
@settings(max_examples=40, deadline=None)
def test_a_yes_is_a_plan_that_can_be_driven(seed, homes) -> None:
    problem = random_town(seed, homes, km=4)
    everybody = {passenger.key for passenger in problem.passengers}
    before = best_plan(problem.only(frozenset(everybody - {0}))).plan
    answer = fits(problem, before, frozenset({0}))
    if isinstance(answer, Fits):
        assert check(problem, answer.plan) == []
        assert answer.plan.served == before.served | {0}
        assert 0 in answer.plan.rounds[answer.round]


def test_the_answer_is_there_within_fifty_milliseconds_of_work() -> None:
    problem = random_town(3, 24, km=3)
    before = best_plan(problem).plan
    left = next(passenger.key for passenger in problem.passengers if passenger.key not in before.served)
    began = time.process_time()
    fits(problem, before, frozenset({left}))
    assert time.process_time() - began < 0.05
