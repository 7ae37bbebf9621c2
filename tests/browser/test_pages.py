"""The pages in a real browser: at a desk and on a telephone."""

from playwright.sync_api import Page, expect

from backend.common.clock import real_now
from backend.events import heartbeat
from backend.events.models import Heartbeat
from backend.incidents.models import Incident, Step
from backend.people.models import User
from tests.browser.conftest import picture, sign_in
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning, link_for


def test_staff_sign_in_and_see_the_morning(desk: Page, morning: Morning, coordinator: User) -> None:
    sign_in(desk)
    expect(desk.get_by_role("heading", name="Cirkels")).to_be_visible()
    expect(desk.locator(".count-well dd")).to_have_text("0 / 8")
    picture(desk, "today")


def test_the_board_refreshes_itself_when_a_member_becomes_well(desk: Page, morning: Morning, coordinator: User) -> None:
    sign_in(desk)
    desk.locator(f"#circle-link-{morning.circle.pk}").focus()
    morning.goes_well()
    expect(desk.locator(".count-well dd")).to_have_text("1 / 8")
    expect(desk.locator("#announcement")).to_have_text("1 deelnemers in orde, 0 met een open melding.")
    expect(desk.locator(f"#circle-link-{morning.circle.pk}")).to_be_focused()


def test_a_panel_in_which_nothing_changed_is_not_touched(desk: Page, morning: Morning, coordinator: User) -> None:
    sign_in(desk)
    with desk.expect_response("**/today/panels/"):
        pass
    desk.locator(".circle").evaluate("element => { element.dataset.touched = 'no'; }")
    for _refresh in range(2):
        with desk.expect_response("**/today/panels/"):
            pass
    expect(desk.locator(".circle")).to_have_attribute("data-touched", "no")


def test_the_ring_shows_who_talks_and_follows_the_morning(desk: Page, morning: Morning, coordinator: User) -> None:
    sign_in(desk)
    desk.locator(f"#circle-link-{morning.circle.pk}").click()
    morning.goes_well(2)
    morning.caller_answers()
    morning.target_answers()
    expect(desk.locator(".spot.look-talking")).to_have_count(2)
    expect(desk.locator(".words")).to_contain_text("Halil praat met Truus")
    picture(desk, "ring")
    morning.talk_ends()
    expect(desk.locator(".spot.look-talking")).to_have_count(0)


def test_a_case_is_taken_from_the_board_and_ended_on_its_page(desk: Page, morning: Morning, coordinator: User) -> None:
    sign_in(desk)
    mornings.set_time("08:41")
    case = morning.case_about("Truus")
    desk.get_by_role("button", name="Ik neem deze melding").click()
    expect(desk.get_by_text("U heeft deze melding").first).to_be_visible()
    desk.get_by_role("button", name="Ik sta bij de deur").click()
    desk.get_by_label("Aangetroffen, en alles is goed").check()
    picture(desk, "incident")
    desk.get_by_role("button", name="Vastleggen").click()
    expect(desk.locator("#state")).to_contain_text("gesloten om 8:41")
    case.refresh_from_db()
    assert case.state == "closed"


def test_an_answer_half_given_survives_the_refreshing(desk: Page, morning: Morning, coordinator: User) -> None:
    case = morning.case_about("Truus")
    sign_in(desk)
    desk.goto(f"/incidents/{case.pk}/")
    desk.get_by_label("Ligt in het ziekenhuis").check()
    with desk.expect_response("**/state/"):
        pass
    mornings.minutes_later(1)
    desk.request.post(f"/incidents/{case.pk}/claim/")
    expect(desk.get_by_label("Ligt in het ziekenhuis")).to_be_checked()


def test_a_volunteer_on_a_telephone_takes_the_case_and_says_what_was_found(telephone: Page, morning: Morning) -> None:
    mornings.set_time("08:50")
    case = morning.case_about("Truus")
    telephone.goto(link_for(case))
    expect(telephone.get_by_text("Truus")).to_have_count(0)
    telephone.get_by_role("button", name="Open").click()
    expect(telephone.get_by_role("heading", name="Truus Linde")).to_be_visible()
    picture(telephone, "volunteer-claim")
    telephone.get_by_role("button", name="Ja, ik neem het op me").click()
    expect(telephone.get_by_role("link", name="013 000 13 02")).to_have_attribute("href", "tel:+31130001302")
    telephone.get_by_role("button", name="Ik sta bij de deur").click()
    telephone.get_by_label("Aangetroffen, en alles is goed").check()
    telephone.get_by_role("button", name="Vastleggen").click()
    expect(telephone.get_by_role("heading", name="Deze melding is afgesloten")).to_be_visible()
    assert Incident.objects.get(pk=case.pk).state == "closed"
    assert list(Step.objects.filter(channel="link").values_list("what", flat=True)) == ["claimed", "arrived", "outcome"]


def test_without_javascript_a_volunteer_can_do_everything(without_javascript: Page, morning: Morning) -> None:
    case, page = morning.case_about("Truus"), without_javascript
    page.goto(link_for(case))
    page.click("#open button")
    page.click("#claim button")
    page.click("#arrived button")
    page.check("input[value=found_well]")
    page.click("#outcome button")
    expect(page.get_by_role("heading", name="Deze melding is afgesloten")).to_be_visible()


def test_the_banner_comes_and_goes_with_the_machine(desk: Page, morning: Morning, coordinator: User) -> None:
    sign_in(desk)
    expect(desk.locator("#health-banner")).to_contain_text("Gebruik de papieren lijst")
    for name in (heartbeat.WORKERS, heartbeat.DRAIN):
        Heartbeat.objects.create(name=name, seen_at=real_now())
    expect(desk.locator("#health-banner")).to_have_count(0, timeout=12_000)


def test_a_page_that_lost_its_connection_says_so(desk: Page, morning: Morning, coordinator: User) -> None:
    sign_in(desk)
    expect(desk.locator("#no-connection")).to_be_hidden()
    desk.route("**/today/panels/", lambda route: route.abort())
    expect(desk.locator("#no-connection")).to_be_visible()
    with desk.expect_response("**/banners/"):
        pass  # that another panel is reached says nothing of this one
    expect(desk.locator("#no-connection")).to_be_visible()
    desk.unroute("**/today/panels/")
    expect(desk.locator("#no-connection")).to_be_hidden()


def test_a_refusal_while_refreshing_is_shown(desk: Page, morning: Morning, coordinator: User) -> None:
    sign_in(desk)
    desk.goto(f"/circles/{morning.circle.pk}/")
    coordinator.roles.all().delete()
    expect(desk.locator("#refusal")).to_contain_text("hoort niet bij uw organisatie")


def test_no_page_is_wider_than_a_small_telephone(browser, live_server, morning: Morning, coordinator: User) -> None:
    morning.goes_well(2)
    case = morning.case_about("Wilhelmina")
    context = browser.new_context(base_url=live_server.url, locale="nl-NL", viewport={"width": 360, "height": 740})
    page = context.new_page()
    sign_in(page)
    for address in ("/today/", f"/circles/{morning.circle.pk}/", f"/incidents/{case.pk}/", "/machine/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    context.close()


def test_by_keyboard_alone_one_gets_from_the_sign_in_to_a_case(desk: Page, morning: Morning, coordinator: User) -> None:
    morning.case_about("Truus")
    sign_in(desk)
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Truus Linde")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Wat er is gebeurd")).to_be_visible()
