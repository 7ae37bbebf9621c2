"""What failed in a morning: when it is tried again, and what goes on without it."""

from __future__ import annotations

from datetime import timedelta

from backend.circles.domain import failing
from backend.circles.domain.decisions import Close, OpenNoAnswer, OpenUnclosed, Ring
from backend.circles.domain.failing import Failures
from backend.circles.domain.morning import VOLUNTEER, Role
from tests.unit.circles.driver import START
from tests.unit.circles.stories import circle

OPEN = OpenNoAnswer(member=2)


def failed_times(times: int) -> Failures:
    """The same action has failed so often, each time at the start of the morning."""
    failures: Failures = {}
    for _again in range(times):
        failures = failing.failed(failures, OPEN, "KeyError", START)
    return failures


def test_the_delay_grows_to_about_a_minute() -> None:
    delays = [failed_times(times)[failing.key_of(OPEN)].again_at - START for times in (1, 2, 3, 6, 7, 5000)]
    assert [delay.total_seconds() for delay in delays] == [2, 4, 8, 64, 64, 64]


def test_it_waits_until_then_and_nothing_else_does() -> None:
    failures = failed_times(1)
    assert failing.waits(failures, OPEN, START + timedelta(seconds=1))
    assert not failing.waits(failures, OPEN, START + timedelta(seconds=2))
    assert not failing.waits(failures, OpenNoAnswer(member=3), START)


def test_what_is_not_to_be_done_any_more_is_forgotten() -> None:
    assert failing.still_decided(failed_times(4), [Close(how="received")]) == {}
    assert failing.without(failed_times(4), OPEN) == {}


def test_only_what_alerts_people_keeps_a_round_open() -> None:
    assert failing.opens_a_case(OPEN)
    assert not failing.opens_a_case(Close(how="received"))


def test_at_the_deadline_the_round_takes_in_whoever_has_no_case() -> None:
    assert failing.taking_in(OpenUnclosed(members=(1,)), failed_times(2)) == OpenUnclosed(members=(1, 2))
    assert failing.taking_in(OpenUnclosed(members=()), {}) == OpenUnclosed(members=())


def test_the_next_look_is_at_what_is_due_first_but_not_at_once_for_what_has_failed() -> None:
    soon, later = START + timedelta(seconds=1), START + timedelta(minutes=3)
    assert failing.next_look({}, later, START) == later
    assert failing.next_look(failed_times(2), later, START) == START + timedelta(seconds=4)
    assert failing.next_look(failed_times(2), soon, START) == soon
    assert failing.next_look(failed_times(2), START, START) == START + timedelta(seconds=4)


def test_a_target_who_cannot_be_rung_is_missed() -> None:
    after = failing.gone_round(circle(), Ring(Role.PLATFORM, None, 1, "112"), at=START)
    assert (after.member(1).misses, after.member(1).in_chain) == (1, True)


def test_a_caller_who_cannot_be_rung_rings_nobody_and_the_target_is_missed_by_nobody() -> None:
    after = failing.gone_round(circle(), Ring(Role.CALLER, 1, 2, "112"), at=START)
    assert after.member(1).caller_out
    assert after.member(2).misses == 0


def test_a_caller_on_the_line_goes_on_to_the_next() -> None:
    after = failing.gone_round(circle(), Ring(Role.CALLER, 1, 2, "112", on_line=7), at=START)
    assert not after.member(1).caller_out
    assert after.member(2).misses == 1


def test_a_volunteer_who_cannot_be_rung_has_not_received() -> None:
    after = failing.gone_round(circle(), Ring(Role.PLATFORM, None, VOLUNTEER, "112"), at=START)
    assert after.volunteer.received is False


def test_it_comes_back_from_the_row_as_it_was() -> None:
    failures = failed_times(3)
    assert failing.from_json(failing.as_json(failures)) == failures
