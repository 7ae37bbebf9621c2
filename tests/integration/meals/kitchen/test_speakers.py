"""What somebody who speaks does not eat is cooked for them without their name, and told when it changes."""

from datetime import time

import pytest

from backend.common.errors import Conflict
from backend.events import clock
from backend.meals.domain.series import Times
from backend.meals.models import Evening, SpeakerPlate
from backend.meals.selectors.kitchen import sheet_now
from backend.meals.services import changing
from backend.meals.services.changing import Facts
from backend.meals.services.wishes import PlateWish
from tests.integration.meals.kitchen.a_kitchen import COOK, CUTOFF, KIND, MONDAY, cooking, look, texts, told
from tests.support.restos import MANAGER, Table, at

pytestmark = pytest.mark.django_db

USUAL = Times(time(12, 30), time(17, 30), time(18), time(20, 30))
NO_PORK, NUTS_APART = PlateWish(("pork",)), PlateWish(("nuts",), own_plate=True, note="ook geen sporen")


def speak(evening: Evening, *plates: PlateWish, speakers: int = 3) -> None:
    facts = Facts(USUAL, chairs=20, speaker="de wijkagent", speakers=speakers, plates=plates)
    changing.change(evening.pk, facts, actor=MANAGER, now=clock.now())
    evening.refresh_from_db()


def test_who_speaks_is_counted_by_what_they_do_not_eat_and_a_plate_made_apart_has_their_role(table: Table) -> None:
    evening = table.evening()
    speak(evening, NO_PORK, NUTS_APART)
    sheet = sheet_now(evening)
    assert (sheet.speakers, sheet.covers, sheet.diets) == (3, 3, ((("pork",), 1),))
    assert [(one.name, one.diet, one.note) for one in sheet.own] == [("de wijkagent", ("nuts",), "ook geen sporen")]
    speak(evening, NO_PORK, speakers=1)
    assert (sheet_now(evening).covers, sheet_now(evening).own) == (1, ())
    speak(evening, speakers=0)
    assert not SpeakerPlate.objects.exists()


def test_a_new_evening_has_the_plates_of_who_speaks(table: Table) -> None:
    facts = Facts(USUAL, chairs=20, speaker="de huisarts", speakers=1, plates=(NO_PORK,))
    made = changing.add(table.resto, at("12:00").date(), facts, needs={}, actor=MANAGER, now=MONDAY)
    assert sheet_now(made).diets == ((("pork",), 1),)


def test_more_plates_than_people_who_speak_are_refused_and_nothing_changes(table: Table) -> None:
    evening = table.evening()
    speak(evening, NO_PORK, speakers=1)
    with pytest.raises(Conflict, match="more plates than people who speak"):
        speak(evening, NO_PORK, NUTS_APART, speakers=1)
    assert list(SpeakerPlate.objects.values_list("without", flat=True)) == [["pork"]]


def test_what_a_speaker_turns_out_not_to_eat_after_the_cutoff_is_told_to_the_cook(table: Table) -> None:
    evening, _cook, _riet = cooking(table)
    clock.set_clock(virtual=CUTOFF, rate=0)
    speak(evening, speakers=1)
    look(evening, CUTOFF)
    clock.set_clock(virtual=at("17:00"), rate=0)
    Evening.objects.filter(pk=evening.pk).update(pots_on_at=at("16:00"))
    speak(evening, NUTS_APART, speakers=1)
    look(evening, at("17:00"))
    assert told(evening) == [(KIND.FINAL, 5), (KIND.LATE, 6), (KIND.LATE, 6)]
    assert texts(COOK)[-1] == (
        "De Lange Tafel, di 24 nov: 1 eigen bord meer (zonder noten). Nu 6 eters. Zeg hier dat u het zag:"
    )
