"""A trip that goes wrong, money and figures: filled and refusing, at a desk and on a telephone, without a flaw."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from backend.common.actors import user
from backend.people.models import User
from backend.transport.models import Area, Disruption, Trip
from backend.transport.services import disruption, money
from tests.browser.conftest import picture, sign_in
from tests.browser.looking import flaws, look_at
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.underway import a_layout, an_outing

PLANNER = user(1)


@pytest.fixture
def pages(morning: Morning) -> dict[str, str]:
    """Something on every page: a bus that broke down on the road, a pass that is used up, a month that is over."""
    organisation, today = morning.organisation, mornings.MONDAY.date()
    now = mornings.at("08:30")
    outing = an_outing(organisation, day=today, leaves="07:00", underway=True)
    riet = outing.passenger("riet", "+31130001301", there="done", companions=1, seats=2)
    outing.passenger("truus", "+31600000303", there="done")
    outing.passenger("halil", "+31130001302")
    outing.passenger("fatima", "+31130001305", wheelchair_places=1, seats=0)
    a_layout(organisation, "De Mus", chairs=0)
    tariff = money.set_tariff(organisation, name="gewoon", cents=250, actor=PLANNER)
    money.set_tariff(organisation, name="met stadspas", cents=100, actor=PLANNER)
    money.pay_cash(riet.pk, tariff_id=tariff.pk, actor=PLANNER, at=now)
    money.sell_pass(riet.person, trips=10, valid_from=today, valid_until=None, cents=2000, actor=PLANNER, now=now)
    money.sell_pass(
        riet.person, trips=None, valid_from=date(2026, 1, 1), valid_until=today, cents=5000, actor=PLANNER, now=now
    )
    money.count_cash(trip_id=outing.trip.pk, counted=200, note="wisselgeld", actor=PLANNER, now=now)
    whole = an_outing(organisation, day=today + timedelta(days=1))
    whole.passenger("jan", "+31130001307")
    stopped = an_outing(organisation, day=today, leaves="15:00", returns="16:00")
    stopped.passenger("co", "+31600000306")
    stopped.passenger("sjef", "+31130001308")
    _october(organisation)
    disruption.stop(stopped.trip.pk, disruption.Cause(Disruption.Kind.WEATHER, PLANNER, now), ways_home={})
    return {
        "wrong": f"/bus/trips/{outing.trip.pk}/wrong/",
        "wrong-list": f"/bus/trips/{stopped.trip.pk}/wrong/",
        "trip": f"/bus/trips/{outing.trip.pk}/",
        "trip-money": f"/bus/trips/{outing.trip.pk}/money/",
        "money": "/bus/money/?q=riet",
        "passes": f"/bus/people/{riet.person_id}/passes/",
        "figures": "/bus/figures/?month=2026-10",
    }


def _october(organisation) -> None:
    for number, people in enumerate((7, 2)):
        outing = an_outing(organisation, day=date(2026, 10, 6 + number))
        for guest in range(people):
            outing.passenger(f"gast{number}{guest}", f"+31130004{number}{guest}0", there="done", home="done")
        area = Area.objects.get_or_create(organisation=organisation, name=("Oost", "West")[number])[0]
        Trip.objects.filter(pk=outing.trip.pk).update(state="closed", area=area, odometer_km=20)
    money.enter_costs(organisation, date(2026, 10, 1), 50_000, actor=PLANNER, now=mornings.at("08:30"))


def walk(page: Page, pages: dict[str, str], size: str) -> list[str]:
    """Every page, and what each form says when it is sent empty."""
    sign_in(page)
    found = look_at(page, pages, size)
    for name, form in (("wrong", "#wrong"), ("passes", "#sell"), ("money", "#tariff"), ("trip-money", "#cash")):
        page.goto(pages[name])
        page.evaluate(f"document.querySelector('{form}').noValidate = true")
        page.locator(f"{form} button").last.click()
        page.wait_for_load_state()
        picture(page, f"bus-{name}-refused-{size}")
        found += flaws(page)
    return found


def test_at_a_desk(desk: Page, pages: dict[str, str], coordinator: User) -> None:
    assert walk(desk, pages, "desk") == []


def test_on_a_telephone(telephone: Page, pages: dict[str, str], coordinator: User) -> None:
    assert walk(telephone, pages, "telephone") == []


def test_a_breakdown_is_acted_on_by_keyboard_and_the_list_is_there(
    desk: Page, pages: dict[str, str], coordinator: User
) -> None:
    sign_in(desk)
    desk.goto(pages["wrong"])
    desk.get_by_label("Wat er mis is").select_option("bus_down")
    desk.get_by_label("Stoppen: de bus rijdt niet, of niet verder").check()
    desk.get_by_label("Truus Linde komt thuis").select_option("taxi")
    button = desk.get_by_role("button", name="Doe dit nu")
    button.focus()
    desk.keyboard.press("Enter")
    desk.get_by_role("heading", name="0 van de 4 hebben bevestigd").wait_for()
    assert flaws(desk) == []
    picture(desk, "bus-wrong-acted-desk")
    desk.get_by_role("button", name=re.compile("Ik heb het verteld ?: Halil Linde")).click()
    desk.get_by_role("heading", name="1 van de 4 hebben bevestigd").wait_for()
