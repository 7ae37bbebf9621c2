"""What a telephone keeps of the list and for how long, and how the pages of the list look."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from backend.common.actors import user
from backend.events import clock
from backend.people.models import Person, Role, User
from backend.transport.models import Ride, Trip
from backend.transport.services import disruption
from tests.browser.conftest import DESK, TELEPHONE, picture, sign_in
from tests.browser.looking import flaws
from tests.browser.manifest.a_telephone import (
    cancelled_on_the_telephone,
    is_kept,
    is_sent,
    kept_pages,
    opened,
    stands,
    states,
    tick,
)
from tests.integration.web import mornings


def test_a_list_that_was_kept_shows_what_was_sent_before_the_signal_went(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    page = opened(handset, link)
    tick(page, "Aan boord", "Riet")
    is_sent(page)
    handset.set_offline(True)
    page.reload()
    stands(page, "Riet", "in de bus")
    expect(page.locator(".stop.now .what")).to_have_text("Truus Linde")


def test_a_telephone_that_keeps_nothing_holds_the_ticks_says_so_and_sends_them(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    handset.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };")
    page = opened(handset, link)
    handset.set_offline(True)
    tick(page, "Aan boord", "Riet")
    tick(page, "Niet aanwezig", "Truus")
    expect(page.locator("#sync")).to_contain_text("2 nog niet verstuurd, en deze telefoon kan ze niet bewaren: laat")
    expect(page.locator("#ring")).to_contain_text("013 000 90 01")
    picture(page, "manifest-keeps-nothing")
    handset.set_offline(False)
    is_sent(page)
    assert states() == ["on_board", "not_there", "planned"]


def test_a_connection_to_the_store_that_was_lost_in_a_pocket_is_opened_again(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    handset.add_init_script(
        """(() => {
            const asked = IDBDatabase.prototype.transaction;
            IDBDatabase.prototype.transaction = function (...given) {
                self.lastBase = this;
                return asked.apply(this, given);
            };
        })()"""
    )
    page = opened(handset, link)
    handset.set_offline(True)
    page.evaluate("lastBase.close()")
    tick(page, "Aan boord", "Riet")
    expect(page.locator("#sync")).to_contain_text("Ze zijn bewaard op deze telefoon")
    page.reload()
    stands(page, "Riet", "in de bus")
    handset.set_offline(False)
    is_sent(page)
    assert states()[0] == "on_board"


def test_a_server_that_fails_does_not_replace_the_list_that_was_kept(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    page = opened(handset, link)
    worker = handset.service_workers[0]
    worker.evaluate("() => { self.fetch = async () => new Response('', { status: 502 }); }")
    page.reload()
    stands(page, "Riet", "nog niet aangevinkt")
    page.wait_for_selector("#manifest[data-ready=yes]")


def told(page: Page) -> int:
    """How much the telephone keeps of what was not counted, which names people."""
    found: int = page.evaluate("rondjeBus.all('told').then(rows => rows.length)")
    return found


def the_driver_signs_in(trip: Trip, page: Page) -> None:
    driver = trip.crew.get(task="driver").person
    assert driver is not None
    Person.objects.filter(pk=driver.pk).update(email="driver@example.org")
    user = mornings.a_user("marijke", trip.organisation, Role.Kind.BUS_PLANNER, Role.Kind.DRIVER)
    User.objects.filter(pk=user.pk).update(email="driver@example.org")
    sign_in(page)


def test_who_signs_out_leaves_nobody_s_name_on_the_telephone(handset: BrowserContext, trip: Trip) -> None:
    page = handset.new_page()
    the_driver_signs_in(trip, page)
    page.goto(f"/bus/trips/{trip.pk}/manifest/")
    is_kept(page)
    assert kept_pages(page) == [f"/bus/trips/{trip.pk}/manifest/"]
    cancelled_on_the_telephone(trip, Ride.objects.get(way="there", booking__person__given_name="Riet"))
    tick(page, "Niet aanwezig", "Riet")
    expect(page.locator("#told li")).to_have_count(1)
    page.get_by_role("button", name="Afmelden").click()
    page.wait_for_url("**/sign-in/")
    page.wait_for_function("caches.has('rondje-bus-lists').then(has => !has)")
    page.wait_for_function("rondjeBus.all('told').then(rows => rows.length === 0)")


def test_a_planner_s_computer_keeps_no_list(handset: BrowserContext, trip: Trip) -> None:
    mornings.a_user("marijke", trip.organisation, Role.Kind.BUS_PLANNER)
    page = handset.new_page()
    sign_in(page)
    page.goto(f"/bus/trips/{trip.pk}/manifest/")
    is_kept(page)
    assert kept_pages(page) == []


def test_the_list_is_gone_from_the_telephone_when_its_day_is_over(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    handset.clock.install()
    page = opened(handset, link)
    cancelled_on_the_telephone(trip, Ride.objects.get(way="there", booking__person__given_name="Riet"))
    tick(page, "Niet aanwezig", "Riet")
    expect(page.locator("#told li")).to_have_count(1)
    assert (kept_pages(page), told(page)) == ([link], 1)
    handset.clock.fast_forward("15:00:00")
    page.evaluate("rondjeBus.forget()")
    assert (kept_pages(page), told(page)) == ([], 0)


def test_a_list_that_was_kept_says_that_the_trip_was_stopped_also_without_signal(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    """The page that the telephone keeps is from before; what it heard last is not."""
    Trip.objects.update(state=Trip.State.UNDERWAY, started_at=clock.now())
    page = opened(handset, link)
    expect(page.locator(".promised:visible")).to_have_count(1)
    cause = disruption.Cause(disruption.Disruption.Kind.BUS_DOWN, user(7), clock.now())
    disruption.stop(trip.pk, cause, ways_home={})
    page.evaluate("dispatchEvent(new Event('online'))")
    for _moment in ("with signal", "without, opened again"):
        expect(page.locator("#stopped")).to_contain_text("Deze rit is om 9:30 stopgezet. Haal niemand meer op")
        expect(page.locator("#stopped a")).to_have_attribute("href", "tel:+31130009001")
        expect(page.locator(".stop.now")).to_have_count(0)
        stands(page, "Truus", "niet opgehaald: hoort dat van ons")
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        expect(page.locator(".when:visible, .promised:visible")).to_have_count(0)
        expect(page.get_by_role("button", name="Niet aanwezig")).to_have_count(0)
        handset.set_offline(True)
        page.reload()
        page.wait_for_selector("#manifest[data-ready=yes]")
    handset.set_offline(False)


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
def test_the_pages_of_the_list_are_for_everybody(
    browser: Browser, live_server: Any, link: str, trip: Trip, size: dict[str, int]
) -> None:
    context = browser.new_context(base_url=live_server.url, locale="nl-NL", viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(link)
    found = flaws(page)
    page.get_by_role("button", name="Open").click()
    is_kept(page)
    found += flaws(page)
    picture(page, f"manifest-{size['width']}")
    tick(page, "Aan boord", "Riet")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    found += flaws(page)
    picture(page, f"manifest-open-{size['width']}")
    disruption.stop(trip.pk, disruption.Cause(disruption.Disruption.Kind.BUS_DOWN, user(7), clock.now()), ways_home={})
    page.reload()
    page.wait_for_selector("#manifest[data-ready=yes]")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    found += flaws(page)
    picture(page, f"manifest-stopped-{size['width']}")
    heights = page.locator(".button-tick:visible").evaluate_all("all => all.map(one => one.offsetHeight)")
    mornings.a_user("marijke", trip.organisation, Role.Kind.BUS_PLANNER)
    sign_in(page)
    page.goto(f"/bus/trips/{trip.pk}/paper/")
    found += flaws(page)
    picture(page, f"manifest-paper-{size['width']}")
    context.close()
    assert found == []
    assert min(heights) >= 56
