"""The door and the tables of a dinner: by keyboard, by dragging, at a desk and on a telephone, without a flaw."""

from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from backend.meals.models import CrewPlace, Evening, Guest, SeatingWish, Tariff
from backend.meals.services import door_links, reserving
from backend.meals.services.wishes import PlateWish, Wish
from backend.people.models import User
from tests.browser.conftest import picture, sign_in
from tests.browser.looking import flaws
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.restos import MANAGER, Table, a_resto_of, at

BEFORE = at("09:00", (mornings.MONDAY - timedelta(days=3)).date())


@pytest.fixture
def table(morning: Morning, coordinator: User) -> Table:
    """Tonight eleven guests and a host at two tables of eight; Co waits."""
    table = a_resto_of(morning.organisation, chairs=12, tables=(8, 8))
    day = mornings.MONDAY.date()
    with transaction.atomic():
        evening = table.evening(day, chairs=12)
        table.reserves(evening, "Riet", BEFORE, covers=3, plates=(PlateWish(("pork",)),), wants_ride=True)
        table.reserves(evening, "Halil", BEFORE, covers=4)
        table.reserves(evening, "Wilhelmina-Charlotta", BEFORE)
        plates = (PlateWish(("nuts",), own_plate=True, name="Truus"), PlateWish(("gluten",)))
        table.reserves(evening, "Truus", BEFORE, covers=2, plates=plates)
        table.reserves(evening, "Sjef", BEFORE)
        table.ate_before("Riet", "Halil", "Truus", "Sjef", day=day - timedelta(days=7))
        host = table.guest("Otto")
        CrewPlace.objects.create(evening=evening, job="host", person=host, state="confirmed")
        reserving.wait(evening_id=evening.pk, wish=Wish(table.guest("Co")), actor=MANAGER, now=BEFORE)
    Tariff.objects.create(resto=table.resto, name="gewoon", cents=700)
    Tariff.objects.create(resto=table.resto, name="met pas", cents=350)
    SeatingWish.objects.create(person=table.guest("Sjef"), other=table.guest("Halil"), kind="apart")
    Guest.objects.create(person=table.guest("Truus"), may_volunteer=True)
    mornings.set_time("17:31")
    return table


@pytest.fixture
def evening(table: Table) -> Evening:
    """Tonight."""
    return Evening.objects.filter(resto=table.resto).latest("date")


def walk(page: Page, evening: Evening, size: str) -> list[str]:
    """Every page of the door, the tables before and after planning, and what a form says when it is sent empty."""
    sign_in(page)
    found = []
    door = f"/resto/evenings/{evening.pk}/door/"

    def look(name: str) -> None:
        picture(page, f"door-{name}-{size}")
        found.extend(flaws(page))

    page.goto(door)
    look("list")
    page.get_by_role("button", name="Alle 4 zijn er Halil").click()
    page.get_by_role("link", name="Betalen of wijzigen Halil").click()
    look("party")
    page.goto(door)
    page.get_by_role("link", name="Meer Truus").click()
    page.get_by_label("Aantal personen dat er is").fill("1")
    page.get_by_role("button", name="Zij zijn er").click()
    page.get_by_text("De keuken maakt ze allemaal, tot u zegt wie er is.").wait_for()
    look("whose-plates")
    page.goto(f"/resto/evenings/{evening.pk}/kitchen/")
    page.get_by_text("Van deze 2 borden 1 eter").wait_for()
    look("kitchen-unsure")
    page.goto(door)
    page.get_by_role("link", name="Meer Sjef").click()
    look("party-expected")
    page.get_by_role("button", name="Zij komen niet: hun stoelen zijn vrij").click()
    page.get_by_text("Sjef Linde: komt niet.").wait_for()
    look("party-away")
    page.goto(door)
    look("list-away")
    page.goto(f"{door}walk-in/")
    page.locator("#id_name").fill("Bep")
    page.locator("#id_phone").fill("x")
    page.get_by_text("Eet iemand niet alles?").click()
    page.get_by_role("group", name="Bord 1").get_by_label("varkensvlees").check()
    page.get_by_role("button", name="Zij komen binnen").click()
    look("walk-in-refused")
    page.goto(f"{door}end/")
    look("end")
    tables = f"/resto/evenings/{evening.pk}/tables/"
    page.goto(tables)
    look("tables-empty")
    page.get_by_role("button", name="Maak de tafelindeling").click()
    page.get_by_text("De tafelindeling is gemaakt.").wait_for()
    look("tables")
    return found


def test_at_a_desk(desk: Page, evening: Evening) -> None:
    assert walk(desk, evening, "desk") == []


def test_on_a_telephone(telephone: Page, evening: Evening) -> None:
    assert walk(telephone, evening, "telephone") == []


def test_a_host_opens_the_link_and_ticks_by_keyboard(telephone: Page, table: Table, evening: Evening) -> None:
    link = "/" + door_links.address(evening, table.guest("Otto"), at("17:31", evening.date)).split("/", 3)[3]
    telephone.goto(link)
    assert flaws(telephone) == []
    telephone.locator("#open button").focus()
    telephone.keyboard.press("Enter")
    tick = telephone.get_by_role("button", name="Alle 3 zijn er Riet")
    tick.focus()
    telephone.keyboard.press("Enter")
    telephone.get_by_text("Riet Linde: 3 binnen.").wait_for()
    search = telephone.get_by_label("Naam of telefoonnummer")
    search.focus()
    telephone.keyboard.type("truus")
    telephone.keyboard.press("Enter")
    telephone.wait_for_url("**q=truus")
    expect(telephone.locator(".party")).to_have_count(1)
    assert flaws(telephone) == []


def test_somebody_is_moved_by_keyboard_and_by_dragging(desk: Page, evening: Evening) -> None:
    sign_in(desk)
    desk.goto(f"/resto/evenings/{evening.pk}/tables/")
    who, where = desk.get_by_label("Wie", exact=True), desk.get_by_label("Naar welke tafel")
    who.focus()
    desk.keyboard.type("Riet")
    where.focus()
    desk.keyboard.type("2")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.get_by_text("Gedaan: zij zitten waar u wilt").wait_for()
    assert evening.reservations.get(person__given_name="Riet").table.name == "2"
    lists = desk.locator(".table-list")
    lists.nth(1).locator(".sitter", has_text="Riet").drag_to(lists.nth(0))
    desk.get_by_text("Tafel 1: 3 van 8 stoelen").wait_for()
    chair = desk.locator(".drawn-table").nth(0).locator(".chair-taken circle").first
    chair.scroll_into_view_if_needed()
    start, end = chair.bounding_box(), desk.locator(".drawn-table").nth(1).locator(".table-top").bounding_box()
    assert start is not None and end is not None
    desk.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    desk.mouse.down()
    desk.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=5)
    desk.mouse.up()
    desk.get_by_text("Tafel 2: 3 van 8 stoelen").wait_for()
    picture(desk, "door-tables-dragged-desk")
