"""The page of a waiting list: whose turn it is, why a party was skipped, and what a person does about it."""

import pytest
from django.test import Client

from backend.events import clock
from backend.meals.models import Evening, Reservation
from backend.meals.services import reserving, waiting
from backend.people.models import Organisation
from tests.support import restos
from tests.support.pages import read
from tests.support.restos import MANAGER, MONDAY, Table, at

NINE = at("09:30", MONDAY)


@pytest.fixture
def evening(organisation: Organisation) -> Evening:
    """Six chairs, taken by Sjef and Co; Toos waits with five, Riet with two."""
    table = restos.a_resto_of(organisation, chairs=6)
    evening = table.evening()
    table.reserves(evening, "Sjef", NINE, covers=3)
    co = table.reserves(evening, "Co", NINE, covers=3)
    table.waits(evening, "Toos", NINE, covers=5)
    table.waits(evening, "Riet", NINE, covers=2)
    clock.set_clock(virtual=NINE, rate=0)
    reserving.cancel(reservation_id=co.pk, because="telephone", actor=MANAGER, now=NINE)
    waiting.look(evening.pk, NINE)
    return evening


def party(evening: Evening, name: str) -> Reservation:
    return evening.reservations.get(person__given_name=name)


def test_who_waits_reads_in_turn_what_was_offered_and_why_they_were_skipped(manager: Client, evening: Evening) -> None:
    status, page = read(manager, f"/resto/evenings/{evening.pk}/waiting/")
    assert status == 200
    assert "Vrije stoelen gaan naar wie het langst wacht." in page
    assert "Vrije stoelen die van niemand zijn: 1." in page
    assert "overgeslagen. Er waren 3 stoelen, te weinig voor dit gezelschap." in page
    assert "Riet Linde wordt gevraagd, tot maandag 11:30" in page
    assert page.index("Toos Linde") < page.index("Riet Linde")


def test_a_person_seats_a_party_or_is_told_why_not(manager: Client, evening: Evening) -> None:
    toos, riet = party(evening, "Toos"), party(evening, "Riet")
    _status, page = read(manager, f"/resto/waiting/{toos.pk}/seat/", {})
    assert "Er zijn 1 stoelen vrij, te weinig voor dit gezelschap." in page
    _status, page = read(manager, f"/resto/waiting/{riet.pk}/seat/", {})
    assert "Riet Linde heeft nu stoelen. Vertel het hun." in page
    assert party(evening, "Riet").state == Reservation.State.RESERVED


def test_taking_a_party_off_asks_first_and_twice_is_told(manager: Client, evening: Evening) -> None:
    toos = party(evening, "Toos")
    _status, page = read(manager, f"/resto/waiting/{toos.pk}/off/")
    assert "Toos Linde, 5 personen, krijgt voor deze avond geen stoelen meer aangeboden." in page
    assert party(evening, "Toos").state == Reservation.State.WAITING
    _status, page = read(manager, f"/resto/waiting/{toos.pk}/off/", {})
    assert "Toos Linde staat niet meer op de wachtlijst." in page
    _status, page = read(manager, f"/resto/waiting/{toos.pk}/off/", {})
    assert "Toos Linde wacht niet meer." in page


def test_a_table_of_another_organisation_does_not_exist(manager: Client) -> None:
    elsewhere: Table = restos.a_resto(slug="west")
    evening = elsewhere.evening()
    assert manager.get(f"/resto/evenings/{evening.pk}/waiting/").status_code == 404
