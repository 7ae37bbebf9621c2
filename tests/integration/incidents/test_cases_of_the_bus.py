"""Somebody is not at the door for the bus, or a trip does not close: who is alerted, and what they are told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from backend.common.actors import SYSTEM, user
from backend.events import clock
from backend.incidents.models import Incident, Outcome
from backend.incidents.selectors import visible_to
from backend.incidents.services import claiming, closing, opening
from backend.incidents.services.ladders import bus_scope, ladder_of_the_bus
from backend.incidents.services.of_the_bus import Wrong, open_case, open_not_at_door, seen, turned_up
from backend.notifications.models import Message
from backend.people.models import DutyShift, Engagement, Organisation, Person, Role
from backend.people.services import duty, registering
from backend.people.services.absences import record_absence
from backend.people.services.sightings import saw
from tests.integration.web import mornings
from tests.integration.web.mornings import MONDAY, at, set_time

pytestmark = pytest.mark.django_db

DRIVER = user(7)
TRIP, LABEL = 12, "De bus"


@pytest.fixture
def organisation(settings: Any) -> Organisation:
    """It is 9:45 on Monday. Els coordinates the bus."""
    settings.RONDJE_DEMO = True
    settings.PASSWORD_HASHERS = mornings.FAST_HASHERS
    set_time("09:45")
    organisation = mornings.an_organisation()
    els = registering.register_person(
        organisation=organisation, given_name="Els", family_name="Smit", phones=["+31600000170"]
    )
    duty.put_on_duty(person=els, scope=bus_scope(organisation), rank=DutyShift.Rank.PRIMARY, weekday=0)
    return organisation


@pytest.fixture
def dina(organisation: Organisation) -> Person:
    """She was to be fetched at 9:40."""
    return registering.register_person(
        organisation=organisation, given_name="Dina", family_name="Vos", phones=["+31130001470"]
    )


def is_not_at_the_door(person: Person) -> Incident:
    with transaction.atomic():
        return open_not_at_door(
            person.organisation,
            person=person,
            trip_id=TRIP,
            label=LABEL,
            day=MONDAY.date(),
            now=clock.now(),
            actor=DRIVER,
            besides="booking:3",
        )


def test_the_case_is_theirs_who_run_the_trip_wherever_its_passenger_belongs(
    organisation: Organisation, dina: Person
) -> None:
    """Whoever runs the bus has sent it there: the one on duty for it is alerted, and finds the case."""
    dina.organisation = mornings.an_organisation("anders", "Samen West")
    dina.save()
    with transaction.atomic():
        case = open_not_at_door(
            organisation, person=dina, trip_id=TRIP, label=LABEL, day=MONDAY.date(), now=clock.now(), actor=DRIVER
        )
    assert case.organisation == organisation
    assert [target["name"] for target in case.policy["levels"][0]["targets"]] == ["Els Smit"]


def texts() -> list[str]:
    return list(Message.objects.filter(way="text").order_by("pk").values_list("body", flat=True))


def test_the_bus_coordinator_is_alerted_at_once_with_what_the_circle_knows(dina: Person) -> None:
    saw(dina.pk, at=at("08:40"), source="circle:rang_in")
    Engagement.objects.create(person=dina, programme=1, source="booking:3", starts_at=at("09:30"), ends_at=at("13:30"))

    incident = is_not_at_the_door(dina)

    assert [level["role"] for level in incident.policy["levels"]] == ["duty", "backup", "coordinator", "organisation"]
    assert Message.objects.get(way="call").line == "+31600000170"
    assert texts()[0].startswith("De bus: iemand was niet aan de deur voor de bus (gezien 8:40). Neemt u dit op u?")
    assert incident.details == {
        "reason": "not_at_door",
        "known": {"seen": {"at": "2026-11-23T07:40:00+00:00", "how": "rang_in"}},
    }, "codes and times only; that she booked this trip is no news"


def test_without_a_bus_coordinator_any_coordinator_of_that_day_is_alerted(organisation: Organisation) -> None:
    DutyShift.objects.all().delete()
    carla = registering.register_person(
        organisation=organisation, given_name="Carla", family_name="Bos", phones=["+31600000171"]
    )
    duty.put_on_duty(person=carla, scope="circle:3", rank=DutyShift.Rank.COORDINATOR, weekday=0)
    policy = ladder_of_the_bus(organisation, day=MONDAY.date(), members=[])
    assert policy.levels[0].targets[0].name == "Carla Bos"
    assert policy.levels[-1].targets[0].lines == (organisation.duty_phone,), "and there is always the last number"


def test_she_rings_in_and_nobody_need_go(dina: Person) -> None:
    incident = is_not_at_the_door(dina)
    with transaction.atomic():
        closing.late_proof(incident, person_id=dina.pk, how="rang_in", now=clock.now())
    incident.refresh_from_db()
    assert (incident.state, incident.members.get().outcome) == ("closed", "answered_late")
    assert "turned_up" in incident.steps.values_list("what", flat=True)


def test_she_turns_up_on_board_and_whoever_was_alerted_hears_it(dina: Person) -> None:
    incident = is_not_at_the_door(dina)
    Message.objects.update(state=Message.State.DONE)

    with transaction.atomic():
        turned_up(dina, trip_id=TRIP, how="on_board", actor=DRIVER, now=clock.now())

    incident.refresh_from_db()
    assert (incident.state, incident.members.get().outcome_by) == ("closed", "user:7")
    assert texts()[-1].startswith("De bus: de persoon is terecht. U hoeft niet te gaan.")


def test_whoever_did_not_answer_the_circle_and_stands_before_the_bus_is_not_missed_any_more(dina: Person) -> None:
    def case(kind: Incident.Kind) -> Incident:
        with transaction.atomic():
            return opening.open_incident(
                organisation=dina.organisation,
                kind=kind,
                cause=f"round:1:{kind}:{dina.pk}",
                members=[dina],
                policy=ladder_of_the_bus(dina.organisation, day=MONDAY.date(), members=[dina]),
                source_kind="round",
                source_id=1,
                source_label="Telefooncirkel De Linde",
                now=at("08:50"),
            )

    no_answer, worried = case(Incident.Kind.NO_ANSWER), case(Incident.Kind.WORRIED)

    def is_seen(when: str) -> tuple[str, str]:
        with transaction.atomic():
            seen(dina, at=at(when), how="on_board", actor=DRIVER, now=clock.now())
        return Incident.objects.get(pk=no_answer.pk).state, Incident.objects.get(pk=worried.pk).state

    assert is_seen("08:40") == ("open", "open"), "a tick that comes in late is of before"
    assert is_seen("09:44") == ("closed", "open"), "a worry ends by a person"
    assert "late_proof" in worried.steps.values_list("what", flat=True)


def test_another_trip_says_nothing_about_this_case(dina: Person) -> None:
    incident = is_not_at_the_door(dina)
    with transaction.atomic():
        turned_up(dina, trip_id=TRIP + 1, how="on_board", actor=DRIVER, now=clock.now())
    incident.refresh_from_db()
    assert incident.is_open


def test_once_somebody_is_there_only_a_person_ends_it(dina: Person) -> None:
    incident = is_not_at_the_door(dina)
    with transaction.atomic():
        closing.record_arrival(claiming.locked(incident.pk), actor=DRIVER, name="Els", now=clock.now())
        turned_up(dina, trip_id=TRIP, how="on_board", actor=DRIVER, now=clock.now())
    incident.refresh_from_db()
    assert incident.is_open
    assert "late_proof" in incident.steps.values_list("what", flat=True)


def test_ticked_twice_it_is_one_case_and_after_a_mistake_a_new_one(dina: Person) -> None:
    first = is_not_at_the_door(dina)
    assert is_not_at_the_door(dina) == first
    with transaction.atomic():
        turned_up(dina, trip_id=TRIP, how="on_board", actor=DRIVER, now=clock.now())
    again = is_not_at_the_door(dina)
    assert again != first and again.is_open, "the wrong person had been ticked: she still is not there"


def test_a_trip_that_is_not_closed_lists_whoever_may_not_be_home(dina: Person) -> None:
    with transaction.atomic():
        incident = open_case(
            dina.organisation,
            Incident.Kind.RUN,
            [dina],
            cause=f"run:{Wrong.NOT_CLOSED}",
            trip_id=TRIP,
            label=LABEL,
            day=MONDAY.date(),
            now=clock.now(),
            details={"reason": Wrong.NOT_CLOSED.value},
        )
        closing.late_proof(incident, person_id=dina.pk, how="rang_in", now=clock.now())
    incident.refresh_from_db()
    assert incident.is_open, "a call proves that she is well, not that the trip is over"
    with transaction.atomic():
        closing.record_outcome(
            claiming.locked(incident.pk),
            member_id=None,
            outcome=Outcome.FOUND_WELL,
            actor=DRIVER,
            name="Els",
            now=clock.now(),
        )
    assert not Incident.objects.get().is_open


def test_a_trip_without_crew_is_arranged_by_a_person(organisation: Organisation, client: Client) -> None:
    with transaction.atomic():
        incident = open_case(
            organisation,
            Incident.Kind.RUN,
            [],
            cause=f"run:{Wrong.NO_CREW}",
            trip_id=TRIP,
            label=LABEL,
            day=MONDAY.date(),
            now=clock.now(),
            details={"reason": Wrong.NO_CREW.value},
        )
    client.force_login(mornings.a_user("petra", organisation, Role.Kind.BUS_PLANNER))
    page = client.get(f"/incidents/{incident.pk}/").content.decode()
    assert "de rit van de bus heeft geen chauffeur of geen begeleider" in page.lower()
    assert "Het is geregeld" in page
    client.post(f"/incidents/{incident.pk}/outcome/", {"outcome": "arranged"})
    assert not Incident.objects.get().is_open


@pytest.mark.parametrize(
    ("kind", "sees"),
    [("coordinator", True), ("bus_planner", True), ("circle_volunteer", False), ("driver", False), ("reader", False)],
)
def test_cases_of_the_bus_are_for_who_plans_it(dina: Person, client: Client, kind: str, sees: bool) -> None:
    incident = is_not_at_the_door(dina)
    asker = mornings.a_user("iemand", dina.organisation, Role.Kind(kind))
    client.force_login(asker)
    assert visible_to(asker).filter(pk=incident.pk).exists() is sees
    assert client.get(f"/incidents/{incident.pk}/").status_code == (200 if sees else 404)
    assert ("Dina" in client.get("/today/").content.decode()) is sees


def test_the_page_says_what_is_known_by_now(dina: Person, client: Client) -> None:
    """Her daughter rang after the case was opened: she is with her."""
    incident = is_not_at_the_door(dina)
    client.force_login(mornings.a_user("petra", dina.organisation, Role.Kind.BUS_PLANNER))
    assert (
        "Verder is er vandaag niets over deze persoon bekend."
        in client.get(f"/incidents/{incident.pk}/").content.decode()
    )
    record_absence(
        person=dina,
        first_day=MONDAY.date(),
        last_day=MONDAY.date() + timedelta(days=6),
        reason="away",
        actor=SYSTEM,
    )
    page = client.get(f"/incidents/{incident.pk}/").content.decode()
    assert "Is afgemeld tot en met zondag 29 november." in page
