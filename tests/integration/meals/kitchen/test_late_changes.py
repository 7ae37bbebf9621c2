"""What changes after the cutoff is pushed to the cook until the pots are on, and a plate of one's own after that."""

import pytest

from backend.common.actors import person
from backend.common.errors import Conflict
from backend.events import clock
from backend.events.models import Timer
from backend.meals.selectors.kitchen import kitchen_of
from backend.meals.services import kitchen, menus, reserving
from backend.meals.services.wishes import PlateWish, Wish
from tests.integration.meals.kitchen.a_kitchen import (
    COOK,
    CUTOFF,
    KIND,
    MONDAY,
    cooking,
    crew,
    last,
    look,
    menu,
    texts,
    told,
)
from tests.support.restos import MANAGER, Table, at

pytestmark = pytest.mark.django_db


def test_a_late_cancellation_is_pushed_to_the_cook_in_words(table: Table) -> None:
    evening, _cook, riet = cooking(table)
    ten_past_two = at("14:10")
    clock.set_clock(virtual=ten_past_two, rate=0)
    reserving.cancel(reservation_id=riet.pk, because="ill", actor=MANAGER, now=ten_past_two)
    kitchen.guests_changed(evening.pk, ten_past_two)
    assert Timer.objects.get(kind=kitchen.TIMER).due_at == ten_past_two
    look(evening, ten_past_two)
    look(evening, ten_past_two)
    assert told(evening) == [(KIND.FINAL, 5), (KIND.LATE, 4)]
    assert texts(COOK)[1:] == [
        "De Lange Tafel, di 24 nov: 1 eter minder, 1 minder zonder gluten. Nu 4 eters. Zeg hier dat u het zag:"
    ]


def test_before_the_cutoff_no_change_disturbs_the_cook(table: Table) -> None:
    evening = table.evening()
    kitchen.guests_changed(evening.pk, MONDAY)
    assert not Timer.objects.exists()


def test_another_menu_of_which_no_event_tells_is_found_by_the_next_look(table: Table) -> None:
    evening, _cook, _riet = cooking(table)
    assert Timer.objects.get(kind=kitchen.TIMER).due_at == CUTOFF + kitchen.SOON_AGAIN
    menu(evening)
    look(evening, CUTOFF + kitchen.SOON_AGAIN)
    assert texts(COOK)[1:] == ["De Lange Tafel, di 24 nov: het menu is anders. Nu 5 eters. Zeg hier dat u het zag:"]


def test_once_the_pots_are_on_nothing_is_pushed_and_the_page_says_what_is_different(table: Table) -> None:
    evening, cook, riet = cooking(table)
    actor = person(cook.pk, "link")
    kitchen.pots_on(evening_id=evening.pk, count_id=last(evening), actor=actor, now=at("16:00"))
    with pytest.raises(Conflict, match="said already"):
        kitchen.pots_on(evening_id=evening.pk, count_id=last(evening), actor=actor, now=at("16:00"))
    reserving.cancel(reservation_id=riet.pk, because="ill", actor=MANAGER, now=at("16:30"))
    look(evening, at("16:30"))
    assert told(evening) == [(KIND.FINAL, 5)]
    assert [(one.what, one.by) for one in kitchen_of(evening).since] == [("covers", -1), ("diet", -1)]
    kitchen.pots_off(evening_id=evening.pk, actor=actor, now=at("16:31"))
    look(evening, at("16:31"))
    assert told(evening) == [(KIND.FINAL, 5), (KIND.LATE, 4)]


def test_before_the_final_numbers_nobody_can_say_that_the_pots_are_on(table: Table) -> None:
    evening = table.evening()
    with pytest.raises(Conflict, match="have not come yet"):
        kitchen.pots_on(evening_id=evening.pk, count_id=0, actor=MANAGER, now=MONDAY)


def test_a_change_made_just_before_the_pots_go_on_is_told_and_has_to_be_seen_first(table: Table) -> None:
    evening, cook, riet = cooking(table)
    said = {"evening_id": evening.pk, "actor": person(cook.pk, "link"), "now": at("16:00")}
    shown = last(evening)
    reserving.cancel(reservation_id=riet.pk, because="ill", actor=MANAGER, now=at("15:59"))
    with pytest.raises(Conflict, match="Something has changed"):
        kitchen.pots_on(**said, count_id=shown)
    assert told(evening) == [(KIND.FINAL, 5), (KIND.LATE, 4)]
    evening.refresh_from_db()
    assert (evening.pots_on_at, len(kitchen_of(evening).unseen)) == (None, 1)
    kitchen.pots_on(**said, count_id=last(evening))
    evening.refresh_from_db()
    assert (evening.pots_on_at, kitchen_of(evening).unseen) == (at("16:00"), ())


def test_after_the_pots_a_plate_that_has_to_be_made_is_still_told_and_one_more_who_eats_all_is_not(
    table: Table,
) -> None:
    evening, cook, _riet = cooking(table)
    actor = person(cook.pk, "link")
    kitchen.pots_on(evening_id=evening.pk, count_id=last(evening), actor=actor, now=at("16:00"))
    reserving.walk_in(evening_id=evening.pk, wish=Wish(table.guest("Ans")), actor=MANAGER, now=at("17:40"))
    look(evening, at("17:40"))
    assert told(evening) == [(KIND.FINAL, 5)]
    nuts = Wish(table.guest("Bea"), plates=(PlateWish(("nuts",), own_plate=True, name="Bea Linde"),))
    reserving.walk_in(evening_id=evening.pk, wish=nuts, actor=MANAGER, now=at("18:10"))
    look(evening, at("18:10"))
    look(evening, at("18:20"))
    assert told(evening) == [(KIND.FINAL, 5), (KIND.LATE, 7)]
    assert texts(COOK)[1] == (
        "De Lange Tafel, di 24 nov: 2 eters meer, 1 eigen bord meer (zonder noten). Nu 7 eters. Zeg hier dat u het zag:"
    )


def test_a_dish_that_suits_other_people_after_the_menu_was_corrected_is_another_menu(table: Table) -> None:
    evening = table.evening()
    cook = crew(table, evening, "Kees", COOK)
    table.reserves(evening, "Riet", MONDAY, plates=(PlateWish(("gluten",)),))
    for variant in (["meat", "gluten"], ["meat"], ["meat"]):
        menus.save(evening.pk, {"main": menus.Dish("Hachee", [("Bonenschotel", variant)])}, actor=MANAGER)
        look(evening, CUTOFF)
        kitchen.seen(evening_id=evening.pk, count_id=last(evening), actor=person(cook.pk, "link"), now=CUTOFF)
    assert [count.changes for count in evening.kitchen_counts.order_by("pk")] == [
        [],
        [{"what": "menu", "by": 0, "diet": ""}],
    ]
