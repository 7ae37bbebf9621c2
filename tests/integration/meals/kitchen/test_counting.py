"""For how many is cooked, what each dish is made for, and whose plate has a name."""

import pytest

from backend.meals.domain.diets import Food
from backend.meals.models import CrewPlace, Guest, Job, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.selectors.kitchen import sheet_now
from backend.meals.services import evenings, holding
from backend.meals.services.wishes import PlateWish, Wish
from backend.notifications import registry
from backend.notifications.models import Letter
from tests.integration.meals.kitchen.a_kitchen import COOK, CUTOFF, MONDAY, crew, look, menu
from tests.support.restos import MANAGER, Table

pytestmark = pytest.mark.django_db


def test_covers_are_guests_crew_and_speakers_and_names_stand_only_on_plates_of_their_own(table: Table) -> None:
    evening = table.evening(speakers=1)
    menu(evening)
    plates = (PlateWish(("meat",)), PlateWish(("nuts",), own_plate=True, name="Riet Linde", note="ook geen sporen"))
    table.reserves(evening, "Riet", MONDAY, covers=3, plates=plates)
    cook = crew(table, evening, "Kees", COOK)
    Guest.objects.create(person=cook, without=["pork"])
    CrewPlace.objects.create(evening=evening, job=Job.BAR)
    CrewPlace.objects.create(evening=evening, job=Job.TILL, eats=False)
    sheet = sheet_now(evening)
    assert (sheet.guests, sheet.crew, sheet.speakers, sheet.covers) == (3, 2, 1, 6)
    starter, main = sheet.courses
    assert [(line.name, line.people) for line in main.lines] == [("Hachee", 3), ("Bonenschotel", 2)]
    assert main.own == 1
    assert starter.to_make == (((Food.MEAT,), 1), ((Food.PORK,), 1))
    assert [cover.name for cover in sheet.own] == ["Riet Linde"]


def test_a_food_that_nobody_knows_any_more_is_left_to_a_person(table: Table) -> None:
    evening = table.evening()
    row = table.reserves(evening, "Riet", MONDAY)
    row.plates.create(without=["gluten", "kurkuma"])
    (cover,) = sheet_now(evening).asked
    assert (cover.without, cover.note) == (frozenset({Food.GLUTEN}), "kurkuma")


def test_who_came_is_counted_and_who_waits_or_has_not_confirmed_is_not(table: Table) -> None:
    evening = table.evening()
    riet = table.reserves(evening, "Riet", MONDAY, covers=4, plates=(PlateWish(("nuts",), own_plate=True),))
    Reservation.objects.filter(pk=riet.pk).update(arrived_at=CUTOFF, arrived_covers=2)
    wish = Wish(table.guest("Truus"))
    holding.hold(evening_id=evening.pk, wish=wish, until=CUTOFF, actor=MANAGER, now=MONDAY)
    sheet = sheet_now(evening)
    assert sheet.covers == 2 == chairs_of(evening, MONDAY).covers
    assert len(sheet.own) == 1


def test_the_list_that_goes_with_the_letter_is_the_evening_as_it_stands_and_none_for_one_that_is_off(
    table: Table,
) -> None:
    evening = table.evening()
    crew(table, evening, "Kees", COOK, email="kees@example.org")
    look(evening, CUTOFF)
    letter = Letter.objects.get()
    enclosed = registry.enclosures[letter.enclosure](letter.reference, CUTOFF)
    assert enclosed is not None
    assert (enclosed.filename, enclosed.content[:4]) == ("keuken-2026-11-24.pdf", b"%PDF")
    evenings.cancel(evening_id=evening.pk, because="cook_ill", actor=MANAGER, now=CUTOFF)
    assert registry.enclosures[letter.enclosure](letter.reference, CUTOFF) is None
