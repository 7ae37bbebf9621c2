"""Who takes a chair, and when nobody can any more."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.meals.domain.chairs import Chairs, Refusal, at_the_door, when
from backend.meals.domain.diets import Food, UnknownFood, foods, simplest

CUTOFF, ENDS = datetime(2026, 11, 24, 11, 30, tzinfo=UTC), datetime(2026, 11, 24, 19, 30, tzinfo=UTC)


def test_crew_and_speakers_eat_along() -> None:
    count = Chairs(chairs=40, speakers=2, crew=8, guests=25, held=2, offered=1)
    assert (count.covers, count.free) == (35, 2)
    assert count.room_for(2) is None
    assert count.room_for(3) is Refusal.OFFERED
    assert count.room_for(4) is Refusal.FULL


def test_speakers_who_are_added_to_a_full_evening_leave_less_than_no_room() -> None:
    assert Chairs(chairs=10, speakers=2, crew=0, guests=10).free == -2


@given(st.builds(Chairs, *[st.integers(0, 100)] * 6), st.integers(1, 20))
def test_whoever_gets_chairs_leaves_the_room_no_fuller_than_it_is_large(count: Chairs, covers: int) -> None:
    if count.room_for(covers) is None:
        assert count.covers + count.held + count.offered + covers <= count.chairs


@pytest.mark.parametrize(
    ("state", "now", "reserving", "walking_in"),
    [
        ("planned", datetime(2026, 11, 24, 11, 29, tzinfo=UTC), None, None),
        ("planned", CUTOFF, Refusal.TOO_LATE, None),
        ("open", datetime(2026, 11, 24, 17, tzinfo=UTC), Refusal.TOO_LATE, None),
        ("open", ENDS, Refusal.CLOSED, Refusal.CLOSED),
        ("cancelled", datetime(2026, 11, 20, tzinfo=UTC), Refusal.CLOSED, Refusal.CLOSED),
    ],
)
def test_until_when_one_can_reserve_and_walk_in(
    state: str, now: datetime, reserving: Refusal | None, walking_in: Refusal | None
) -> None:
    assert when(state, now, CUTOFF, ENDS) is reserving
    assert at_the_door(state, now, ENDS) is walking_in


def test_no_meat_is_no_pork_either_and_is_said_once() -> None:
    assert foods(["meat"]) == {Food.MEAT, Food.PORK, Food.BEEF}
    assert simplest(foods(["pork", "meat", "fish"])) == (Food.MEAT, Food.FISH)
    with pytest.raises(UnknownFood):
        foods(["halal"])
