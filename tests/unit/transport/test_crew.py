"""Who may drive or host, why somebody may not, and whose turn it is."""

from datetime import date, timedelta
from typing import Any

import pytest

from backend.people.domain.crews import (
    CrewSettingError,
    Volunteer,
    bars,
    turn,
    turn_of_substitute,
    unfit,
)
from backend.transport.domain.crew import CrewPolicy, Task

DAY = date(2026, 12, 1)
ALL = {"licence": date(2031, 1, 1), "medical": None, "vog": None, "test_drive": None}
POLICY = CrewPolicy()


def anna(**facts: Any) -> Volunteer:
    """A volunteer with all papers."""
    return Volunteer(1, **{"papers": ALL, **facts})


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"says": True}, None),
        ({"says": False}, "cannot"),
        ({"is_away": True}, "away"),
        ({"is_engaged": True}, "engaged"),
        ({"has_other_task": True}, "other_task"),
        ({"in_use": False}, "not_in_use"),
        ({"has_number": False}, "no_number"),
        ({"papers": {**ALL, "licence": DAY}}, None),
        ({"papers": {**ALL, "licence": DAY - timedelta(days=1)}}, "paper_expired:licence"),
        ({"papers": {"licence": None, "vog": None, "test_drive": None}}, "missing:medical"),
        ({"papers": {}}, "missing:licence"),
    ],
)
def test_why_somebody_is_not_asked_to_drive(facts: dict[str, Any], reason: str | None) -> None:
    assert unfit(anna(**facts), Task.DRIVER, DAY, POLICY) == reason


def test_a_host_needs_a_vog_and_no_licence() -> None:
    assert unfit(anna(papers={"vog": None}), Task.HOST, DAY, POLICY) is None
    assert unfit(anna(papers={"licence": None}), Task.HOST, DAY, POLICY) == "missing:vog"


def test_an_organisation_decides_which_papers_are_required() -> None:
    policy = CrewPolicy.of({"driver_papers": ["licence"], "host_papers": []})
    assert unfit(anna(papers={"licence": None}), Task.DRIVER, DAY, policy) is None
    assert unfit(anna(papers={}), Task.HOST, DAY, policy) is None


def test_a_person_may_ask_who_said_cannot_but_never_who_lacks_a_paper() -> None:
    assert bars(anna(says=False), Task.DRIVER, DAY, POLICY) is None
    assert bars(anna(has_number=False), Task.DRIVER, DAY, POLICY) is None
    assert bars(anna(papers={}), Task.DRIVER, DAY, POLICY) == "missing:licence"


def test_fewest_trips_recently_come_first_after_who_said_that_they_can() -> None:
    busy, rested, willing = anna(times=4), Volunteer(2, ALL, times=1), Volunteer(3, ALL, says=True, times=9)
    assert sorted((busy, rested, willing), key=turn) == [willing, rested, busy]


def test_whoever_stands_by_comes_first_when_somebody_dropped_out() -> None:
    standby, willing = anna(is_standby=True, times=4), Volunteer(2, ALL, says=True)
    assert sorted((willing, standby), key=turn_of_substitute) == [standby, willing]
    assert sorted((willing, standby), key=turn) == [willing, standby]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"ask_days": 0}, "ask_days"),
        ({"case_hours": "16"}, "case_hours"),
        ({"driver_papers": ["diploma"]}, "diploma"),
        ({"patience": 3}, "patience"),
        ({"answer_hours_most": 1, "answer_minutes_least": 90}, "answer_minutes_least"),
    ],
)
def test_a_setting_that_could_not_work_is_named(settings: dict[str, Any], named: str) -> None:
    with pytest.raises(CrewSettingError, match=named):
        CrewPolicy.of(settings)
