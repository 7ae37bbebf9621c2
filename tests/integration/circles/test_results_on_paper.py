"""Results on paper, entered afterwards with their true times, close the round honestly and raise no second alarm."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from backend.circles.models import Round, Seat
from backend.circles.services import cases, planning
from backend.circles.services.on_paper import Result, Written, record_results
from backend.circles.services.state import locked_round
from backend.common.actors import Actor
from backend.common.errors import Conflict, RondjeError
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import Incident
from backend.people.models import Role, Sighting
from tests.integration.web import mornings
from tests.integration.web.mornings import NAMES, Morning
from worker import lanes

PAPER = Actor(who="user:1", channel="paper")


@pytest.fixture
def morning(settings: Any, transactional_db: None) -> Morning:
    settings.RONDJE_DEMO = True
    mornings.set_time("08:20")
    told = Morning(mornings.an_organisation())
    told.plan()
    return told


def entered(morning: Morning, at: str, **results: Result) -> None:
    """The paper has these results, all at one time."""
    rows = [Written(morning.person(name).pk, result, mornings.at(at)) for name, result in results.items()]
    record_results(morning.round.pk, rows, actor=PAPER, name="Marijke Bos", now=clock.now())


def all_well_but(*names: str) -> dict[str, Result]:
    return {name: Result.WELL for name in NAMES if name not in names}


def test_a_round_that_never_began_is_closed_by_the_paper_with_true_times(morning: Morning) -> None:
    mornings.set_time("12:00")  # nothing was at work all morning
    entered(morning, "08:45", **all_well_but())
    assert (morning.round.state, morning.round.closed_how) == (Round.State.CLOSED, Round.ClosedHow.RECEIVED)
    assert {(seat.standing, seat.how, seat.at) for seat in Seat.objects.all()} == {
        ("well", "on_paper", mornings.at("08:45"))
    }
    event = Event.objects.filter(kind="circles.member_well").first()
    assert event is not None
    assert (event.occurred_at, event.recorded_at) == (mornings.at("08:45"), mornings.at("12:00"))
    assert (event.actor, event.channel) == ("user:1", "paper")
    assert Sighting.objects.filter(at=mornings.at("08:45")).count() == 8
    mornings.set_time("13:00")
    lanes.look("live")
    assert Incident.objects.count() == 0


def test_who_did_not_answer_is_a_case_and_who_is_not_on_the_paper_is_too(morning: Morning) -> None:
    mornings.set_time("12:00")
    entered(morning, "08:45", **all_well_but("Riet", "Sjef"), Riet=Result.NO_ANSWER)
    cases = {one.kind: [member.person.given_name for member in one.members.all()] for one in Incident.objects.all()}
    assert cases == {"no_answer": ["Riet"], "round": ["Sjef"]}
    assert Incident.objects.get(kind="no_answer").details["reason"] == "on_paper"


def test_a_round_that_broke_off_goes_on_with_what_is_left(morning: Morning) -> None:
    mornings.set_time("08:30")
    morning.start()
    morning.goes_well(3)
    mornings.set_time("08:50")
    entered(morning, "08:44", **all_well_but("Riet", "Halil", "Jan"), Jan=Result.AWAY)
    assert morning.seat("Jan").standing == "excused"
    assert morning.seat("Riet").how == "key_as_callee"  # what was proven by a key stays so
    assert Incident.objects.count() == 0


def test_a_case_that_was_opened_meanwhile_is_ended_by_the_paper(morning: Morning) -> None:
    mornings.set_time("11:00")
    lanes.look("live")  # the machine is back: the morning was not held
    incident = Incident.objects.get(kind=Incident.Kind.ROUND)
    assert incident.members.count() == 8
    mornings.set_time("11:30")
    entered(morning, "08:45", **all_well_but())
    incident.refresh_from_db()
    assert not incident.is_open
    assert set(incident.members.values_list("outcome", flat=True)) == {"answered_late"}


def test_who_does_not_answer_by_hand_stays_in_the_case_that_an_outage_opened(morning: Morning) -> None:
    """The list on paper is rung because the carrier is down: one cause, one incident, also for who does not answer."""
    mornings.set_time("08:30")
    morning.start()
    with transaction.atomic():
        during = cases.open_for_seat(
            locked_round(morning.round.pk), morning.seat("Sjef"), Incident.Kind.OUTAGE, now=clock.now()
        )
    mornings.set_time("08:50")
    entered(morning, "08:45", Sjef=Result.NO_ANSWER, **all_well_but("Sjef"))
    assert [case.pk for case in Incident.objects.all()] == [during.pk]
    during.refresh_from_db()
    assert during.is_open
    step = during.steps.get(what="no_answer_on_paper")
    assert (step.at, step.actor_name) == (mornings.at("08:45"), "Marijke Bos")
    assert morning.round.seats.get(person__given_name="Sjef").incident_id == during.pk


def test_a_worry_does_not_end_because_somebody_answered(morning: Morning) -> None:
    mornings.set_time("08:30")
    morning.start()
    with transaction.atomic():
        morning.case_about("Riet", Incident.Kind.WORRIED)
    mornings.set_time("08:50")
    entered(morning, "08:45", Riet=Result.WELL)
    assert Incident.objects.get(kind=Incident.Kind.WORRIED).is_open


def test_times_that_cannot_be_are_refused_and_nothing_is_kept(morning: Morning) -> None:
    with pytest.raises(Conflict, match="has not begun"):
        entered(morning, "08:10", Riet=Result.WELL)
    mornings.set_time("09:00")
    with pytest.raises(RondjeError, match="not ahead"):
        entered(morning, "09:30", Riet=Result.WELL)
    assert Sighting.objects.count() == 0


def test_the_page_keeps_what_was_typed_well_and_records_it_when_all_is(morning: Morning, client: Client) -> None:
    client.force_login(mornings.a_user("marijke", morning.organisation, Role.Kind.COORDINATOR))
    mornings.set_time("12:00")
    riet, halil = morning.person("Riet").pk, morning.person("Halil").pk
    address = f"/circles/{morning.circle.pk}/results/"
    typed = {f"result-{riet}": "well", f"at-{riet}": "08:41", f"result-{halil}": "well", f"at-{halil}": ""}
    page = client.post(address, typed)
    assert page.status_code == 422
    assert 'value="08:41"' in page.content.decode()
    assert "Geef de tijd, zoals 08:45." in page.content.decode()
    assert client.post(address, typed | {f"at-{halil}": "08:43"}).status_code == 302
    assert morning.seat("Halil").at == mornings.at("08:43")


def test_the_paper_of_yesterday_is_chosen_and_entered_with_its_true_times(morning: Morning, client: Client) -> None:
    client.force_login(mornings.a_user("marijke", morning.organisation, Role.Kind.COORDINATOR))
    clock.set_clock(virtual=mornings.at("12:00") + timedelta(days=1), rate=0)
    planning.plan_day(morning.circle, mornings.MONDAY.date() + timedelta(days=1), clock.now())
    riet, halil = morning.person("Riet").pk, morning.person("Halil").pk
    address, day = f"/circles/{morning.circle.pk}/results/", mornings.MONDAY.date().isoformat()
    typed = {"day": day, f"result-{riet}": "well", f"at-{riet}": "08:41", f"result-{halil}": "away"}
    assert f'value="{day}" selected' in client.get(f"{address}?day={day}").content.decode()
    assert client.post(address, typed).status_code == 302
    assert morning.seat("Riet").at == mornings.at("08:41")
    assert morning.seat("Halil").standing == "excused", "no time was asked for that"


def test_a_day_without_a_morning_is_refused_in_words_and_nothing_typed_is_lost(
    morning: Morning, client: Client
) -> None:
    client.force_login(mornings.a_user("marijke", morning.organisation, Role.Kind.COORDINATOR))
    mornings.set_time("12:00")
    riet = morning.person("Riet").pk
    typed = {"day": "2026-01-01", f"result-{riet}": "well", f"at-{riet}": "08:41"}
    page = client.post(f"/circles/{morning.circle.pk}/results/", typed)
    assert page.status_code == 422
    assert "Kies een andere dag" in page.content.decode()
    assert 'value="08:41"' in page.content.decode()
