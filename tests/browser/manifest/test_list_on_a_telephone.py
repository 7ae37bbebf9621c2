"""The list of a trip on a telephone: it works without signal, survives being killed, and loses no tick."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, expect

from backend.people.models import Role
from backend.transport.models import ManifestEntry, Ride, Trip
from backend.transport.services import manifest_links
from tests.browser.conftest import picture, sign_in
from tests.browser.manifest.a_telephone import (
    NAMES,
    cancelled_on_the_telephone,
    is_kept,
    is_sent,
    opened,
    stands,
    states,
    tick,
    waits,
)
from tests.integration.web import mornings
from tests.integration.web.mornings import at


def test_three_ticks_without_signal_survive_a_reload_and_a_killed_tab(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    page = opened(handset, link)
    handset.set_offline(True)
    tick(page, "Aan boord", "Riet")
    tick(page, "Niet aanwezig", "Truus")
    tick(page, "Aan boord", "Sjef")
    expect(page.locator("#sync")).to_contain_text(waits(3))
    picture(page, "manifest-without-signal")
    page.reload()
    stands(page, "Truus", "niet aanwezig: nog niet doorgegeven")
    expect(page.locator("#ring")).to_contain_text("de planner weet dat nog niet: bel als dat lukt. 013 000 90 01")
    expect(page.locator("#sync")).to_contain_text(waits(3))
    page.close()
    again = handset.new_page()
    again.goto(link)
    stands(again, "Riet", "in de bus")
    assert ManifestEntry.objects.count() == 0
    handset.set_offline(False)
    is_sent(again)
    stands(again, "Truus", "niet aanwezig: doorgegeven aan de planner")
    expect(again.locator("#ring")).to_be_hidden()
    assert states() == ["on_board", "not_there", "on_board"]
    assert ManifestEntry.objects.count() == 3


def test_signal_that_comes_back_while_the_telephone_is_trying_is_not_missed(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    """The attempt that began without signal fails only after that; the next would be twenty seconds later."""
    handset.add_init_script("delete ServiceWorkerRegistration.prototype.sync;")
    page = opened(handset, link)
    handset.set_offline(True)
    tick(page, "Aan boord", "Riet")
    expect(page.locator("#sync")).to_contain_text(waits(1))
    page.evaluate(
        """() => {
            const asked = self.fetch;
            self.fetch = () => new Promise((_resolve, reject) => {
                self.fetch = asked;
                self.loseSignal = () => reject(new TypeError("Failed to fetch"));
            });
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    page.wait_for_function("self.loseSignal !== undefined")
    handset.set_offline(False)
    page.evaluate("loseSignal()")
    is_sent(page)
    assert states()[0] == "on_board"


def test_a_list_that_is_refused_keeps_no_other_from_being_sent(handset: BrowserContext, link: str, trip: Trip) -> None:
    page = opened(handset, link)
    left = page.evaluate(
        """async ([gone, url, ride]) => {
            await rondjeBus.tick(gone, ride, "on_board", 1);
            await rondjeBus.tick(url, ride, "on_board", 1);
            const failed = await rondjeBus.sendAll().then(() => false, () => true);
            return [failed, (await rondjeBus.waiting(gone)).length, (await rondjeBus.waiting(url)).length];
        }""",
        ["/bus/m/gone/entries/", f"{link}entries/", Ride.objects.filter(way="there").earliest("pk").pk],
    )
    assert left == [True, 1, 0]
    assert states()[0] == "on_board"


def test_an_older_telephone_ticks_sends_and_closes(handset: BrowserContext, link: str, trip: Trip) -> None:
    handset.add_init_script(
        """delete AbortSignal.timeout;
        delete HTMLFormElement.prototype.requestSubmit;
        delete SubmitEvent.prototype.submitter;
        delete Array.prototype.at;"""
    )
    page = opened(handset, link)
    page.get_by_role("button", name="De bus vertrekt nu").click()
    page.get_by_role("button", name="De bus vertrekt nu").wait_for(state="detached")
    tick(page, "Aan boord", "Riet")
    is_sent(page)
    assert (states()[0], Trip.objects.get().state) == ("on_board", Trip.State.UNDERWAY)


def test_a_telephone_that_is_too_old_for_the_script_ticks_by_plain_forms(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    handset.add_init_script("delete window.AbortController;")
    page = handset.new_page()
    page.goto(link)
    page.get_by_role("button", name="Open").click()
    tick(page, "Aan boord", "Riet")
    stands(page, "Riet", "in de bus")
    assert states()[0] == "on_board"


def test_ticks_of_an_earlier_link_are_sent_by_the_page_that_is_open(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    handset.add_init_script("delete ServiceWorkerRegistration.prototype.sync;")
    page = opened(handset, link)
    handset.set_offline(True)
    tick(page, "Aan boord", "Riet")
    expect(page.locator("#sync")).to_contain_text(waits(1))
    page.close()
    handset.set_offline(False)
    duty = trip.crew.get(task="host")
    assert duty.person is not None
    again = opened(handset, "/bus/m/" + manifest_links.make(duty, duty.person, at("07:30")).split("/bus/m/")[1])
    is_sent(again)
    assert states()[0] == "on_board"


def test_ticks_of_another_list_that_cannot_be_sent_are_counted(handset: BrowserContext, link: str, trip: Trip) -> None:
    page = opened(handset, link)
    page.evaluate("rondjeBus.tick('/bus/m/verlopen/entries/', 1, 'on_board', 0)")
    page.reload()
    expect(page.locator("#sync")).to_contain_text("1 van een andere lijst nog niet verstuurd.")


def test_a_telephone_whose_clock_is_two_hours_fast_is_put_right(handset: BrowserContext, link: str, trip: Trip) -> None:
    wrong = datetime.now(UTC) + timedelta(hours=2)
    handset.clock.install(time=wrong)
    page = opened(handset, link)
    handset.set_offline(True)
    tick(page, "Aan boord", "Riet")
    handset.clock.fast_forward("10:00")
    handset.set_offline(False)
    is_sent(page)
    entry = ManifestEntry.objects.get()
    assert abs(entry.device_at - wrong) < timedelta(minutes=2)
    assert timedelta(minutes=9) < at("09:30") - entry.at < timedelta(minutes=12)


def test_the_whole_day_by_touch(handset: BrowserContext, link: str, trip: Trip) -> None:
    page = opened(handset, link)
    page.get_by_role("button", name="De bus vertrekt nu").click()
    page.get_by_role("button", name="De bus vertrekt nu").wait_for(state="detached")
    for name in NAMES:
        tick(page, "Aan boord", name)
    page.get_by_role("button", name="Allemaal op de bestemming").click()
    for name in NAMES:
        tick(page, "Aan boord", name)
    for name in NAMES:
        tick(page, "Thuis, binnen", name)
    is_sent(page)
    assert (states(), states("home")) == (["done"] * 3, ["done"] * 3)
    page.get_by_label("Kilometerstand").fill("48210")
    page.get_by_role("button", name="Iedereen is thuis: sluit de rit af").click()
    expect(page.get_by_text("Iedereen is thuis en de rit is afgesloten.")).to_be_visible()
    assert Trip.objects.get().state == Trip.State.CLOSED


def test_who_was_not_there_is_not_looked_for_on_the_way_home(handset: BrowserContext, link: str, trip: Trip) -> None:
    page = opened(handset, link)
    tick(page, "Aan boord", "Riet")
    tick(page, "Niet aanwezig", "Truus")
    tick(page, "Aan boord", "Sjef")
    page.get_by_role("button", name="Allemaal op de bestemming").click()
    for name in ("Riet", "Sjef"):
        tick(page, "Aan boord", name)
    expect(page.locator(".stop.now .what")).to_have_text("Naar huis: Riet Linde")
    for name in ("Riet", "Sjef"):
        tick(page, "Thuis, binnen", name)
    is_sent(page)
    page.get_by_role("button", name="Iedereen is thuis: sluit de rit af").click()
    expect(page.get_by_text("Iedereen is thuis en de rit is afgesloten.")).to_be_visible()


def test_what_is_taken_back_is_asked_again(handset: BrowserContext, link: str, trip: Trip) -> None:
    page = opened(handset, link)
    tick(page, "Aan boord", "Riet")
    page.locator(".stop").first.locator("summary").click()
    page.get_by_role("button", name="Neem dit terug Riet").first.click()
    stands(page, "Riet", "nog niet aangevinkt")
    expect(page.locator(".stop.now .what")).to_have_text("Riet Linde")
    is_sent(page)
    assert states()[0] == "planned"


def test_what_contradicts_is_told_on_the_telephone_until_it_was_read(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    page = opened(handset, link)
    ride = Ride.objects.get(way="there", booking__person__given_name="Riet")
    cancelled_on_the_telephone(trip, ride)
    tick(page, "Niet aanwezig", "Riet")
    expect(page.locator("#told li")).to_have_text(
        "Riet Linde: deze passagier had afgezegd, dus er wordt niemand gemist"
    )
    page.reload()
    page.get_by_role("button", name="Ik heb het gelezen").click()
    expect(page.locator("#told")).to_be_hidden()
    page.reload()
    page.wait_for_selector("#manifest[data-ready=yes]")
    expect(page.locator("#told")).to_be_hidden()


def test_what_was_read_is_not_told_again_by_the_worker_that_sent_it_too(
    handset: BrowserContext, link: str, trip: Trip
) -> None:
    page = opened(handset, link)
    ride = Ride.objects.get(way="there", booking__person__given_name="Riet")
    cancelled_on_the_telephone(trip, ride)
    worker = handset.service_workers[0]
    worker.evaluate(
        """async ([url, ride]) => {
            await rondjeBus.tick(url, ride, "not_there", 1);
            const asked = self.fetch;
            self.isHeld = new Promise(tell => {
                self.fetch = async (...given) => {
                    const answer = await asked(...given);
                    if (given[1].method === "POST") {
                        await new Promise(resolve => { self.comesThrough = resolve; tell(); });
                    }
                    return answer;
                };
            });
            self.sent = rondjeBus.sendAll();
        }""",
        [f"{link}entries/", ride.pk],
    )
    worker.evaluate("isHeld")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("button", name="Ik heb het gelezen").click()
    expect(page.locator("#told")).to_be_hidden()
    worker.evaluate("async () => { comesThrough(); await sent; }")
    page.reload()
    page.wait_for_selector("#manifest[data-ready=yes]")
    expect(page.locator("#told")).to_be_hidden()
    assert ManifestEntry.objects.count() == 1


def test_a_list_that_has_changed_says_so(handset: BrowserContext, link: str, trip: Trip) -> None:
    page = opened(handset, link)
    cancelled_on_the_telephone(trip, Ride.objects.get(way="there", booking__person__given_name="Truus"))
    tick(page, "Aan boord", "Riet")
    page.get_by_role("link", name="Toon de nieuwe").click()
    expect(page.locator(".stop.now .what")).to_have_text("Sjef Linde")
    expect(page.get_by_text("Truus")).to_have_count(0)


def test_ticks_wait_while_the_sign_in_has_expired_and_are_sent_after_it(handset: BrowserContext, trip: Trip) -> None:
    mornings.a_user("marijke", trip.organisation, Role.Kind.BUS_PLANNER)
    page = handset.new_page()
    sign_in(page)
    page.goto(f"/bus/trips/{trip.pk}/manifest/")
    is_kept(page)
    handset.set_offline(True)
    tick(page, "Aan boord", "Riet")
    handset.clear_cookies()
    handset.set_offline(False)
    expect(page.locator("#sync")).to_contain_text("1 nog niet verstuurd: meld u opnieuw aan.")
    page.get_by_role("link", name="Aanmelden").click()
    page.get_by_label("Naam").fill("marijke")
    page.get_by_label("Wachtwoord").fill(mornings.PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    is_sent(page)
    assert states()[0] == "on_board"
