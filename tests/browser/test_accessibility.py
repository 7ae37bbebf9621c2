"""No page violates WCAG 2.2 AA as far as axe can tell, at a desk and on a telephone, in both languages.

Those on which circles are looked after are walked by test_management_pages.py.
"""

from playwright.sync_api import Page

from backend.people.models import User
from tests.browser.conftest import sign_in
from tests.browser.looking import violations
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning, link_for


def walk(page: Page, morning: Morning) -> list[str]:
    """Coming in, cases as staff see them, and every step of the volunteer's."""
    page.goto("/sign-in/")
    found = violations(page)
    page.get_by_label("Naam").fill("marijke")
    page.get_by_label("Wachtwoord").fill("verkeerd")
    page.get_by_role("button", name="Aanmelden").click()
    found += violations(page)
    sign_in(page)
    mine = morning.case_about("Truus")
    several = morning.case_about_the_round("Riet", "Jan")
    leave = f"/circles/{morning.circle.pk}/members/{morning.seat('Truus').person.memberships.get().pk}/leave/"
    wishes = f"/people/{morning.person('Truus').pk}/wishes/"
    for address in ("/today/", f"/incidents/{mine.pk}/", leave, wishes, "/nergens/"):
        page.goto(address)
        found += violations(page)
    page.goto(f"/incidents/{mine.pk}/")
    page.click("#claim-button")
    found += violations(page)
    page.get_by_role("button", name="Toon waar de sleutel is").click()
    found += violations(page)
    page.goto(f"/incidents/{several.pk}/")
    found += violations(page)
    page.goto(link_for(several))
    for form in ("open", "claim", "arrived"):
        found += violations(page)
        page.click(f"#{form} button.button-big")
    found += violations(page)
    for _member in range(2):
        page.check("input[value=found_well]")
        page.click("#outcome button")
    return found + violations(page)


def test_at_a_desk(desk: Page, morning: Morning, coordinator: User) -> None:
    half_way(morning)
    assert walk(desk, morning) == []


def test_on_a_telephone(telephone: Page, morning: Morning, coordinator: User) -> None:
    half_way(morning)
    assert walk(telephone, morning) == []


def test_in_english(desk: Page, morning: Morning, coordinator: User) -> None:
    half_way(morning)
    case = morning.case_about("Truus")
    sign_in(desk)
    desk.get_by_role("button", name="English").click()
    desk.get_by_role("heading", name="Circles").wait_for()
    found = []
    for address in ("/today/", f"/circles/{morning.circle.pk}/", f"/incidents/{case.pk}/", "/machine/"):
        desk.goto(address)
        found += violations(desk)
    assert found == []


def half_way(morning: Morning) -> None:
    """Somebody is well, somebody was missed, two are talking."""
    morning.goes_well(2)
    mornings.set_time("08:36")
    morning.caller_answers()
    morning.target_missed()
    morning.target_answers()
