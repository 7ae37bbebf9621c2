"""Booking in a browser: by the keyboard alone, with JavaScript and without, at a desk and on a telephone."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from backend.events import clock
from backend.people.models import Person, Role
from backend.transport.models import Booking, CallTask, Trip
from backend.transport.selectors.answering import No, Wish
from backend.transport.services import desk, offers, planning
from tests.browser.conftest import hold, picture, sign_in
from tests.browser.looking import covered, flaws, look_at
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support import buses
from tests.support.road import PLANNER, at


@pytest.fixture
def trip(morning: Morning) -> Trip:
    """A market on Tuesday with one seat left, one a week later, and Petra who plans; Riet has been there before."""
    mornings.a_user("petra", morning.organisation, Role.Kind.BUS_PLANNER)
    bus = buses.a_bus(morning.organisation, seats=3)
    tuesday, later = (buses.a_trip(bus, buses.TUESDAY + timedelta(weeks=ahead), max_rounds=1) for ahead in (0, 1))
    assert later.pk != tuesday.pk
    riet = morning.person("Riet")
    buses.a_home(riet)
    buses.a_booking(buses.a_trip(bus, buses.TUESDAY - timedelta(weeks=1)), riet)
    seated(tuesday, buses.a_passenger(morning.organisation, "Bep", phones=["+31130001390"]))
    return tuesday


def seated(trip: Trip, person: Person) -> Booking:
    done = desk.book(trip.pk, [Wish(person)], actor=PLANNER, now=clock.now())
    assert not isinstance(done, No)
    return done.bookings[0]


def another(trip: Trip, days: int) -> Trip:
    """The same so many days later."""
    bus = buses.Bus(trip.organisation, trip.vehicle, trip.layout, trip.area, trip.destination)
    return buses.a_trip(bus, trip.date + timedelta(days=days))


def books_riet(page: Page) -> None:
    """Nothing but the keyboard: a name and Enter; the answer for the usual trip is there already."""
    page.goto("/bus/book/")
    expect(page.get_by_label("Wie is het? Naam of telefoonnummer")).to_be_focused()
    page.keyboard.type("riet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Riet", level=1)).to_be_visible()
    expect(page.locator("#answer .lead")).to_contain_text("Ja: u wordt opgehaald tussen")


def test_a_caller_is_booked_by_keyboard_at_a_desk(desk: Page, trip: Trip) -> None:
    sign_in(desk, "petra")
    books_riet(desk)
    picture(desk, "book-desk")
    assert flaws(desk) == []
    desk.get_by_role("button", name="Boek dinsdag 24 november, De markt", exact=True).focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#main")).to_contain_text("Geboekt. Lees de tijden voor aan de beller.")
    picture(desk, "booked-desk")
    assert flaws(desk) == []
    assert Booking.objects.get(trip=trip, person__given_name="Riet").state == "booked"


def test_choosing_a_trip_asks_at_once(desk: Page, trip: Trip) -> None:
    sign_in(desk, "petra")
    desk.goto(f"/bus/book/{Person.objects.get(given_name='Riet').pk}/")
    expect(desk.locator("#answer .lead")).to_contain_text("Ja: u wordt opgehaald tussen")
    desk.get_by_role("radio", name="dinsdag 1 december").check()
    expect(desk.locator("#answer")).to_contain_text("dinsdag 1 december")
    desk.get_by_role("radio", name="dinsdag 24 november").check()
    expect(desk.locator("#answer")).to_contain_text("dinsdag 24 november")
    desk.get_by_label("Wie gaat er mee als hulp?").select_option("1")
    expect(desk.locator("#answer .lead")).to_contain_text("Nee: alle zitplaatsen zijn bezet.")
    expect(desk.get_by_role("button", name="Zet op de wachtlijst")).to_be_visible()


def test_who_goes_back_after_booking_reads_an_answer_to_what_is_ticked(desk: Page, trip: Trip) -> None:
    sign_in(desk, "petra")
    books_riet(desk)
    desk.get_by_role("radio", name="dinsdag 1 december").check()
    desk.get_by_role("button", name="Boek dinsdag 1 december, De markt", exact=True).click()
    expect(desk.locator("#main")).to_contain_text("Geboekt.")
    desk.go_back()
    expect(desk.get_by_role("radio", name="dinsdag 24 november")).to_be_checked()
    expect(desk.locator("#answer")).to_contain_text("dinsdag 24 november")
    desk.get_by_role("radio", name="dinsdag 1 december").check()
    expect(desk.locator("#answer .lead")).to_contain_text("heeft al een plaats op deze rit")
    expect(desk.get_by_role("button", name="Boek")).to_have_count(0)
    assert [
        row.trip.date for row in Booking.objects.filter(person__given_name="Riet", trip__leaves_at__gt=clock.now())
    ] == [trip.date + timedelta(weeks=1)]


def test_on_a_slow_line_nothing_can_be_booked_until_the_answer_is_there(desk: Page, trip: Trip) -> None:
    sign_in(desk, "petra")
    books_riet(desk)
    held = hold(desk, "**/bus/book/*/")
    with desk.expect_request("**/bus/book/*/"):
        desk.get_by_role("radio", name="dinsdag 1 december").check()
    expect(desk.get_by_role("button", name="Boek dinsdag 24 november, De markt", exact=True)).to_be_disabled()
    # Another tick meanwhile: the answer to the first one is not waited for.
    with desk.expect_request("**/bus/book/*/"):
        desk.get_by_label("Welke weg?").select_option("there")
    expect(desk.get_by_role("button", name="Boek dinsdag 24 november, De markt", exact=True)).to_be_disabled()
    held[-1].continue_()
    desk.unroute("**/bus/book/*/")
    desk.get_by_role("button", name="Boek dinsdag 1 december, De markt", exact=True).click()
    expect(desk.locator("#main")).to_contain_text("Geboekt.")
    booked = Booking.objects.get(person__given_name="Riet", trip__leaves_at__gt=clock.now())
    assert (booked.trip.date, booked.there, booked.home) == (trip.date + timedelta(weeks=1), True, False)


def test_the_same_without_javascript(without_javascript: Page, trip: Trip) -> None:
    page = without_javascript
    sign_in(page, "petra")
    books_riet(page)
    page.get_by_role("radio", name="dinsdag 1 december").check()
    page.get_by_role("button", name="Boek dinsdag 24 november, De markt", exact=True).click()
    expect(page.locator("#answer")).to_contain_text("Er is niets geboekt: er is iets anders aangevinkt")
    page.get_by_role("button", name="Boek dinsdag 1 december, De markt", exact=True).click()
    expect(page.locator("#main")).to_contain_text("Geboekt. Lees de tijden voor aan de beller.")
    assert not Booking.objects.filter(trip=trip, person__given_name="Riet").exists()


def test_on_a_telephone_the_answer_stays_in_sight_and_covers_nothing(telephone: Page, trip: Trip) -> None:
    for ahead in (2, 3, 4, 8, 9, 10, 11, 15, 16):
        another(trip, ahead)
    sign_in(telephone, "petra")
    telephone.goto(f"/bus/book/{Person.objects.get(given_name='Riet').pk}/")
    telephone.get_by_role("radio", name="donderdag 3 december").check()
    expect(telephone.locator("#answer")).to_contain_text("donderdag 3 december")
    expect(telephone.locator("#answer .lead")).to_be_in_viewport(ratio=1)
    expect(telephone.get_by_role("button", name="Boek donderdag 3 december")).to_be_in_viewport(ratio=1)
    expect(telephone.get_by_role("radio", name="donderdag 3 december")).to_be_focused()
    if pictures := os.environ.get("RONDJE_PICTURES"):
        telephone.screenshot(path=f"{pictures}/book-in-sight.png")
    assert covered(telephone, 10) == []
    telephone.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    asks, answer = (telephone.locator(one).bounding_box() for one in ("button[value=ask]", "#answer"))
    assert asks is not None
    assert answer is not None
    assert asks["y"] + asks["height"] <= answer["y"], "at the end of the page nothing is left under it"


def walk(page: Page, trip: Trip, name: str) -> list[str]:
    """Every page of booking, waiting and calling."""
    organisation, now = trip.organisation, clock.now()
    bep = trip.bookings.get(person__given_name="Bep")
    seated(trip, buses.a_passenger(organisation, "Toos", phones=["+31130001391"]))
    ab = buses.a_passenger(organisation, "Ab", phones=["+31130001392"])
    waiting = desk.wait(trip.pk, [Wish(ab)], actor=PLANNER, now=now)
    assert not isinstance(waiting, No)
    desk.cancel(trip.bookings.get(person__given_name="Toos").pk, because="by_telephone", actor=PLANNER, now=now)
    with transaction.atomic():
        planning.call_to_make(trip, bep, CallTask.Kind.SILENT, now, {"asked": 2, "tried": [now.isoformat()]})
        offers.look(trip.pk, at("09:05", mornings.MONDAY.date()))
    riet = Person.objects.get(given_name="Riet")
    addresses = {
        "find": "/bus/book/?q=linde",
        "new": "/bus/book/new/?q=Nieuw",
        "later": f"/bus/book/{riet.pk}/?trip={another(trip, 70).pk}",
        "held": f"/bus/book/{riet.pk}/?trip={trip.pk}&companions=1",
        "waits": f"/bus/bookings/{waiting[0].pk}/",
        "change": f"/bus/bookings/{bep.pk}/change/",
        "cancel": f"/bus/bookings/{bep.pk}/cancel/",
        "calls": "/bus/calls/",
        "trip": f"/bus/trips/{trip.pk}/",
        "bus": "/bus/",
    }
    return look_at(page, addresses, name)


@pytest.mark.parametrize("width", ["desk", "telephone"])
def test_no_page_of_booking_violates_wcag(request: pytest.FixtureRequest, trip: Trip, width: str) -> None:
    page: Page = request.getfixturevalue(width)
    sign_in(page, "petra")
    assert walk(page, trip, width) == []
