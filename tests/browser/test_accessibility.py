"""No page violates WCAG 2.2 AA as far as axe can tell, at a desk and on a telephone, in both languages."""

import pytest
from django.db import transaction
from playwright.sync_api import Page

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.notifications.models import InboxItem
from backend.notifications.services import inbox, incoming
from backend.people.models import User
from backend.people.services.absences import record_absence
from tests.browser.conftest import picture, sign_in
from tests.browser.looking import violations
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning, link_for


@transaction.atomic
def somebody_waits(morning: Morning) -> None:
    """A text that nobody understood, and somebody who is away."""
    now = clock.now()
    text = incoming.receive(morning.organisation, sid="SM1", line="+31600001301", body="Komt er iemand?", now=now)
    inbox.show(morning.organisation, InboxItem.Kind.TEXT, line=text.line, text=text, now=now)
    wim = morning.person("Co")
    record_absence(person=wim, first_day=mornings.MONDAY.date(), last_day=None, reason="away", actor=SYSTEM)


def walk(page: Page, morning: Morning) -> list[str]:
    """Every page that staff see, and every step of the volunteer's."""
    page.goto("/sign-in/")
    found = violations(page)
    page.get_by_label("Naam").fill("marijke")
    page.get_by_label("Wachtwoord").fill("verkeerd")
    page.get_by_role("button", name="Aanmelden").click()
    found += violations(page)
    sign_in(page)
    mine = morning.case_about("Truus")
    several = morning.case_about_the_round("Riet", "Jan")
    circle = f"/circles/{morning.circle.pk}/"
    somebody_waits(morning)
    for address in (
        "/today/",
        circle,
        f"{circle}absence/",
        f"/incidents/{mine.pk}/",
        "/machine/",
        "/connections/",
        "/inbox/",
        "/absences/",
        "/manage/",
        f"{circle}practice/",
        f"{circle}members/{morning.seat('Truus').person.memberships.get().pk}/leave/",
        "/sent/",
        "/costs/",
        "/texts/",
        "/texts/incidents.alert/nl/",
        f"{circle}mode/",
        f"/people/{morning.person('Truus').pk}/wishes/",
        "/nergens/",
    ):
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


@pytest.mark.parametrize("window", ["desk", "telephone"])
def test_what_is_held_about_people(
    window: str, request: pytest.FixtureRequest, morning: Morning, coordinator: User
) -> None:
    page: Page = request.getfixturevalue(window)
    sign_in(page)
    halil = morning.person("Halil").pk
    found = []
    for name, address in (("people", "/people/"), ("data", f"/people/{halil}/data/"), ("keeping", "/keeping/")):
        page.goto(address)
        picture(page, f"{name}-{window}")
        found += violations(page)
    assert found == []


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
