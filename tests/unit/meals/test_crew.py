"""When the crew of a dinner is asked, what a job takes, and who is kept for last. Pure."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.meals.domain.crew import DinnerCrew, turn_of_regular
from backend.people.domain.crews import CrewSettingError, Volunteer, turn_of_substitute, unfit

DOORS = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
ENDS = DOORS + timedelta(hours=3)


def test_the_cook_begins_hours_before_the_doors_and_the_shopper_is_home_by_then() -> None:
    crew = DinnerCrew()
    assert crew.times("cook", DOORS, ENDS) == (DOORS - timedelta(hours=4), ENDS)
    assert crew.times("host", DOORS, ENDS) == (DOORS - timedelta(hours=1), ENDS)
    assert crew.times("shopping", DOORS, ENDS) == (DOORS - timedelta(hours=8), DOORS - timedelta(hours=5))


def test_the_numbers_are_the_organisations_own() -> None:
    crew = DinnerCrew.of({"case_hours": 20, "hours_before": {"bar": 2}, "key_jobs": ["cook"]})
    begins, _ends = crew.times("bar", DOORS, ENDS)
    assert begins == DOORS - timedelta(hours=2)
    assert crew.times("cook", DOORS, ENDS)[0] == DOORS - timedelta(hours=4), "what is not set keeps its default"
    assert crew.case_at(begins) == begins - timedelta(hours=20)
    assert crew.key_jobs == ("cook",)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"case_hours": 20, "key_jobs": ("cook",)},
        {"hours_before": {"cook": 5, "bar": 2}, "papers": {"cook": ("hygiene",)}},
    ],
)
def test_only_what_differs_from_the_product_is_kept(settings: dict[str, Any]) -> None:
    assert DinnerCrew.of(settings).chosen == settings
    assert DinnerCrew.of({"hurry_hours": 12, "hours_before": {"cook": 4, "host": 1}}).chosen == {}


def test_a_paper_is_asked_for_only_where_the_organisation_says_so() -> None:
    anna = Volunteer(1)
    assert unfit(anna, "cook", DOORS.date(), DinnerCrew()) is None
    strict = DinnerCrew.of({"papers": {"cook": ["hygiene"]}})
    assert unfit(anna, "cook", DOORS.date(), strict) == "missing:hygiene"
    assert unfit(anna, "bar", DOORS.date(), strict) is None


def test_who_stands_by_is_kept_for_last_and_comes_first_when_somebody_drops_out() -> None:
    standby, busy, rested = Volunteer(1, is_standby=True), Volunteer(2, times=5), Volunteer(3, times=1)
    assert sorted((standby, busy, rested), key=turn_of_regular) == [rested, busy, standby]
    assert sorted((standby, busy, rested), key=turn_of_substitute) == [standby, rested, busy]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"hurry_hours": 48}, "hurry_hours"),
        ({"key_jobs": ["president"]}, "president"),
        ({"papers": {"cook": ["diploma"]}}, "diploma"),
        ({"hours_before": {"cook": "four"}}, "hours_before"),
        ({"patience": 3}, "patience"),
    ],
)
def test_a_setting_that_could_not_work_is_named(settings: dict[str, Any], named: str) -> None:
    with pytest.raises(CrewSettingError, match=named):
        DinnerCrew.of(settings)
