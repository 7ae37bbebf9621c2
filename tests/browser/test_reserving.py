"""Reserving in a browser: by the keyboard alone, with JavaScript and without, at a desk and on a telephone."""

from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from backend.events import clock
from backend.meals.models import Evening, Reservation, SeatingWish
from backend.meals.services import desk as desk_service
from backend.meals.services import guests, standing
from backend.meals.services.wishes import PlateWish, Wish
from backend.people.models import Person, Role
from tests.browser.conftest import hold, picture, sign_in
from tests.browser.looking import covered, flaws, look_at
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.restos import MANAGER, TUESDAY, Table, a_resto_of, a_series, at


@pytest.fixture
def table(morning: Morning) -> Table:
    """A resto with a dinner tomorrow and one next week, and Petra who runs it; Riet ate there last week."""
    mornings.a_user("petra", morning.organisation, Role.Kind.RESTO_MANAGER)
    table = a_resto_of(morning.organisation, chairs=4)
    table.people["Riet"] = morning.person("Riet")
    last = table.evening(TUESDAY - timedelta(weeks=1))
    with transaction.atomic():
        table.reserves(last, "Riet", at("11:00", TUESDAY - timedelta(weeks=2)), covers=2)
    for ahead in (0, 1):
        table.evening(TUESDAY + timedelta(weeks=ahead), series=a_series(table.resto))
    return table


def finds_riet(page: Page) -> None:
    """Nothing but the keyboard: a name and Enter; the answer for the usual evening is there already."""
    page.goto("/resto/reserve/")
    expect(page.get_by_label("Wie is het? Naam of telefoonnummer")).to_be_focused()
    page.keyboard.type("riet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Riet", level=1)).to_be_visible()
    expect(page.locator("#answer .lead")).to_contain_text("Ja: op dinsdag 24 november bent u welkom")


def test_a_caller_has_chairs_by_keyboard_at_a_desk(desk: Page, table: Table) -> None:
    sign_in(desk, "petra")
    finds_riet(desk)
    picture(desk, "reserve-desk")
    assert flaws(desk) == []
    desk.get_by_role("button", name="Reserveer dinsdag 24 november").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#main")).to_contain_text("Gereserveerd. Lees de tijden voor aan de beller.")
    picture(desk, "reserved-desk")
    assert flaws(desk) == []
    assert Reservation.objects.get(evening__date=TUESDAY).covers == 2


def test_choosing_asks_at_once_and_names_another_evening(desk: Page, table: Table) -> None:
    sign_in(desk, "petra")
    desk.goto(f"/resto/reserve/{Person.objects.get(given_name='Riet').pk}/")
    desk.get_by_label("Voor hoeveel personen").fill("5")
    desk.get_by_label("Voor hoeveel personen").press("Tab")
    expect(desk.locator("#answer .lead")).to_contain_text("Nee: er zijn nog maar 4 stoelen.")
    expect(desk.get_by_role("button", name="Zet op de wachtlijst")).to_be_visible()
    desk.get_by_label("Voor hoeveel personen").fill("3")
    desk.get_by_role("radio", name="dinsdag 1 december").check()
    expect(desk.locator("#answer .lead")).to_contain_text("Ja: op dinsdag 1 december")


def test_who_goes_back_after_reserving_reads_an_answer_to_what_is_ticked(desk: Page, table: Table) -> None:
    sign_in(desk, "petra")
    finds_riet(desk)
    desk.get_by_role("radio", name="dinsdag 1 december").check()
    desk.get_by_role("button", name="Reserveer dinsdag 1 december").click()
    expect(desk.locator("#main")).to_contain_text("Gereserveerd.")
    desk.go_back()
    expect(desk.get_by_role("radio", name="dinsdag 24 november")).to_be_checked()
    expect(desk.locator("#answer .lead")).to_contain_text("Ja: op dinsdag 24 november bent u welkom")
    desk.get_by_role("radio", name="dinsdag 1 december").check()
    expect(desk.locator("#answer .lead")).to_contain_text("heeft al gereserveerd voor deze avond")
    expect(desk.get_by_role("button", name="Reserveer dinsdag")).to_have_count(0)


def test_on_a_slow_line_nothing_can_be_reserved_until_the_answer_is_there(desk: Page, table: Table) -> None:
    sign_in(desk, "petra")
    finds_riet(desk)
    held = hold(desk, "**/resto/reserve/*/")
    with desk.expect_request("**/resto/reserve/*/"):
        desk.get_by_role("radio", name="dinsdag 1 december").check()
    expect(desk.get_by_role("button", name="Reserveer dinsdag 24 november")).to_be_disabled()
    held[-1].continue_()
    desk.unroute("**/resto/reserve/*/")
    desk.get_by_role("button", name="Reserveer dinsdag 1 december").click()
    expect(desk.locator("#main")).to_contain_text("Gereserveerd.")
    assert Reservation.objects.get(evening__doors_at__gt=clock.now()).evening.date == TUESDAY + timedelta(weeks=1)


def test_the_same_without_javascript(without_javascript: Page, table: Table) -> None:
    page = without_javascript
    sign_in(page, "petra")
    finds_riet(page)
    page.get_by_label("Voor hoeveel personen").fill("3")
    page.keyboard.press("Enter")
    expect(page.locator("#answer .lead")).to_contain_text("Ja: op dinsdag 24 november bent u welkom")
    page.get_by_role("button", name="Reserveer dinsdag 24 november").click()
    expect(page.locator("#main")).to_contain_text("Gereserveerd. Lees de tijden voor aan de beller.")
    assert Reservation.objects.get(evening__date=TUESDAY).covers == 3


def test_on_a_telephone_the_answer_stays_in_sight_and_covers_nothing(telephone: Page, table: Table) -> None:
    series = a_series(table.resto)
    for ahead in range(2, 8):
        table.evening(TUESDAY + timedelta(weeks=ahead), series=series)
    sign_in(telephone, "petra")
    telephone.goto(f"/resto/reserve/{Person.objects.get(given_name='Riet').pk}/")
    telephone.get_by_role("radio", name="dinsdag 1 december").check()
    expect(telephone.locator("#answer")).to_contain_text("dinsdag 1 december")
    expect(telephone.locator("#answer .lead")).to_be_in_viewport(ratio=1)
    expect(telephone.get_by_role("button", name="Reserveer dinsdag 1 december")).to_be_in_viewport(ratio=1)
    assert covered(telephone, 10) == []


def walk(page: Page, table: Table, name: str) -> list[str]:
    """Every page of reserving, and the page of a guest."""
    evening, now = Evening.objects.get(date=TUESDAY), clock.now()
    with transaction.atomic():
        full = table.reserves(evening, "Sjef", now, covers=4, plates=(PlateWish(("pork",), True, "Sjef"),))
    riet = table.guest("Riet")
    waits = desk_service.wait(evening.pk, [Wish(riet)], actor=MANAGER, now=now)
    assert isinstance(waits, tuple)
    sjef, series = table.guest("Sjef"), a_series(table.resto)
    standing.begin(person=sjef, series=series, covers=1, first_day=TUESDAY, actor=MANAGER, now=now)
    guests.wish_to_sit(sjef, riet, SeatingWish.Kind.APART, actor=MANAGER)
    addresses = {
        "dinner-find": "/resto/reserve/?q=linde",
        "dinner-new": "/resto/reserve/new/?q=Nieuw",
        "dinner-reserve": f"/resto/reserve/{sjef.pk}/?evening={evening.pk}",
        "dinner-waits": f"/resto/reservations/{waits[0].pk}/",
        "dinner-reservation": f"/resto/reservations/{full.pk}/",
        "dinner-change": f"/resto/reservations/{full.pk}/change/",
        "dinner-cancel": f"/resto/reservations/{full.pk}/cancel/",
        "dinner-guest": f"/resto/guests/{sjef.pk}/",
        "dinner-consent": f"/resto/guests/{sjef.pk}/consent/diet/",
    }
    return look_at(page, addresses, name)


@pytest.mark.parametrize("width", ["desk", "telephone"])
def test_no_page_of_reserving_has_a_flaw(request, width: str, table: Table) -> None:
    page: Page = request.getfixturevalue(width)
    sign_in(page, "petra")
    assert walk(page, table, width) == []
