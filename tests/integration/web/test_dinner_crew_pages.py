"""The crew of the dinners as who runs them sees it, and as volunteers see their own evenings behind a link."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.common import actors
from backend.events import clock
from backend.meals.models import CrewPlace, Evening, Guest, MealVolunteer, Reservation
from backend.meals.services import crew, crew_asking, crew_watch
from backend.notifications.models import Message
from backend.people.models import Engagement, Organisation, Person
from tests.support import restos
from tests.support.restos import TUESDAY, Table, a_helper, crew_places

KEES, LIES = "+31600000200", "+31600000201"
THURSDAY = TUESDAY + timedelta(days=2)


@pytest.fixture
def table(organisation: Organisation) -> Table:
    """De Lange Tafel; Kees can do the kitchen, Lies the kitchen and the bar."""
    a_helper(organisation, "Kees", KEES, jobs=("kitchen",))
    a_helper(organisation, "Lies", LIES, jobs=("kitchen", "bar"))
    return restos.a_resto_of(organisation)


@pytest.fixture
def evening(table: Table) -> Evening:
    """Thursday, with a place in the kitchen and one at the bar."""
    found = table.evening(THURSDAY)
    crew_places(found, "kitchen", "bar")
    return found


def person(name: str) -> Person:
    return Person.objects.get(given_name=name)


def cooking(evening: Evening) -> CrewPlace:
    return evening.crew.get(job="kitchen")


def act(client: Client, evening: Evening, what: str, name: str = "") -> str:
    fields = {"person": person(name).pk} if name else {}
    return client.post(f"/resto/roster/{cooking(evening).pk}/{what}/", fields, follow=True).content.decode()


def opened(name: str) -> tuple[Client, str]:
    """Somebody who has followed their link and pressed its button; their browser and the page's address."""
    address = "/" + crew_asking.link_for(person(name), clock.now()).split("/", 3)[3]
    browser = Client()
    browser.post(f"{address}open/")
    return browser, address


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_roster_of_four_weeks_says_what_is_still_needed(manager: Client, table: Table, evening: Evening) -> None:
    crew.confirm(place_id=cooking(evening).pk, person=person("Kees"), actor=actors.user(1), now=clock.now())
    address = f"/resto/organisations/{table.organisation.pk}/roster/"
    page = read(manager, address)
    assert "Avonden waarvoor nog iemand nodig is: 1" in page
    assert "Kees Vrijwilliger" in page
    assert "Bar: 1" in page
    assert "nog niemand" in page
    assert "Geen eetavonden in deze vier weken" in read(manager, f"{address}?from=2027-02-01")
    assert "Afgedrukt op maandag 23 november 2026" in read(manager, f"{address}print/")
    assert manager.get(f"{address}?from=onzin").status_code == 404


def test_the_roster_takes_as_many_queries_for_ten_evenings_as_for_one(
    manager: Client, table: Table, evening: Evening
) -> None:
    address = f"/resto/organisations/{table.organisation.pk}/roster/"
    with CaptureQueriesContext(connection) as one:
        manager.get(address)
    for number in range(1, 10):
        crew_places(table.evening(THURSDAY + timedelta(days=number)), "kitchen", "bar", "host")
    with CaptureQueriesContext(connection) as many:
        manager.get(address)
    assert len(many) == len(one)


def test_a_manager_asks_somebody_and_hears_the_answer_on_the_telephone(manager: Client, evening: Evening) -> None:
    assert "Kees Vrijwilliger wordt gevraagd." in act(manager, evening, "ask", "Kees")
    assert Message.objects.get(line=KEES).body.startswith("De Lange Tafel: kunt u do 26 nov van 14:30 tot 20:30 helpen")
    assert "Vastgelegd is dat Kees Vrijwilliger niet kan." in act(manager, evening, "declined", "Kees")
    assert "Lies Vrijwilliger staat op het rooster voor deze avond." in act(manager, evening, "confirm", "Lies")
    assert "Iemand heeft deze plaats al." in act(manager, evening, "ask", "Kees")
    assert "Iemand heeft deze plaats al." in act(manager, evening, "close")
    assert "De plaats is weer vrij." in act(manager, evening, "drop")
    assert "De plaats is weg, en de stoel is vrij." in act(manager, evening, "close")


def test_a_place_more_takes_a_chair_and_is_refused_in_words_when_there_is_none(
    manager: Client, evening: Evening
) -> None:
    evening.chairs = 2
    evening.save()
    address = f"/resto/evenings/{evening.pk}/crew/"
    page = manager.post(f"{address}more/", {"job": "host"}, follow=True).content.decode()
    assert "Alle stoelen zijn bezet, en wie helpt eet mee." in page
    page = manager.post(f"{address}more/", {"job": "host", "stays_away": "on"}, follow=True).content.decode()
    assert "Er is een plaats bij." in page
    assert "Gastvrouw of gastheer: 1" in page
    assert "Kies een taak." in manager.post(f"{address}more/", {}, follow=True).content.decode()


def test_a_guest_who_would_like_to_help_becomes_a_volunteer_by_one_button(manager: Client, table: Table) -> None:
    riet = table.guest("Riet")
    Guest.objects.create(person=riet, may_volunteer=True)
    address = f"/resto/organisations/{table.organisation.pk}/crew/"
    assert "Gasten die graag willen helpen" in read(manager, address)
    page = manager.post(f"{address}welcome/", {"person": riet.pk, "job": "serving"}, follow=True).content.decode()
    assert "Riet Linde helpt nu bij de eetavonden." in page
    assert MealVolunteer.objects.get(person=riet).job == "serving"
    assert "Gasten die graag willen helpen" not in read(manager, address)
    again = manager.post(f"{address}welcome/", {"person": riet.pk, "job": "serving"}, follow=True).content.decode()
    assert "Kies iemand uit de lijst" in again


def chosen_on(page: str) -> dict[str, list[str]]:
    """What the form of the settings shows, as a browser would send it."""
    numbers = re.findall(r'<input type="number" name="(\w+)" value="(\d+)"', page)
    ticks = re.findall(r'<input type="checkbox" name="(\w+)" value="(\w+)"[^>]* checked', page)
    found: dict[str, list[str]] = {}
    for name, value in numbers + ticks:
        found.setdefault(name, []).append(value)
    return found


def test_the_crews_settings_are_chosen_on_a_page_and_hold_at_once(
    manager: Client, table: Table, evening: Evening
) -> None:
    organisation = table.organisation
    organisation.settings = {"resto_crew": {"remind_hours": 48}, "bus": {"cutoff": "17:00"}}
    organisation.save()
    crew.confirm(place_id=cooking(evening).pk, person=person("Kees"), actor=actors.user(1), now=clock.now())
    address = f"/resto/organisations/{organisation.pk}/crew/settings/"
    shown = chosen_on(read(manager, address))
    assert (shown["remind_hours"], shown["hurry_hours"], shown["begins_kitchen"]) == (["48"], ["12"], ["3"])
    assert shown["key_jobs"] == ["cook", "host"]

    wanted = {**shown, "key_jobs": ["host"], "begins_kitchen": ["2"], "needs_hygiene": ["cook"]}
    page = manager.post(address, wanted, follow=True).content.decode()

    assert "Opgeslagen. Het geldt meteen, ook voor avonden die al gepland zijn." in page
    organisation.refresh_from_db()
    assert organisation.settings == {
        "resto_crew": {
            "remind_hours": 48,
            "key_jobs": ["host"],
            "hours_before": {"kitchen": 2},
            "papers": {"cook": ["hygiene"]},
        },
        "bus": {"cutoff": "17:00"},
    }
    with transaction.atomic():
        crew_watch.look(evening.pk, clock.now())
    engaged = Engagement.objects.get(person=person("Kees"))
    assert engaged.starts_at == restos.at("15:30", THURSDAY), "two hours before the doors open, and Kees hears so"
    assert "nu van 15:30 tot 20:30" in Message.objects.filter(person=person("Kees")).latest("pk").body


def test_settings_that_could_not_work_are_sent_back_with_what_was_typed(manager: Client, table: Table) -> None:
    address = f"/resto/organisations/{table.organisation.pk}/crew/settings/"
    shown = chosen_on(read(manager, address))
    wrong = {**shown, "answer_hours_most": ["1"], "answer_minutes_least": ["90"], "hurry_hours": ["48"]}
    answer = manager.post(address, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dit is langer dan iemand heeft om te antwoorden. Vul minder in." in page
    assert chosen_on(page)["hurry_hours"] == ["48"]
    table.organisation.refresh_from_db()
    assert "resto_crew" not in table.organisation.settings


def test_a_new_volunteer_a_paper_and_other_jobs(manager: Client, table: Table, evening: Evening) -> None:
    table.organisation.settings = {"resto_crew": {"papers": {"cook": ["hygiene"]}}}
    table.organisation.save()
    address = f"/resto/organisations/{table.organisation.pk}/crew/"
    fields = {"given_name": "Otto", "family_name": "Kok", "phone": "06 0000 0205", "tasks": ["cook"]}
    page = manager.post(f"{address}new/", fields, follow=True).content.decode()
    assert "Otto Kok helpt nu bij de eetavonden." in page
    assert "Hygiënecursus: " in page
    assert "nog niet gezien" in page
    own = f"/resto/crew/{person('Otto').pk}/change/"
    page = manager.post(f"{own}paper/", {"kind": "hygiene", "seen_on": "2026-11-20"}, follow=True).content.decode()
    assert "in orde" in page
    crew.confirm(place_id=cooking(evening).pk, person=person("Kees"), actor=actors.user(1), now=clock.now())
    manager.post(f"/resto/crew/{person('Kees').pk}/change/jobs/", {"tasks": ["bar"]})
    doing = MealVolunteer.objects.filter(person=person("Kees"), in_use=True)
    assert [member.job for member in doing] == ["bar"]
    refused = manager.post(f"{address}new/", {"given_name": "Ans"})
    assert refused.status_code == 422
    assert 'value="Ans"' in refused.content.decode()


def test_the_board_shows_crews_of_the_coming_days_that_are_not_complete(manager: Client, evening: Evening) -> None:
    page = read(manager, "/today/")
    assert "Eetavonden van de komende dagen waarvan de ploeg niet compleet is" in page
    for place in evening.crew.all():
        name = "Kees" if place.job == "kitchen" else "Lies"
        crew.confirm(place_id=place.pk, person=person(name), actor=actors.user(1), now=clock.now())
    assert "waarvan de ploeg niet compleet is" not in read(manager, "/today/")


def test_a_link_shows_nothing_personal_before_its_button_is_pressed(evening: Evening) -> None:
    address = "/" + crew_asking.link_for(person("Lies"), clock.now()).split("/", 3)[3]
    browser = Client()
    page = browser.get(address).content.decode()
    assert "Open het alleen als de sms voor u bedoeld was." in page
    assert "Lies" not in page
    assert browser.post(f"{address}evenings/{evening.pk}/bar/").status_code == 302
    assert evening.crew.get(job="bar").person is None


def test_a_volunteer_signs_up_gives_it_up_and_says_that_they_cannot(evening: Evening) -> None:
    browser, address = opened("Lies")
    page = read(browser, address)
    assert "Ik help: Keuken" in page
    assert "Ik help: Bar" in page
    page = browser.post(f"{address}evenings/{evening.pk}/bar/", follow=True).content.decode()
    assert "Dank u wel. U staat op het rooster" in page
    assert evening.crew.get(job="bar").person == person("Lies")
    assert "Ik help: Keuken" not in page, "nobody does two jobs on one evening"
    taken, kees = opened("Kees")
    assert taken.post(f"{kees}evenings/{evening.pk}/bar/").status_code in (403, 409), "the bar is not his job"
    bar = evening.crew.get(job="bar").pk
    page = browser.post(f"{address}drop/{bar}/", follow=True).content.decode()
    assert "Wij zoeken iemand anders." in page
    page = browser.post(f"{address}evenings/{evening.pk}/cannot/", follow=True).content.decode()
    assert "U zei dat u niet kunt." in page


def test_who_signs_up_gives_up_their_own_place_as_a_guest(table: Table, evening: Evening) -> None:
    table.people["Kees"] = person("Kees")
    row = table.reserves(evening, "Kees", clock.now())
    browser, address = opened("Kees")
    browser.post(f"{address}evenings/{evening.pk}/kitchen/")
    row.refresh_from_db()
    assert row.state == Reservation.State.CANCELLED
    assert "Uw eigen plaats als gast is vrij" in Message.objects.get(line=KEES).body


def test_own_evenings_as_a_calendar(evening: Evening) -> None:
    crew.confirm(place_id=cooking(evening).pk, person=person("Kees"), actor=actors.user(1), now=clock.now())
    browser, address = opened("Kees")
    page = read(browser, address)
    feed = "/" + page.split("/resto/crew/calendar/")[1].split('"')[0]
    calendar = Client().get(f"/resto/crew/calendar{feed}")
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
    body = calendar.content.decode()
    assert "SUMMARY:De Lange Tafel: hulp in de keuken" in body
    assert "DTSTART;TZID=Europe/Amsterdam:20261126T143000" in body
    assert Client().get("/resto/crew/calendar/geraden/evenings.ics").status_code == 404
    MealVolunteer.objects.filter(person=person("Kees")).update(in_use=False)
    assert Client().get(f"/resto/crew/calendar{feed}").status_code == 404, "who does not help any more"
