"""One evening, added or changed by hand: a speaker, fewer chairs, other times."""

from datetime import date

import pytest

from backend.common.errors import Conflict, RondjeError
from backend.events.models import Event
from backend.meals.models import CrewPlace, Job
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import changing
from backend.people.models import Engagement
from tests.integration.meals.series.a_programme import EARLY, NOW, facts
from tests.support.restos import MANAGER, TUESDAY, Table, at

pytestmark = pytest.mark.django_db


def test_a_single_evening_with_a_speaker_and_only_one_a_day(table: Table) -> None:
    evening = changing.add(
        table.resto, TUESDAY, facts(speaker="de imam", speakers=1), needs={"cook": 1}, actor=MANAGER, now=NOW
    )
    assert chairs_of(evening, NOW).covers == 2
    with pytest.raises(Conflict, match="There is a dinner on that day already"):
        changing.add(table.resto, TUESDAY, facts(), needs={}, actor=MANAGER, now=NOW)
    with pytest.raises(RondjeError, match="doors would have opened"):
        changing.add(table.resto, date(2026, 11, 22), facts(), needs={}, actor=MANAGER, now=NOW)


def test_a_speaker_takes_a_chair_and_there_must_be_one(table: Table) -> None:
    evening = table.evening(chairs=4)
    table.reserves(evening, "Riet", NOW, covers=4)
    with pytest.raises(Conflict, match="no chair for who speaks: 4 of 4"):
        changing.change(evening.pk, facts(chairs=4, speaker="de huisarts", speakers=1), actor=MANAGER, now=NOW)
    changed = changing.change(evening.pk, facts(chairs=5, speaker="de huisarts", speakers=1), actor=MANAGER, now=NOW)
    assert chairs_of(changed, NOW).free == 0


def test_fewer_chairs_than_people_who_have_one_are_refused(table: Table) -> None:
    evening = table.evening(chairs=10)
    table.reserves(evening, "Riet", NOW, covers=6)
    CrewPlace.objects.create(evening=evening, job=Job.COOK)
    with pytest.raises(Conflict, match="7 people have a chair"):
        changing.change(evening.pk, facts(chairs=6), actor=MANAGER, now=NOW)
    assert changing.change(evening.pk, facts(chairs=7), actor=MANAGER, now=NOW).chairs == 7


def test_who_has_reserved_is_with_us_at_the_new_time_and_an_event_says_so(table: Table) -> None:
    evening = table.evening()
    riet = table.reserves(evening, "Riet", NOW)
    changing.change(evening.pk, facts(theme="Herfst"), actor=MANAGER, now=NOW)
    assert not Event.objects.filter(kind="meals.evening_moved").exists()
    changing.change(evening.pk, facts(times=EARLY), actor=MANAGER, now=NOW)
    assert Event.objects.get(kind="meals.evening_moved").payload == {"reservations": [riet.pk]}
    engagement = Engagement.objects.get(person=riet.person)
    assert (engagement.starts_at, engagement.ends_at) == (at("16:30"), at("19:00"))


@pytest.mark.parametrize("state", ["open", "closed", "cancelled"])
def test_what_has_begun_or_is_over_is_not_changed(table: Table, state: str) -> None:
    evening = table.evening(state=state)
    with pytest.raises(Conflict, match="begun, is over, or was cancelled"):
        changing.change(evening.pk, facts(times=EARLY), actor=MANAGER, now=NOW)
