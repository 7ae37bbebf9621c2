"""What the kitchen is told: for the shopping, and once at the cutoff, whoever cooks and whatever fails."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from backend.events import clock
from backend.events.models import Event, Timer
from backend.events.running import run_deliveries, run_timers
from backend.meals.models import CrewPlace, Evening, Job
from backend.meals.services import evenings, kitchen
from backend.meals.services.changing import EVENING_MOVED
from backend.meals.services.wishes import PlateWish
from backend.notifications.models import Letter, Message, Way
from tests.integration.meals.kitchen.a_kitchen import (
    BOSS,
    COOK,
    CUTOFF,
    KIND,
    MONDAY,
    NOON,
    SHOPPER,
    cooking,
    crew,
    look,
    manager,
    texts,
    told,
)
from tests.support.races import at_once, meet_in
from tests.support.restos import MANAGER, Table, at

pytestmark = pytest.mark.django_db


def test_for_the_shopping_the_day_before_and_for_the_pots_at_the_cutoff(table: Table, mailoutbox) -> None:
    evening = table.evening()
    crew(table, evening, "Kees", COOK, email="kees@example.org")
    crew(table, evening, "Bep", SHOPPER, Job.SHOPPING)
    manager(table)
    table.reserves(evening, "Riet", MONDAY, covers=2, plates=(PlateWish(("gluten",)),))
    look(evening, MONDAY)
    assert told(evening) == []
    look(evening, NOON)
    look(evening, NOON)
    assert told(evening) == [(KIND.PROVISIONAL, 4)]
    assert (
        texts(SHOPPER)
        == texts(COOK)
        == ["De Lange Tafel, di 24 nov: voor de boodschappen nu 4 eters (2 gasten, 2 ploeg). 1 zonder gluten."]
    )
    look(evening, CUTOFF)
    look(evening, CUTOFF)
    assert told(evening) == [(KIND.PROVISIONAL, 4), (KIND.FINAL, 4)]
    final = "De Lange Tafel, di 24 nov: kook voor 4 (2 gasten, 2 ploeg). 1 zonder gluten. Zeg hier dat u het zag:"
    assert texts(COOK)[1:] == [final]
    assert texts(BOSS) == [
        "De Lange Tafel, di 24 nov: de laatste aantallen zijn 4 eters (2 gasten, 2 ploeg). 1 zonder gluten."
    ]
    assert len(texts(SHOPPER)) == 1
    boxes = Letter.objects.order_by("pk").values_list("address", "subject", "enclosure")
    assert list(boxes) == [
        ("kees@example.org", "Boodschappen voor di 24 nov: 4 eters", "meals.kitchen"),
        ("Mo@example.org", "Boodschappen voor di 24 nov: 4 eters", "meals.kitchen"),
        ("kees@example.org", "Kook voor 4 op di 24 nov", "meals.kitchen"),
        ("Mo@example.org", "Kook voor 4 op di 24 nov", "meals.kitchen"),
    ]


def test_whoever_dies_before_the_commit_leaves_nothing_and_the_next_look_tells_it_once(table: Table) -> None:
    evening = table.evening()
    crew(table, evening, "Kees", COOK)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        kitchen.look(evening.pk, CUTOFF)
        raise KeyboardInterrupt
    assert (told(evening), texts(COOK)) == ([], [])
    look(evening, CUTOFF + timedelta(minutes=1))
    assert (told(evening), len(texts(COOK))) == ([(KIND.FINAL, 1)], 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_the_cutoff_one_tells_the_kitchen(table: Table, monkeypatch) -> None:
    evening = table.evening()
    crew(table, evening, "Kees", COOK)
    meet_in(monkeypatch, kitchen, "_tell")
    assert at_once(lambda: look(evening, CUTOFF), lambda: look(evening, CUTOFF)) == [None, None]
    assert (told(evening), len(texts(COOK))) == ([(KIND.FINAL, 1)], 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_final_count_would_be_refused_by_the_database(table: Table, monkeypatch) -> None:
    evening = table.evening()
    crew(table, evening, "Kees", COOK)
    monkeypatch.setattr(evenings, "locked", lambda pk: Evening.objects.select_related("resto__organisation").get(pk=pk))
    meet_in(monkeypatch, kitchen, "_tell")
    ends = at_once(lambda: look(evening, CUTOFF), lambda: look(evening, CUTOFF))
    assert sorted(type(end).__name__ for end in ends) == ["IntegrityError", "NoneType"]
    assert len(texts(COOK)) == 1


def test_a_cutoff_that_is_moved_forward_moves_the_final_count_with_it(table: Table) -> None:
    evening = table.evening()
    look(evening, at("11:00"))
    Evening.objects.filter(pk=evening.pk).update(cutoff_at=at("11:15"))
    evening.refresh_from_db()
    clock.set_clock(virtual=at("11:05"), rate=0)
    with transaction.atomic():
        evenings.tell(evening, EVENING_MOVED, MANAGER)
    run_deliveries("live")
    run_timers("live")
    assert Timer.objects.get(kind=kitchen.TIMER).due_at == at("11:15")


def test_a_cook_who_takes_over_hears_the_whole_of_it_and_a_cook_who_leaves_nothing_more(table: Table) -> None:
    evening, cook, _riet = cooking(table)
    evening.crew.filter(person=cook).update(person=None, state=CrewPlace.State.OPEN)
    look(evening, at("13:30"))
    assert told(evening) == [(KIND.FINAL, 5)]
    crew(table, evening, "Bep", SHOPPER, number=1)
    look(evening, at("13:40"))
    look(evening, at("13:50"))
    assert told(evening) == [(KIND.FINAL, 5), (KIND.LATE, 6)]
    assert texts(SHOPPER)[0] == (
        "De Lange Tafel, di 24 nov: kook voor 6 (4 gasten, 2 ploeg). 1 zonder gluten. Zeg hier dat u het zag:"
    )
    assert len(texts(COOK)) == 1


def test_without_a_cook_who_runs_the_resto_is_told_to_pass_the_numbers_on(table: Table) -> None:
    evening = table.evening()
    manager(table)
    look(evening, CUTOFF)
    assert texts(BOSS) == [
        "De Lange Tafel, di 24 nov: er is geen kok die wij de aantallen kunnen sturen (0 eters). Geef ze zelf door."
    ]
    assert [letter.subject for letter in Letter.objects.order_by("pk")] == [
        "Geen kok voor de aantallen van di 24 nov",
        "Kook voor 0 op di 24 nov",
    ]
    assert Event.objects.get(kind="meals.kitchen_told").payload["told"] == 0


def test_a_cook_with_a_landline_is_rung(table: Table) -> None:
    evening = table.evening()
    crew(table, evening, "Kees", "+31130003999")
    look(evening, CUTOFF)
    message = Message.objects.get()
    assert (message.way, message.body) == (Way.CALL, "De Lange Tafel, di 24 nov: kook voor 1 (0 gasten, 1 ploeg).")


def test_a_machine_that_stood_still_tells_late_and_after_the_evening_not_at_all(table: Table) -> None:
    evening, over = table.evening(), table.evening(date(2026, 11, 17))
    crew(table, evening, "Kees", COOK)
    look(evening, at("15:00"))
    assert told(evening) == [(KIND.FINAL, 1)]
    look(over, at("15:00"))
    assert told(over) == []


def test_an_evening_that_is_off_is_cooked_for_no_more(table: Table) -> None:
    evening = table.evening()
    crew(table, evening, "Kees", COOK)
    kitchen.keep_watch(MONDAY)
    assert Timer.objects.filter(kind=kitchen.TIMER).count() == 1
    evenings.cancel(evening_id=evening.pk, because="cook_ill", actor=MANAGER, now=MONDAY)
    look(evening, CUTOFF)
    assert (told(evening), Timer.objects.count()) == ([], 0)
