"""Reserving: every chair known, none given twice, and a clear reason where there is none."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.common.errors import Conflict
from backend.events.models import Event
from backend.meals.domain.chairs import Refusal
from backend.meals.domain.diets import Food, UnknownFood
from backend.meals.models import ChairOffer, CrewPlace, Evening, GuestCall, Plate, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.selectors.kitchen import sheet_now
from backend.meals.services import desk, evenings, holding, reservation_rows, reserving
from backend.meals.services.desk import Change
from backend.meals.services.wishes import No, PlateWish, Wish
from backend.meals.web import calls
from backend.people.models import Engagement
from tests.support.races import at_once, meet_in
from tests.support.restos import MANAGER, Table, a_resto, at

pytestmark = pytest.mark.django_db

MONDAY = at("11:00", date(2026, 11, 23))


@pytest.fixture
def table() -> Table:
    return a_resto()


def asks(table: Table, evening: Evening, name: str, now=MONDAY, **wish: object) -> Reservation | No:
    return reserving.reserve(evening_id=evening.pk, wish=Wish(table.guest(name), **wish), actor=MANAGER, now=now)


def test_a_reservation_takes_chairs_and_says_what_is_not_eaten(table: Table) -> None:
    evening = table.evening()
    row = table.reserves(evening, "Riet", MONDAY, covers=3, plates=(PlateWish(("meat", "pork")),))
    assert (row.state, row.covers) == (Reservation.State.RESERVED, 3)
    assert Plate.objects.get().without == ["meat"]
    assert chairs_of(evening, MONDAY).free == 17
    assert Engagement.objects.get().programme == Engagement.Programme.DINNER
    assert Event.objects.get(kind="meals.reserved").payload == {"reservation": row.pk, "covers": 3, "wants_ride": False}


def test_crew_speakers_and_guests_together_never_exceed_the_chairs(table: Table) -> None:
    evening = table.evening(speakers=1)
    for number in range(9):
        CrewPlace.objects.create(evening=evening, job="serving", number=number)
    table.reserves(evening, "Riet", MONDAY, covers=10)
    assert asks(table, evening, "Truus") == No(Refusal.FULL, free=0, largest=10)


def test_every_refusal_has_its_reason(table: Table) -> None:
    evening = table.evening()
    assert asks(table, evening, "Groep", covers=11) == No(Refusal.NO_TABLE, largest=10)
    assert asks(table, evening, "Laat", now=evening.cutoff_at) == No(Refusal.TOO_LATE)
    table.reserves(evening, "Riet", MONDAY)
    assert asks(table, evening, "Riet") == No(Refusal.ALREADY)
    evenings.cancel(evening_id=evening.pk, because="cook_ill", actor=MANAGER, now=MONDAY)
    assert asks(table, evening, "Truus") == No(Refusal.CLOSED)
    with pytest.raises(UnknownFood):
        asks(table, table.evening(date(2026, 11, 26)), "Truus", plates=(PlateWish(("halal",)),))
    with pytest.raises(Conflict, match="more plates than people"):
        asks(table, evening, "Truus", plates=(PlateWish(), PlateWish()))


def test_chairs_are_held_until_the_number_is_confirmed_and_no_longer(table: Table) -> None:
    evening = table.evening(chairs=2)
    until = MONDAY + timedelta(minutes=15)
    held = holding.hold(
        evening_id=evening.pk, wish=Wish(table.guest("Riet"), covers=2), until=until, actor=MANAGER, now=MONDAY
    )
    assert isinstance(held, Reservation)
    assert asks(table, evening, "Truus") == No(Refusal.FULL, largest=10)
    truus = asks(table, evening, "Truus", now=until)
    assert isinstance(truus, Reservation)
    late = holding.confirm(reservation_id=held.pk, actor=MANAGER, now=until)
    assert late == No(Refusal.FULL, free=1)


def test_who_confirms_in_time_has_their_chairs(table: Table) -> None:
    evening = table.evening(chairs=2)
    held = holding.hold(
        evening_id=evening.pk,
        wish=Wish(table.guest("Riet"), covers=2),
        until=MONDAY + timedelta(minutes=15),
        actor=MANAGER,
        now=MONDAY,
    )
    assert isinstance(held, Reservation)
    done = holding.confirm(reservation_id=held.pk, actor=MANAGER, now=MONDAY)
    assert isinstance(done, Reservation)
    assert done.state == Reservation.State.RESERVED
    with pytest.raises(Conflict, match="confirmed or cancelled already"):
        holding.confirm(reservation_id=held.pk, actor=MANAGER, now=MONDAY)


def test_offered_chairs_are_kept_for_who_waited(table: Table) -> None:
    evening = table.evening(chairs=2)
    riet = table.reserves(evening, "Riet", MONDAY, covers=2)
    waits = reserving.wait(evening_id=evening.pk, wish=Wish(table.guest("Truus"), covers=2), actor=MANAGER, now=MONDAY)
    assert isinstance(waits, Reservation)
    reserving.cancel(reservation_id=riet.pk, because="ill", actor=MANAGER, now=MONDAY)
    ChairOffer.objects.create(evening=evening, reservation=waits, offered_at=MONDAY, deadline_at=evening.cutoff_at)
    assert asks(table, evening, "Sjef") == No(Refusal.OFFERED, largest=10)
    done = reserving.promote(reservation_id=waits.pk, actor=MANAGER, now=MONDAY)
    assert isinstance(done, Reservation)
    with pytest.raises(Conflict, match="not on the waiting list"):
        reserving.promote(reservation_id=waits.pk, actor=MANAGER, now=MONDAY)


def test_nobody_waits_for_chairs_that_are_there(table: Table) -> None:
    with pytest.raises(Conflict, match="There are chairs on this evening now"):
        reserving.wait(evening_id=table.evening().pk, wish=Wish(table.guest("Riet")), actor=MANAGER, now=MONDAY)


def test_a_party_grows_while_there_are_chairs_and_shrinks_without_losing_a_plate(table: Table) -> None:
    evening = table.evening(chairs=4)
    row = table.reserves(evening, "Riet", MONDAY, covers=2, plates=(PlateWish(("fish",)), PlateWish(("nuts",))))
    assert isinstance(reserving.change_covers(reservation_id=row.pk, covers=4, actor=MANAGER, now=MONDAY), Reservation)
    assert reserving.change_covers(reservation_id=row.pk, covers=5, actor=MANAGER, now=MONDAY) == No(
        Refusal.FULL, largest=10
    )
    reserving.change_covers(reservation_id=row.pk, covers=1, actor=MANAGER, now=MONDAY)
    assert [plate.without for plate in row.plates.order_by("pk")] == [["fish"], ["nuts"]]


def test_a_smaller_party_keeps_all_its_plates_and_a_person_asks_whose_is_not_needed(table: Table) -> None:
    plates = (PlateWish(("nuts",)), PlateWish(("gluten",)))
    evening = table.evening()
    row = table.reserves(evening, "Riet", MONDAY, covers=3, plates=plates)
    reserving.change_covers(reservation_id=row.pk, covers=2, actor=MANAGER, now=MONDAY)
    assert not GuestCall.objects.exists()
    for _twice in range(2):
        reserving.change_covers(reservation_id=row.pk, covers=1, actor=MANAGER, now=MONDAY)
    assert [plate.without for plate in row.plates.order_by("pk")] == [["nuts"], ["gluten"]]
    sheet = sheet_now(evening)
    assert (sheet.covers, sheet.spare, [count for _diet, count in sheet.diets]) == (1, 1, [1, 1])
    call = GuestCall.objects.get(kind="speak", state="open", person=row.person)
    with translation.override("en"):
        assert calls.what_to_say(call).endswith("for 1: who of you come, and what does each of them not eat?")


def test_who_is_on_the_line_says_whose_plate_is_not_needed_and_nobody_has_to_ask(table: Table) -> None:
    evening = table.evening()
    row = table.reserves(evening, "Riet", MONDAY, covers=2, plates=(PlateWish(("nuts",)), PlateWish(("gluten",))))
    with pytest.raises(Conflict, match="more plates than people"):
        desk.change(row.pk, Change(1, (PlateWish(("nuts",)), PlateWish(("gluten",)))), actor=MANAGER, now=MONDAY)
    desk.change(row.pk, Change(1, (PlateWish(("gluten",)),)), actor=MANAGER, now=MONDAY)
    sheet = sheet_now(evening)
    assert (sheet.diets, sheet.spare) == ((((Food.GLUTEN,), 1),), 0)
    assert not GuestCall.objects.exists()


def test_who_walks_in_gets_a_chair_that_is_free(table: Table) -> None:
    evening = table.evening(chairs=3, state=Evening.State.OPEN)
    six = at("18:05")
    come = reserving.walk_in(evening_id=evening.pk, wish=Wish(table.guest("Riet"), covers=2), actor=MANAGER, now=six)
    assert isinstance(come, Reservation)
    assert (come.arrived_at, come.arrived_covers) == (six, 2)
    full = reserving.walk_in(evening_id=evening.pk, wish=Wish(table.guest("Truus"), covers=2), actor=MANAGER, now=six)
    assert full == No(Refusal.FULL, free=1)


def test_a_cancellation_is_one_and_after_the_cutoff_it_is_late(table: Table) -> None:
    evening = table.evening()
    riet, truus = (table.reserves(evening, name, MONDAY) for name in ("Riet", "Truus"))
    reserving.cancel(reservation_id=riet.pk, because="ill", actor=MANAGER, now=MONDAY)
    reserving.cancel(reservation_id=truus.pk, because="ill", actor=MANAGER, now=evening.cutoff_at)
    assert [event.payload["late"] for event in Event.objects.filter(kind="meals.cancelled").order_by("pk")] == [
        False,
        True,
    ]
    with pytest.raises(Conflict, match="cancelled already"):
        reserving.cancel(reservation_id=riet.pk, because="ill", actor=MANAGER, now=MONDAY)
    assert not Engagement.objects.exists()


STEPS = st.lists(
    st.tuples(st.sampled_from(["reserve", "hold", "cancel", "more", "less"]), st.integers(0, 5)), max_size=12
)


@given(steps=STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_covers_equal_rows_and_never_exceed_the_chairs(table: Table, steps) -> None:
    for number in range(6):
        table.guest(f"Gast {number}")
    with transaction.atomic():
        evening = table.evening(chairs=6)
        for what, number in steps:
            with transaction.atomic():
                step(table, evening, what, f"Gast {number}", covers=number + 1)
            count = chairs_of(evening, MONDAY)
            reserved = evening.reservations.filter(state=Reservation.State.RESERVED)
            assert count.covers == sum(row.covers for row in reserved)
            assert sheet_now(evening).covers == count.covers
            assert count.free >= 0
        transaction.set_rollback(True)


def step(table: Table, evening: Evening, what: str, name: str, *, covers: int) -> None:
    row = evening.reservations.exclude(state=Reservation.State.CANCELLED).filter(person=table.guest(name)).first()
    wish = Wish(table.guest(name), covers=covers)
    if what == "reserve":
        reserving.reserve(evening_id=evening.pk, wish=wish, actor=MANAGER, now=MONDAY)
    elif what == "hold":
        until = MONDAY + timedelta(minutes=1)
        holding.hold(evening_id=evening.pk, wish=wish, until=until, actor=MANAGER, now=MONDAY)
    elif row is not None and what == "cancel":
        reserving.cancel(reservation_id=row.pk, because="ill", actor=MANAGER, now=MONDAY)
    elif row is not None:
        asked = row.covers + 1 if what == "more" else max(row.covers - 1, 1)
        reserving.change_covers(reservation_id=row.pk, covers=asked, actor=MANAGER, now=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_the_last_chair_at_the_same_moment_one_gets_it(table: Table, monkeypatch) -> None:
    evening = table.evening(chairs=1)
    meet_in(monkeypatch, reserving, "answer")
    assert sorted(both_ask(table, evening)) == ["No", "Reservation"]
    assert chairs_of(evening, MONDAY).free == 0


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_get_it(table: Table, monkeypatch) -> None:
    evening = table.evening(chairs=1)
    monkeypatch.setattr(evenings, "locked", lambda pk: Evening.objects.select_related("resto__organisation").get(pk=pk))
    meet_in(monkeypatch, reservation_rows, "made")
    assert both_ask(table, evening) == ["Reservation", "Reservation"]
    assert chairs_of(evening, MONDAY).free == -1


def both_ask(table: Table, evening: Evening) -> list[str]:
    answers: list[str] = []

    def rings(name: str) -> None:
        with transaction.atomic():
            done = reserving.reserve(evening_id=evening.pk, wish=Wish(table.people[name]), actor=MANAGER, now=MONDAY)
        answers.append(type(done).__name__)

    for name in ("Riet", "Truus"):
        table.guest(name)
    assert at_once(lambda: rings("Riet"), lambda: rings("Truus")) == [None, None]
    return answers
