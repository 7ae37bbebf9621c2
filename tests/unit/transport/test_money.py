"""What a trip costs: passes, and what is owed for a booking that ended."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.transport.domain.money import PassFacts, is_owed

TUESDAY = date(2026, 11, 24)
CUTOFF = datetime(2026, 11, 23, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (PassFacts(10, TUESDAY, None, 9), ""),
        (PassFacts(10, TUESDAY, None, 10), "used_up"),
        (PassFacts(10, TUESDAY + timedelta(days=1), None, 0), "not_yet"),
        (PassFacts(None, TUESDAY, TUESDAY, 80), ""),
        (PassFacts(10, date(2026, 1, 1), TUESDAY - timedelta(days=1), 0), "over"),
    ],
)
def test_whether_a_pass_pays_for_a_trip(facts: PassFacts, why: str) -> None:
    assert facts.why_not(TUESDAY) == why


@pytest.mark.parametrize(
    ("because", "at", "rode", "owed"),
    [
        ("", None, False, True),
        ("trip_cancelled", CUTOFF + HOUR, False, False),
        ("stopped", CUTOFF + HOUR, True, False),
        ("by_passenger", CUTOFF - HOUR, False, False),
        ("by_passenger", CUTOFF - HOUR, True, True),
        ("by_passenger", CUTOFF + HOUR, False, True),
        ("changed", CUTOFF + HOUR, False, False),
        ("changed", CUTOFF + HOUR, True, True),
    ],
)
def test_a_booking_that_we_ended_or_that_ended_in_time_costs_nothing(
    because: str, at: datetime | None, rode: bool, owed: bool
) -> None:
    assert is_owed(cancelled_because=because, cancelled_at=at, cutoff_at=CUTOFF, rode=rode) is owed
