"""Fewer come than have a plate: all plates are made, no more people are counted, and the host says whose came."""

import uuid
from collections.abc import Collection
from datetime import datetime

import pytest

from backend.common.errors import Conflict
from backend.meals.domain.diets import Food
from backend.meals.models import Evening, Job, MealVolunteer, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.selectors.door import door_of
from backend.meals.selectors.kitchen import covers_of, sheet_now
from backend.meals.services import crew as helping
from backend.meals.services import door, door_plates, reserving
from backend.meals.services.wishes import PlateWish
from tests.integration.meals.kitchen.a_kitchen import COOK, CUTOFF, KIND, MONDAY, crew, look, menu, texts, told
from tests.support.restos import MANAGER, Table, at, crew_places

pytestmark = pytest.mark.django_db

DOORS = at("17:31")
NO_PORK, NO_MEAT_NO_EGG = PlateWish(("pork",)), PlateWish(("meat", "egg"))
AN = PlateWish(("nuts",), own_plate=True, name="An")
BEA = PlateWish(("gluten",), own_plate=True, name="Bea")


@pytest.fixture
def evening(table: Table) -> Evening:
    """Kees cooks."""
    evening = table.evening()
    crew(table, evening, "Kees", COOK)
    return evening


def party(table: Table, evening: Evening, *plates: PlateWish, covers: int = 2) -> Reservation:
    return table.reserves(evening, "Riet", MONDAY, covers=covers, plates=plates)


def ticks(row: Reservation, came: int, was: int | None = None, now: datetime = DOORS) -> None:
    door.tick(reservation_id=row.pk, came=came, was=was, key=uuid.uuid4(), actor=MANAGER, now=now)


def says(row: Reservation, came: Collection[int], was: int = 1) -> None:
    door_plates.say_whose(reservation_id=row.pk, came=came, was=was, actor=MANAGER, now=DOORS)


def key(row: Reservation, *without: str) -> int:
    return row.plates.get(without=list(without)).pk


def test_of_two_who_eat_differently_one_comes_and_no_diet_is_dropped_until_the_host_says_who(
    table: Table, evening: Evening
) -> None:
    menu(evening)
    row = party(table, evening, NO_PORK, NO_MEAT_NO_EGG)
    look(evening, CUTOFF)
    ticks(row, 1)
    look(evening, DOORS)
    sheet = sheet_now(evening)
    assert sheet.covers == chairs_of(evening, DOORS).covers == 2
    assert (sheet.diets, sheet.spare) == ((((Food.MEAT, Food.EGG), 1), ((Food.PORK,), 1)), 1)
    assert [course.people for course in sheet.courses] == [3, 3]
    assert texts(COOK)[1:] == ["De Lange Tafel, di 24 nov: 1 eter minder. Nu 2 eters. Zeg hier dat u het zag:"]
    says(row, {key(row, "meat", "egg")})
    look(evening, DOORS)
    sheet = sheet_now(evening)
    assert (sheet.covers, sheet.diets, sheet.spare) == (2, (((Food.MEAT, Food.EGG), 1),), 0)
    assert texts(COOK)[2:] == [
        "De Lange Tafel, di 24 nov: 1 minder zonder varkensvlees. Nu 2 eters. Zeg hier dat u het zag:"
    ]


def test_two_plates_made_apart_stay_on_the_list_while_nobody_knows_whose_is_eaten(
    table: Table, evening: Evening
) -> None:
    row = party(table, evening, AN, BEA)
    ticks(row, 1)
    assert [(cover.name, cover.only) for cover in sheet_now(evening).own] == [("An", 1), ("Bea", 1)]
    says(row, {key(row, "gluten")})
    assert [(cover.name, cover.only) for cover in sheet_now(evening).own] == [("Bea", 0)]


def test_who_comes_later_has_their_plate_again_and_the_cook_is_told_though_it_is_late(
    table: Table, evening: Evening
) -> None:
    row = party(table, evening, AN, BEA)
    ticks(row, 1)
    says(row, {key(row, "gluten")})
    look(evening, DOORS)
    ticks(row, 2, was=1, now=at("18:10"))
    look(evening, at("18:10"))
    assert [(cover.name, cover.only) for cover in sheet_now(evening).own] == [("An", 0), ("Bea", 0)]
    assert told(evening)[-1] == (KIND.LATE, 3)
    assert texts(COOK)[-1] == (
        "De Lange Tafel, di 24 nov: 1 eter meer, 1 eigen bord meer (zonder noten). Nu 3 eters. Zeg hier dat u het zag:"
    )


def test_a_tick_that_was_a_mistake_takes_along_whose_plates_came(table: Table, evening: Evening) -> None:
    row = party(table, evening, AN, BEA)
    ticks(row, 1)
    says(row, {key(row, "gluten")})
    assert [cover.name for cover in sheet_now(evening).own] == ["Bea"]
    door.undo(reservation_id=row.pk, was=1, key=uuid.uuid4(), actor=MANAGER, now=DOORS)
    assert [(cover.name, cover.only) for cover in sheet_now(evening).own] == [("An", 0), ("Bea", 0)]


def test_of_a_party_that_was_made_smaller_the_host_can_say_whose_plate_came_as_well(
    table: Table, evening: Evening
) -> None:
    row = party(table, evening, AN, BEA)
    reserving.change_covers(reservation_id=row.pk, covers=1, actor=MANAGER, now=MONDAY)
    ticks(row, 1)
    (here,) = door_of(evening, DOORS).here
    assert (here.may_say_whose, here.is_unsure) == (True, True)
    says(row, {key(row, "nuts")})
    (here,) = door_of(evening, DOORS).here
    assert (here.may_say_whose, here.is_unsure) == (True, False)
    assert [(cover.name, cover.only) for cover in sheet_now(evening).own] == [("An", 0)]


def test_whose_plates_came_is_refused_with_the_reason_where_it_cannot_be(table: Table, evening: Evening) -> None:
    row = party(table, evening, AN, BEA, covers=3)
    with pytest.raises(Conflict, match="changed how many came"):
        says(row, set(), was=0)
    ticks(row, 1)
    for came, was, why in (
        ({key(row, "nuts"), key(row, "gluten")}, 1, "more plates than people"),
        ({key(row, "nuts")}, 2, "changed how many came"),
        ({0}, 1, "changed meanwhile"),
    ):
        with pytest.raises(Conflict, match=why):
            says(row, came, was)
    assert [cover.only for cover in sheet_now(evening).own] == [1, 1]
    says(row, set())
    assert sheet_now(evening).own == (), "the third of them has no plate, and may be the one who came"


def test_of_a_party_each_with_a_plate_a_button_pressed_without_a_tick_drops_none(
    table: Table, evening: Evening
) -> None:
    row = party(table, evening, AN, BEA)
    ticks(row, 1)
    with pytest.raises(Conflict, match="too few"):
        says(row, set())
    assert [(cover.name, cover.only) for cover in sheet_now(evening).own] == [("An", 1), ("Bea", 1)]


def test_who_helps_and_gave_up_a_chair_with_more_plates_gets_what_leaves_out_all_of_them(
    table: Table, evening: Evening
) -> None:
    row = party(table, evening, PlateWish(("nuts",)), PlateWish(("gluten",)))
    reserving.change_covers(reservation_id=row.pk, covers=1, actor=MANAGER, now=MONDAY)
    (bar,) = crew_places(evening, Job.BAR)
    MealVolunteer.objects.create(organisation=table.organisation, person=row.person, job=Job.BAR)
    helping.confirm(place_id=bar.pk, person=row.person, actor=MANAGER, now=MONDAY)
    (riet,) = [cover for cover in covers_of(evening) if cover.without]
    assert (riet.of, riet.without) == ("crew", frozenset({Food.NUTS, Food.GLUTEN}))
