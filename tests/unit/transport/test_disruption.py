"""When a trip goes wrong: where everybody is, who is rung first, what is done next."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.transport.domain.disruption import (
    CALLS_AT_MOST,
    Do,
    Load,
    NoRoom,
    Passenger,
    RideFacts,
    Room,
    Telling,
    Where,
    in_order,
    look_again_at,
    may_ring_from,
    next_step,
    where_is,
    who_does_not_fit,
)

LEAVES = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def ride(state: str, minutes: int, *, position: int = 0) -> RideFacts:
    at_door = LEAVES + minutes * MINUTE
    return RideFacts(state, 0, position, at_door, at_door - 5 * MINUTE)


@pytest.mark.parametrize(
    ("there", "home", "minutes", "where"),
    [
        ("planned", "planned", -60, Where.HOME),
        ("planned", "planned", 11, Where.OUTSIDE),
        ("planned", "planned", 5, Where.OUTSIDE),
        ("planned", "planned", 25, Where.UNKNOWN),
        ("on_board", "planned", 25, Where.ON_BOARD),
        ("done", "planned", 60, Where.AWAY),
        ("not_there", "planned", 60, Where.OVER),
        ("not_there", "on_board", 200, Where.ON_BOARD),
        ("done", "on_board", 200, Where.ON_BOARD),
        ("done", "done", 200, Where.OVER),
        ("not_there", "cancelled", 60, Where.OVER),
        (None, "planned", -60, Where.HOME),
        (None, "planned", 10, Where.AWAY),
        ("planned", None, -60, Where.HOME),
        ("done", None, 60, Where.OVER),
    ],
)
def test_where_somebody_is_follows_from_what_was_ticked(
    there: str | None, home: str | None, minutes: int, where: Where
) -> None:
    passenger = Passenger(1, ride(there, 20) if there else None, ride(home, 180) if home else None)
    assert where_is(passenger, LEAVES + minutes * MINUTE, left_at=LEAVES) is where


def test_who_is_on_board_or_away_is_rung_first_then_who_stands_outside_then_in_boarding_order() -> None:
    at_home = Passenger(1, ride("planned", 50, position=3), ride("planned", 180, position=0))
    later = Passenger(2, ride("planned", 55, position=4), ride("planned", 180, position=1))
    outside = Passenger(3, ride("planned", 20, position=2), None)
    away = Passenger(4, ride("done", 10, position=1), ride("planned", 180, position=2))
    on_board = Passenger(5, ride("on_board", 10, position=0), ride("planned", 180, position=3))
    home_again = Passenger(6, ride("done", 10), ride("done", 100))
    now = LEAVES + 12 * MINUTE
    people = [
        (one, where_is(one, now, left_at=LEAVES)) for one in (later, at_home, home_again, outside, away, on_board)
    ]
    assert [one.key for one, _where in in_order(people)] == [5, 4, 3, 1, 2]


def telling(**facts: object) -> Telling:
    known = {"texts": 0, "calls": 0, "is_under_way": False, "look_at": None, "can_text": False, "can_call": True}
    return Telling(**{**known, **facts})  # type: ignore[arg-type]


def test_a_text_then_two_calls_then_a_person() -> None:
    now, seen = LEAVES, []
    state = telling(can_text=True)
    for _try in range(4):
        step = next_step(state, now)
        seen.append(step.do)
        was_text = step.do is Do.TEXT
        now += timedelta(minutes=1)
        state = telling(
            can_text=True,
            texts=state.texts + was_text,
            calls=state.calls + (step.do is Do.CALL),
            look_at=look_again_at(now, was_text=was_text, near=True),
        )
        assert next_step(state, now).do is Do.WAIT
        now += timedelta(minutes=5)
    assert seen == [Do.TEXT, Do.CALL, Do.CALL, Do.PERSON]


def test_without_a_number_that_rings_where_they_are_a_person_is_asked_at_once() -> None:
    assert (next_step(telling(can_call=False), LEAVES).do, next_step(telling(can_call=False), LEAVES).why) == (
        Do.PERSON,
        "no_line",
    )


@given(st.booleans(), st.booleans(), st.booleans())
def test_whatever_lines_there_are_it_ends_with_a_person_and_never_with_nothing(
    can_text: bool, can_call: bool, near: bool
) -> None:
    state, now, steps = telling(can_text=can_text, can_call=can_call), LEAVES, []
    while (step := next_step(state, now)).do is not Do.PERSON:
        assert step.do is not Do.WAIT
        steps.append(step.do)
        again = look_again_at(now, was_text=step.do is Do.TEXT, near=near)
        state = telling(
            can_text=can_text,
            can_call=can_call,
            texts=steps.count(Do.TEXT),
            calls=steps.count(Do.CALL),
            look_at=again,
        )
        now = again
    assert steps.count(Do.TEXT) == can_text
    assert steps.count(Do.CALL) == (CALLS_AT_MOST if can_call else 0)


def test_who_does_not_fit_in_another_bus_and_of_what_there_is_too_little() -> None:
    room = Room(seats=3, wheelchair_places=0, rollator_places=1)
    first = [Load(1, 1, 0, 1), Load(2, 0, 1, 0), Load(3, 1, 0, 0), Load(4, 1, 0, 0)]
    second = [Load(5, 1, 0, 1), Load(6, 1, 0, 1)]
    assert who_does_not_fit(room, [first, second]) == [
        NoRoom(2, "wheelchair_places"),
        NoRoom(4, "seats"),
        NoRoom(6, "rollator_places"),
    ]
    assert who_does_not_fit(Room(8, 1, 2), [first, second]) == []


@pytest.mark.parametrize(
    ("now", "leaves", "where", "rung"),
    [
        ("20:00", "07:00", Where.HOME, "20:00"),
        ("23:50", "09:30", Where.HOME, "07:00"),
        ("03:00", "09:30", Where.CREW, "07:00"),
        ("03:00", "07:30", Where.HOME, "06:00"),
        ("06:50", "07:30", Where.OUTSIDE, "06:50"),
        ("23:50", "09:30", Where.AWAY, "23:50"),
    ],
)
def test_nobody_is_woken_by_night_for_a_bus_in_the_morning_unless_they_are_away_from_home(
    now: str, leaves: str, where: Where, rung: str
) -> None:
    zone = ZoneInfo("Europe/Amsterdam")

    def on(wall: str) -> datetime:
        day = 23 if wall > "12:00" else 24
        return datetime(2026, 11, day, int(wall[:2]), int(wall[3:]), tzinfo=zone)

    assert may_ring_from(where, on(leaves), on(now)) == on(rung)
