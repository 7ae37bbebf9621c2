"""The carrier takes nothing for a while: one incident, one call to each volunteer, and everybody accounted for."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import transaction

from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import DIALLED
from backend.circles.domain.tally import Status
from backend.circles.models import Circle, Leg, Round, Seat
from backend.circles.selectors.accounting import day_lines
from backend.circles.selectors.settings import scope_of
from backend.circles.services import facts, membership, outage, planning, rounds, watchdog
from backend.circles.services.state import locked_round
from backend.common.actors import Actor
from backend.events import clock
from backend.events.running import run_timers
from backend.incidents.models import Incident, IncidentMember, Outcome
from backend.incidents.selectors import briefing
from backend.incidents.web import recording
from backend.notifications.models import Attempt, Message, Way
from backend.people.models import DutyShift, Organisation, Person
from backend.people.services import duty, registering
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.story import ANNEKE, Story
from worker import lanes

BY_HAND = Actor(who="user:1", channel="page")


def two_members(story: Story) -> None:
    """Riet and Halil, and a ladder on which everybody answers."""
    story.watched = True
    for name, phone in (("riet", "+31130001300"), ("halil", "+31130001301")):
        story.member(name, phone)
        story.lives(name, phone)
    story.ladder()
    ladder = {"anneke": ANNEKE, "bram": "+31600000101", "carla": "+31600000102", "dienst": "+31130009001"}
    for name, phone in ladder.items():
        story.lives(name, phone)
    story.start()


def lines_of(organisation: Organisation) -> dict[str, Status]:
    """The accounting of the day, by given name."""
    lines = day_lines(mornings.MONDAY.date(), [organisation], clock.now())
    return {line.name.split()[0]: line.status for line in lines}


def recorded(incident: Incident, found: Outcome, member: IncidentMember | None = None) -> None:
    """A person says what became of somebody, or ends the case as a whole."""
    recording.outcome(
        incident.pk,
        member_id=member.pk if member else None,
        found=found,
        actor=BY_HAND,
        name="Marijke Bos",
        now=clock.now(),
    )


def test_eight_minutes_without_a_carrier_in_mid_morning(story: Story) -> None:
    """One incident with those not yet reached; nobody is rung twice for it; the round goes on when it is over."""
    story.goes_round(Mode.BRIDGED, joining=DIALLED)  # two minutes in, the second has not been rung yet
    two_members(story)
    story.run("08:32")
    assert story.standings() == {"Riet": "well", "Halil": "expected"}
    story.town.set_faults({"outage": {"for": 480}})
    story.run("08:36")
    assert story.incidents() == [("outage", "open", ("Halil",))]
    assert lines_of(story.organisation) == {"Riet": Status.WELL, "Halil": Status.INCIDENT_OPEN}
    assert briefing(Incident.objects.get(), "nl").people == (
        "Bel zelf deze 1 mensen die nog niet bereikt zijn.",
        "Halil Linde: 013 000 13 01.",
    )
    story.run("08:43")
    story.watched = False
    assert story.standings() == {"Riet": "well", "Halil": "well"}
    assert story.round.closed_how == Round.ClosedHow.RECEIVED
    assert story.incidents() == [("outage", "claimed", ("Halil",))]
    for name in ("anneke", "bram", "carla", "dienst"):
        assert story.heard(name).count("nog niet iedereen is gebeld") <= 2, name  # one call says everything twice
    assert lines_of(story.organisation) == {"Riet": Status.WELL, "Halil": Status.INCIDENT_CLOSED}
    assert story.timeline("outage")[-3:].count("reached_after_all") == 1
    recorded(Incident.objects.get(), Outcome.RECEIVED)  # it ends by a person only
    assert story.incidents() == [("outage", "closed", ("Halil",))]


def test_who_was_found_by_hand_is_not_waited_for_and_raises_no_second_alarm(story: Story) -> None:
    """A volunteer rings Halil herself during the outage and says so: from then on nobody asks for him again."""
    two_members(story)
    story.run("08:29")
    story.town.set_faults({"outage": {"for": 420}})
    story.run("08:34")
    incident = Incident.objects.get()
    recorded(incident, Outcome.FOUND_WELL, incident.members.get(person__given_name="Halil"))
    story.run("08:40")
    assert story.standings() == {"Riet": "well", "Halil": "incident"}
    assert story.rings("halil") == []
    assert [kind for kind, _state, _about in story.incidents()] == ["outage"]
    assert lines_of(story.organisation)["Halil"] == Status.INCIDENT_CLOSED


@pytest.fixture
def morning(settings: Any, transactional_db: None) -> Morning:
    """A circle of eight whose round has started, without any telephone."""
    settings.RONDJE_DEMO = True
    mornings.set_time("08:20")
    told = Morning(mornings.an_organisation())
    mornings.set_time("08:30")
    told.start()
    return told


def carrier_is_silent(about: Round, *, since: str) -> None:
    """A request to which the carrier has not answered since then."""
    Attempt.objects.create(
        organisation=about.circle.organisation,
        kind=Attempt.Kind.CALL,
        line="+31130001399",
        host="circles.round",
        subject_id=about.pk,
        state=Attempt.State.UNDECIDED,
        error_code="timeout",
        created_at=mornings.at(since),
    )


def test_a_round_gets_its_time_anew_but_not_beyond_the_morning(morning: Morning) -> None:
    """Deadline = now + legs × 3 min + 15 min slack, at the latest 10:30, from when no morning is held."""
    carrier_is_silent(morning.round, since="08:40")
    assert morning.round.deadline_at == mornings.at("09:12")
    mornings.set_time("08:50")
    outage.watch(clock.now())
    assert morning.round.deadline_at == mornings.at("09:32")
    mornings.set_time("10:20")
    outage.watch(clock.now())
    assert morning.round.deadline_at == mornings.at("10:30")


def test_an_outage_that_outlasts_the_morning_leaves_everybody_in_that_one_incident(morning: Morning) -> None:
    carrier_is_silent(morning.round, since="08:30")
    mornings.set_time("08:40")
    watchdog.watch(clock.now())
    mornings.set_time("10:31")
    lanes.look("live")
    assert morning.round.closed_how == Round.ClosedHow.DEADLINE
    incident = Incident.objects.get()
    assert (incident.kind, incident.members.count()) == (Incident.Kind.OUTAGE, 8)
    assert set(Seat.objects.values_list("standing", flat=True)) == {"incident"}


def test_the_incident_ends_by_a_person_only_when_everybody_has_an_outcome(morning: Morning) -> None:
    carrier_is_silent(morning.round, since="08:30")
    mornings.set_time("08:40")
    watchdog.watch(clock.now())
    incident = Incident.objects.get()
    with pytest.raises(Exception, match="say for each of them"):
        recorded(incident, Outcome.RECEIVED)
    for member in incident.members.all():
        recorded(incident, Outcome.FOUND_WELL, member)
    assert not Incident.objects.get().is_open


@transaction.atomic
def ends(leg: Leg, outcome: str, **attempt: Any) -> None:
    """The call of a leg ends so; `attempt` is how the carrier left it."""
    message = Message.objects.get(pk=leg.message_id)
    made = Attempt.objects.create(
        message=message,
        organisation=message.organisation,
        person=message.person,
        kind=Attempt.Kind.CALL,
        line=message.line,
        host=message.host,
        subject_id=message.subject_id,
        created_at=clock.now(),
        **attempt,
    )
    facts.call_ended(locked_round(leg.round_id), leg, made, outcome, clock.now())


def is_rung_by_the_platform(morning: Morning) -> None:
    """The volunteer does not answer, so the platform rings the first member itself."""
    ends(morning.leg, "no_answer", state="no_answer", sid="CA1")


@pytest.mark.parametrize("error_code", ["20003", "gone", "too old"])
def test_a_failure_of_the_carrier_is_nobodys_miss(morning: Morning, error_code: str) -> None:
    is_rung_by_the_platform(morning)
    ends(morning.leg, "failed", state="failed", error_code=error_code)
    riet = morning.seat("Riet")
    assert (riet.misses, riet.standing, riet.in_chain) == (0, "expected", False)
    assert not Leg.objects.filter(round=morning.round, state__in=Leg.LIVE).exists()
    mornings.minutes_later(1)
    lanes.look("live")
    assert morning.leg.target == riet


def test_a_call_that_came_too_late_to_be_placed_is_nobodys_miss(morning: Morning) -> None:
    is_rung_by_the_platform(morning)
    with transaction.atomic():
        facts.call_ended(locked_round(morning.round.pk), morning.leg, None, "expired", clock.now())
    assert morning.seat("Riet").misses == 0


def test_a_number_that_the_carrier_refuses_is_not_called_no_answer(morning: Morning) -> None:
    """A number that does not exist is retried as others are, and the case says what it is: nobody let it ring."""
    is_rung_by_the_platform(morning)
    ends(morning.leg, "failed", state="failed", error_code="21211")
    assert morning.seat("Riet").misses == 1
    for _retry in range(2):
        mornings.minutes_later(6)
        lanes.look("live")
        retry = Leg.objects.get(round=morning.round, role="retry", target=morning.seat("Riet"), state="placed")
        ends(retry, "failed", state="failed", error_code="21211")
    incident = Incident.objects.get(kind=Incident.Kind.NO_ANSWER)
    assert incident.details["reason"] == "refused"


def a_storm(organisation: Organisation, circles: int, volunteers: list[Person]) -> None:
    """So many circles of one, all at 8:30, shared out among the volunteers."""
    for number in range(circles):
        circle: Circle = membership.create_circle(
            organisation=organisation, name=f"Kring {number}", start=time(8, 30), weekdays=list(range(7))
        )
        member = registering.register_person(
            organisation=organisation, given_name=f"Lid{number}", family_name="Oost", phones=[f"+31130002{number:03}"]
        )
        circle.memberships.create(person=member, position=1, weekdays=list(range(7)))
        on_duty = volunteers[number % len(volunteers)]
        duty.put_on_duty(person=on_duty, scope=scope_of(circle), rank=DutyShift.Rank.PRIMARY, weekday=0)
        planning.plan_day(circle, mornings.MONDAY.date(), clock.now())
    for round_ in Round.objects.filter(date=mornings.MONDAY.date()):
        with transaction.atomic():
            rounds.look(round_.pk, clock.now())


def test_two_hundred_circles_are_one_incident_and_one_call_for_each_volunteer(
    settings: Any, transactional_db: None
) -> None:
    settings.RONDJE_DEMO = True
    mornings.set_time("08:30")
    organisation = mornings.an_organisation()
    volunteers = [
        registering.register_person(
            organisation=organisation, given_name=f"V{n}", family_name="Vrijwilliger", phones=[f"+3160000010{n}"]
        )
        for n in range(4)
    ]
    a_storm(organisation, 200, volunteers)
    carrier_is_silent(Round.objects.first() or pytest.fail("no round"), since="08:31")
    for minute in range(33, 53, 4):
        mornings.set_time(f"08:{minute}")
        watchdog.watch(clock.now())
        run_timers("alarm")
    incident = Incident.objects.get()
    assert incident.members.count() == 200
    asked = Message.objects.filter(host="incidents", way=Way.CALL, reference__target__startswith="person:")
    assert sorted(asked.values_list("line", flat=True)) == [f"+3160000010{n}" for n in range(4)]
    texts = Message.objects.filter(host="incidents", way=Way.TEXT, reference__target__startswith="person:")
    assert texts.count() == 4
    assert "anderen" in briefing(incident, "nl").people[-1]
    mornings.set_time("08:53")
    with transaction.atomic():
        outage.watch(clock.now() + timedelta(minutes=1))
    assert Incident.objects.count() == 1
