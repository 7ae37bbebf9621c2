"""The figures of the dinners: a month with shown and hidden cells, at a desk and on a telephone, without a flaw."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page

from backend.meals.models import Evening, EveningCount, MealPayment, Reservation, Tariff
from backend.people.models import User
from tests.browser.conftest import picture, sign_in
from tests.browser.looking import flaws
from tests.integration.web.mornings import Morning
from tests.support import restos

OCTOBER = date(2026, 10, 6)


@pytest.fixture
def october(morning: Morning) -> None:
    """Nine people ate and paid; two stayed away; twelve were cooked for."""
    table = restos.a_resto_of(morning.organisation)
    evening = table.evening(OCTOBER)
    tariff = Tariff.objects.create(resto=table.resto, name="Gewoon", cents=700)
    for number in range(11):
        with transaction.atomic():
            row = table.reserves(evening, f"Gast {number}", restos.at("09:00", OCTOBER - timedelta(days=1)))
        if number < 9:
            Reservation.objects.filter(pk=row.pk).update(arrived_at=evening.doors_at, arrived_covers=1)
            MealPayment.objects.create(
                reservation=row, tariff=tariff, covers=1, way="cash", cents=700, at=evening.doors_at, by="user:1"
            )
    EveningCount.objects.create(evening=evening, cooked=12, left=3, at=evening.ends_at, by="user:1")
    Evening.objects.filter(pk=evening.pk).update(state="closed")


def walk(page: Page, width: str) -> list[str]:
    sign_in(page)
    page.goto("/resto/figures/?month=2026-10")
    page.get_by_role("cell", name="63,00").first.wait_for()
    picture(page, f"dinner-figures-{width}")
    return flaws(page)


def test_at_a_desk(desk: Page, morning: Morning, coordinator: User, october: None) -> None:
    assert walk(desk, "desk") == []


def test_on_a_telephone(telephone: Page, morning: Morning, coordinator: User, october: None) -> None:
    assert walk(telephone, "telephone") == []
