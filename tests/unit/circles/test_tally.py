"""The accounting: where each member is, and who is unaccounted for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.circles.domain.morning import Standing
from backend.circles.domain.tally import Case, Expected, Line, Status, count, line

DEADLINE = datetime(2026, 11, 23, 8, 12, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def member(standing: Standing, *cases: Case, how: str = "", deadline: datetime | None = DEADLINE) -> Expected:
    return Expected("Riet", "Vijverhof", standing, how, NOON, deadline, cases)


def case(*, closed: bool, minutes_ago: int = 10, due_in: int = 20, outcome: str = "found_well") -> Case:
    opened = NOON - timedelta(minutes=minutes_ago)
    return Case(
        closed_at=NOON if closed else None,
        outcome=outcome if closed else "",
        opened_at=opened,
        outcome_due_at=NOON + timedelta(minutes=due_in),
    )


OPEN, CLOSED = case(closed=False), case(closed=True)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (member(Standing.WELL, how="key_as_callee"), Status.WELL),
        (member(Standing.EXCUSED, how="absent_holiday"), Status.EXCUSED),
        (member(Standing.WELL, CLOSED), Status.INCIDENT_CLOSED),
        (member(Standing.EXCUSED, CLOSED), Status.INCIDENT_CLOSED),
        (member(Standing.WELL, OPEN), Status.INCIDENT_OPEN),
        (member(Standing.INCIDENT, CLOSED, OPEN), Status.INCIDENT_OPEN),
        (member(Standing.INCIDENT, OPEN, CLOSED), Status.INCIDENT_OPEN),
        (member(Standing.INCIDENT, CLOSED), Status.INCIDENT_CLOSED),
    ],
)
def test_precedence(who: Expected, status: Status) -> None:
    """Unclosed incident > closed incident > well > excused (invariant 1)."""
    assert line(who, NOON).status is status


@pytest.mark.parametrize(
    ("late", "status"),
    [
        (timedelta(minutes=-30), Status.IN_PROGRESS),
        (timedelta(0), Status.IN_PROGRESS),
        (timedelta(seconds=30), Status.IN_PROGRESS),
        (timedelta(seconds=31), Status.UNACCOUNTED),
        (timedelta(hours=9), Status.UNACCOUNTED),
    ],
)
def test_before_the_deadline_a_member_may_be_in_progress(late: timedelta, status: Status) -> None:
    """With 30 s of grace: between the deadline and the decision that opens the incident lies a tick."""
    assert line(member(Standing.EXPECTED), DEADLINE + late).status is status


def test_a_morning_that_has_no_deadline_yet() -> None:
    assert line(member(Standing.EXPECTED, deadline=None), NOON).status is Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("due_in", "status"), [(1, Status.INCIDENT_OPEN), (0, Status.INCIDENT_OPEN), (-1, Status.UNACCOUNTED)]
)
def test_an_open_incident_past_its_outcome_time_is_unaccounted(due_in: int, status: Status) -> None:
    assert line(member(Standing.INCIDENT, case(closed=False, due_in=due_in)), NOON).status is status


def test_one_overdue_incident_is_enough_beside_one_that_is_in_time() -> None:
    found = line(member(Standing.INCIDENT, OPEN, case(closed=False, minutes_ago=45, due_in=-5)), NOON)
    assert found == Line("Riet", "Vijverhof", Status.UNACCOUNTED, "no outcome in time", NOON - timedelta(minutes=45))


def test_somebody_handed_to_an_incident_that_does_not_exist_is_unaccounted() -> None:
    """There is no state in which the machine shrugs: before the deadline as well."""
    found = line(member(Standing.INCIDENT), DEADLINE - timedelta(minutes=10))
    assert (found.status, found.how) == (Status.UNACCOUNTED, "nothing is known")


def test_the_last_incident_to_be_closed_says_how_it_ended() -> None:
    earlier = Case(NOON - timedelta(hours=1), "false_alarm", NOON - timedelta(hours=2), NOON)
    assert line(member(Standing.INCIDENT, CLOSED, earlier), NOON).how == "found_well"


def test_the_count_names_every_status_also_those_with_nobody() -> None:
    lines = [line(member(standing), NOON) for standing in (Standing.WELL, Standing.WELL, Standing.EXCUSED)]
    assert count(lines) == {
        "well": 2,
        "excused": 1,
        "in_progress": 0,
        "incident_open": 0,
        "incident_closed": 0,
        "unaccounted": 0,
    }
