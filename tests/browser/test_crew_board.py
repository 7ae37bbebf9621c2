"""Crew come in: their evenings and trips on the board, and from there the door and the desk."""

from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from backend.meals.models import CrewPlace
from backend.people.models import Person, Role, User
from backend.transport.models import CrewDuty
from tests.browser.conftest import picture, sign_in
from tests.browser.looking import flaws
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support import buses
from tests.support.restos import Table, a_resto_of, at

BOX = "hanna@example.org"
TODAY = mornings.MONDAY.date()


@pytest.fixture
def table(morning: Morning) -> Table:
    """Hanna hosts tonight and on Thursday, and drives the bus on Wednesday; Riet has reserved."""
    table = a_resto_of(morning.organisation, chairs=12)
    tonight, later = table.evening(TODAY), table.evening(TODAY + timedelta(days=3))
    with transaction.atomic():
        table.reserves(tonight, "Riet", at("09:00", TODAY - timedelta(days=3)), covers=2)
    hanna = table.guest("Hanna")
    Person.objects.filter(pk=hanna.pk).update(email=BOX)
    for evening in (tonight, later):
        CrewPlace.objects.create(evening=evening, job="host", person=hanna, state="confirmed")
    trip = buses.a_trip(buses.a_bus(morning.organisation), TODAY + timedelta(days=2))
    trip.crew.filter(task="driver").update(state=CrewDuty.State.CONFIRMED, person=hanna)
    user = mornings.a_user("hanna", morning.organisation, Role.Kind.CREW, Role.Kind.DRIVER)
    User.objects.filter(pk=user.pk).update(email=BOX)
    return table


def walk(page: Page, size: str) -> list[str]:
    """From the board to the desk and the door."""
    sign_in(page, "hanna")
    expect(page.get_by_role("heading", name="Uw avonden bij de maaltijden")).to_be_visible()
    expect(page.get_by_role("heading", name="Uw ritten met de bus")).to_be_visible()
    picture(page, f"crew-board-{size}")
    found = flaws(page)
    page.get_by_role("link", name="Reserveren voor wie belt").click()
    page.get_by_label("Wie is het? Naam of telefoonnummer").fill("linde")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Riet Linde", level=1).wait_for()
    picture(page, f"crew-desk-{size}")
    found += flaws(page)
    page.goto("/today/")
    page.get_by_role("link", name="Aan de deur").click()
    page.get_by_role("heading", name="Aan de deur", level=1).wait_for()
    return found + flaws(page)


def test_at_a_desk(desk: Page, table: Table) -> None:
    assert walk(desk, "desk") == []


def test_on_a_telephone(telephone: Page, table: Table) -> None:
    assert walk(telephone, "telephone") == []
