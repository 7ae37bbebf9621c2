"""The crew of the dinners in a browser: lists, roster and place on a screen and a telephone, and behind a link."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from backend.common import actors
from backend.events import clock
from backend.meals.models import Evening, Guest
from backend.meals.services import crew, crew_asking
from backend.people.models import Paper, User
from tests.browser.conftest import picture, sign_in
from tests.browser.looking import flaws, look_at
from tests.integration.web.mornings import Morning
from tests.support.restos import TUESDAY, a_helper, a_resto_of, crew_places


@pytest.fixture
def evenings(morning: Morning) -> list[Evening]:
    """Three evenings: one with its crew, one that is being asked about, one with gaps; Riet would like to help."""
    organisation, now = morning.organisation, clock.now()
    organisation.settings = {"resto_crew": {"papers": {"kitchen": ["hygiene"]}}}
    organisation.save()
    table = a_resto_of(organisation)
    kees = a_helper(organisation, "Kees", "+31600000200", jobs=("kitchen", "bar"))
    lies = a_helper(organisation, "Lies", "+31600000201", jobs=("bar",), standby=True)
    Paper.objects.create(person=kees, kind=Paper.Kind.HYGIENE, seen_on=TUESDAY, seen_by="user:1")
    Guest.objects.create(person=table.guest("Riet"), may_volunteer=True)
    made = [table.evening(TUESDAY + timedelta(days=day)) for day in (0, 2, 7)]
    for evening in made:
        crew_places(evening, "kitchen", "bar")
    for job, person in (("kitchen", kees), ("bar", lies)):
        place = made[0].crew.get(job=job)
        crew.confirm(place_id=place.pk, person=person, actor=actors.user(1), now=now)
    crew.ask(place_id=made[1].crew.get(job="kitchen").pk, person=kees, actor=actors.user(1), now=now)
    return made


def walk(page: Page, window: str, morning: Morning, evenings: list[Evening]) -> list[str]:
    """Every page, as a coordinator and as Kees behind his link."""
    sign_in(page)
    own = f"/resto/organisations/{morning.organisation.pk}"
    place = evenings[1].crew.get(job="kitchen")
    kees = place.asks.get().person
    addresses = {
        "dinner-crew": f"{own}/crew/",
        "dinner-crew-new": f"{own}/crew/new/",
        "dinner-crew-settings": f"{own}/crew/settings/",
        "dinner-crew-member": f"/resto/crew/{kees.pk}/",
        "dinner-roster": f"{own}/roster/",
        "dinner-roster-print": f"{own}/roster/print/",
        "dinner-place": f"/resto/roster/{place.pk}/",
        "dinner-evening-crew": f"/resto/evenings/{evenings[1].pk}/crew/",
    }
    found = look_at(page, addresses, window)
    page.goto("/" + crew_asking.link_for(kees, clock.now()).split("/", 3)[3])
    picture(page, f"{window}-dinner-own-closed")
    found += flaws(page)
    page.click("#open button")
    picture(page, f"{window}-dinner-own")
    return found + flaws(page)


def test_at_a_desk(desk: Page, morning: Morning, coordinator: User, evenings: list[Evening]) -> None:
    assert walk(desk, "desk", morning, evenings) == []


def test_on_a_telephone(telephone: Page, morning: Morning, coordinator: User, evenings: list[Evening]) -> None:
    assert walk(telephone, "telephone", morning, evenings) == []
