"""Who is on the line: found by name or number."""

import pytest

from backend.notifications.models import Attempt
from backend.notifications.selectors.ringing import ringing
from backend.people.finding import find
from backend.people.models import Contact, Organisation, Person
from tests.integration.web.mornings import an_organisation
from tests.support.buses import MONDAY, a_passenger, wall

pytestmark = pytest.mark.django_db

NOW = wall(MONDAY, "10:00")


@pytest.fixture
def welzijn() -> Organisation:
    return an_organisation()


def names(welzijn: Organisation, asked: str) -> list[str]:
    return [person.name for person in find(Person.objects.filter(organisation=welzijn), asked)]


@pytest.mark.parametrize(
    "asked",
    ["özdemir", "Ozdemir", "halil o", "HALIL ÖZDEMIR", "ozde", "Özdemyr", "Osdemir", "Ozdemr", "halal ozdemir"],
)
def test_somebody_is_found_however_their_name_is_typed(welzijn, asked) -> None:
    a_passenger(welzijn, "Halil", family_name="Özdemir", phones=["+31130001302"])
    a_passenger(welzijn, "Riet", family_name="van den Heuvel", phones=["+31130001303"])
    assert names(welzijn, asked) == ["Halil Özdemir"]


@pytest.mark.parametrize("asked", ["heuvel", "v.d. heuvel", "van den heuvel riet", "heuvl", "Riet heuvil"])
def test_the_prefix_of_a_name_makes_no_difference(welzijn, asked) -> None:
    a_passenger(welzijn, "Halil", family_name="Özdemir", phones=["+31130001302"])
    a_passenger(welzijn, "Riet", family_name="van den Heuvel", phones=["+31130001303"])
    assert names(welzijn, asked) == ["Riet van den Heuvel"]


@pytest.mark.parametrize("asked", ["013 000 1302", "+31130001302", "1302", "0130001302", "00 31 13 000 1302"])
def test_somebody_is_found_by_their_number_or_the_end_of_it(welzijn, asked) -> None:
    a_passenger(welzijn, "Halil", family_name="Özdemir", phones=["+31130001302"])
    a_passenger(welzijn, "Riet", family_name="Linde", phones=["+31130001303"])
    assert names(welzijn, asked) == ["Halil Özdemir"]


def test_a_daughter_s_number_finds_her_mother(welzijn) -> None:
    riet = a_passenger(welzijn, "Riet", family_name="Linde", phones=["+31130001303"])
    Contact.objects.create(person=riet, position=1, name="Els", relation="dochter", phone="+31600000177")
    assert names(welzijn, "06 0000 0177") == ["Riet Linde"]


@pytest.mark.parametrize("asked", ["", "  ", "x", "…", "Zwanenburg", "112"])
def test_nobody_is_found_by_nothing_or_by_another_name(welzijn, asked) -> None:
    a_passenger(welzijn, "Halil", family_name="Özdemir", phones=["+31130001302"])
    assert names(welzijn, asked) == []


def test_who_rings_at_this_moment_is_known_by_number(welzijn) -> None:
    riet = a_passenger(welzijn, "Riet", family_name="Linde", phones=["+31130001303"])
    call = Attempt.objects.create(
        organisation=welzijn,
        kind=Attempt.Kind.INBOUND,
        line="+31130001303",
        host="notifications.menu",
        subject_id=welzijn.pk,
        state=Attempt.State.IN_PROGRESS,
        created_at=NOW,
    )
    assert ringing([welzijn], NOW) == [riet]
    assert ringing([an_organisation("anders", "Anders")], NOW) == []
    Attempt.objects.filter(pk=call.pk).update(state=Attempt.State.COMPLETED)
    assert ringing([welzijn], NOW) == []
