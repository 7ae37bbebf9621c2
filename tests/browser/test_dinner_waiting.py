"""The waiting list of a dinner at a desk and on a telephone: usable by everybody, and by keyboard."""

import pytest
from django.db import transaction
from playwright.sync_api import Page

from backend.events import clock
from backend.meals.models import Evening
from backend.meals.services import reserving, waiting
from backend.people.models import Absence, User
from tests.browser.conftest import picture, sign_in
from tests.browser.looking import flaws, look_at
from tests.integration.web.mornings import Morning
from tests.support import restos
from tests.support.restos import MANAGER, MONDAY, at

NINE = at("09:30", MONDAY)


@pytest.fixture
def evening(morning: Morning) -> Evening:
    """Toos waits with five and was skipped; Riet, with two, is being asked; Mia, without a number, is to be rung; Ab is
    away.
    """
    table = restos.a_resto_of(morning.organisation, chairs=6)
    evening = table.evening()
    clock.set_clock(virtual=NINE, rate=0)
    with transaction.atomic():
        table.reserves(evening, "Sjef", NINE, covers=3)
        co = table.reserves(evening, "Co", NINE, covers=3)
        table.waits(evening, "Toos", NINE, covers=5)
        table.waits(evening, "Riet", NINE, covers=2)
        table.waits(evening, "Mia", NINE).person.phones.all().delete()
        ab = table.waits(evening, "Ab", NINE).person
        Absence.objects.create(
            person=ab, first_day=evening.date, reported_by="user:1", channel="page", recorded_at=NINE
        )
        reserving.cancel(reservation_id=co.pk, because="telephone", actor=MANAGER, now=NINE)
        waiting.look(evening.pk, NINE)
    return evening


def party(evening: Evening, name: str) -> int:
    return evening.reservations.get(person__given_name=name).pk


def test_at_a_desk_in_both_languages(desk: Page, coordinator: User, evening: Evening) -> None:
    sign_in(desk)
    desk.goto(f"/resto/evenings/{evening.pk}/")
    desk.get_by_role("link", name="De wachtlijst").first.click()
    picture(desk, "dinner-waiting")
    found = flaws(desk)
    desk.get_by_role("button", name="English").click()
    desk.locator(f"#party-{party(evening, 'Toos')}").get_by_role("link", name="Take off the list").click()
    found += flaws(desk)
    desk.get_by_role("button", name="Yes, take them off").click()
    desk.get_by_text("Toos Linde is off the waiting list.").wait_for()
    assert found + flaws(desk) == []


@pytest.mark.parametrize("window", ["desk", "telephone"])
def test_whom_to_ring_and_for_whom_there_is_no_table(
    request: pytest.FixtureRequest, coordinator: User, evening: Evening, window: str
) -> None:
    evening.resto.rooms.get().tables.update(chairs=1)
    page: Page = request.getfixturevalue(window)
    sign_in(page)
    found = look_at(
        page,
        {
            "dinner-waiting-calls": "/resto/calls/",
            "dinner-seats": f"/resto/restos/{evening.resto_id}/",
            "dinner-without-table": f"/resto/evenings/{evening.pk}/",
        },
        window,
    )
    page.goto("/resto/calls/")
    page.get_by_text("Er is geen nummer bekend, ook niet van een naaste.").wait_for()
    assert found == []


def test_on_a_telephone_by_keyboard(telephone: Page, coordinator: User, evening: Evening) -> None:
    sign_in(telephone)
    telephone.goto(f"/resto/evenings/{evening.pk}/waiting/")
    picture(telephone, "dinner-waiting-telephone")
    found = flaws(telephone)
    telephone.locator(f"#party-{party(evening, 'Riet')}").get_by_role("button", name="Geef hun nu stoelen").focus()
    telephone.keyboard.press("Enter")
    telephone.get_by_text("Riet Linde heeft nu stoelen. Vertel het hun.").wait_for()
    assert found + flaws(telephone) == []
