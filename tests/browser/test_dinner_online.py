"""Reserving for a dinner without an account: with JavaScript and without, at a desk and on a telephone, flawless."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from backend.meals.models import Course, Evening, EveningException, EveningSeries, Reservation, Tariff, Variant
from backend.notifications.models import Message
from tests.browser.conftest import picture
from tests.browser.looking import flaws
from tests.integration.web import mornings
from tests.support.restos import Table, a_resto, at

DAY = mornings.MONDAY.date() + timedelta(days=1)


@pytest.fixture
def table(settings, transactional_db) -> Table:
    """Tomorrow pancakes with the district officer, in a week a full evening, and a day on which it is closed."""
    settings.RONDJE_DEMO = True
    mornings.set_time("11:00")
    table = a_resto()
    table.resto.address, table.resto.place = "Tafelstraat 1", "Tilburg"
    table.resto.welcome = "Schuif aan! Wij koken elke dinsdag drie gangen."
    table.resto.latitude, table.resto.longitude = 51.55, 5.08
    table.resto.save()
    evening = table.evening(DAY, theme="Pannenkoeken", speaker="De wijkagent", speakers=1)
    main = Course.objects.create(evening=evening, kind="main", name="Pannenkoeken met spek")
    Course.objects.create(evening=evening, kind="starter", name="Tomatensoep")
    Variant.objects.create(course=main, name="Pannenkoeken met appel", without=["meat"])
    Tariff.objects.create(resto=table.resto, name="Gewoon", cents=850)
    full = table.evening(DAY + timedelta(days=7), chairs=2)
    with transaction.atomic():
        table.reserves(full, "Truus", at("09:00", mornings.MONDAY.date()), covers=2)
    series = EveningSeries.objects.create(
        resto=table.resto,
        rule="FREQ=WEEKLY;BYDAY=TU",
        first_day=DAY,
        cutoff="12:30",
        doors="17:30",
        dinner="18:00",
        ends="20:30",
    )
    EveningException.objects.create(series=series, date=DAY + timedelta(days=14), reason="Zaal is bezet")
    return table


def the_code() -> str:
    found = re.search(r"\d{6}", Message.objects.filter(host="meals.code").latest("pk").body)
    assert found is not None
    return found[0]


def reserves(page: Page, phone: str = "06 0000 1700") -> None:
    """From the programme to one's own page."""
    page.goto("/eten/tafel-oost/")
    page.get_by_role("link", name="Reserveren").first.click()
    page.get_by_label("Met hoeveel mensen komt u?").fill("2")
    page.get_by_label("Naam van wie komt eten").fill("Riet Linde")
    page.get_by_label("Uw telefoonnummer").fill(phone)
    page.locator("summary").first.click()
    page.get_by_label("varkensvlees").first.check()
    page.get_by_role("button", name="Reserveren").click()
    page.get_by_label("De zes cijfers van de code").fill(the_code())
    page.get_by_role("button", name="Bevestigen").click()
    expect(page.get_by_role("heading", name="U bent welkom")).to_be_visible()


def walk(page: Page, size: str) -> list[str]:
    """Every page, also as it is when something is wrong."""
    found: list[str] = []

    def look(name: str) -> None:
        picture(page, f"dinner-{name}-{size}")
        found.extend(flaws(page))

    page.goto("/eten/tafel-oost/")
    look("programme")
    page.goto(f"/eten/tafel-oost/{DAY}/")
    look("form")
    page.locator("summary").first.click()
    page.get_by_label("Met hoeveel mensen komt u?").fill("11")
    page.get_by_label("Naam van wie komt eten").fill("Riet Linde")
    page.get_by_label("Uw telefoonnummer").fill("06 0000 1700")
    page.get_by_label("varkensvlees").first.check()
    page.get_by_role("button", name="Reserveren").click()
    look("form-wrong")
    page.get_by_label("Met hoeveel mensen komt u?").fill("2")
    page.get_by_role("button", name="Reserveren").click()
    look("code")
    page.get_by_label("De zes cijfers van de code").fill("1")
    page.get_by_role("button", name="Bevestigen").click()
    look("code-wrong")
    page.get_by_label("De zes cijfers van de code").fill(the_code())
    page.get_by_role("button", name="Bevestigen").click()
    look("own")
    page.get_by_role("button", name="Ik kom niet").click()
    look("own-cancelled")
    page.goto(f"/eten/tafel-oost/{DAY + timedelta(days=7)}/")
    look("full")
    return found


def test_at_a_desk_without_a_flaw(desk: Page, table: Table) -> None:
    assert walk(desk, "desk") == []


def test_on_a_telephone_without_a_flaw(telephone: Page, table: Table) -> None:
    assert walk(telephone, "telephone") == []


def test_from_the_programme_to_ones_own_page(desk: Page, table: Table) -> None:
    reserves(desk)
    desk.get_by_label("Met hoeveel mensen komt u?").fill("3")
    desk.get_by_role("button", name="Wijzigen").click()
    expect(desk.get_by_text("U komt nu met 3.")).to_be_visible()
    row = Reservation.objects.get(person__given_name="Riet")
    assert (row.state, row.covers, row.plates.get().without) == ("reserved", 3, ["pork"])


def test_without_javascript_as_well(without_javascript: Page, table: Table) -> None:
    reserves(without_javascript)
    assert Evening.objects.get(date=DAY).reservations.get().plates.get().without == ["pork"]


def test_in_english(desk: Page, table: Table) -> None:
    desk.goto("/eten/tafel-oost/")
    desk.get_by_role("link", name="English").click()
    expect(desk.get_by_role("heading", name="Coming dinners")).to_be_visible()
    found = flaws(desk)
    desk.get_by_role("link", name="Reserve").first.click()
    expect(desk.get_by_label("With how many people do you come?")).to_be_visible()
    assert found + flaws(desk) == []
