"""How long what is kept: defaults, an organisation's own, and what makes no sense."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.common.errors import RondjeError
from backend.keeping.domain.periods import Periods

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def test_calls_are_kept_for_30_days_and_cases_for_two_years() -> None:
    periods = Periods.of({})
    assert (periods.calls, periods.cases) == (30, 730)


def test_an_organisation_may_keep_less() -> None:
    periods = Periods.of({"keep_days": {"calls": 14}})
    assert periods.limit("calls", now=NOW, counted_until=NOW) == NOW - timedelta(days=14)
    assert periods.limit("texts", now=NOW, counted_until=NOW) == NOW - timedelta(days=30)


def test_nothing_goes_before_it_has_been_counted() -> None:
    counted = NOW - timedelta(days=60)
    assert Periods().limit("calls", now=NOW, counted_until=counted) == counted


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"calls": 0}, "calls: give a number of days between 1 and 3650"),
        ({"calls": "30"}, "calls: give a number of days"),
        ({"texts": True}, "texts: give a number of days"),
        ({"cases": 20}, "at least as long as the calls"),
        ({"letters": 3}, "Nothing is called letters here. There are: calls, texts"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(settings: dict[str, object], complaint: str) -> None:
    with pytest.raises(RondjeError, match=complaint):
        Periods.of({"keep_days": settings})
