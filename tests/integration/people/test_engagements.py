"""Nobody is in two places at once: the database refuses it, and a person is told why."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from backend.events import clock
from backend.events.models import Event
from backend.people.models import Engagement, Person
from backend.people.services import engagements, registering
from backend.people.services.engagements import Engaged
from tests.support.races import at_once

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
BUS = Engagement.Programme.BUS


@pytest.fixture
def truus() -> Person:
    organisation = registering.register_organisation(
        slug="oost", name="Welzijn Oost", phone="+31130009000", duty_phone="+31130009001"
    )
    return registering.register_person(organisation=organisation, given_name="Truus", family_name="Linde", phones=())


def engaged(person: Person, source: str, *, hours: float, programme: Engagement.Programme = BUS) -> Engagement:
    starts_at = TEN + timedelta(hours=hours)
    return engagements.engage(
        person, programme=programme, source=source, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3)
    )


def test_two_trips_at_once_are_refused_and_the_first_stays(truus: Person) -> None:
    engaged(truus, "booking:1", hours=0)
    with pytest.raises(
        engagements.Engaged, match="Truus Linde gaat op dat moment al met een andere rit mee"
    ) as refused:
        engaged(truus, "booking:2", hours=2)
    assert refused.value.source == "booking:1"
    assert Engagement.objects.get().source == "booking:1"


def test_one_trip_after_another_and_another_programme_at_the_same_time_are_fine(truus: Person) -> None:
    engaged(truus, "booking:1", hours=0)
    engaged(truus, "booking:2", hours=3)
    engaged(truus, "reservation:1", hours=1, programme=Engagement.Programme.DINNER)
    assert Engagement.objects.count() == 3


def test_the_same_booking_moves_and_is_released(truus: Person) -> None:
    engaged(truus, "booking:1", hours=0)
    engaged(truus, "booking:1", hours=1)
    assert Engagement.objects.get().starts_at == TEN + timedelta(hours=1)
    engagements.release("booking:1")
    engaged(truus, "booking:2", hours=1)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_refused(truus: Person) -> None:
    ends = at_once(lambda: engaged(truus, "booking:1", hours=0), lambda: engaged(truus, "booking:2", hours=1))
    assert sorted(type(end).__name__ for end in ends) == ["Engaged", "NoneType"]
    assert Engagement.objects.count() == 1


def test_a_trip_that_moves_takes_its_engagement_along_unless_they_are_elsewhere_then(truus: Person) -> None:
    engaged(truus, "booking:1", hours=0)
    engaged(truus, "booking:2", hours=4)
    later = {"starts_at": TEN + timedelta(hours=1), "ends_at": TEN + timedelta(hours=4)}
    assert engagements.move("booking:1", **later) is not None
    with pytest.raises(engagements.Engaged):
        engagements.move("booking:1", starts_at=TEN, ends_at=TEN + timedelta(hours=5))
    assert Engagement.objects.get(source="booking:1").ends_at == later["ends_at"]
    assert engagements.move("booking:9", **later) is None


def test_who_drives_hears_what_they_drive(truus: Person) -> None:
    crew = Engagement.Programme.BUS_CREW
    engaged(truus, "crew:1", hours=0, programme=crew)
    with pytest.raises(engagements.Engaged, match="Truus Linde rijdt of begeleidt op dat moment al"):
        engaged(truus, "crew:2", hours=1, programme=crew)


def test_only_a_change_of_today_or_tomorrow_is_told(truus: Person, settings: Any) -> None:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=TEN - timedelta(days=3), rate=0)
    engaged(truus, "booking:1", hours=0)
    assert not Event.objects.filter(kind="people.engagement_changed").exists()
    clock.set_clock(virtual=TEN - timedelta(hours=2), rate=0)
    engaged(truus, "booking:1", hours=0)
    assert not Event.objects.filter(kind="people.engagement_changed").exists(), "nothing has changed"
    engaged(truus, "booking:1", hours=1)
    engagements.release("booking:1")
    assert Event.objects.filter(kind="people.engagement_changed", subject_id=truus.pk).count() == 2


def test_why_somebody_cannot_is_said_in_the_reader_s_language(truus: Person) -> None:
    for language, said in (
        ("nl", "Truus Linde is op dat moment al bij een ander etentje. Zeg dat eerst af."),
        ("en", "Truus Linde is at another dinner at that time already. Cancel that one first."),
    ):
        with translation.override(language):
            assert Engaged(truus, Engagement.Programme.DINNER, "reservation:1").message == said
