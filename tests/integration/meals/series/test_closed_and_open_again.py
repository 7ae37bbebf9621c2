"""A day that is closed and open again, and an evening that was off and takes place after all."""

from datetime import timedelta

import pytest

from backend.events import clock
from backend.meals.models import Evening, EveningException, Reservation
from backend.meals.services import off, series, standing
from backend.meals.services.planning import plan_evenings
from backend.meals.web.calls import what_to_say
from backend.notifications.models import Message
from backend.people.services import registering
from tests.integration.meals.series.a_programme import NOW, THURSDAY, days, saved
from tests.support.deliveries import drain
from tests.support.restos import MANAGER, Table

pytestmark = pytest.mark.django_db


def test_closed_on_a_day_and_open_again(table: Table) -> None:
    row = saved(table).series
    done = series.close_date(row.pk, THURSDAY, reason="Verbouwing", actor=MANAGER, now=NOW)
    assert (done.followed, days()[1]) == (1, "01-12")
    assert plan_evenings(NOW) == 0
    series.drop_exception(EveningException.objects.get().pk, actor=MANAGER, now=NOW)
    assert days()[1] == "26-11"


def test_a_day_on_which_somebody_has_reserved_is_closed_by_a_person_only(table: Table) -> None:
    row = saved(table).series
    evening = Evening.objects.get(date=THURSDAY)
    riet = table.reserves(evening, "Riet", NOW)
    done = series.close_date(row.pk, THURSDAY, reason="Verbouwing", actor=MANAGER, now=NOW)
    assert (done.followed, done.to_decide) == (0, [evening])
    series.cancel_evening(evening.pk, because="De kok is ziek", actor=MANAGER, now=NOW)
    riet.refresh_from_db()
    assert (riet.state, plan_evenings(NOW)) == ("cancelled", 0), "planning does not undo what a person decided"
    assert EveningException.objects.get().reason == "De kok is ziek"


def calls_of(evening: Evening) -> list[tuple[str, str, str]]:
    rows = evening.calls.order_by("pk").values_list("person__given_name", "kind", "state")
    return [(name, kind, state) for name, kind, state in rows]


def test_an_evening_that_takes_place_after_all_has_its_regulars_and_a_person_rings_who_was_told_otherwise(
    table: Table,
) -> None:
    clock.set_clock(virtual=NOW, rate=0)
    row = saved(table).series
    evening = Evening.objects.get(date=THURSDAY)
    riet = table.guest("Riet")
    standing.begin(person=riet, series=row, covers=1, first_day=THURSDAY, actor=MANAGER, now=NOW)
    table.reserves(evening, "Jan", NOW, covers=2)
    table.people["Ab"] = registering.register_person(
        organisation=table.organisation, given_name="Ab", family_name="Linde", phones=()
    )
    table.reserves(evening, "Ab", NOW)
    series.cancel_evening(evening.pk, because="De kok is ziek", actor=MANAGER, now=NOW)
    drain()
    assert calls_of(evening) == [("Ab", "cancelled", "open")]
    about_off = Message.objects.filter(host=off.HOST, subject_id=evening.pk)
    assert sorted(about_off.values_list("person__given_name", "state")) == [("Jan", "queued"), ("Riet", "queued")]

    series.drop_exception(EveningException.objects.get().pk, actor=MANAGER, now=NOW)
    drain()
    assert set(about_off.values_list("state", flat=True)) == {"cancelled"}
    again = evening.reservations.filter(state=Reservation.State.RESERVED)
    assert list(again.values_list("person__given_name", "way")) == [("Riet", "standing")]
    assert calls_of(evening) == [
        ("Ab", "cancelled", "lapsed"),
        ("Riet", "after_all", "open"),
        ("Jan", "after_all", "open"),
        ("Ab", "after_all", "open"),
    ]
    said = [what_to_say(call) for call in evening.calls.filter(person__given_name="Jan")]
    assert [one.split(" op ")[0] for one in said] == ["Het eten bij De Lange Tafel"]
    assert said[0].endswith("gaat toch door. Wilt u komen, met 2?")


def test_who_heard_once_that_it_takes_place_after_all_is_not_told_of_the_first_time_that_it_was_off(
    table: Table,
) -> None:
    clock.set_clock(virtual=NOW, rate=0)
    saved(table)
    evening = Evening.objects.get(date=THURSDAY)
    table.reserves(evening, "Jan", NOW)
    series.cancel_evening(evening.pk, because="De kok is ziek", actor=MANAGER, now=NOW)
    series.drop_exception(EveningException.objects.get().pk, actor=MANAGER, now=NOW)
    drain()
    about_off = Message.objects.filter(host=off.HOST, subject_id=evening.pk)
    assert not about_off.exists(), "it had taken place again before anybody was told"
    table.reserves(evening, "Els", NOW)
    series.cancel_evening(evening.pk, because="Geen gas", actor=MANAGER, now=NOW)
    drain()
    assert list(about_off.values_list("person__given_name", flat=True)) == ["Els"]
    assert calls_of(evening) == [("Jan", "after_all", "lapsed")]


def test_what_was_still_being_told_of_an_evening_that_was_off_leads_to_no_more_calls(table: Table) -> None:
    clock.set_clock(virtual=NOW, rate=0)
    saved(table)
    evening = Evening.objects.get(date=THURSDAY)
    table.reserves(evening, "Jan", NOW)
    series.cancel_evening(evening.pk, because="De kok is ziek", actor=MANAGER, now=NOW)
    drain()
    under_way = Message.objects.get(host=off.HOST)
    series.drop_exception(EveningException.objects.get().pk, actor=MANAGER, now=NOW)
    off.ended(under_way, None, NOW + timedelta(minutes=2))
    assert Message.objects.filter(host=off.HOST).count() == 1
    assert calls_of(evening) == [("Jan", "after_all", "open")]
