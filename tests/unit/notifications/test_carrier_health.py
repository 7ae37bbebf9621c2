"""When the carrier is in trouble, judged from what became of our own requests."""

from datetime import UTC, datetime, timedelta

from backend.notifications.domain.health import CarrierTrouble, Reply, Request, judge

NOW = datetime(2026, 11, 23, 7, 40, tzinfo=UTC)
A, F, U = Reply.ANSWERED, Reply.FAILED, Reply.UNANSWERED


def asked(*requests: tuple[int, Reply]) -> CarrierTrouble | None:
    """Judge requests made so many seconds ago."""
    return judge([Request(at=NOW - timedelta(seconds=ago), reply=reply) for ago, reply in requests], NOW)


def test_a_carrier_that_was_asked_nothing_is_not_in_trouble() -> None:
    assert asked() is None


def test_three_failures_in_a_row_over_a_minute_are_trouble_since_the_first() -> None:
    assert asked((300, A), (90, F), (60, F), (5, F)) == CarrierTrouble(since=NOW - timedelta(seconds=90), failures=3)


def test_two_failures_are_not_enough() -> None:
    assert asked((90, F), (5, F)) is None


def test_many_failures_within_seconds_are_a_blip_until_they_last() -> None:
    assert asked(*[(ago, F) for ago in range(1, 30)]) is None
    assert asked(*[(ago, F) for ago in range(1, 61)]) is not None


def test_one_request_without_any_answer_for_two_minutes_is_enough() -> None:
    assert asked((119, U)) is None
    assert asked((120, U)) == CarrierTrouble(since=NOW - timedelta(seconds=120), failures=1)


def test_an_unanswered_request_counts_however_old_it_is() -> None:
    assert asked((3600, U)) is not None


def test_the_newest_answer_ends_the_trouble_at_once() -> None:
    assert asked((240, F), (180, F), (120, F), (60, U), (1, A)) is None


def test_an_answer_before_the_failures_does_not_help() -> None:
    assert asked((250, A), (240, F), (180, F), (120, F)) is not None


def test_failures_of_long_ago_say_nothing_about_now() -> None:
    assert asked((900, F), (800, F), (700, F)) is None
