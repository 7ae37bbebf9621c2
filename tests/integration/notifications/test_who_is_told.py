"""Coordinators hear of a call back and of stopped texts: those of today, in few queries however many circles."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.notifications import texts
from backend.notifications.domain import keywords
from backend.notifications.models import InboundText, InboxItem, Message
from backend.notifications.registry import IncomingText
from backend.notifications.rules import opting
from backend.notifications.services import call_backs
from backend.people.models import Absence, DutyShift, Organisation, Person
from backend.people.services import absences, duty, registering

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
CARLA, DIRK = "+31600000102", "+31600000103"


@pytest.fixture
def organisation(settings: Any) -> Organisation:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=datetime(2026, 11, 24, 10, 0, tzinfo=UTC), rate=0)
    return registering.register_organisation(
        slug="welzijn", name="Welzijn Oost", phone="+31130009000", duty_phone="+31130009001"
    )


def volunteer(organisation: Organisation, name: str, line: str) -> Person:
    return registering.register_person(organisation=organisation, given_name=name, family_name="Oost", phones=[line])


def coordinates(person: Person, circle: int, *, weekday: int = TODAY.weekday()) -> None:
    duty.put_on_duty(person=person, scope=f"circle:{circle}", rank=DutyShift.Rank.COORDINATOR, weekday=weekday)


def told(organisation: Organisation) -> list[str]:
    """Whom a text to the coordinators reaches."""
    call_backs.text_coordinators(organisation, texts.CALL_BACK, clock.now(), link="https://rondje.example/inbox/")
    return list(Message.objects.order_by("pk").values_list("line", flat=True))


def test_the_coordinators_of_today_are_texted_once_each_and_who_is_away_is_not(organisation: Organisation) -> None:
    carla, dirk = volunteer(organisation, "Carla", CARLA), volunteer(organisation, "Dirk", DIRK)
    for circle in (1, 2):
        coordinates(carla, circle)
    coordinates(dirk, 3)
    coordinates(volunteer(organisation, "Fenna", "+31600000104"), 4, weekday=(TODAY.weekday() + 1) % 7)
    absences.record_absence(person=dirk, first_day=TODAY, last_day=TODAY, reason=Absence.Reason.AWAY, actor=SYSTEM)
    assert told(organisation) == [CARLA]


def test_sixty_circles_take_no_more_queries_than_one(organisation: Organisation) -> None:
    carla = volunteer(organisation, "Carla", CARLA)
    coordinates(carla, 1)
    with CaptureQueriesContext(connection) as one:
        told(organisation)
    for circle in range(2, 61):
        coordinates(carla, circle)
    with CaptureQueriesContext(connection) as sixty:
        told(organisation)
    assert len(sixty) == len(one)


@pytest.mark.parametrize(("day", "is_shown"), [(-1, False), (0, True), (7, True)])
def test_stop_is_told_only_of_whoever_has_a_duty_ahead(organisation: Organisation, day: int, is_shown: bool) -> None:
    dirk = volunteer(organisation, "Dirk", DIRK)
    DutyShift.objects.create(
        organisation=organisation, person=dirk, scope="circle:1", rank="primary", date=TODAY + timedelta(days=day)
    )
    row = InboundText.objects.create(
        organisation=organisation, sid="SM1", line=DIRK, body="STOP", received_at=clock.now(), due_at=clock.now()
    )
    text = IncomingText(row, organisation, keywords.understand("STOP"), (dirk,), (), "nl")
    opting.answer(text, clock.now())
    assert InboxItem.objects.filter(kind="stopped_texts").exists() is is_shown
