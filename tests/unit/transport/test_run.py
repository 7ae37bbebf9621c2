"""The day of a trip: what follows from ticks, whatever order they come in, and when nobody is left out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.transport.domain.run import (
    PLACE,
    Answer,
    Entry,
    Missing,
    Reason,
    RideOfRun,
    Run,
    State,
    Verdict,
    Way,
    What,
    Why,
    apply,
    in_sequence,
    may_close,
    true_time,
)

NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
RIET, TRUUS = 1, 2
RIDES = (
    RideOfRun(11, RIET, Way.THERE, position=0),
    RideOfRun(12, RIET, Way.HOME, position=0),
    RideOfRun(21, TRUUS, Way.THERE, position=1),
    RideOfRun(22, TRUUS, Way.HOME, position=1),
)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def tick(ride: int, what: What, minutes: float, number: int = 0) -> Entry:
    return Entry(UUID(int=number or ride * 10_000 + int(minutes * 10)), ride, what, at(minutes), at(minutes))


def after(*entries: Entry, rides: Sequence[RideOfRun] = RIDES) -> Run:
    run = Run(tuple(rides))
    for entry in entries:
        run, _verdict = apply(run, entry)
    return run


DAY = (
    tick(11, What.ON_BOARD, 5),
    tick(21, What.ON_BOARD, 12),
    tick(11, What.AT_DESTINATION, 30),
    tick(21, What.AT_DESTINATION, 30),
    tick(12, What.ON_BOARD, 120),
    tick(22, What.ON_BOARD, 121),
    tick(12, What.HOME_INSIDE, 140),
    tick(22, What.HOME_INSIDE, 150),
)


def test_a_day_goes_from_door_to_door_and_may_be_closed() -> None:
    run = after(*DAY)
    assert set(run.states().values()) == {State.DONE}
    assert run.standing(12).on_board_at == at(120)
    assert run.standing(12).done_at == at(140)
    assert may_close(run) == []


def test_the_same_tick_sent_twice_is_one() -> None:
    run, first = apply(Run(RIDES), DAY[0])
    again, second = apply(run, DAY[0])
    assert (first.answer, second.answer, again) == (Answer.APPLIED, Answer.KNOWN, run)


def test_a_tick_that_does_not_count_and_comes_again_is_told_so_again() -> None:
    """The telephone sends again because it heard no answer: the first one was lost on its way."""
    run, first = apply(Run(RIDES), tick(11, What.UNDONE, 5))
    again, second = apply(run, tick(11, What.UNDONE, 5))
    assert (second.answer, second.why) == (first.answer, first.why) == (Answer.KEPT, Why.NOTHING_TO_UNDO)
    assert again == run


def test_a_tick_that_does_not_count_and_was_taken_back_is_told_no_more() -> None:
    late = tick(11, What.UNDONE, 5)
    run = after(late, taking_back(late, 78))
    assert apply(run, late)[1] == Verdict(Answer.KNOWN)


def test_time_puts_ticks_in_order_and_not_their_keys() -> None:
    run = after(
        tick(11, What.UNDONE, 7, number=1), tick(11, What.NOT_THERE, 5, number=2), tick(11, What.ON_BOARD, 6, 3)
    )
    assert run.standing(11).state is State.NOT_THERE


@pytest.mark.parametrize("number", [1, 3])
def test_who_boards_and_arrives_in_one_minute_on_paper_has_arrived(number: int) -> None:
    boarded, arrived = tick(12, What.ON_BOARD, 120, number=2), tick(12, What.HOME_INSIDE, 120, number=number)
    for entries in ((boarded, arrived), (arrived, boarded)):
        assert after(*entries).standing(12).state is State.DONE


def on_paper(ride: int, what: What, minutes: float) -> Entry:
    return replace(tick(ride, what, minutes, number=900 + PLACE[what]), is_to_the_minute=True)


@pytest.mark.parametrize(
    ("ticked", "written", "state"),
    [
        (What.ON_BOARD, What.HOME_INSIDE, State.DONE),
        (What.HOME_INSIDE, What.ON_BOARD, State.DONE),
        (What.NOT_THERE, What.ON_BOARD, State.ON_BOARD),
        (What.ON_BOARD, What.NOT_THERE, State.ON_BOARD),
    ],
)
def test_paper_has_no_seconds_and_contradicts_no_tick_of_its_minute(ticked: What, written: What, state: State) -> None:
    phone, paper = tick(12, ticked, 120 + 40 / 60), on_paper(12, written, 120)
    assert after(phone, paper).standing(12) == after(paper, phone).standing(12)
    assert after(paper, phone).standing(12).state is state


def test_a_tick_of_the_next_minute_is_later_than_paper() -> None:
    run = after(on_paper(12, What.HOME_INSIDE, 120), tick(12, What.ON_BOARD, 121))
    assert run.standing(12).state is State.ON_BOARD


def taking_back(entry: Entry, number: int) -> Entry:
    return Entry(UUID(int=number), entry.ride, What.UNDONE, entry.at, entry.device_at, True, takes_back=entry.id)


def test_a_time_that_was_corrected_was_never_said_also_where_more_was_said_after_it() -> None:
    wrong, arrived = tick(11, What.ON_BOARD, 5), tick(11, What.AT_DESTINATION, 30)
    run = after(wrong, arrived, tick(11, What.ON_BOARD, 9))
    assert run.standing(11).on_board_at == at(5)
    run, verdict = apply(run, taking_back(wrong, 77))
    assert (verdict.answer, run.standing(11).on_board_at, run.standing(11).done_at) == (Answer.APPLIED, at(9), at(30))


def test_what_has_to_go_for_another_time_is_all_that_said_it_and_what_took_it_back() -> None:
    said = (tick(11, What.ON_BOARD, 5), tick(11, What.ON_BOARD, 6), tick(11, What.UNDONE, 40))
    run = after(*said, tick(21, What.ON_BOARD, 7))
    assert run.to_replace(11, What.ON_BOARD) == [entry.id for entry in said]
    assert run.to_replace(11, What.NOT_THERE) == []


def test_the_other_telephone_ticking_the_same_is_known_and_one_undoing_takes_it_back() -> None:
    run, _ = apply(Run(RIDES), tick(11, What.ON_BOARD, 5))
    run, verdict = apply(run, tick(11, What.ON_BOARD, 6))
    assert verdict.answer is Answer.KNOWN
    assert run.standing(11).on_board_at == at(5)
    run, verdict = apply(run, tick(11, What.UNDONE, 7))
    assert (verdict.answer, run.standing(11).state) == (Answer.APPLIED, State.PLANNED)


def test_who_was_not_there_may_turn_up() -> None:
    run = after(tick(11, What.NOT_THERE, 5), tick(11, What.ON_BOARD, 9))
    assert run.standing(11).state is State.ON_BOARD
    assert run.standing(11).not_there_at is None


@pytest.mark.parametrize(
    ("first", "late", "why"),
    [
        (tick(11, What.ON_BOARD, 9), tick(11, What.NOT_THERE, 5), Why.LATER_FACT),
        (tick(11, What.NOT_THERE, 9), tick(11, What.ON_BOARD, 5), Why.LATER_FACT),
        (tick(11, What.ON_BOARD, 9), tick(11, What.UNDONE, 5), Why.LATER_FACT),
        (tick(21, What.ON_BOARD, 9), tick(11, What.UNDONE, 5), Why.NOTHING_TO_UNDO),
        (tick(21, What.ON_BOARD, 9), tick(11, What.HOME_INSIDE, 10), Why.OTHER_WAY),
        (tick(21, What.ON_BOARD, 9), tick(99, What.ON_BOARD, 10), Why.NO_SUCH_RIDE),
    ],
)
def test_what_comes_late_and_contradicts_what_was_said_later_is_kept_and_changes_nothing(
    first: Entry, late: Entry, why: Why
) -> None:
    run, _ = apply(Run(RIDES), first)
    then, verdict = apply(run, late)
    assert (verdict.answer, verdict.why) == (Answer.KEPT, why)
    assert then.states() == run.states()


def test_boarding_that_comes_in_after_the_arrival_is_still_part_of_the_story() -> None:
    run, verdict = apply(after(tick(11, What.AT_DESTINATION, 30)), tick(11, What.ON_BOARD, 5))
    assert verdict.answer is Answer.APPLIED
    assert (run.standing(11).state, run.standing(11).on_board_at) == (State.DONE, at(5))


# A list that is two plans old


def test_a_tick_about_a_ride_that_was_planned_anew_is_about_the_new_one() -> None:
    rides = (RideOfRun(11, RIET, Way.THERE, is_cancelled=True), RideOfRun(13, RIET, Way.THERE))
    run = after(tick(11, What.ON_BOARD, 5), rides=rides)
    assert run.standing(13).state is State.ON_BOARD


def cancelled() -> list[RideOfRun]:
    return [RideOfRun(r.ride, r.person, r.way, is_cancelled=r.person == RIET) for r in RIDES]


def test_who_had_cancelled_is_not_missed() -> None:
    run, verdict = apply(Run(tuple(cancelled())), tick(11, What.NOT_THERE, 5))
    assert (verdict.answer, verdict.why) == (Answer.KEPT, Why.HAD_CANCELLED)
    assert [one.person for one in may_close(run)] == [TRUUS]


def test_who_had_cancelled_but_came_along_has_to_be_brought_home() -> None:
    run = after(tick(11, What.ON_BOARD, 5), *DAY[1:2], *DAY[3:4], *DAY[5:6], *DAY[7:8], rides=cancelled())
    assert may_close(run) == [Reason(RIET, Missing.ON_THE_BUS)]
    arrived, _ = apply(run, tick(11, What.AT_DESTINATION, 30))
    assert may_close(arrived) == [Reason(RIET, Missing.AT_DESTINATION)]
    home, _ = apply(arrived, tick(12, What.HOME_INSIDE, 140))
    assert may_close(home) == []


# Who keeps a run from being closed


@pytest.mark.parametrize(
    ("ticks", "missing"),
    [
        ((), Missing.NOT_FETCHED),
        ((tick(11, What.ON_BOARD, 5),), Missing.ON_THE_BUS),
        ((tick(11, What.ON_BOARD, 5), tick(11, What.AT_DESTINATION, 30)), Missing.AT_DESTINATION),
        ((tick(11, What.NOT_THERE, 5),), Missing.NOT_THERE),
        ((tick(11, What.AT_DESTINATION, 30), tick(12, What.NOT_THERE, 120)), Missing.NOT_THERE),
        ((tick(11, What.AT_DESTINATION, 30), tick(12, What.ON_BOARD, 120)), Missing.ON_THE_BUS),
        ((tick(12, What.HOME_INSIDE, 140), tick(12, What.UNDONE, 141)), Missing.NOT_FETCHED),
    ],
)
def test_a_run_says_who_is_not_known_to_be_home(ticks: tuple[Entry, ...], missing: Missing) -> None:
    run = after(*ticks, rides=RIDES[:2])
    assert may_close(run) == [Reason(RIET, missing)]
    assert may_close(run, settled=[RIET]) == []


def test_a_case_about_a_ride_explains_that_nobody_was_there() -> None:
    run = after(tick(11, What.NOT_THERE, 5), rides=RIDES[:2])
    assert may_close(run, cases=[11]) == []
    assert may_close(run, cases=[12]) != []


def test_a_case_about_the_morning_does_not_explain_who_is_missing_in_the_afternoon() -> None:
    turned_up = (tick(11, What.NOT_THERE, 5), tick(11, What.ON_BOARD, 9), tick(11, What.AT_DESTINATION, 30))
    assert may_close(after(*turned_up, rides=RIDES[:2]), cases=[11]) == [Reason(RIET, Missing.AT_DESTINATION)]
    gone = after(*turned_up, tick(12, What.NOT_THERE, 120), rides=RIDES[:2])
    assert may_close(gone, cases=[11]) == [Reason(RIET, Missing.NOT_THERE)]


def test_who_only_rides_there_is_safe_at_the_destination() -> None:
    assert may_close(after(tick(11, What.AT_DESTINATION, 30), rides=RIDES[:1])) == []
    assert may_close(Run(RIDES[:1])) == [Reason(RIET, Missing.NOT_FETCHED)]


# Any order, any subset, doubled

SOME = st.lists(
    st.tuples(
        st.sampled_from([ride.ride for ride in RIDES]),
        st.sampled_from(list(What)),
        st.integers(0, 8),
        st.integers(1, 9),
    ),
    max_size=14,
).map(lambda told: [tick(ride, what, minutes, number) for ride, what, minutes, number in told])


def distinct(entries: list[Entry]) -> list[Entry]:
    """A telephone makes each key once."""
    return list({entry.id: entry for entry in entries}.values())


@given(SOME, st.randoms(use_true_random=False))
def test_any_order_and_any_doubling_of_ticks_ends_in_the_same_run(entries: list[Entry], random) -> None:  # type: ignore[no-untyped-def]
    entries = distinct(entries)
    shuffled = [*entries, *random.sample(entries, len(entries) // 2)]
    random.shuffle(shuffled)
    assert after(*shuffled) == after(*entries)
    assert after(*shuffled).states() == after(*entries).states()


@given(SOME)
def test_a_tick_that_is_kept_changes_nothing_and_one_that_is_applied_does(entries: list[Entry]) -> None:
    run = Run(RIDES)
    for entry in distinct(entries):
        then, verdict = apply(run, entry)
        standings = [(one.standing(ride.ride).state) for one in (run, then) for ride in RIDES]
        if verdict.answer is not Answer.APPLIED:
            assert standings[:4] == standings[4:]
        run = then


@given(SOME)
def test_nobody_vanishes(entries: list[Entry]) -> None:
    """Each passenger is home and inside by a tick, or keeps the run from being closed."""
    run = after(*distinct(entries))
    kept = {reason.person for reason in may_close(run)}
    for person, home in ((RIET, 12), (TRUUS, 22)):
        assert (person in kept) is (run.standing(home).state is not State.DONE)


# A telephone whose clock is wrong


def minutes_at(hours: float) -> datetime:
    return at(hours * 60)


@pytest.mark.parametrize("wrong_by", [0, 2, -2, 26])
def test_a_wrong_clock_is_put_right_by_the_clock_at_sending(wrong_by: float) -> None:
    device_at, device_now = minutes_at(1 + wrong_by), minutes_at(3 + wrong_by)
    assert true_time(device_at, device_now=device_now, received_at=minutes_at(3), not_before=at(-60)) == minutes_at(1)


def test_nothing_happened_after_it_was_received_or_before_the_bus_could_have_left() -> None:
    bounds = {"received_at": at(100), "not_before": at(-60)}
    assert true_time(at(30), device_now=at(20), **bounds) == at(100)
    assert true_time(at(-400), device_now=at(100), **bounds) == at(-60)
    assert true_time(at(5), device_now=at(5), received_at=at(-90), not_before=at(-60)) == at(-90)


@pytest.mark.parametrize(("year", "expected"), [(1, at(-60)), (9999, at(100))])
def test_a_clock_at_the_end_of_time_counts_as_the_first_or_the_last_moment_that_is_possible(
    year: int, expected: datetime
) -> None:
    ever = datetime(year, 1, 1, tzinfo=UTC) if year == 1 else datetime(year, 12, 31, 23, tzinfo=UTC)
    device_now = at(200) if year == 1 else at(-200)
    assert true_time(ever, device_now=device_now, received_at=at(100), not_before=at(-60)) == expected


def test_what_was_sent_slowly_did_not_happen_after_what_was_ticked_later() -> None:
    slow = Entry(UUID(int=1), 11, What.ON_BOARD, at=at(6), device_at=at(5))
    assert in_sequence(at(5.5), at(5.5), [slow]) == at(6)
    run = after(slow, Entry(UUID(int=2), 11, What.UNDONE, at=at(6), device_at=at(5.5)))
    assert run.standing(11).state is State.PLANNED


def test_a_clock_that_was_set_right_meanwhile_is_another_clock() -> None:
    fast = Entry(UUID(int=1), 11, What.ON_BOARD, at=at(5), device_at=at(-120))
    assert in_sequence(at(4), at(4), [fast]) == at(4)
