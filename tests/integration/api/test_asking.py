"""What other systems ask and report, and what becomes of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.circles.models import Membership
from backend.events import running
from backend.events.models import Event
from backend.people.models import Absence, DutyShift
from backend.people.selectors import absent_on
from tests.integration.api.conftest import Asker
from tests.integration.web import mornings
from tests.integration.web.mornings import MONDAY, Morning


def test_the_members_of_a_circle_in_the_order_of_the_ring(system: Asker, morning: Morning) -> None:
    members = system.get(f"members/?circle={morning.circle.pk}")["results"]
    assert [member["person"]["given_name"] for member in members] == list(mornings.NAMES)
    assert members[0]["person"]["phones"] == ["+31130001300"]
    assert members[0]["status"] == "active"


def test_who_is_reported_away_is_not_rung_this_morning(system: Asker, morning: Morning) -> None:
    morning.plan()
    mornings.set_time("8:30")
    morning.start()
    person = morning.person("Truus")
    answer = system.ask("POST", "absences/", {"person": person.pk, "first_day": "2026-11-23", "reason": "hospital"})
    assert answer.status_code == 201
    assert answer.json()["last_day"] is None
    running.run_deliveries("live")
    assert morning.seat("Truus").standing == "excused"
    recorded = Event.objects.get(kind="people.absence_recorded")
    assert (recorded.actor, recorded.channel) == (system.integration.reference, "api")
    assert recorded.on_behalf_of == f"person:{person.pk}"


def test_who_is_back_was_away_until_yesterday_and_an_old_absence_is_not_made_longer(
    system: Asker, morning: Morning
) -> None:
    person = morning.person("Truus").pk
    for first, last, kept in (("2026-11-19", None, "2026-11-22"), ("2026-11-02", "2026-11-05", "2026-11-05")):
        made = system.ask("POST", "absences/", {"person": person, "first_day": first, "last_day": last})
        for _time in range(2):
            ended = system.ask("POST", f"absences/{made.json()['id']}/withdraw/").json()
            assert (ended["last_day"], ended["withdrawn_at"]) == (kept, None)
    assert Event.objects.filter(kind="people.absence_withdrawn").count() == 1


def test_an_absence_is_withdrawn(system: Asker, morning: Morning) -> None:
    person = morning.person("Truus").pk
    made = system.ask("POST", "absences/", {"person": person, "first_day": "2026-11-24", "last_day": "2026-11-30"})
    first, again = (system.ask("POST", f"absences/{made.json()['id']}/withdraw/") for _time in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["withdrawn_at"] == again.json()["withdrawn_at"] is not None
    assert absent_on(date(2026, 11, 25), [person]) == {}
    assert system.get("absences/?on=2026-11-25")["results"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"first_day": "2026-11-24", "last_day": "2026-11-23"}, "last_day"),
        ({"first_day": "24-11"}, "first_day"),
        ({}, "first_day"),
        ({"first_day": "2026-11-24", "reason": "bored"}, "reason"),
    ],
)
def test_a_wrong_absence_is_refused_by_its_field(
    body: dict[str, str], field: str, system: Asker, morning: Morning
) -> None:
    answer = system.ask("POST", "absences/", {"person": morning.person("Truus").pk, **body})
    assert answer.status_code == 400
    assert field in answer.json()
    assert Absence.objects.count() == 0


def test_somebody_is_signed_up_and_waits_for_a_place(system: Asker, morning: Morning) -> None:
    wish = {
        "circle": morning.circle.pk,
        "given_name": "Ans",
        "family_name": "Vermeer",
        "phones": ["013 000 1999", "06-0000 1999"],
        "weekdays": [0, 2],
    }
    answer = system.ask("POST", "members/", wish)
    assert answer.status_code == 201
    member = answer.json()
    assert member["status"] == "waiting"
    assert member["person"]["phones"] == ["+31130001999", "+31600001999"]
    again = system.ask("POST", "members/", wish)
    assert again.status_code == 409
    assert Membership.objects.filter(circle=morning.circle, status="waiting").count() == 1


@pytest.mark.parametrize("number", ["112", "0900 8844", "nummer volgt", "", "013 000 1999 of 013 000 1998"])
def test_a_number_that_cannot_be_rung_is_refused(number: str, system: Asker, morning: Morning) -> None:
    wish = {"circle": morning.circle.pk, "family_name": "Vermeer", "phones": [number]}
    answer = system.ask("POST", "members/", wish)
    assert answer.status_code == 400
    assert "phones" in answer.json()


def test_somebody_is_put_on_duty_in_anothers_place(system: Asker, morning: Morning) -> None:
    bram = DutyShift.objects.get(rank="backup").person_id
    wish = {"circle": morning.circle.pk, "person": bram, "rank": "primary", "weekday": 0}
    answer = system.ask("POST", "duties/", wish)
    assert answer.status_code == 201
    assert answer.json() == {"id": answer.json()["id"], **wish, "date": None}
    assert DutyShift.objects.get(rank="primary", weekday=0).person_id == bram
    both = system.ask("POST", "duties/", {**wish, "date": "2026-12-03"})
    assert both.status_code == 400


def test_a_morning_says_where_everyone_is(system: Asker, morning: Morning) -> None:
    morning.plan()
    mornings.set_time("8:30")
    morning.start()
    morning.caller_answers()
    morning.target_answers()
    found = system.get("rounds/?first_day=2026-11-23&last_day=2026-11-23")["results"]
    assert [(one["date"], one["state"]) for one in found] == [("2026-11-23", "running")]
    standings = system.get(f"rounds/{found[0]['id']}/")["standings"]
    assert standings[0]["status"] == "well"
    assert {one["status"] for one in standings[1:]} == {"in_progress"}


def test_an_incident_is_read_with_its_timeline_and_changed_by_nobody(system: Asker, morning: Morning) -> None:
    morning.plan()
    mornings.set_time("8:30")
    morning.start()
    case = morning.case_about("Truus")
    found = system.get("incidents/?state=open")["results"]
    assert [one["id"] for one in found] == [case.pk]
    whole = system.get(f"incidents/{case.pk}/")
    assert [member["person"] for member in whole["members"]] == [morning.person("Truus").pk]
    assert whole["steps"][0]["what"] == "opened"
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert system.ask(method, f"incidents/{case.pk}/", {}).status_code == 405


@pytest.mark.parametrize("thing", ["circles", "members", "absences", "duties", "rounds", "incidents"])
def test_a_longer_list_costs_no_more_queries(thing: str, system: Asker, morning: Morning) -> None:
    morning.plan()
    with CaptureQueriesContext(connection) as few:
        system.get(f"{thing}/")
    more = Morning(morning.organisation, name="De Eik", numbers_from=1500)
    more.plan()
    for name in ("Riet", "Jan"):
        system.ask("POST", "absences/", {"person": more.person(name).pk, "first_day": MONDAY.date().isoformat()})
    with CaptureQueriesContext(connection) as many:
        system.get(f"{thing}/")
    assert len(many) <= len(few)


def test_a_long_list_comes_in_pages(system: Asker, morning: Morning) -> None:
    first = system.get("members/?page_size=5")
    assert len(first["results"]) == 5
    second = system.get(first["next"].partition("/api/v1/")[2])
    assert len(second["results"]) == len(mornings.NAMES) - 5
    assert second["next"] is None
