"""Restos, rooms and tables: what stands in the way of a change is said, and nobody loses a chair unnoticed."""

from datetime import timedelta

import pytest

from backend.common.errors import Conflict
from backend.events import clock
from backend.events.models import Event
from backend.meals.models import CrewPlace, DiningTable, DividedSeat, GuestCall, Reservation, Resto, Tariff
from backend.meals.selectors.places import seated_at
from backend.meals.services import evenings, reserving, restos, seating, waiting
from tests.support.deliveries import drain
from tests.support.races import locked_in_turn
from tests.support.restos import MANAGER, MONDAY, TUESDAY, Table, a_resto, at

NOW = at("09:00", MONDAY)
ACT = {"actor": MANAGER, "now": NOW}

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    return a_resto()


def test_a_resto_gets_a_public_address_of_its_own(table: Table) -> None:
    known = {"name": "Het Buurthuis", "chairs": 30}
    first = restos.save_resto(table.organisation, known, pk=None, **ACT)
    second = restos.save_resto(a_resto(slug="west").organisation, known, pk=None, **ACT)
    assert (first.slug, second.slug) == ("het-buurthuis", "het-buurthuis-2")
    with pytest.raises(Conflict, match="There is a resto of this name already"):
        restos.save_resto(table.organisation, known, pk=None, **ACT)
    restos.save_resto(table.organisation, {"name": "Anders"}, pk=first.pk, **ACT)
    first.refresh_from_db()
    assert first.slug == "het-buurthuis", "what stands on paper keeps working"


def test_coming_evenings_get_the_chairs_of_their_resto_unless_more_people_come(table: Table) -> None:
    evening, other = table.evening(), table.evening(TUESDAY.replace(day=26), chairs=12)
    table.reserves(evening, "Riet", NOW, covers=9)
    with pytest.raises(Conflict, match="9 people have a chair"):
        restos.save_resto(table.organisation, {"chairs": 8}, pk=table.resto.pk, **ACT)
    assert Resto.objects.get().chairs == 20
    restos.save_resto(table.organisation, {"chairs": 15}, pk=table.resto.pk, **ACT)
    evening.refresh_from_db()
    other.refresh_from_db()
    assert (evening.chairs, other.chairs) == (15, 12), "what a person gave other chairs stays"


def test_more_chairs_for_the_resto_are_offered_to_who_waits(table: Table) -> None:
    clock.set_clock(virtual=NOW, rate=0)
    full, own = table.evening(), table.evening(TUESDAY.replace(day=26), chairs=12)
    for name in ("Jan", "Els"):
        table.reserves(full, name, NOW, covers=10)
    table.waits(full, "Riet", NOW, covers=4)
    drain()
    restos.save_resto(table.organisation, {"chairs": 24}, pk=table.resto.pk, **ACT)
    told = Event.objects.filter(kind="meals.evening_changed").values_list("subject_id", "actor")
    assert list(told) == [(full.pk, MANAGER.who)], "not of the evening with chairs of its own"
    drain()
    waiting.look(full.pk, NOW)
    assert [(row.reservation.person.given_name, row.state) for row in full.offers.all()] == [("Riet", "open")]
    assert own.offers.count() == 0


def test_who_was_silent_before_is_asked_about_the_chairs_that_were_added(table: Table) -> None:
    """Without the event an offer that ended before would count for the new chairs too."""
    clock.set_clock(virtual=NOW, rate=0)
    full = table.evening()
    first = table.reserves(full, "Jan", NOW, covers=10)
    table.reserves(full, "Els", NOW, covers=10)
    table.waits(full, "Riet", NOW, covers=10)
    reserving.cancel(reservation_id=first.pk, because="telephone", **ACT)
    waiting.look(full.pk, NOW)
    later = NOW + timedelta(hours=2)
    clock.set_clock(virtual=later, rate=0)
    waiting.look(full.pk, later)
    restos.save_resto(table.organisation, {"chairs": 22}, pk=table.resto.pk, actor=MANAGER, now=later)
    waiting.look(full.pk, later)
    assert [row.state for row in full.offers.order_by("pk")] == ["expired", "open"]


def test_evenings_are_locked_in_one_order_whatever_their_dates(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [table.evening(TUESDAY + timedelta(days=days)) for days in (7, 0, 2)]
    in_turn = locked_in_turn(monkeypatch, evenings, "locked")
    restos.save_resto(table.organisation, {"chairs": 24}, pk=table.resto.pk, **ACT)
    assert in_turn == [one.pk for one in made]


def test_a_table_that_is_removed_under_guests_leaves_them_on_the_list(table: Table) -> None:
    evening = table.evening()
    first = DiningTable.objects.get(name="1")
    table.reserves(evening, "Jan", NOW)
    riet = table.reserves(evening, "Riet", NOW, covers=2)
    type(riet).objects.filter(pk=riet.pk).update(table=first)
    moved = restos.remove_table(first.pk, **ACT)
    assert moved == [riet]
    riet.refresh_from_db()
    assert (riet.state, riet.table) == ("reserved", None)
    call = GuestCall.objects.get()
    assert (call.kind, call.reservation, call.details) == ("table", riet, {"table": "1"})
    assert restos.remove_table(DiningTable.objects.get(name="2").pk, **ACT) == []


def test_a_table_is_not_made_smaller_than_who_sits_there(table: Table) -> None:
    evening = table.evening()
    first = DiningTable.objects.get(name="1")
    riet = table.reserves(evening, "Riet", NOW, covers=7)
    type(riet).objects.filter(pk=riet.pk).update(table=first)
    known = {"name": "1", "x": 30, "y": 30}
    with pytest.raises(Conflict, match="7 people sit at this table"):
        restos.save_table(table.room, {**known, "chairs": 6}, pk=first.pk, **ACT)
    assert restos.save_table(table.room, {**known, "chairs": 7}, pk=first.pk, **ACT).chairs == 7


def test_a_table_stands_in_its_room_and_has_a_name_of_its_own(table: Table) -> None:
    with pytest.raises(Conflict, match="outside the room"):
        restos.save_table(table.room, {"name": "9", "chairs": 8, "x": 400, "y": 10}, pk=None, **ACT)
    with pytest.raises(Conflict, match="A table would stand outside"):
        restos.save_room(table.resto, {"name": "Zaal", "width": 40, "depth": 80}, pk=table.room.pk, actor=MANAGER)
    with pytest.raises(Conflict, match="a table of this name"):
        restos.save_table(table.room, {"name": "1", "chairs": 8, "x": 10, "y": 10}, pk=None, **ACT)


def test_two_prices_have_two_names(table: Table) -> None:
    restos.save_tariff(table.resto, {"name": "Gewoon", "cents": 750}, pk=None, actor=MANAGER)
    with pytest.raises(Conflict, match="a price of this name"):
        restos.save_tariff(table.resto, {"name": "Gewoon", "cents": 400}, pk=None, actor=MANAGER)
    assert Tariff.objects.get().cents == 750


def test_who_has_a_table_again_need_not_be_called_and_a_table_may_come_back(table: Table) -> None:
    evening = table.evening()
    first, second = DiningTable.objects.order_by("pk")
    riet = table.reserves(evening, "Riet", NOW, covers=2)
    Reservation.objects.filter(pk=riet.pk).update(table=first, table_by_hand=True)
    restos.remove_table(first.pk, **ACT)
    riet.refresh_from_db()
    assert (riet.table, riet.table_by_hand) == (None, False)
    seating.move(evening_id=evening.pk, party=f"r{riet.pk}", table_id=second.pk, was=None, actor=MANAGER)
    restos.have_tables(evening.pk, MANAGER, NOW)
    assert GuestCall.objects.get().state == "lapsed"
    again = restos.save_table(table.room, {"name": "1", "chairs": 6, "x": 20, "y": 20}, pk=None, **ACT)
    assert (again.pk, again.in_use, again.chairs) == (first.pk, True, 6)


def test_crew_and_the_rest_of_a_large_party_leave_a_removed_table_as_well(table: Table) -> None:
    evening = table.evening()
    first, second = DiningTable.objects.order_by("pk")
    riet = table.reserves(evening, "Riet", NOW, covers=5)
    Reservation.objects.filter(pk=riet.pk).update(table=second)
    DividedSeat.objects.create(reservation=riet, table=first, people=2)
    place = CrewPlace.objects.create(
        evening=evening, job="host", state="confirmed", person=table.guest("Ineke"), table=first
    )
    assert seated_at(first, NOW) == [(evening, 3)]
    assert restos.remove_table(first.pk, **ACT) == [riet]
    place.refresh_from_db()
    riet.refresh_from_db()
    assert (place.table, riet.table, riet.divided.count()) == (None, None, 0)
