"""Who on a waiting list comes first, and until when an offer may be answered."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from backend.notifications.domain.patience import WakingPatience
from backend.notifications.domain.quiet import Hours
from backend.transport.domain.waiting import Waiter, in_turn

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 11, 23)
PATIENCE = WakingPatience(zone=AMSTERDAM)


def local(day: date, wall: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(wall), tzinfo=AMSTERDAM).astimezone(UTC)


def day(ahead: int) -> date:
    return MONDAY + timedelta(days=ahead)


def order(*waiters: Waiter) -> list[int]:
    return [candidate.key for candidate in in_turn(waiters)]


def test_who_was_never_on_a_trip_comes_first_and_then_who_was_longest_ago() -> None:
    waits = local(MONDAY, "10:00")
    last_week, last_month = Waiter(1, waits, day(-7)), Waiter(2, waits, day(-30))
    never = Waiter(3, waits + timedelta(hours=5), None)
    assert order(last_week, last_month, never) == [3, 2, 1]


def test_among_those_served_on_the_same_day_who_waits_longest_comes_first() -> None:
    waits = local(MONDAY, "10:00")
    assert order(Waiter(1, waits + timedelta(minutes=1), day(-7)), Waiter(2, waits, day(-7))) == [2, 1]


def test_two_hours_are_held_and_the_night_and_sundays_do_not_count() -> None:
    friday = local(day(4), "17:00")
    assert PATIENCE.deadline(local(MONDAY, "10:00"), friday) == local(MONDAY, "12:00")
    assert PATIENCE.deadline(local(MONDAY, "19:15"), friday) == local(day(1), "10:15")
    saturday_evening = local(day(5), "19:00")
    assert PATIENCE.deadline(saturday_evening, local(day(9), "17:00")) == local(day(7), "10:00")


def test_near_the_cutoff_a_third_of_what_is_left_is_held_so_that_others_have_their_turn() -> None:
    cutoff = local(MONDAY, "17:00")
    assert PATIENCE.deadline(local(MONDAY, "14:00"), cutoff) == local(MONDAY, "15:00")
    assert PATIENCE.deadline(local(MONDAY, "16:30"), cutoff) == local(MONDAY, "16:50")
    assert PATIENCE.deadline(local(MONDAY, "16:50"), cutoff) == cutoff


def test_whoever_waited_in_vain_hears_so_at_the_cutoff_and_before_a_weekend_in_its_last_hour() -> None:
    tuesday = PATIENCE.news_at(local(MONDAY, "17:00"), local(day(1), "09:30"))
    assert tuesday == local(MONDAY, "17:00")
    sunday, saturday = local(day(6), "17:00"), local(day(5), "19:00")
    assert PATIENCE.news_at(sunday, local(day(7), "09:30")) == saturday
    assert PATIENCE.news_at(sunday, local(day(7), "13:00")) == sunday


def test_an_organisation_may_hold_offers_for_longer_or_shorter() -> None:
    patience = WakingPatience.of({"offer_minutes": 60}, AMSTERDAM, Hours())
    assert patience.deadline(local(MONDAY, "10:00"), local(day(4), "17:00")) == local(MONDAY, "11:00")


moments = st.timedeltas(timedelta(0), timedelta(days=365)).map(lambda since: datetime(2026, 1, 1, tzinfo=UTC) + since)


@given(moments, st.timedeltas(timedelta(hours=1), timedelta(days=20)))
def test_whenever_it_is_offered_there_is_time_to_answer_and_none_after_the_cutoff(
    now: datetime, left: timedelta
) -> None:
    now = PATIENCE.may_ask(now)
    cutoff = now + left
    deadline = PATIENCE.deadline(now, cutoff)
    assert now < deadline <= cutoff
    assert deadline == cutoff or PATIENCE.hours.allow((deadline - timedelta(seconds=1)).astimezone(AMSTERDAM))
