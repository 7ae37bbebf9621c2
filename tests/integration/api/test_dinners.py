"""Dinners for other systems: evenings with their chairs, and reservations."""

from datetime import timedelta

import pytest

from backend.meals.models import Reservation
from backend.meals.services.guests import Diet
from tests.integration.api.conftest import Asker
from tests.integration.meals.regulars import keeps
from tests.integration.web.mornings import Morning
from tests.support.restos import TUESDAY, Table, a_resto_of


@pytest.fixture
def table(morning: Morning) -> Table:
    return a_resto_of(morning.organisation)


def test_restos_and_evenings_are_listed_with_their_chairs(system: Asker, table: Table) -> None:
    evening, _later = table.evening(speakers=2), table.evening(TUESDAY + timedelta(days=2))
    assert [one["name"] for one in system.get("restos/")["results"]] == ["De Lange Tafel"]
    listed = system.get(f"resto-evenings/?last_day={TUESDAY}")["results"]
    assert [(one["id"], one["chairs"], one["covers"], one["free"]) for one in listed] == [(evening.pk, 20, 2, 18)]
    assert system.get(f"resto-evenings/{evening.pk}/")["free"] == 18


def test_a_party_reserves_once_is_changed_and_cancelled_once(system: Asker, table: Table) -> None:
    evening, riet = table.evening(), table.guest("Riet")
    wanted = {
        "evening": evening.pk,
        "person": riet.pk,
        "covers": 2,
        "plates": [{"without": ["pork"]}, {"without": [], "own_plate": True}],
    }
    made = system.ask("POST", "resto-reservations/", wanted)
    assert made.status_code == 201
    row = made.json()
    assert (row["state"], row["covers"], row["way"]) == ("reserved", 2, "api")
    assert row["plates"] == [{"without": ["pork"], "own_plate": False}, {"without": [], "own_plate": True}]
    again = system.ask("POST", "resto-reservations/", wanted)
    assert (again.status_code, again.json()["id"]) == (200, row["id"])
    address = f"resto-reservations/{row['id']}/"
    changed = system.ask("PATCH", address, {"covers": 1, "note": "Met rollator"}).json()
    assert (changed["covers"], changed["note"]) == (1, "Met rollator")
    assert changed["plates"] == row["plates"], "nobody has said whose plate is not needed"
    changed = system.ask("PATCH", address, {"plates": [{"without": ["pork"]}]}).json()
    assert changed["plates"] == [{"without": ["pork"], "own_plate": False}]
    refused = system.ask("PATCH", address, {"covers": 11})
    assert (refused.status_code, refused.json()["why"], refused.json()["largest"]) == (409, "no_table", 10)
    for _again in range(2):
        gone = system.ask("POST", f"{address}cancel/").json()
        assert (gone["state"], gone["cancelled_because"]) == ("cancelled", "api")


def test_what_is_known_of_a_guest_is_on_their_plate_unless_something_else_is_said(system: Asker, table: Table) -> None:
    evening, later, riet = table.evening(), table.evening(TUESDAY + timedelta(days=2)), table.guest("Riet")
    keeps(riet, Diet(("nuts",), own_plate=True))
    made = system.ask("POST", "resto-reservations/", {"evening": evening.pk, "person": riet.pk}).json()
    assert made["plates"] == [{"without": ["nuts"], "own_plate": True}]
    told = {"evening": later.pk, "person": riet.pk, "plates": []}
    assert system.ask("POST", "resto-reservations/", told).json()["plates"] == []


def test_where_there_are_no_chairs_the_reason_is_told_or_they_wait(system: Asker, table: Table) -> None:
    evening, later = table.evening(chairs=1), table.evening(TUESDAY + timedelta(days=2))
    wanted = {"evening": evening.pk, "person": table.guest("Riet").pk}
    assert system.ask("POST", "resto-reservations/", wanted).status_code == 201
    wanted["person"] = table.guest("Sjef").pk
    refused = system.ask("POST", "resto-reservations/", wanted)
    assert (refused.status_code, refused.json()["why"]) == (409, "full")
    assert refused.json()["alternatives"] == [later.pk]
    waits = system.ask("POST", "resto-reservations/", {**wanted, "wait": True})
    assert (waits.status_code, waits.json()["state"]) == (201, "waiting")


def test_of_another_organisation_nobody_reserves_and_nothing_is_seen(
    system: Asker, table: Table, neighbour: Morning
) -> None:
    theirs = a_resto_of(neighbour.organisation)
    evening = theirs.evening()
    for person in (table.guest("Riet"), theirs.guest("Truus")):
        answer = system.ask("POST", "resto-reservations/", {"evening": evening.pk, "person": person.pk})
        assert answer.status_code == 400
    assert system.get("resto-evenings/")["results"] == []
    assert Reservation.objects.count() == 0
