"""Planners put somebody on duty for the bus, who is then the first to be alerted."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.common.actors import user
from backend.events import clock
from backend.incidents.services.ladders import bus_scope
from backend.incidents.services.of_the_bus import open_not_at_door
from backend.notifications.models import Message
from backend.people.models import DutyShift, Organisation, Person, Role
from backend.people.services import registering
from backend.people.services.absences import record_absence
from tests.integration.web import mornings
from tests.support.buses import TUESDAY, Bus, a_bus, a_passenger, a_trip, a_volunteer
from tests.support.pages import one_line

NEXT = TUESDAY + timedelta(days=7)


@pytest.fixture
def bus(organisation: Organisation) -> Bus:
    """De Plusbus, which goes on two Tuesdays."""
    bus = a_bus(organisation)
    for day in (TUESDAY, NEXT):
        a_trip(bus, day)
    return bus


@pytest.fixture
def kees(organisation: Organisation) -> Person:
    """A driver."""
    return a_volunteer(organisation, "Kees", "+31600000200")


def address(organisation: Organisation) -> str:
    return f"/bus/organisations/{organisation.pk}/duty/"


def seen(client: Client, path: str) -> str:
    """What a page says, in one line."""
    return one_line(client.get(path))


def send(client: Client, organisation: Organisation, what: str, **fields: object) -> str:
    """Send one of the forms; what the page that follows says."""
    return one_line(client.post(f"{address(organisation)}{what}/", fields, follow=True))


def rung_about(person: Person, day: date) -> list[str]:
    """Somebody is not at the door: the numbers that are rung at once."""
    with transaction.atomic():
        open_not_at_door(
            person.organisation,
            person=person,
            trip_id=12,
            label="De bus",
            day=day,
            now=clock.now(),
            actor=user(7),
            besides="booking:3",
        )
    return list(Message.objects.filter(way="call").values_list("line", flat=True))


def test_whoever_is_put_on_duty_is_alerted_first(planner: Client, bus: Bus, kees: Person) -> None:
    said = send(planner, bus.organisation, "weekday", person=kees.pk, rank="primary", weekday=1)
    assert "Het weekrooster is gewijzigd." in said
    assert rung_about(a_passenger(bus.organisation, "Dina"), TUESDAY) == ["+31600000200"]


def test_one_date_is_an_exception_and_can_be_taken_back(planner: Client, bus: Bus, kees: Person) -> None:
    lies = a_volunteer(bus.organisation, "Lies", "+31600000201")
    send(planner, bus.organisation, "weekday", person=kees.pk, rank="primary", weekday=1)
    said = send(planner, bus.organisation, "date", person=lies.pk, rank="primary", day=TUESDAY.isoformat())
    assert 'Lies Vrijwilliger <span class="quiet">(alleen deze dag)</span>' in said
    send(planner, bus.organisation, "date", person="", rank="primary", day=TUESDAY.isoformat())
    assert DutyShift.objects.get(scope=bus_scope(bus.organisation)).person == kees
    assert rung_about(a_passenger(bus.organisation, "Dina"), TUESDAY) == ["+31600000200"]


def test_without_anybody_the_pages_say_on_which_days_and_who_is_alerted_instead(planner: Client, bus: Bus) -> None:
    for path in (address(bus.organisation), "/bus/"):
        page = seen(planner, path)
        assert "Niemand als eerste van dienst voor de bus" in page
        assert "dinsdag 24 november" in page
        assert "Een coördinator die er die dag is wordt gewaarschuwd" in page
    assert f'href="{address(bus.organisation)}">dinsdag 1 december</a>' in page


def test_the_gap_closes_when_somebody_is_put_there_and_opens_when_they_are_taken_off(
    planner: Client, bus: Bus, kees: Person
) -> None:
    said = send(planner, bus.organisation, "weekday", person=kees.pk, rank="primary", weekday=1)
    assert "Niemand als eerste" not in said
    assert "Niemand als eerste" not in seen(planner, "/bus/")
    said = send(planner, bus.organisation, "weekday", person="", rank="primary", weekday=1)
    assert "Niemand als eerste" in said
    assert not DutyShift.objects.exists()


def test_who_is_away_leaves_a_gap_on_that_day_and_the_backup_is_named(planner: Client, bus: Bus, kees: Person) -> None:
    lies = a_volunteer(bus.organisation, "Lies", "+31600000201")
    send(planner, bus.organisation, "weekday", person=kees.pk, rank="primary", weekday=1)
    send(planner, bus.organisation, "weekday", person=lies.pk, rank="backup", weekday=1)
    record_absence(person=kees, first_day=NEXT, last_day=NEXT, reason="away", actor=user(7))
    page = seen(planner, "/bus/")
    assert "dinsdag 1 december</a>: is die dag afwezig. De achterwacht wordt gewaarschuwd." in page
    assert "dinsdag 24 november</a>: " not in page


def test_a_day_without_a_trip_is_no_gap(planner: Client, organisation: Organisation) -> None:
    a_bus(organisation)
    page = seen(planner, address(organisation))
    assert "De bus rijdt deze dagen niet." in page
    assert "Niemand als eerste" not in page


def test_only_who_helps_and_can_be_rung_may_be_chosen(planner: Client, bus: Bus, kees: Person) -> None:
    a_passenger(bus.organisation, "Dina")
    a_volunteer(bus.organisation, "Stil")
    els = registering.register_person(
        organisation=bus.organisation, given_name="Els", family_name="Smit", phones=["+31600000170"]
    )
    Person.objects.filter(pk=els.pk).update(email="Els@example.org")
    coordinator = mornings.a_user("els", bus.organisation, Role.Kind.COORDINATOR)
    coordinator.email = "els@example.org"
    coordinator.save()
    page = seen(planner, address(bus.organisation))
    assert ">Kees Vrijwilliger</option>" in page
    assert ">Els Smit</option>" in page
    assert "Dina" not in page
    assert "Stil" not in page


def test_a_person_of_another_organisation_cannot_be_chosen(planner: Client, bus: Bus) -> None:
    other = a_volunteer(mornings.an_organisation("zuid", "Samen Zuid"), "Otto", "+31600000202")
    answer = planner.post(f"{address(bus.organisation)}weekday/", {"person": other.pk, "rank": "primary", "weekday": 1})
    assert answer.status_code == 422
    assert not DutyShift.objects.exists()


def test_somebody_new_is_added_and_on_duty_at_once(planner: Client, bus: Bus) -> None:
    fields = {"given_name": "Els", "family_name": "Bos", "rank": "primary", "weekday": 1}
    refused = send(planner, bus.organisation, "newcomer", phone="thuis", **fields)
    assert "geen telefoonnummer" in refused
    assert 'value="Els"' in refused
    assert "Els Bos heeft voortaan elke week dienst." in send(
        planner, bus.organisation, "newcomer", phone="06 0000 0177", **fields
    )
    assert rung_about(a_passenger(bus.organisation, "Dina"), TUESDAY) == ["+31600000177"]


def test_the_page_asks_the_database_as_often_for_many_as_for_one(
    planner: Client, bus: Bus, kees: Person, django_assert_num_queries
) -> None:
    send(planner, bus.organisation, "weekday", person=kees.pk, rank="primary", weekday=1)
    with CaptureQueriesContext(connection) as few:
        seen(planner, address(bus.organisation))
    for number in range(5):
        a_volunteer(bus.organisation, f"Vrij {number}", f"+3160000021{number}")
        a_trip(bus, TUESDAY + timedelta(days=number + 1))
    with django_assert_num_queries(len(few)):
        seen(planner, address(bus.organisation))
