"""Drivers and hosts as who runs the bus sees them, and as they see their own trips behind a link."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.common import actors
from backend.events import clock
from backend.notifications.models import Message
from backend.people.models import Engagement, Paper, Person
from backend.transport.models import Availability, CrewDuty, CrewMember, CrewOffer, Trip
from backend.transport.models.crew import Task
from backend.transport.services import crew, crew_asking, crew_swaps
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.buses import a_bus, a_trip, a_volunteer

THURSDAY = mornings.MONDAY.date() + timedelta(days=3)
KEES, LIES = "+31600000200", "+31600000201"


@pytest.fixture
def trip(morning: Morning) -> Trip:
    """On Thursday the bus goes to the market; Kees and Lies could drive."""
    mornings.set_time("10:00")
    a_volunteer(morning.organisation, "Kees", KEES)
    a_volunteer(morning.organisation, "Lies", LIES, tasks=(Task.DRIVER, Task.HOST))
    return a_trip(a_bus(morning.organisation), THURSDAY)


def person(name: str) -> Person:
    return Person.objects.get(given_name=name)


def driving(trip: Trip) -> CrewDuty:
    return trip.crew.get(task=Task.DRIVER)


def act(client: Client, trip: Trip, what: str, name: str = "") -> str:
    fields = {"person": person(name).pk} if name else {}
    return client.post(f"/bus/roster/{driving(trip).pk}/{what}/", fields, follow=True).content.decode()


def opened(name: str) -> tuple[Client, str]:
    """Somebody who has followed their link and pressed its button; their browser and the page's address."""
    address = "/" + crew_asking.link_for(person(name), clock.now()).split("/", 3)[3]
    browser = Client()
    browser.post(f"{address}open/")
    return browser, address


def test_the_list_says_which_papers_are_in_order(staff: Client, morning: Morning, trip: Trip) -> None:
    Paper.objects.filter(person=person("Kees"), kind="licence").update(valid_until=THURSDAY)
    Paper.objects.filter(person=person("Kees"), kind="medical").update(valid_until=date(2026, 11, 1))
    Paper.objects.filter(person=person("Kees"), kind="test_drive").delete()
    page = staff.get(f"/bus/organisations/{morning.organisation.pk}/crew/").content.decode()
    row = page.split(f'id="person-{person("Kees").pk}"')[1].split("</tr>")[0]
    for words in (
        "verloopt binnenkort",
        "verlopen",
        "nog niet gezien",
        "in orde",
        "geldig tot en met 26 november 2026",
    ):
        assert words in row


def test_the_roster_of_a_month_shows_gaps_in_words(staff: Client, morning: Morning, trip: Trip) -> None:
    crew.confirm(duty_id=driving(trip).pk, person=person("Kees"), actor=actors.user(1), now=clock.now())
    page = staff.get(f"/bus/organisations/{morning.organisation.pk}/roster/").content.decode()
    assert "Ritten zonder bevestigde chauffeur of gastheer: 1" in page
    assert "Kees Vrijwilliger" in page
    assert "nog niemand" in page
    later = staff.get(f"/bus/organisations/{morning.organisation.pk}/roster/?month=2027-01").content.decode()
    assert "De bus rijdt niet in deze maand" in later
    printed = staff.get(f"/bus/organisations/{morning.organisation.pk}/roster/print/").content.decode()
    assert "Afgedrukt op maandag 23 november 2026" in printed
    assert staff.get(f"/bus/organisations/{morning.organisation.pk}/roster/?month=onzin").status_code == 404


def test_the_board_shows_gaps_of_the_coming_days_to_who_runs_the_bus(staff: Client, trip: Trip) -> None:
    page = staff.get("/today/").content.decode()
    assert "Ritten van de komende dagen zonder chauffeur of gastheer" in page
    assert f"/bus/roster/{driving(trip).pk}/" in page
    for task in trip.crew.all():
        crew.confirm(
            duty_id=task.pk,
            person=person("Kees" if task.task == "driver" else "Lies"),
            actor=actors.user(1),
            now=clock.now(),
        )
    assert "zonder chauffeur of gastheer" not in staff.get("/today/").content.decode()


def test_the_roster_takes_as_many_queries_for_twenty_trips_as_for_one(
    staff: Client, morning: Morning, trip: Trip
) -> None:
    address = f"/bus/organisations/{morning.organisation.pk}/roster/"
    with CaptureQueriesContext(
        connection,
    ) as one:
        staff.get(address)
    for number in range(20):
        a_trip(a_bus(morning.organisation, f"Bus {number}"), THURSDAY)
    with CaptureQueriesContext(connection) as many:
        staff.get(address)
    assert len(many) == len(one)


def test_a_planner_asks_somebody_and_hears_the_answer_on_the_telephone(staff: Client, trip: Trip) -> None:
    assert "Kees Vrijwilliger wordt gevraagd." in act(staff, trip, "ask", "Kees")
    assert Message.objects.get(line=KEES).body.startswith("Boodschappenbus: kunt u do 26 nov van 9:30 tot 14:30 mee")
    assert "Vastgelegd is dat Kees Vrijwilliger niet kan." in act(staff, trip, "declined", "Kees")
    assert "Lies Vrijwilliger staat op het rooster voor deze rit." in act(staff, trip, "confirm", "Lies")
    page = act(staff, trip, "ask", "Kees")
    assert "Er staat al iemand op het rooster voor deze rit." in page
    assert "De plaats is weer vrij." in act(staff, trip, "drop")
    assert driving(trip).state == CrewDuty.State.OPEN


def test_asking_another_takes_the_question_back(staff: Client, trip: Trip) -> None:
    act(staff, trip, "ask", "Kees")
    act(staff, trip, "ask", "Lies")
    states = dict(CrewOffer.objects.values_list("person__given_name", "state"))
    assert states == {"Kees": "withdrawn", "Lies": "open"}
    assert Message.objects.get(line=KEES).state == Message.State.CANCELLED, "it had not gone out yet"


def test_who_may_not_is_shown_with_the_reason_and_without_buttons(staff: Client, trip: Trip) -> None:
    Paper.objects.filter(person=person("Kees"), kind="vog").delete()
    page = staff.get(f"/bus/roster/{driving(trip).pk}/").content.decode()
    row = page.split(f'id="choice-{person("Kees").pk}"')[1].split("</li>")[0]
    assert "VOG: nog niet gezien" in row
    assert "<button" not in row
    assert "VOG: nog niet gezien" in act(staff, trip, "confirm", "Kees"), "a page that was open for long"


def test_a_new_driver_is_added_with_papers_tasks_and_days(staff: Client, morning: Morning, trip: Trip) -> None:
    address = f"/bus/organisations/{morning.organisation.pk}/crew/new/"
    page = staff.post(address, {"given_name": "Els"}).content.decode()
    assert "Geef een telefoonnummer." in page
    assert "Els" in page, "what was typed stays"
    fields = {"given_name": "Els", "family_name": "Bos", "phone": "06 0000 0250", "tasks": ["driver"], "standby": "on"}
    page = staff.post(address, fields, follow=True).content.decode()
    assert "Els Bos is toegevoegd." in page
    els = person("Els")
    member = CrewMember.objects.get(person=els)
    assert (member.task, member.is_standby) == ("driver", True)

    seen = {"kind": "licence", "seen_on": "2026-11-20", "valid_until": "2026-11-01"}
    refused = staff.post(f"/bus/crew/{els.pk}/change/paper/", seen)
    assert (refused.status_code, Paper.objects.filter(person=els).count()) == (422, 0)
    staff.post(f"/bus/crew/{els.pk}/change/paper/", {**seen, "valid_until": "2030-11-01"})
    assert Paper.objects.get(person=els).valid_until == date(2030, 11, 1)

    staff.post(f"/bus/crew/{els.pk}/when/?month=2026-11", {f"day-{THURSDAY}": "cannot"})
    said = Availability.objects.get(person=els)
    assert (said.date, said.can, said.channel) == (THURSDAY, False, "page")

    staff.post(f"/bus/crew/{els.pk}/change/tasks/", {"tasks": ["host"]})
    assert dict(CrewMember.objects.filter(person=els).values_list("task", "in_use")) == {"driver": False, "host": True}


def test_everybody_is_asked_for_their_days_and_who_has_no_mobile_is_named(
    staff: Client, morning: Morning, trip: Trip
) -> None:
    a_volunteer(morning.organisation, "Gerrit", "+31130001310")
    page = staff.post(f"/bus/organisations/{morning.organisation.pk}/crew/dates/", follow=True).content.decode()
    assert "2 mensen krijgen een sms met een link." in page
    assert "Zonder mobiel, bel hen: Gerrit Vrijwilliger" in page
    body = Message.objects.get(line=KEES).body
    assert body.startswith("Boodschappenbus: uw ritten, en op welke dagen u kunt: http")


def test_nothing_is_shown_behind_the_link_before_the_button(trip: Trip) -> None:
    address = "/" + crew_asking.link_for(person("Kees"), clock.now()).split("/", 3)[3]
    browser = Client()
    page = browser.get(address).content.decode()
    assert "Kees" not in page
    assert "De markt" not in page
    answer = browser.post(f"{address}yes/{driving(trip).pk}/")
    assert (answer.status_code, driving(trip).state) == (302, "open")


def test_behind_the_link_somebody_says_yes_and_hands_the_trip_over(trip: Trip) -> None:
    duty = driving(trip)
    crew.ask(duty_id=duty.pk, person=person("Kees"), actor=actors.user(1), now=clock.now())
    browser, address = opened("Kees")
    assert "Kunt u donderdag 26 november mee?" in browser.get(address).content.decode()
    page = browser.post(f"{address}yes/{duty.pk}/", follow=True).content.decode()
    assert "U staat op het rooster" in page
    assert Engagement.objects.get().person == person("Kees")
    page = browser.post(f"{address}swap/{duty.pk}/", follow=True).content.decode()
    assert "de anderen zijn gevraagd" in page
    other, theirs = opened("Lies")
    assert "in plaats van Kees" in other.get(theirs).content.decode()
    other.post(f"{theirs}yes/{duty.pk}/")
    assert driving(trip).person == person("Lies")
    assert browser.post(f"{address}drop/{duty.pk}/").status_code == 403, "it is not theirs any more"


def test_behind_the_link_somebody_keeps_the_trip_after_all_or_drops_out(trip: Trip) -> None:
    duty = driving(trip)
    crew.confirm(duty_id=duty.pk, person=person("Kees"), actor=actors.user(1), now=clock.now())
    crew_swaps.ask_others(
        duty_id=duty.pk, owner=person("Kees"), actor=actors.person(person("Kees").pk, "link"), now=clock.now()
    )
    browser, address = opened("Kees")
    assert "U houdt de rit" in browser.post(f"{address}keep/{duty.pk}/", follow=True).content.decode()
    assert CrewOffer.objects.get(person=person("Lies")).state == "withdrawn"
    assert "wij zoeken iemand anders" in browser.post(f"{address}drop/{duty.pk}/", follow=True).content.decode().lower()
    assert driving(trip).state == CrewDuty.State.OPEN


def test_behind_the_link_somebody_says_on_which_days_they_can(trip: Trip) -> None:
    browser, address = opened("Kees")
    assert "donderdag 26 november" in browser.get(f"{address}when/?month=2026-11").content.decode()
    browser.post(f"{address}when/?month=2026-11", {f"day-{THURSDAY}": "can"})
    assert Availability.objects.get().can
    browser.post(f"{address}when/?month=2026-11", {f"day-{THURSDAY}": ""})
    assert not Availability.objects.exists(), "taken back"
