"""The kitchen on a tablet and a telephone: read from afar, usable by everybody, and new by itself."""

import pytest
from django.db import transaction
from playwright.sync_api import Page

from backend.events import clock
from backend.meals.models import Course, CrewPlace, Evening, GuestCall, Job, Reservation, Variant
from backend.meals.services import guest_calls, kitchen, reserving
from backend.meals.services.wishes import PlateWish
from backend.notifications.models import Message
from backend.people.models import User
from backend.people.services import registering
from tests.browser.conftest import picture, sign_in
from tests.browser.looking import flaws
from tests.integration.web.mornings import Morning
from tests.support import restos
from tests.support.restos import MANAGER, MONDAY, at

COOK = "+31600000392"
PEANUTS = "Mijn zus is zwaar allergisch voor pinda's en selderij"


@pytest.fixture
def evening(morning: Morning) -> Evening:
    """A full menu; somebody with a plate of their own, somebody who said something in words, and wrote more."""
    table = restos.a_resto_of(morning.organisation)
    evening = table.evening(speakers=1)
    for kind, name, other in (("starter", "Pompoensoep", "met kokos"), ("main", "Hachee", "Bonenschotel")):
        course = Course.objects.create(evening=evening, kind=kind, name=name)
        Variant.objects.create(course=course, name=other, without=["meat", "milk"])
    own = PlateWish(("nuts",), own_plate=True, name="Riet Linde", note="ook geen sporen")
    plates = (own, PlateWish(("meat",)), PlateWish(note="geen paprika, graag"), PlateWish(("gluten",)))
    with transaction.atomic():
        riet = table.reserves(
            evening, "Riet", at("09:00", MONDAY), covers=9, plates=plates, way=Reservation.Way.PAGE, note=PEANUTS
        )
        guest_calls.to_make(evening, riet, GuestCall.Kind.SPEAK, at("09:00", MONDAY), {"why": "note"})
        table.reserves(evening, "Jan", at("09:00", MONDAY), covers=2)
    cook = registering.register_person(
        organisation=morning.organisation, given_name="Kees", family_name="Visser", phones=(COOK,)
    )
    CrewPlace.objects.create(evening=evening, job=Job.COOK, state=CrewPlace.State.CONFIRMED, person=cook)
    look(evening, "12:30")
    return evening


def look(evening: Evening, wall: str) -> None:
    clock.set_clock(virtual=at(wall), rate=0)
    with transaction.atomic():
        kitchen.look(evening.pk, at(wall))


def jan_cancels(evening: Evening) -> None:
    with transaction.atomic():
        row = evening.reservations.get(person__given_name="Jan")
        reserving.cancel(reservation_id=row.pk, because="ill", actor=MANAGER, now=at("14:00"))
    look(evening, "14:00")


def test_the_kitchen_is_usable_by_everybody_who_manages(
    desk: Page, morning: Morning, coordinator: User, evening: Evening
) -> None:
    jan_cancels(evening)
    sign_in(desk)
    desk.goto(f"/resto/evenings/{evening.pk}/kitchen/")
    desk.get_by_role("button", name="Ik heb het de kok zelf gezegd").wait_for()
    picture(desk, "kitchen-desk")
    found = flaws(desk)
    desk.get_by_role("button", name="English").click()
    desk.get_by_role("button", name="I told the cook myself").click()
    desk.get_by_text("Nothing has changed since").or_(desk.get_by_text("Since then:")).first.wait_for()
    assert found + flaws(desk) == []


def test_a_cook_presses_the_buttons_on_a_telephone_and_sees_what_is_new_without_loading(
    telephone: Page, evening: Evening
) -> None:
    telephone.goto("/resto/k/" + Message.objects.filter(line=COOK).latest("pk").body.split("/resto/k/")[1])
    found = flaws(telephone)
    telephone.get_by_role("button", name="Open").click()
    telephone.get_by_role("button", name="Ik heb het gezien").click()
    telephone.get_by_text("Sindsdien is er niets veranderd.").wait_for()
    jan_cancels(evening)
    telephone.get_by_text("2 eters minder").first.wait_for(timeout=20_000)
    picture(telephone, "kitchen-telephone")
    telephone.get_by_role("button", name="De pannen staan op: stuur mij alleen nog andere diëten en borden").click()
    telephone.get_by_text("De pannen staan op sinds 14:00 uur.").wait_for()
    assert found + flaws(telephone) == []
