"""Two volunteers say yes to the last place of an evening in the same moment: one has it, and the other hears so."""

from datetime import timedelta
from typing import Any

import pytest

from backend.common import actors
from backend.events import clock
from backend.meals.models import CrewAsk, CrewPlace, Evening
from backend.meals.selectors import crew as reading
from backend.meals.services import crew, evenings
from backend.people.models import Person
from tests.integration.web import mornings
from tests.support.races import at_once, meet_after
from tests.support.restos import TUESDAY, a_helper, a_resto_of, crew_places


@pytest.fixture
def place(settings: Any, transactional_db: None) -> CrewPlace:
    """On Thursday one cook is needed; Kees was asked and was silent, then Lies was asked. Both can still say yes."""
    settings.RONDJE_DEMO = True
    mornings.set_time("10:00")
    organisation = mornings.an_organisation()
    kees = a_helper(organisation, "Kees", "+31600000200", jobs=("cook",))
    lies = a_helper(organisation, "Lies", "+31600000201", jobs=("cook",))
    (made,) = crew_places(a_resto_of(organisation).evening(TUESDAY + timedelta(days=2)), "cook")
    crew.ask(place_id=made.pk, person=kees, actor=actors.user(1), now=clock.now())
    crew.ask(place_id=made.pk, person=lies, actor=actors.user(1), now=clock.now())
    return made


def says_yes(place: CrewPlace, name: str) -> Any:
    person, now = Person.objects.get(given_name=name), clock.now()
    return lambda: crew.say_yes(place_id=place.pk, person=person, actor=actors.person(person.pk, "link"), now=now)


def test_without_the_lock_nobody_hears_that_it_is_taken(place: CrewPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have it, or their questions wait for one another until the database ends one of them."""

    def unlocked(evening_id: int) -> Evening:
        return Evening.objects.select_related("resto__organisation", "series").get(pk=evening_id)

    monkeypatch.setattr(evenings, "locked", unlocked)
    meet_after(monkeypatch, reading, "volunteers")
    ends = at_once(says_yes(place, "Kees"), says_yes(place, "Lies"))
    assert {type(end).__name__ for end in ends} <= {"NoneType", "OperationalError"}


def test_with_it_one_has_the_place_and_the_other_is_told(place: CrewPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_after(monkeypatch, reading, "volunteers")
    ends = at_once(says_yes(place, "Kees"), says_yes(place, "Lies"))
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "PlaceTaken"]
    place.refresh_from_db()
    accepted = CrewAsk.objects.get(state=CrewAsk.State.ACCEPTED)
    assert (place.state, place.person) == (CrewPlace.State.CONFIRMED, accepted.person)
    assert not CrewAsk.objects.filter(state=CrewAsk.State.OPEN).exists()
