"""Evenings that recur are made some weeks ahead, once each, with their crew, and on no day that is closed."""

from datetime import datetime, timedelta
from threading import Event as Moment
from typing import Any

import pytest

from backend.events.models import Event
from backend.meals.domain.series import Day
from backend.meals.models import CrewNeed, Evening, EveningException, EveningSeries
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import planning, series
from backend.meals.services.planning import plan_evenings
from tests.integration.meals.series.a_programme import NOW, THURSDAY, days, saved
from tests.support.races import PATIENCE, at_once
from tests.support.restos import MANAGER, TUESDAY, Table, a_resto, at

pytestmark = pytest.mark.django_db


def test_twice_a_week_eight_weeks_ahead_but_not_on_holidays(table: Table) -> None:
    assert saved(table).made == 16
    assert days()[:4] == ["24-11", "26-11", "01-12", "03-12"]
    assert days()[-1] == "14-01"
    first = Evening.objects.get(date=TUESDAY)
    assert (first.cutoff_at, first.doors_at, first.dinner_at, first.ends_at, first.chairs) == (
        at("12:30"),
        at("17:30"),
        at("18:00"),
        at("20:30"),
        20,
    )
    assert saved(table, "FREQ=WEEKLY;BYDAY=FR").made == 6, "Christmas and New Year's Day are holidays"


def test_every_evening_is_made_once_however_often_it_is_planned(table: Table) -> None:
    table.series("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE")
    assert [plan_evenings(NOW), plan_evenings(NOW), plan_evenings(NOW + timedelta(hours=1))] == [4, 0, 0]
    assert days() == ["25-11", "09-12", "23-12", "06-01"]
    assert plan_evenings(NOW + timedelta(weeks=1)) == 1
    assert Event.objects.filter(kind="meals.evening_planned").count() == 5


def test_a_rule_that_cannot_be_read_holds_no_other_series_up(table: Table) -> None:
    table.series("FREQ=SOMETIMES")
    table.series("FREQ=MONTHLY;BYDAY=1WE")
    assert plan_evenings(NOW) == 2
    assert days() == ["02-12", "06-01"]


def test_two_series_never_make_two_dinners_of_a_day(table: Table) -> None:
    table.series()
    table.series("FREQ=WEEKLY;BYDAY=TH")
    assert plan_evenings(NOW) == 16
    assert Evening.objects.filter(date=THURSDAY).count() == 1


def test_a_crew_is_needed_from_the_first_day_and_takes_its_chairs(table: Table) -> None:
    row = saved(table, needs={"cook": 1, "serving": 3, "bar": 0}).series
    evening = Evening.objects.get(date=TUESDAY)
    assert sorted(evening.crew.values_list("job", "number", "state")) == [
        ("cook", 0, "open"),
        ("serving", 0, "open"),
        ("serving", 1, "open"),
        ("serving", 2, "open"),
    ]
    assert chairs_of(evening, NOW).free == 16
    ineke = table.guest("Ineke")
    evening.crew.filter(job="serving", number=2).update(state="confirmed", person=ineke)
    saved(table, needs={"serving": 1}, pk=row.pk)
    assert list(evening.crew.values_list("job", "number", "state")) == [("serving", 2, "confirmed")], (
        "who said yes is not sent away"
    )
    saved(table, needs={"serving": 2, "host": 1}, pk=row.pk)
    assert sorted(evening.crew.values_list("job", "number")) == [("host", 0), ("serving", 2), ("serving", 3)]
    assert CrewNeed.objects.count() == 2


def test_what_is_closed_while_others_are_planned_is_not_made(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planner reads each series under its lock, when its turn comes."""
    first, second = table.series("FREQ=WEEKLY;BYDAY=TU"), table.series("FREQ=WEEKLY;BYDAY=TH")
    plans = planning.plan_series

    def closes_meanwhile(one: EveningSeries, now: datetime) -> int:
        if one.pk == first.pk:
            EveningException.objects.create(series=second, date=THURSDAY, reason="Verbouwing")
        return plans(one, now)

    monkeypatch.setattr(planning, "plan_series", closes_meanwhile)
    assert plan_evenings(NOW) == 15
    assert days()[:3] == ["24-11", "01-12", "03-12"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locks", [True, False])
def test_a_day_that_is_closed_while_its_series_is_planned_has_no_dinner(
    monkeypatch: pytest.MonkeyPatch, locks: bool
) -> None:
    """Without the series' lock (the negative control) the planner makes what was closed: then this test sees it."""
    table = a_resto()
    row = table.series()
    if not locks:
        monkeypatch.setattr(
            planning, "locked_series", lambda pk: EveningSeries.objects.select_related("resto__organisation").get(pk=pk)
        )
    has_read, has_closed = Moment(), Moment()
    reads = planning.series_days

    def reads_slowly(*args: Any, **more: Any) -> list[Day]:
        found = reads(*args, **more)
        if not has_read.is_set():
            has_read.set()
            has_closed.wait(PATIENCE)
        return found

    monkeypatch.setattr(planning, "series_days", reads_slowly)

    def closes() -> None:
        has_read.wait(PATIENCE)
        series.close_date(row.pk, THURSDAY, reason="Verbouwing", actor=MANAGER, now=NOW)
        has_closed.set()

    assert at_once(lambda: plan_evenings(NOW), closes) == [None, None]
    assert Evening.objects.filter(date=THURSDAY, state="planned").count() == (0 if locks else 1)
