"""A telephone of the crew with the list of a trip on it: what is pressed, what stands there, what it keeps."""

from playwright.sync_api import BrowserContext, Page, expect

from backend.transport.models import Ride, Trip
from tests.integration.web.mornings import at

NAMES = {"Riet": "+31600000110", "Truus": "+31130001310", "Sjef": "+31130001311"}


def opened(context: BrowserContext, link: str) -> Page:
    """The list, opened by its button and kept on the telephone."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(link)
    page.get_by_role("button", name="Open").click()
    is_kept(page)
    return page


def is_kept(page: Page) -> None:
    page.wait_for_selector("#manifest[data-kept=yes][data-ready=yes]")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def tick(page: Page, button: str, name: str) -> None:
    page.locator(".stop.now").get_by_role("button", name=f"{button} {name}").click()


def stands(page: Page, name: str, words: str) -> None:
    """What the list says of a passenger on the way there."""
    stop = page.locator(".stop").filter(has=page.locator(".what", has_text=name)).first
    expect(stop.locator("summary .status")).to_have_text(words)


def is_sent(page: Page) -> None:
    page.wait_for_selector("#manifest[data-unsent='0']")
    expect(page.locator("#sync")).to_have_text("Alles wat u aanvinkte is verstuurd.")


def waits(count: int) -> str:
    return f"{count} nog niet verstuurd."


def states(way: str = "there") -> list[str]:
    return list(Ride.objects.filter(way=way).order_by("pk").values_list("state", flat=True))


def cancelled_on_the_telephone(trip: Trip, ride: Ride) -> None:
    """Somebody rang the planner after the list was opened."""
    Ride.objects.filter(booking=ride.booking).update(state=Ride.State.CANCELLED)
    ride.booking.state, ride.booking.cancelled_at = "cancelled", at("09:31")
    ride.booking.save()
    Trip.objects.update(plan_version=1)


def kept_pages(page: Page) -> list[str]:
    """What the telephone keeps that names people."""
    found: list[str] = page.evaluate(
        """async () => {
            if (!await caches.has("rondje-bus-lists")) return [];
            const keys = await (await caches.open("rondje-bus-lists")).keys();
            return keys.map(one => new URL(one.url).pathname).filter(one => one.startsWith("/bus/"));
        }"""
    )
    return found
