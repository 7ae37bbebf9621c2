"""Everybody at half past eight, and an account that is too small: spread, late or said, and never lost.

A storm of two hundred circles on one call a second (see the pure tests of `capacity`), made small: fewer circles, and
an account as much slower. Time goes in steps of some seconds.
"""

from collections import Counter
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import transaction

from backend.circles.domain.modes import Mode
from backend.circles.domain.tally import Status
from backend.circles.models import Round, Seat
from backend.circles.selectors.accounting import day_lines
from backend.circles.selectors.settings import scope_of
from backend.circles.services import membership, planning, rounds, spreading
from backend.events import clock
from backend.events.models import Lane
from backend.incidents.models import Incident
from backend.notifications.models import Attempt, Bucket, Message, Way
from backend.notifications.services import rates, reconciling, sending
from backend.people.models import DutyShift, Organisation
from backend.people.services import duty, registering
from tests.integration.web import mornings
from tests.support.port import MemoryCarrier
from tests.support.story import ANNEKE, DUTY_PHONE, Story
from worker import lanes

STEP = timedelta(seconds=15)
MEMBERS = 2


def storm(story: Story, circles: int) -> None:
    """So many circles of two at 8:30, and one volunteer for all of them."""
    story.ladder()
    anneke = story.organisation.people.get(given_name="Anneke")
    story.lives("anneke", ANNEKE)
    story.lives("dienst", DUTY_PHONE)
    story.goes_round(Mode.STAR)
    for number in range(circles):
        if number:
            story.circle = membership.create_circle(
                organisation=story.organisation, name=f"Kring {number}", start=time(8, 30), weekdays=list(range(7))
            )
            story.circle.mode = "star"
            story.circle.save()
            duty.put_on_duty(person=anneke, scope=scope_of(story.circle), rank=DutyShift.Rank.PRIMARY, weekday=0)
        for place in range(MEMBERS):
            name, phone = f"lid{number}x{place}", f"+31130002{number:02}{place}"
            story.member(name, phone)
            story.lives(name, phone)


def passes(story: Story, until: str) -> None:
    """Time passes in steps."""
    while clock.now() < mornings.at(until):
        story.move_to(min(clock.now() + STEP, mornings.at(until)))
        story.rest()


@pytest.mark.timeout(120)
def test_a_storm_that_fits_is_spread_and_everybody_is_reached(story: Story) -> None:
    """Five circles on one call in twenty seconds: two may start in a minute, four go round at the same time."""
    rates.set_limits("first", calls_per_second=0.05)
    storm(story, 5)
    story.start()
    _account, without_spreading, _spread = spreading.outlook()
    assert without_spreading.unplaced
    story.rest()
    planning.plan(clock.now())
    starts = Counter(Round.objects.filter(date=mornings.MONDAY.date()).values_list("planned_start", flat=True))
    assert starts[mornings.at("08:30")] == 2
    assert max(starts.values()) == 2
    passes(story, "08:52")
    today = Round.objects.filter(date=mornings.MONDAY.date())
    assert set(today.values_list("closed_how", flat=True)) == {Round.ClosedHow.RECEIVED}
    assert set(Seat.objects.filter(round__in=today).values_list("standing", flat=True)) == {"well"}
    assert story.incidents() == []


# An account that takes no call of a round at all: its bucket never fills


@pytest.fixture
def stuck(settings: Any, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """Eight circles of three or four have begun at half past eight; one token is left, the one kept for alarms."""
    settings.RONDJE_DEMO = True
    mornings.set_time("08:30")
    carrier = MemoryCarrier()
    for module in (sending, reconciling):
        monkeypatch.setattr(module, "carrier", lambda _account: carrier)
    account = rates.set_limits("first", calls_per_second=1e-6)
    Bucket.objects.create(account=account, way=Way.CALL, tokens=account.reserved, filled_at=clock.now())
    organisation = mornings.an_organisation()
    for number in range(8):
        circle = membership.create_circle(
            organisation=organisation, name=f"Kring {number}", start=time(8, 30), weekdays=list(range(7))
        )
        for place in range(3 + number % 2):
            person = registering.register_person(
                organisation=organisation,
                given_name=f"Lid{number}x{place}",
                family_name="Oost",
                phones=[f"+31130002{number}0{place}"],
            )
            circle.memberships.create(person=person, position=place + 1, weekdays=list(range(7)))
        planning.plan_day(circle, mornings.MONDAY.date(), clock.now())
    for round_ in Round.objects.filter(date=mornings.MONDAY.date()):
        with transaction.atomic():
            rounds.look(round_.pk, clock.now())
    return organisation


def minutes_pass(until: str) -> None:
    while clock.now() < mornings.at(until):
        mornings.minutes_later(1)
        for lane in (Lane.ALARM, Lane.LIVE):
            lanes.look(lane)


def statuses(organisation: Organisation) -> set[Status]:
    return {line.status for line in day_lines(mornings.MONDAY.date(), [organisation], clock.now())}


@pytest.mark.timeout(120)
def test_who_waits_for_our_own_account_has_missed_nothing_and_all_are_in_one_case(stuck: Organisation) -> None:
    """Calls come too late to be placed and are asked for again; at the deadlines people take over.

    One cause, one case: those of the circles that are to be round three minutes later join it, and nobody is rung anew.
    """
    minutes_pass("08:50")
    assert not Attempt.objects.filter(message__lane=Lane.LIVE).exists()
    assert Message.objects.filter(lane=Lane.LIVE, outcome="expired").exists()
    assert set(Seat.objects.values_list("misses", "standing")) == {(0, "expected")}
    assert not Incident.objects.exists()
    minutes_pass("08:58")
    incident = Incident.objects.get()
    assert (incident.kind, incident.details) == ("outage", {"reason": "slow", "rounds": 8})
    assert incident.members.count() == 4 * 3
    alarms = Message.objects.filter(lane=Lane.ALARM).count()
    minutes_pass("09:01")
    assert Incident.objects.count() == 1
    assert incident.members.count() == 4 * 3 + 4 * 4
    assert Message.objects.filter(lane=Lane.ALARM).count() == alarms
    assert set(Seat.objects.values_list("misses", "standing")) == {(0, "incident")}
    assert statuses(stuck) == {Status.INCIDENT_OPEN}
    assert Attempt.objects.filter(message__lane=Lane.ALARM, kind="call").count() == 1, "the token kept for alarms"
