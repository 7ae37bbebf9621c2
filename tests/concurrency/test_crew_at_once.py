"""Two volunteers say yes to the same trip in the same moment: one has it, and the other hears so."""

from datetime import timedelta
from typing import Any

import pytest

from backend.common import actors
from backend.events import clock
from backend.people.models import Person
from backend.transport.models import CrewDuty, CrewOffer, Trip
from backend.transport.selectors import crew as reading
from backend.transport.services import crew, trips
from tests.integration.web import mornings
from tests.support.buses import a_bus, a_trip, a_volunteer
from tests.support.races import at_once, meet_after

THURSDAY = mornings.MONDAY.date() + timedelta(days=3)


@pytest.fixture
def duty(settings: Any, transactional_db: None) -> CrewDuty:
    """Kees was asked and was silent; then Lies was asked. Both can still say yes."""
    settings.RONDJE_DEMO = True
    mornings.set_time("10:00")
    organisation = mornings.an_organisation()
    kees = a_volunteer(organisation, "Kees", "+31600000200")
    lies = a_volunteer(organisation, "Lies", "+31600000201")
    made: CrewDuty = a_trip(a_bus(organisation), THURSDAY).crew.get(task="driver")
    crew.ask(duty_id=made.pk, person=kees, actor=actors.user(1), now=clock.now())
    crew.ask(duty_id=made.pk, person=lies, actor=actors.user(1), now=clock.now())
    return made


def says_yes(duty: CrewDuty, name: str) -> Any:
    person, now = Person.objects.get(given_name=name), clock.now()
    return lambda: crew.say_yes(duty_id=duty.pk, person=person, actor=actors.person(person.pk, "link"), now=now)


def test_without_the_lock_both_hear_that_it_is_theirs(duty: CrewDuty, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(trip_id: int) -> Trip:
        return Trip.objects.select_related("organisation", "destination").get(pk=trip_id)

    monkeypatch.setattr(trips, "locked", unlocked)
    meet_after(monkeypatch, reading, "volunteers")
    assert at_once(says_yes(duty, "Kees"), says_yes(duty, "Lies")) == [None, None]


def test_with_it_one_has_the_trip_and_the_other_is_told(duty: CrewDuty, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_after(monkeypatch, reading, "volunteers")
    ends = at_once(says_yes(duty, "Kees"), says_yes(duty, "Lies"))
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "PlaceTaken"]
    duty.refresh_from_db()
    accepted = CrewOffer.objects.get(duty=duty, state=CrewOffer.State.ACCEPTED)
    assert (duty.state, duty.person) == (CrewDuty.State.CONFIRMED, accepted.person)
    assert not CrewOffer.objects.filter(duty=duty, state=CrewOffer.State.OPEN).exists()
