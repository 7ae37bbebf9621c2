"""Two at once in the programme of the dinners: planners that plan, managers that change, and somebody who reserves."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import time

import pytest
from django.db import transaction

from backend.common.errors import Conflict
from backend.events import clock
from backend.meals.domain.series import Times
from backend.meals.models import CrewNeed, CrewPlace, Evening, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import changing, planning, reserving, restos, seating, series
from backend.meals.services.changing import Facts
from backend.meals.services.planning import plan_evenings
from backend.meals.services.series import Recurrence
from backend.meals.services.wishes import Wish
from tests.support.races import at_once, meet_in
from tests.support.restos import MANAGER, MONDAY, TUESDAY, Table, a_resto, at

NOW = at("09:00", MONDAY)
USUAL = Times(time(12, 30), time(17, 30), time(18), time(20, 30))


@pytest.fixture
def table(settings, transactional_db) -> Table:
    """De Lange Tafel, on Monday 23 November at nine."""
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=NOW, rate=0)
    return a_resto()


def reserves(table: Table, evening: Evening, covers: int = 1) -> Callable[[], object]:
    riet = table.guest("Riet")
    return transaction.atomic(
        lambda: reserving.reserve(evening_id=evening.pk, wish=Wish(riet, covers=covers), actor=MANAGER, now=NOW)
    )


def test_two_planners_at_once_make_each_evening_and_its_crew_once(
    table: Table, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    CrewNeed.objects.create(series=table.series(), job="serving", people=2)
    meet_in(monkeypatch, planning, "make_evening")
    assert at_once(lambda: plan_evenings(NOW), lambda: plan_evenings(NOW)) == [None, None]
    assert (Evening.objects.count(), CrewPlace.objects.count()) == (16, 32)
    assert caplog.records == []


def test_who_reserves_while_the_series_loses_the_day_has_an_evening_or_is_told_that_it_is_gone(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = table.series()
    plan_evenings(NOW)
    evening = Evening.objects.get(date=TUESDAY)
    when = Recurrence("FREQ=WEEKLY;BYDAY=TH", MONDAY, None, USUAL)

    def loses() -> object:
        return series.save(table.resto, when, theme="", needs={}, pk=row.pk, actor=MANAGER, now=NOW)

    meet_in(monkeypatch, series, "counted_on")
    at_once(loses, reserves(table, evening))
    evening.refresh_from_db()
    reserved = Reservation.objects.filter(state=Reservation.State.RESERVED).count()
    assert (evening.state, reserved) in {("planned", 1), ("cancelled", 0)}


def test_chairs_taken_away_and_reserved_at_once_are_never_fewer_than_people(table: Table) -> None:
    evening = table.evening(chairs=4)
    with transaction.atomic():
        table.reserves(evening, "Jan", NOW, covers=2)

    def takes_chairs() -> object:
        return changing.change(evening.pk, Facts(USUAL, chairs=2), actor=MANAGER, now=NOW)

    at_once(takes_chairs, reserves(table, evening, covers=2))
    evening.refresh_from_db()
    assert chairs_of(evening, NOW).free >= 0


def test_two_who_remove_a_table_at_once_note_each_guest_once(table: Table) -> None:
    evening = table.evening()
    with transaction.atomic():
        riet = table.reserves(evening, "Riet", NOW)
    first = table.room.tables.get(name="1")
    Reservation.objects.filter(pk=riet.pk).update(table=first)

    def removes() -> object:
        return restos.remove_table(first.pk, actor=MANAGER, now=NOW)

    assert at_once(removes, removes) == [None, None]
    assert evening.calls.count() == 1


def test_who_gives_a_guest_a_table_and_who_removes_it_do_not_wait_for_one_another_for_ever(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = table.evening()
    with transaction.atomic():
        riet, truus = (table.reserves(evening, name, NOW) for name in ("Riet", "Truus"))
    first = table.room.tables.get(name="1")
    Reservation.objects.filter(pk=riet.pk).update(table=first)
    both_hold_a_lock = threading.Barrier(2)

    def meets(original: Callable[..., object]) -> Callable[..., object]:
        def meeting(*args: object, **kwargs: object) -> object:
            with suppress(threading.BrokenBarrierError):
                both_hold_a_lock.wait(1.0)
            return original(*args, **kwargs)

        return meeting

    monkeypatch.setattr(seating, "_write", meets(seating._write))
    monkeypatch.setattr(restos, "seated_at", meets(restos.seated_at))

    def gives() -> object:
        return seating.move(evening_id=evening.pk, party=f"r{truus.pk}", table_id=first.pk, was=None, actor=MANAGER)

    ends = at_once(gives, lambda: restos.remove_table(first.pk, actor=MANAGER, now=NOW))
    assert ends[1] is None and isinstance(ends[0], Conflict | None)
    assert not Reservation.objects.filter(table=first).exists()
