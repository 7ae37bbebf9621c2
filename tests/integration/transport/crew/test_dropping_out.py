"""A driver who said yes cannot come after all: who takes it over, and what the others hear."""

from datetime import timedelta

import pytest

from backend.common import actors
from backend.common.actors import SYSTEM
from backend.common.errors import Conflict
from backend.events import clock
from backend.events.models import Event
from backend.people.models import Absence, Engagement, Paper
from backend.people.services import absences
from backend.transport.models.crew import Task
from backend.transport.selectors.crew import missing
from backend.transport.services import crew, crew_people, crew_swaps
from tests.integration.transport.crew.a_week import (
    STAFF,
    THURSDAY,
    a_week,
    begin,
    drivers,
    driving,
    offers,
    standing,
)
from tests.support.buses import TUESDAY, wall
from tests.support.story import Story


def test_a_no_after_a_yes_frees_the_trip_and_the_next_is_asked(story: Story) -> None:
    """Nobody reads that somebody else is asked while nobody is: the bus would stand still."""
    trip = a_week(story)
    kees, _lies = drivers(story, "kees", "lies")
    begin(story)
    crew.confirm(duty_id=driving(trip).pk, person=kees, actor=STAFF, now=clock.now())
    story.run_to(clock.now() + timedelta(minutes=1))
    assert story.texts("kees")[-1].startswith("Dank u wel. U staat do 26 nov ")
    (answer,) = story.sends("kees", "Nee, toch niet")
    assert answer.startswith("Boodschappenbus: u staat do 26 nov niet meer op het rooster. Klopt dat niet? Bel ")
    story.run_to(clock.now() + timedelta(minutes=1))
    assert offers(trip) == [("Kees", "accepted"), ("Lies", "open")]
    assert standing(trip) == ("asked", "Lies")


def test_who_drops_out_is_replaced_by_who_stands_by(story: Story) -> None:
    trip = a_week(story)
    kees, _lies = drivers(story, "kees", "lies")
    drivers(story, "moos", standby=True)
    begin(story)
    story.sends("kees", "ja")
    assert crew.drop_out(duty_id=driving(trip).pk, actor=actors.person(kees.pk, "link"), now=clock.now())
    story.run_to(clock.now() + timedelta(minutes=1))
    assert standing(trip) == ("asked", "Moos")
    assert not Engagement.objects.filter(person=kees).exists()
    assert not crew.drop_out(duty_id=driving(trip).pk, actor=STAFF, now=clock.now()), "there is nobody to drop out"


def test_a_confirmed_driver_who_falls_ill_or_whose_paper_ends_is_let_go(story: Story) -> None:
    trip = a_week(story)
    kees, lies = drivers(story, "kees", "lies")
    begin(story)
    story.sends("kees", "ja")
    absences.record_absence(person=kees, first_day=TUESDAY, last_day=None, reason=Absence.Reason.HOSPITAL, actor=SYSTEM)
    story.run_to(clock.now() + timedelta(minutes=1))
    assert standing(trip) == ("asked", "Lies")
    assert story.texts("kees")[-1].startswith("Boodschappenbus: u staat do 26 nov niet meer op het rooster.")
    story.sends("lies", "ja")
    Paper.objects.filter(person=lies, kind=Paper.Kind.MEDICAL).update(valid_until=TUESDAY)
    crew_people.look_at_trips_of(lies.pk, clock.now())
    story.run_to(clock.now() + timedelta(minutes=1))
    assert missing(trip) == (Task.DRIVER,)
    (dropped,) = [
        one for one in Event.objects.filter(kind="transport.crew_dropped") if one.payload["person"] == lies.pk
    ]
    assert dropped.payload["because"] == "paper_expired:medical"


def test_handing_over_asks_all_others_and_the_first_yes_has_it(story: Story) -> None:
    trip = a_week(story)
    kees, _lies, _moos = drivers(story, "kees", "lies", "moos")
    begin(story)
    story.sends("kees", "ja")
    assert story.sends("kees", "ruil 26 nov")[0].startswith("Wij vragen de anderen of zij uw rit van do 26 nov")
    assert story.texts("lies")[0].startswith("Boodschappenbus: Kees kan do 26 nov niet. Kunt u van 9:30 tot 14:30 mee")
    assert standing(trip) == ("confirmed", "Kees"), "the owner keeps it until somebody has it"
    story.sends("moos", "ja")
    assert standing(trip) == ("confirmed", "Moos")
    assert "hebben wij al iemand" in story.sends("lies", "ja")[0]
    assert "Moos neemt uw rit van do 26 nov over" in story.texts("kees")[-1]
    assert Engagement.objects.get(source=f"crew:{trip.pk}:driver").person.given_name == "Moos"
    assert not Engagement.objects.filter(person=kees).exists()


def test_who_drops_out_while_the_others_are_asked_leaves_the_question_open_to_them(story: Story) -> None:
    """Nobody reads that it is not needed any more while nobody drives, and nobody is asked twice."""
    trip = a_week(story)
    kees, _lies, _moos = drivers(story, "kees", "lies", "moos")
    begin(story)
    story.sends("kees", "ja")
    story.sends("kees", "ruil 26 nov")
    crew_swaps.drop_out(duty_id=driving(trip).pk, owner=kees, actor=actors.person(kees.pk, "link"), now=clock.now())
    story.run_to(clock.now() + timedelta(minutes=1))
    assert offers(trip) == [("Kees", "accepted"), ("Lies", "open"), ("Moos", "open")]
    assert [len(story.texts(name)) for name in ("lies", "moos")] == [1, 1]
    story.sends("moos", "ja")
    story.run_to(clock.now() + timedelta(minutes=1))
    assert standing(trip) == ("confirmed", "Moos")
    assert [len(story.texts(name)) for name in ("lies", "moos")] == [2, 2]
    assert "hebben wij al iemand" in story.texts("lies")[-1]


def test_nobody_takes_it_over_and_the_owner_keeps_it(story: Story) -> None:
    trip = a_week(story)
    kees, _lies = drivers(story, "kees", "lies")
    begin(story)
    story.sends("kees", "ja")
    assert crew_swaps.ask_others(duty_id=driving(trip).pk, owner=kees, actor=STAFF, now=clock.now()) == 1
    with pytest.raises(Conflict, match="asked already"):
        crew_swaps.ask_others(duty_id=driving(trip).pk, owner=kees, actor=STAFF, now=clock.now())
    story.run_to(wall(THURSDAY, "8:30"))
    assert standing(trip) == ("confirmed", "Kees")
    story.run_to(wall(THURSDAY, "9:20"))
    assert "niemand kon uw rit van do 26 nov overnemen. De rit blijft van u" in " ".join(story.texts("kees"))
