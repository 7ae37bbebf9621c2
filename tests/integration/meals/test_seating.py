"""The table plan of an evening, from rows and back: who sits where, what a person chose, and two tablets."""

import uuid
from datetime import date

import pytest

from backend.common.errors import Conflict
from backend.events.models import Event
from backend.meals.domain.seating_check import check
from backend.meals.models import CrewPlace, DiningTable, DividedSeat, Evening, Reservation, SeatingWish
from backend.meals.selectors.seating import room_of
from backend.meals.services import door, reserving, seating, wishes
from tests.support.restos import MANAGER, Table, a_resto, at

pytestmark = pytest.mark.django_db

MONDAY = at("11:00", date(2026, 11, 23))


@pytest.fixture
def table() -> Table:
    return a_resto()


@pytest.fixture
def evening(table: Table) -> Evening:
    return table.evening()


def at_table(evening: Evening, name: str) -> str:
    """The name of somebody's table."""
    row = Reservation.objects.get(evening=evening, person__given_name=name)
    return row.table.name if row.table else ""


def plans(evening: Evening) -> None:
    seating.plan(evening_id=evening.pk, actor=MANAGER)


def moves(evening: Evening, name: str, to: str, was: str = "") -> None:
    row = Reservation.objects.get(evening=evening, person__given_name=name)
    tables = {one.name: one.pk for one in DiningTable.objects.filter(room__resto=evening.resto)}
    seating.move(evening_id=evening.pk, party=f"r{row.pk}", table_id=tables.get(to), was=tables.get(was), actor=MANAGER)


def findings(evening: Evening) -> list[str]:
    evening.refresh_from_db()
    found = room_of(evening)
    return [one.problem for one in check(found.room, found.plan())]


def test_everybody_is_seated_newcomers_with_the_host_and_enemies_apart(table: Table, evening: Evening) -> None:
    for name, covers in (("Riet", 2), ("Truus", 1), ("Halil", 4), ("Sjef", 5)):
        table.reserves(evening, name, MONDAY, covers=covers)
    table.ate_before("Riet", "Halil", "Sjef")
    SeatingWish.objects.create(person=table.guest("Riet"), other=table.guest("Truus"), kind="apart")
    SeatingWish.objects.create(person=table.guest("Truus"), other=table.guest("Riet"), kind="with")
    host = CrewPlace.objects.create(evening=evening, job="host", person=table.guest("Otto"), state="confirmed")
    Evening.objects.filter(pk=evening.pk).update(speakers=1, speaker="de wijkagent")
    plans(evening)
    host.refresh_from_db()
    assert host.table is not None and host.table.name == at_table(evening, "Truus") != at_table(evening, "Riet")
    assert findings(evening) == []
    assert Evening.objects.get(pk=evening.pk).speakers_table is not None


def test_what_a_person_chose_stays_when_it_is_planned_anew(table: Table, evening: Evening) -> None:
    for name in ("Riet", "Truus", "Halil"):
        table.reserves(evening, name, MONDAY)
    plans(evening)
    was = at_table(evening, "Riet")
    other = {"1": "2", "2": "1"}[was]
    moves(evening, "Riet", other, was)
    plans(evening)
    assert (at_table(evening, "Riet"), at_table(evening, "Truus")) == (other, other), "and company comes along"
    row = Reservation.objects.get(person__given_name="Riet")
    assert row.table_by_hand
    seating.let_go(evening_id=evening.pk, party=f"r{row.pk}", actor=MANAGER)
    row.refresh_from_db()
    assert not row.table_by_hand


def test_who_is_given_the_table_where_they_sit_stays_there(table: Table, evening: Evening) -> None:
    row = table.reserves(evening, "Riet", MONDAY)
    plans(evening)
    was = at_table(evening, "Riet")
    moves(evening, "Riet", was, was)
    row.refresh_from_db()
    assert (at_table(evening, "Riet"), row.table_by_hand) == (was, True)
    moves(evening, "Riet", was)
    assert Event.objects.filter(kind="meals.moved").count() == 1, "a second tablet says the same"


def test_who_speak_stay_at_the_table_that_a_person_chose(table: Table, evening: Evening) -> None:
    Evening.objects.filter(pk=evening.pk).update(speakers=2, speaker="de wijkagent")
    table.reserves(evening, "Riet", MONDAY, covers=4)

    def speakers_sit() -> tuple[int | None, bool]:
        evening.refresh_from_db()
        return evening.speakers_table_id, evening.speakers_table_by_hand

    plans(evening)
    was, by_hand = speakers_sit()
    other = table.room.tables.exclude(pk=was).get().pk
    assert not by_hand
    seating.move(evening_id=evening.pk, party="s", table_id=other, was=was, actor=MANAGER)
    plans(evening)
    assert speakers_sit() == (other, True)
    seating.let_go(evening_id=evening.pk, party="s", actor=MANAGER)
    assert speakers_sit() == (other, False)
    plans(evening)
    assert speakers_sit() == (was, False)


def test_who_sits_already_is_not_moved_by_a_new_plan(table: Table, evening: Evening) -> None:
    riet = table.reserves(evening, "Riet", MONDAY)
    plans(evening)
    was = at_table(evening, "Riet")
    door.tick(reservation_id=riet.pk, came=1, was=None, key=uuid.uuid4(), actor=MANAGER, now=at("17:31"))
    for name in ("Truus", "Halil", "Sjef"):
        reserving.walk_in(
            evening_id=evening.pk, wish=wishes.Wish(table.guest(name), covers=3), actor=MANAGER, now=at("17:35")
        )
    plans(evening)
    assert at_table(evening, "Riet") == was
    assert findings(evening) == []


def test_two_tablets_do_not_move_the_same_guest_over_one_another(table: Table, evening: Evening) -> None:
    table.reserves(evening, "Riet", MONDAY)
    moves(evening, "Riet", "1")
    with pytest.raises(Conflict, match="Somebody else has moved them meanwhile"):
        moves(evening, "Riet", "2")
    moves(evening, "Riet", "1")
    moves(evening, "Riet", "2", was="1")
    assert at_table(evening, "Riet") == "2"


def test_a_move_keeps_the_hard_rules(table: Table, evening: Evening) -> None:
    for name, covers in (("Riet", 8), ("Truus", 3), ("Halil", 1)):
        table.reserves(evening, name, MONDAY, covers=covers)
    SeatingWish.objects.create(person=table.guest("Halil"), other=table.guest("Riet"), kind="apart")
    moves(evening, "Riet", "1")
    with pytest.raises(Conflict, match="not so many chairs"):
        moves(evening, "Truus", "1")
    with pytest.raises(Conflict, match="would rather not sit together"):
        moves(evening, "Halil", "1")
    assert at_table(evening, "Halil") == ""


def test_a_party_that_fits_nowhere_together_is_divided_and_can_be_put_right(table: Table, evening: Evening) -> None:
    for name, covers in (("Riet", 7), ("Truus", 7), ("Halil", 6)):
        table.reserves(evening, name, MONDAY, covers=covers)
    plans(evening)
    assert DividedSeat.objects.get().people == 3
    assert findings(evening) == []
    reserving.cancel(
        reservation_id=Reservation.objects.get(person__given_name="Truus").pk, because="ill", actor=MANAGER, now=MONDAY
    )
    assert findings(evening) == ["divided"]
    plans(evening)
    assert findings(evening) == [] and not DividedSeat.objects.exists()


def test_a_table_taken_away_under_its_guests_is_said_and_they_get_another(table: Table, evening: Evening) -> None:
    table.reserves(evening, "Riet", MONDAY)
    moves(evening, "Riet", "2")
    DiningTable.objects.filter(name="2").update(in_use=False)
    (riet,) = room_of(evening).sitters
    assert (riet.table, riet.table_gone) == (None, "2")
    with pytest.raises(Conflict, match="This table has been taken away"):
        moves(evening, "Riet", "2", was="")
    plans(evening)
    assert at_table(evening, "Riet") == "1"


def test_the_door_is_near_for_who_wants_it_near(table: Table, evening: Evening) -> None:
    table.reserves(evening, "Riet", MONDAY, covers=6)
    riet = Reservation.objects.get()
    for side, expected in (("left", "1"), ("right", "2")):
        seating.door_is(room=table.room, side=side, evening_id=evening.pk, actor=MANAGER)
        seating.near_door(evening_id=evening.pk, reservation_id=riet.pk, wanted=True, actor=MANAGER)
        plans(evening)
        assert at_table(evening, "Riet") == expected


def test_tables_of_an_evening_that_is_over_stay_as_they_are(table: Table) -> None:
    evening = table.evening(state=Evening.State.CLOSED)
    with pytest.raises(Conflict, match="its tables stay as they are"):
        plans(evening)


def test_a_resto_without_tables_is_told_so() -> None:
    bare = a_resto(tables=())
    with pytest.raises(Conflict, match="has no tables yet"):
        plans(bare.evening())
