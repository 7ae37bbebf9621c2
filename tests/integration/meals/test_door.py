"""The door: every party ticked once, chairs that stay empty given to who walks in, and nobody paid for twice."""

import uuid
from datetime import date

import pytest
from django.db import transaction

from backend.common.errors import Conflict
from backend.events.models import Event
from backend.meals.domain.chairs import Refusal
from backend.meals.models import DiningTable, DoorEntry, Evening, MealPayment, Reservation, Tariff
from backend.meals.selectors import counting
from backend.meals.selectors.closing import stayed_away
from backend.meals.selectors.counting import chairs_of
from backend.meals.selectors.door import door_of
from backend.meals.selectors.kitchen import sheet_now
from backend.meals.services import door, door_away, door_guests, door_money, evenings, reserving, seating
from backend.meals.services.wishes import No, PlateWish, Wish
from backend.people.models import Person, Sighting
from tests.support.races import at_once, meet_in
from tests.support.restos import MANAGER, Table, a_resto, at

pytestmark = pytest.mark.django_db

MONDAY = at("11:00", date(2026, 11, 23))
DOORS = at("17:31")


@pytest.fixture
def table() -> Table:
    return a_resto(chairs=6)


def ticks(row: Reservation, came: int, was: int | None = None, key: uuid.UUID | None = None, now=DOORS) -> object:
    return door.tick(reservation_id=row.pk, came=came, was=was, key=key or uuid.uuid4(), actor=MANAGER, now=now)


def undoes(row: Reservation, was: int) -> Reservation:
    return door.undo(reservation_id=row.pk, was=was, key=uuid.uuid4(), actor=MANAGER, now=DOORS)


def walks_in(table: Table, evening: Evening, name: str, covers: int = 1) -> Reservation | No:
    wish = Wish(table.guest(name), covers=covers, way=Reservation.Way.WALK_IN)
    return door.walk_in(evening_id=evening.pk, wish=wish, key=uuid.uuid4(), actor=MANAGER, now=DOORS)


def pays(row: Reservation, tariff: Tariff, covers: int, way="cash", key: uuid.UUID | None = None) -> object:
    return door_money.pay(
        reservation_id=row.pk,
        tariff=tariff,
        covers=covers,
        way=MealPayment.Way(way),
        key=key or uuid.uuid4(),
        actor=MANAGER,
        now=DOORS,
    )


def goes_without(row: Reservation, key: uuid.UUID | None = None) -> Reservation:
    return door_away.does_not_come(reservation_id=row.pk, key=key or uuid.uuid4(), actor=MANAGER, now=DOORS)


def expects(row: Reservation) -> Reservation | No:
    return door_away.is_expected(reservation_id=row.pk, key=uuid.uuid4(), actor=MANAGER, now=DOORS)


def free(evening: Evening) -> int:
    return chairs_of(evening, DOORS).free


def test_the_first_tick_opens_the_evening_and_who_is_here_is_known_to_be_well(table: Table) -> None:
    evening = table.evening()
    riet = table.reserves(evening, "Riet", MONDAY)
    ticks(riet, 1)
    evening.refresh_from_db()
    riet.refresh_from_db()
    assert (evening.state, evening.opened_at, riet.arrived_covers) == (Evening.State.OPEN, DOORS, 1)
    assert (Sighting.objects.get().person, Sighting.objects.get().at) == (riet.person, DOORS)


def test_while_people_can_reserve_the_door_stays_shut(table: Table) -> None:
    riet = table.reserves(table.evening(), "Riet", MONDAY)
    with pytest.raises(Conflict, match="the door opens after that"):
        ticks(riet, 1, now=MONDAY)


def test_chairs_of_who_did_not_come_along_are_for_who_walks_in_and_no_more_than_those(table: Table) -> None:
    evening = table.evening(chairs=4)
    riet = table.reserves(evening, "Riet", MONDAY, covers=4)
    assert walks_in(table, evening, "Halil") == No(Refusal.FULL)
    ticks(riet, 3)
    assert free(evening) == 1
    assert walks_in(table, evening, "Halil", covers=2) == No(Refusal.FULL, free=1)
    assert isinstance(walks_in(table, evening, "Halil"), Reservation)
    assert ticks(riet, 4, was=3) == No(Refusal.FULL)
    assert free(evening) == 0
    assert not Sighting.objects.filter(person=riet.person).exists(), "of four three came: nobody knows who"


def test_chairs_of_who_does_not_come_are_for_who_walks_in(table: Table) -> None:
    evening = table.evening(chairs=2)
    riet = table.reserves(evening, "Riet", MONDAY, covers=2)
    assert walks_in(table, evening, "Halil") == No(Refusal.FULL)
    key = uuid.uuid4()
    for _twice in range(2):
        goes_without(riet, key)
    goes_without(riet)
    riet.refresh_from_db()
    assert (riet.state, riet.away_at, free(evening)) == (Reservation.State.RESERVED, DOORS, 2)
    assert sheet_now(evening).covers == 0, "nothing is cooked for them any more"
    assert Event.objects.get(kind="meals.away").payload == {"reservation": riet.pk, "covers": 2}
    assert not Event.objects.filter(kind="meals.cancelled").exists()
    assert isinstance(walks_in(table, evening, "Halil", covers=2), Reservation)
    assert walks_in(table, evening, "Truus") == No(Refusal.FULL)
    assert [party.row for party in door_of(evening, DOORS).away] == [riet]
    assert list(stayed_away(evening)) == [riet], "they are followed up as anybody who stays away"


def test_who_comes_after_all_comes_in_while_there_are_chairs(table: Table) -> None:
    evening = table.evening(chairs=3)
    riet = table.reserves(evening, "Riet", MONDAY, covers=2)
    goes_without(riet)
    walks_in(table, evening, "Halil", covers=2)
    assert ticks(riet, 2) == No(Refusal.FULL, free=1)
    riet.refresh_from_db()
    assert (riet.arrived_at, riet.away_at) == (None, DOORS)
    assert isinstance(ticks(riet, 1), Reservation)
    riet.refresh_from_db()
    assert (riet.arrived_covers, riet.away_at, free(evening)) == (1, None, 0)


def test_that_somebody_does_not_come_is_taken_back_while_nobody_has_their_chairs(table: Table) -> None:
    evening = table.evening(chairs=2)
    riet = table.reserves(evening, "Riet", MONDAY, covers=2)
    goes_without(riet)
    assert isinstance(expects(riet), Reservation)
    assert free(evening) == 0
    assert walks_in(table, evening, "Halil") == No(Refusal.FULL)
    goes_without(riet)
    walks_in(table, evening, "Halil")
    assert expects(riet) == No(Refusal.FULL, free=1)
    assert free(evening) == 1


def test_only_who_has_chairs_and_is_not_here_can_be_said_not_to_come(table: Table) -> None:
    evening = table.evening(chairs=2)
    riet = table.reserves(evening, "Riet", MONDAY, covers=2)
    truus = table.waits(evening, "Truus", MONDAY)
    with pytest.raises(Conflict, match="the door opens after that"):
        door_away.does_not_come(reservation_id=riet.pk, key=uuid.uuid4(), actor=MANAGER, now=MONDAY)
    with pytest.raises(Conflict, match="They have no chairs"):
        goes_without(truus)
    ticks(riet, 2)
    with pytest.raises(Conflict, match="ticked as here"):
        goes_without(riet)
    assert free(evening) == 0


def test_who_comes_after_all_keeps_the_table_unless_others_sit_there(table: Table) -> None:
    evening = table.evening(chairs=6)
    one, other = DiningTable.objects.order_by("pk")
    DiningTable.objects.update(chairs=2)
    riet, truus = table.reserves(evening, "Riet", MONDAY, covers=2), table.reserves(evening, "Truus", MONDAY, covers=2)
    Reservation.objects.filter(pk=riet.pk).update(table=one)
    Reservation.objects.filter(pk=truus.pk).update(table=other)
    goes_without(riet)
    goes_without(truus)
    halil = walks_in(table, evening, "Halil", covers=1)
    assert isinstance(halil, Reservation)
    seating.move(evening_id=evening.pk, party=f"r{halil.pk}", table_id=one.pk, was=None, actor=MANAGER)
    expects(riet)
    ticks(truus, 2)
    seats = dict(evening.reservations.values_list("person__given_name", "table"))
    assert seats == {"Halil": one.pk, "Riet": None, "Truus": other.pk}


def test_more_than_reserved_come_in_while_there_are_chairs(table: Table) -> None:
    evening = table.evening(chairs=4)
    riet = table.reserves(evening, "Riet", MONDAY, covers=2)
    assert ticks(riet, 5) == No(Refusal.FULL, free=2)
    assert isinstance(ticks(riet, 4), Reservation)
    assert Event.objects.get(kind="meals.arrived").payload == {"reservation": riet.pk, "covers": 4, "expected": 2}


def test_a_button_pressed_twice_is_one_tick_and_so_is_the_same_tick_on_two_tablets(table: Table) -> None:
    evening = table.evening()
    riet, key = table.reserves(evening, "Riet", MONDAY, covers=2), uuid.uuid4()
    ticks(riet, 2, key=key)
    ticks(riet, 2, key=key)
    ticks(riet, 2)
    assert Event.objects.filter(kind="meals.arrived").count() == 1
    assert DoorEntry.objects.get().what == "came"


def test_another_number_on_a_second_tablet_is_shown_and_not_written_over(table: Table) -> None:
    riet = table.reserves(table.evening(), "Riet", MONDAY, covers=3)
    ticks(riet, 3)
    with pytest.raises(Conflict, match="Somebody else has ticked them meanwhile"):
        ticks(riet, 2)
    assert isinstance(ticks(riet, 2, was=3), Reservation)


def test_a_tick_that_was_a_mistake_is_taken_back_with_what_it_said(table: Table) -> None:
    evening = table.evening()
    riet = table.reserves(evening, "Riet", MONDAY)
    ticks(riet, 1)
    undoes(riet, 1)
    riet.refresh_from_db()
    assert (riet.arrived_at, riet.arrived_covers, riet.state) == (None, None, Reservation.State.RESERVED)
    assert not Sighting.objects.exists()
    ticks(riet, 1)
    riet.refresh_from_db()
    assert riet.arrived_covers == 1


def test_a_tick_is_not_taken_back_when_the_chairs_are_given_away_or_it_is_paid(table: Table) -> None:
    evening = table.evening(chairs=2)
    riet = table.reserves(evening, "Riet", MONDAY, covers=2)
    ticks(riet, 1)
    walks_in(table, evening, "Halil")
    with pytest.raises(Conflict, match="have been given away since"):
        undoes(riet, 1)
    tariff = Tariff.objects.create(resto=table.resto, name="gewoon", cents=700)
    pays(riet, tariff, 1)
    with pytest.raises(Conflict, match="Take the payment back first"):
        undoes(riet, 1)


def test_who_walked_in_by_mistake_was_never_here(table: Table) -> None:
    evening = table.evening()
    halil = walks_in(table, evening, "Halil")
    assert isinstance(halil, Reservation)
    undoes(halil, 1)
    halil.refresh_from_db()
    assert (halil.state, halil.cancelled_because) == (Reservation.State.CANCELLED, "mistake")
    assert free(evening) == 6


def test_who_waits_comes_in_when_there_is_a_chair(table: Table) -> None:
    evening = table.evening(chairs=2)
    riet = table.reserves(evening, "Riet", MONDAY, covers=2)
    truus = reserving.wait(evening_id=evening.pk, wish=Wish(table.guest("Truus")), actor=MANAGER, now=MONDAY)
    assert isinstance(truus, Reservation)
    assert ticks(truus, 1) == No(Refusal.FULL)
    ticks(riet, 1)
    assert isinstance(ticks(truus, 1), Reservation)
    truus.refresh_from_db()
    assert (truus.state, truus.arrived_covers) == (Reservation.State.RESERVED, 1)


def test_who_had_cancelled_walks_in(table: Table) -> None:
    evening = table.evening()
    riet = table.reserves(evening, "Riet", MONDAY)
    reserving.cancel(reservation_id=riet.pk, because="ill", actor=MANAGER, now=MONDAY)
    with pytest.raises(Conflict, match="They had cancelled"):
        ticks(riet, 1)
    assert isinstance(walks_in(table, evening, "Riet"), Reservation)


def test_somebody_new_needs_a_name_only_and_is_registered_once(table: Table) -> None:
    evening, key = table.evening(), uuid.uuid4()

    def comes(name: str, line: str = "", key: uuid.UUID = key, covers: int = 1) -> Reservation | No:
        wish = Wish(Person(), covers=covers, plates=(PlateWish(("fish",)),), way=Reservation.Way.WALK_IN)
        return door_guests.walk_in(
            evening_id=evening.pk, name=name, line=line, wish=wish, key=key, actor=MANAGER, now=DOORS
        )

    first, again = comes("Jo"), comes("Jo")
    assert first == again
    assert Person.objects.get(family_name="Jo").phones.count() == 0
    assert comes("Bep Kok", key=uuid.uuid4(), covers=6) == No(Refusal.FULL, free=5)
    assert not Person.objects.filter(family_name="Kok").exists(), "who cannot come in is not registered"
    riet = table.guest("Riet")
    known = comes("R. Linde", line=riet.phones.get().e164, key=uuid.uuid4())
    assert isinstance(known, Reservation) and known.person == riet
    with pytest.raises(Conflict, match="a first name is enough"):
        comes("  ", key=uuid.uuid4())
    assert Event.objects.filter(kind="meals.walked_in").count() == 2, "the kitchen hears of both"


def test_a_party_pays_by_several_prices_and_for_nobody_twice(table: Table) -> None:
    riet = table.reserves(table.evening(), "Riet", MONDAY, covers=3)
    ordinary = Tariff.objects.create(resto=table.resto, name="gewoon", cents=700)
    with_pass = Tariff.objects.create(resto=table.resto, name="met pas", cents=350)
    elsewhere = Tariff.objects.create(resto=a_resto(slug="west").resto, name="gewoon", cents=100)
    with pytest.raises(Conflict, match="Tick first that they are here"):
        pays(riet, ordinary, 1)
    ticks(riet, 3)
    key = uuid.uuid4()
    pays(riet, ordinary, 2, key=key)
    assert pays(riet, ordinary, 2, key=key) is None
    with pytest.raises(Conflict, match="paid for so many of them already"):
        pays(riet, with_pass, 2)
    with pytest.raises(Conflict, match="not in use here"):
        pays(riet, elsewhere, 1)
    pays(riet, with_pass, 1, way="free")
    assert sorted(MealPayment.objects.values_list("covers", "way", "cents")) == [(1, "free", 0), (2, "cash", 1400)]
    door_money.take_back(payment=MealPayment.objects.get(covers=2), key=uuid.uuid4(), actor=MANAGER, now=DOORS)
    assert [party.to_pay for party in door_of(riet.evening, DOORS).here] == [2]
    assert Event.objects.get(kind="meals.payment_taken_back").payload["cents"] == 1400


def test_a_wish_to_help_is_kept(table: Table) -> None:
    evening = table.evening()
    riet = table.guest("Riet")
    for _twice in range(2):
        door.may_help(person=riet, evening_id=evening.pk, actor=MANAGER)
    riet.refresh_from_db()
    assert riet.guest.may_volunteer
    assert Event.objects.get(kind="meals.may_help").payload == {"person": riet.pk}


def test_a_list_typed_in_from_paper_afterwards_was_before_the_end(table: Table) -> None:
    evening = table.evening()
    riet = table.reserves(evening, "Riet", MONDAY)
    ticks(riet, 1, now=at("22:00"))
    late = door.walk_in(
        evening_id=evening.pk, wish=Wish(table.guest("Halil")), key=uuid.uuid4(), actor=MANAGER, now=at("22:00")
    )
    riet.refresh_from_db()
    assert isinstance(late, Reservation)
    assert (riet.arrived_at, late.arrived_at) == (at("20:30"), at("20:29"))


@pytest.mark.django_db(transaction=True)
def test_two_tablets_tick_the_same_party_at_the_same_moment_and_it_is_here_once(table: Table, monkeypatch) -> None:
    with transaction.atomic():
        riet = table.reserves(table.evening(), "Riet", MONDAY, covers=2)
    meet_in(monkeypatch, door, "known")
    assert at_once(lambda: ticks(riet, 2), lambda: ticks(riet, 2)) == [None, None]
    assert Event.objects.filter(kind="meals.arrived").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_would_be_here_twice(table: Table, monkeypatch) -> None:
    with transaction.atomic():
        riet = table.reserves(table.evening(), "Riet", MONDAY, covers=2)
    monkeypatch.setattr(evenings, "locked", lambda pk: Evening.objects.select_related("resto__organisation").get(pk=pk))
    meet_in(monkeypatch, door, "known")
    at_once(lambda: ticks(riet, 2), lambda: ticks(riet, 2))
    assert Event.objects.filter(kind="meals.arrived").count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_tablets_one_gives_away_the_last_chair(table: Table, monkeypatch) -> None:
    evening = table.evening(chairs=1, state=Evening.State.OPEN)
    for name in ("Riet", "Truus"):
        table.guest(name)
    meet_in(monkeypatch, reserving, "chairs_of")
    found: list[str] = []
    at_once(
        lambda: found.append(type(walks_in(table, evening, "Riet")).__name__),
        lambda: found.append(type(walks_in(table, evening, "Truus")).__name__),
    )
    assert sorted(found) == ["No", "Reservation"]
    assert free(evening) == 0


@pytest.mark.django_db(transaction=True)
def test_the_chair_of_who_does_not_come_is_given_to_one_of_two(table: Table, monkeypatch) -> None:
    with transaction.atomic():
        evening = table.evening(chairs=1)
        riet = table.reserves(evening, "Riet", MONDAY)
        table.guest("Halil")
    goes_without(riet)
    meet_in(monkeypatch, counting, "chairs_of_each")
    found: list[str] = []
    at_once(
        lambda: found.append(type(walks_in(table, evening, "Halil")).__name__),
        lambda: found.append(type(ticks(riet, 1)).__name__),
    )
    assert sorted(found) == ["No", "Reservation"]
    assert free(evening) == 0
