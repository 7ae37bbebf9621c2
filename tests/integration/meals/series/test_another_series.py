"""A series that changes: what nobody counts on follows, and a person decides about the rest."""

from datetime import time

import pytest

from backend.common.errors import RondjeError
from backend.events.models import Event, Timer
from backend.meals.domain.series import Times
from backend.meals.models import Evening, EveningException, EveningSeries
from backend.meals.selectors.counting import chairs_of
from backend.meals.selectors.series import different_evenings
from backend.meals.services import changing, crew_places, series
from tests.integration.meals.series.a_programme import EARLY, NOW, THURSDAY, facts, saved
from tests.support.restos import MANAGER, TUESDAY, Table, at

pytestmark = pytest.mark.django_db


def test_more_crew_takes_no_chair_that_a_guest_has_and_a_person_decides_about_that_evening(table: Table) -> None:
    row = saved(table, needs={"cook": 1}).series
    full, roomy = Evening.objects.get(date=TUESDAY), Evening.objects.get(date=THURSDAY)
    table.reserves(full, "Riet", NOW, covers=9)
    table.reserves(full, "Truus", NOW, covers=9)
    table.reserves(roomy, "Riet", NOW)
    done = saved(table, needs={"cook": 1, "bar": 3}, pk=row.pk)
    assert (done.to_decide, done.without_chairs) == ([full], [full])
    assert (chairs_of(full, NOW).free, full.crew.filter(job="bar").count()) == (0, 1), "as far as there are chairs"
    assert (chairs_of(roomy, NOW).free, roomy.crew.filter(job="bar").count()) == (15, 3)
    opened = Event.objects.filter(kind="meals.crew_place_opened", subject_id=full.pk)
    assert [event.payload["job"] for event in opened] == ["bar"]
    saved(table, needs={"cook": 1}, pk=row.pk)
    assert (chairs_of(full, NOW).free, chairs_of(roomy, NOW).free) == (1, 18)
    closed = Event.objects.filter(kind="meals.crew_place_closed", subject_id=full.pk)
    assert [event.payload["job"] for event in closed] == ["bar"], "whoever waits for a chair is offered it"
    assert Timer.objects.filter(kind="meals.crew", subject_id=full.pk).exists()


def test_another_theme_leaves_the_crew_as_it_was_made_by_hand(table: Table) -> None:
    row = saved(table, needs={"cook": 1, "host": 1}).series
    evening = Evening.objects.get(date=TUESDAY)
    crew_places.open_one(evening_id=evening.pk, job="bar", actor=MANAGER, now=NOW)
    crew_places.close_one(place_id=evening.crew.get(job="host").pk, actor=MANAGER, now=NOW)
    saved(table, needs={"cook": 1, "host": 1}, pk=row.pk, theme="Italiaans")
    assert sorted(evening.crew.values_list("job", flat=True)) == ["bar", "cook"]
    saved(table, needs={"cook": 2, "host": 1}, pk=row.pk, theme="Italiaans")
    assert sorted(evening.crew.values_list("job", flat=True)) == ["bar", "cook", "cook"]


def test_what_nobody_counts_on_follows_and_the_rest_a_person_decides_about(table: Table) -> None:
    row = saved(table).series
    promised = Evening.objects.get(date=TUESDAY)
    table.reserves(promised, "Riet", NOW)
    done = saved(table, times=EARLY, pk=row.pk)
    assert (done.made, done.followed, done.to_decide) == (0, 15, [promised])
    promised.refresh_from_db()
    assert (promised.doors_at, Evening.objects.get(date=THURSDAY).doors_at) == (at("17:30"), at("16:30", THURSDAY))
    row.refresh_from_db()
    assert different_evenings(row, NOW) == [promised]


def test_a_series_that_loses_a_day_and_gets_it_back_takes_the_same_evenings_up_again(table: Table) -> None:
    row = saved(table).series
    thursday = Evening.objects.get(date=THURSDAY)
    assert saved(table, "FREQ=WEEKLY;BYDAY=TU", pk=row.pk).followed == 8
    thursday.refresh_from_db()
    assert (thursday.state, thursday.cancelled_because) == ("cancelled", "not_in_series")
    assert saved(table, pk=row.pk).made == 8
    thursday.refresh_from_db()
    assert thursday.state == "planned"
    assert Evening.objects.count() == 16


def test_a_time_that_a_person_chose_stays_whatever_becomes_of_the_series(table: Table) -> None:
    row = saved(table).series
    early = Evening.objects.get(date=THURSDAY)
    changing.change(early.pk, facts(times=EARLY), actor=MANAGER, now=NOW)
    later = Times(time(12, 30), time(18), time(18, 30), time(21))
    done = [
        series.close_date(row.pk, TUESDAY, reason="Verbouwing", actor=MANAGER, now=NOW),
        series.drop_exception(EveningException.objects.get().pk, actor=MANAGER, now=NOW),
        saved(table, pk=row.pk),
        saved(table, times=later, pk=row.pk),
        saved(table, "FREQ=WEEKLY;BYDAY=TU", later, pk=row.pk),
    ]
    assert [(one.followed, one.to_decide) for one in done] == [
        (1, [early]),
        (0, [early]),
        (0, [early]),
        (15, [early]),
        (7, [early]),
    ]
    early.refresh_from_db()
    row.refresh_from_db()
    assert (early.state, early.doors_at) == ("planned", at("16:30", THURSDAY))
    assert Evening.objects.get(date=TUESDAY).doors_at == at("18:00")
    assert different_evenings(row, NOW) == [early]
    closed = series.close_date(row.pk, THURSDAY, reason="Toch niet", actor=MANAGER, now=NOW)
    early.refresh_from_db()
    assert (closed.followed, early.state) == (1, "cancelled"), "a person wants no dinner on that day"


def test_a_dinner_with_a_speaker_is_not_cancelled_by_its_series_and_takes_over_its_times(table: Table) -> None:
    row = saved(table).series
    special = Evening.objects.get(date=THURSDAY)
    changing.change(special.pk, facts(speaker="de imam", speakers=1), actor=MANAGER, now=NOW)
    assert saved(table, times=EARLY, pk=row.pk).to_decide == []
    done = saved(table, "FREQ=WEEKLY;BYDAY=TU", EARLY, pk=row.pk)
    special.refresh_from_db()
    assert (done.followed, done.to_decide, special.state) == (7, [special], "planned")
    assert special.doors_at == at("16:30", THURSDAY)


@pytest.mark.parametrize(
    "times",
    [
        Times(time(18), time(17, 30), time(18), time(20)),
        Times(time(12), time(17, 30), time(17), time(20)),
        Times(time(12), time(17), time(18), time(18)),
    ],
)
def test_times_out_of_order_are_refused_and_nothing_is_lost(table: Table, times: Times) -> None:
    row = saved(table).series
    with pytest.raises(RondjeError, match="not in order"):
        saved(table, times=times, pk=row.pk)
    assert EveningSeries.objects.get().doors == time(17, 30)
