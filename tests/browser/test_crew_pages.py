"""Drivers and hosts in a browser: the roster by keyboard, on a telephone, and behind the link in a text."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from backend.common import actors
from backend.events import clock
from backend.people.models import Paper, User
from backend.transport.models import CrewDuty, Trip
from backend.transport.models.crew import Task
from backend.transport.services import crew, crew_asking
from tests.browser.conftest import picture, sign_in
from tests.browser.looking import flaws, look_at
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.buses import a_bus, a_trip, a_volunteer

THURSDAY = mornings.MONDAY.date() + timedelta(days=3)


@pytest.fixture
def trips(morning: Morning) -> list[Trip]:
    """Four trips: one with its crew, one that is being asked about, two with gaps."""
    organisation, now = morning.organisation, clock.now()
    kees = a_volunteer(organisation, "Kees", "+31600000200")
    lies = a_volunteer(organisation, "Lies", "+31600000201", tasks=(Task.DRIVER, Task.HOST), standby=True)
    otto = a_volunteer(organisation, "Otto", "+31600000202", papers=(Paper.Kind.VOG,))
    Paper.objects.filter(person=kees, kind=Paper.Kind.LICENCE).update(valid_until=THURSDAY + timedelta(days=2))
    bus = a_bus(organisation)
    made = [a_trip(bus, THURSDAY + timedelta(days=day)) for day in (-2, 0, 1, 4)]
    crew.confirm(duty_id=made[0].crew.get(task="driver").pk, person=kees, actor=actors.user(1), now=now)
    crew.confirm(duty_id=made[0].crew.get(task="host").pk, person=lies, actor=actors.user(1), now=now)
    crew.ask(duty_id=made[1].crew.get(task="driver").pk, person=kees, actor=actors.user(1), now=now)
    assert otto.pk
    return made


def walk(page: Page, window: str, morning: Morning, trips: list[Trip]) -> list[str]:
    """Every page, as a planner and as Kees behind his link."""
    sign_in(page)
    own, month = f"/bus/organisations/{morning.organisation.pk}", "?month=2026-11"
    duty = trips[1].crew.get(task="driver")
    kees = duty.person
    assert kees is not None
    addresses = {
        "crew": f"{own}/crew/",
        "crew-new": f"{own}/crew/new/",
        "crew-member": f"/bus/crew/{kees.pk}/",
        "crew-when": f"/bus/crew/{kees.pk}/when/{month}",
        "roster": f"{own}/roster/{month}",
        "roster-print": f"{own}/roster/print/{month}",
        "on-duty": f"{own}/duty/",
        "place": f"/bus/roster/{duty.pk}/",
        "trip": f"/bus/trips/{trips[1].pk}/",
    }
    found = look_at(page, addresses, window)
    link = "/" + crew_asking.link_for(kees, clock.now()).split("/", 3)[3]
    page.goto(link)
    found += flaws(page)
    page.click("#open button")
    found += flaws(page)
    picture(page, f"{window}-own")
    page.goto(f"{link}when/{month}")
    picture(page, f"{window}-own-when")
    return found + flaws(page)


def test_at_a_desk(desk: Page, morning: Morning, coordinator: User, trips: list[Trip]) -> None:
    assert walk(desk, "desk", morning, trips) == []


def test_on_a_telephone(telephone: Page, morning: Morning, coordinator: User, trips: list[Trip]) -> None:
    assert walk(telephone, "telephone", morning, trips) == []


def test_a_planner_fills_a_gap_by_keyboard(desk: Page, morning: Morning, coordinator: User, trips: list[Trip]) -> None:
    sign_in(desk)
    desk.goto(f"/bus/organisations/{morning.organisation.pk}/roster/?month=2026-11")
    desk.locator(f"#trip-{trips[2].pk} td:nth-of-type(1) a").focus()
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name=re.compile("Zegt ja.*Lies")).focus()
    desk.keyboard.press("Enter")
    desk.get_by_text("Lies Vrijwilliger staat op het rooster voor deze rit.").wait_for()
    assert trips[2].crew.get(task="driver").state == CrewDuty.State.CONFIRMED
