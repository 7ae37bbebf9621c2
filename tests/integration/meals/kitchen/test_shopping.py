"""The numbers for the shopping: to whoever shops by then, with the numbers of that moment, and never to nobody."""

from datetime import date

import pytest

from backend.meals.models import Job
from backend.meals.services.kitchen import look
from tests.integration.meals.kitchen.a_kitchen import BOSS, KIND, MONDAY, NOON, SHOPPER, crew, manager, texts, told
from tests.support.restos import Table, at

pytestmark = pytest.mark.django_db


def test_who_takes_over_the_shopping_afterwards_hears_the_numbers_of_that_moment_once(table: Table) -> None:
    evening = table.evening()
    table.reserves(evening, "Riet", MONDAY, covers=2)
    look(evening.pk, NOON)
    table.reserves(evening, "Truus", at("12:30", date(2026, 11, 23)), covers=3)
    crew(table, evening, "Bep", SHOPPER, Job.SHOPPING)
    for _time in range(2):
        look(evening.pk, at("13:00", date(2026, 11, 23)))
    assert texts(SHOPPER) == ["De Lange Tafel, di 24 nov: voor de boodschappen nu 6 eters (5 gasten, 1 ploeg)."]
    assert told(evening) == [(KIND.PROVISIONAL, 2)]


def test_where_nobody_who_shops_can_be_told_who_runs_the_resto_is(table: Table) -> None:
    evening = table.evening()
    manager(table)
    crew(table, evening, "Bep", SHOPPER, Job.SHOPPING).phones.all().delete()
    table.reserves(evening, "Riet", MONDAY)
    look(evening.pk, NOON)
    assert texts(BOSS) == ["De Lange Tafel, di 24 nov: voor de boodschappen nu 2 eters (1 gast, 1 ploeg)."]


def test_of_a_sunday_the_numbers_are_counted_on_monday_when_they_may_be_sent(table: Table) -> None:
    monday = date(2026, 11, 30)
    evening = table.evening(monday)
    crew(table, evening, "Bep", SHOPPER, Job.SHOPPING)
    look(evening.pk, at("12:00", date(2026, 11, 29)))
    assert told(evening) == []
    table.reserves(evening, "Riet", at("20:00", date(2026, 11, 29)))
    look(evening.pk, at("09:00", monday))
    assert told(evening) == [(KIND.PROVISIONAL, 2)]
    assert len(texts(SHOPPER)) == 1
