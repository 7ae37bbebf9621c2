"""A yes, a no or a number by text is never taken for the answer to another question than was meant."""

import pytest
from django.db import transaction

from backend.common import actors
from backend.events import clock
from backend.incidents.models import Incident
from backend.meals.models import Reservation
from backend.meals.services import crew, crew_swaps
from tests.integration.meals.a_town import reserves
from tests.integration.meals.crew.a_week import STAFF, a_week, helpers, soon
from tests.support import restos
from tests.support.restos import at
from tests.support.story import ANNEKE, Story

pytestmark = pytest.mark.django_db(transaction=True)

RIET = "+31130001300"


def states() -> dict[str, str]:
    return {row.person.given_name: row.state for row in Reservation.objects.select_related("person")}


def test_ja_to_an_alert_is_never_taken_for_a_place_on_a_waiting_list(story: Story) -> None:
    """Anneke is on duty. She asked for a chair at a full dinner, and then Riet does not answer."""
    story.ladder()
    story.member("riet", RIET)
    for name, line in (("riet", RIET), ("anneke", ANNEKE)):
        story.lives(name, line, habits=["no_answer"])
    table = restos.a_resto_of(story.organisation)
    evening = table.evening(chairs=1)
    story.start()
    with transaction.atomic():
        table.reserves(evening, "Sjef", clock.now())
    while not any("Neemt u dit op u? JA/NEE" in text for text in story.texts("anneke")):
        if clock.now() >= story.at(60) and not any("wachtlijst" in text for text in story.texts("anneke")):
            (full,) = story.sends("anneke", "ETEN")
            assert "Wilt u op de wachtlijst? Antwoord JA." in full
        story.step()
    story.sends("anneke", "JA")
    assert Incident.objects.get().claimed_by_name == "Anneke Vrijwilliger"
    assert states() == {"Sjef": "reserved"}


def test_no_to_the_evening_before_is_not_taken_for_a_late_answer_of_the_crew(story: Story) -> None:
    """Lies was asked whether she comes on Friday; the last that she read is that a cook has been found for today."""
    evening = a_week(story, "cook")
    (kees,) = helpers(story, "kees", jobs=("cook",))
    lies, _moos = helpers(story, "lies", "moos", jobs=("cook",), habits=["no_answer"])
    friday = at("12:00").date().replace(day=27)
    story.begin = story.begin.replace(day=26, hour=8, minute=55)
    story.start()
    row = reserves(restos.table_of(evening).evening(friday), lies)
    cooking = evening.crew.get()
    crew.confirm(place_id=cooking.pk, person=kees, actor=STAFF, now=clock.now())
    soon(story)
    crew_swaps.drop_out(place_id=cooking.pk, owner=kees, actor=actors.person(kees.pk, "link"), now=clock.now())
    soon(story)
    story.sends("moos", "ja")
    soon(story)
    assert "hebben wij al iemand" in story.texts("lies")[-1]
    Reservation.objects.filter(pk=row.pk).update(answer=Reservation.Answer.ASKED)
    (told,) = story.sends("lies", "nee")
    assert told.startswith("U bent afgemeld voor het eten")
    assert states() == {"Lies": "cancelled"}
