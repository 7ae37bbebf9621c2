"""A trip finds its driver and host: asked in turn, passed on in time, and a person called in when nobody is left."""

from datetime import timedelta

import pytest

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.events.models import Event
from backend.people.models import Engagement, Paper, Person
from backend.people.services import absences
from backend.transport.models import CallTask, CrewOffer
from backend.transport.models.crew import Task
from backend.transport.selectors.crew import missing
from backend.transport.services import crew, crew_watch
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
from tests.support.buses import TUESDAY, a_bus, a_trip, a_volunteer, wall
from tests.support.story import MONDAY, Story


def test_the_first_in_turn_is_asked_by_text_and_says_yes(story: Story) -> None:
    trip = a_week(story)
    drivers(story, "kees", "lies")
    begin(story)
    (question,) = story.texts("kees")
    assert question.startswith(
        "Boodschappenbus: kunt u do 26 nov van 9:30 tot 14:30 mee als chauffeur (De markt)? Antwoord JA 26 nov of NEE "
        "26 nov, graag voor "
    )
    assert missing(trip) == (Task.DRIVER,)
    (answer,) = story.sends("kees", "Ja hoor!")
    assert answer.startswith("Dank u wel. U staat do 26 nov van 9:30 tot 14:30 op het rooster als chauffeur")
    assert standing(trip) == ("confirmed", "Kees")
    assert missing(trip) == ()
    engaged = Engagement.objects.get(person__given_name="Kees")
    assert (engaged.starts_at, engaged.ends_at) == (trip.leaves_at, trip.ends_at)
    assert story.texts("lies") == []


def test_no_passes_it_on_at_once_and_silence_at_the_deadline(story: Story) -> None:
    trip = a_week(story)
    drivers(story, "kees", "lies", "moos")
    begin(story)
    assert story.sends("kees", "nee, helaas") == ["Dank u wel voor uw antwoord. Wij vragen iemand anders."]
    assert offers(trip) == [("Kees", "declined"), ("Lies", "open")]
    deadline = CrewOffer.objects.get(person__given_name="Lies").deadline_at
    story.run_to(deadline + timedelta(seconds=5))
    assert offers(trip) == [("Kees", "declined"), ("Lies", "expired"), ("Moos", "open")]
    (asked,) = [
        event for event in Event.objects.filter(kind="transport.crew_asked") if len(event.payload["passed_over"]) > 1
    ]
    assert [reason for _key, reason in asked.payload["passed_over"]] == ["declined", "expired"]


def test_a_yes_after_the_deadline_is_welcome_while_nobody_is_confirmed(story: Story) -> None:
    trip = a_week(story)
    drivers(story, "kees", "lies")
    begin(story)
    story.run_to(wall(TUESDAY, "9:01"))
    assert offers(trip) == [("Kees", "expired"), ("Lies", "open")]
    story.sends("kees", "ja")
    assert standing(trip) == ("confirmed", "Kees")
    assert offers(trip)[:2] == [("Kees", "expired"), ("Lies", "withdrawn")]
    story.run_to(clock.now() + timedelta(minutes=1))
    assert story.texts("lies")[-1].startswith("Boodschappenbus: voor do 26 nov hebben wij al iemand.")
    assert "hebben wij al iemand" in story.sends("lies", "ja")[0]
    assert standing(trip) == ("confirmed", "Kees")


def test_whoever_has_a_landline_is_rung_and_presses_one(story: Story) -> None:
    trip = a_week(story)
    story.lives("gerrit", "+31130001310")
    a_volunteer(story.organisation, "Gerrit", "+31130001310")
    begin(story)
    assert "Kunt u op donderdag 26 november van 9:30 tot 14:30 mee als chauffeur?" in story.heard("gerrit")
    assert "Tot dan." in story.heard("gerrit")
    assert standing(trip) == ("confirmed", "Gerrit")


def test_a_call_that_nobody_answers_is_tried_three_times_and_then_passed_on(story: Story) -> None:
    trip = a_week(story)
    story.lives("gerrit", "+31130001310", habits=["no_answer"])
    a_volunteer(story.organisation, "Gerrit", "+31130001310")
    drivers(story, "kees")
    begin(story)
    story.run_to(wall(TUESDAY, "20:00"))
    assert len(story.rings("gerrit")) == 3
    assert offers(trip) == [("Gerrit", "expired"), ("Kees", "open")]


def test_nobody_is_asked_at_night(story: Story) -> None:
    trip = a_week(story)
    drivers(story, "kees")
    story.begin = MONDAY.replace(hour=21, minute=0)
    begin(story, until="23:30")
    assert (story.texts("kees"), offers(trip)) == ([], [])
    story.run_to(wall(TUESDAY, "9:01"))
    assert len(story.texts("kees")) == 1


def test_nobody_left_puts_those_who_could_be_persuaded_on_the_call_list(story: Story) -> None:
    """Kees was silent, Lies said no; Moos is away, and Otto's licence has expired."""
    trip = a_week(story)
    drivers(story, "kees", "lies", "moos")
    a_volunteer(story.organisation, "Otto", papers=(Paper.Kind.VOG,))
    absences.record_absence(
        person=Person.objects.get(given_name="Moos"), first_day=THURSDAY, last_day=None, reason="away", actor=SYSTEM
    )
    story.ladder()
    story.lives("carla", "+31600000102")
    begin(story)
    story.run_to(wall(TUESDAY, "12:00"))
    story.sends("lies", "nee")
    tasks = CallTask.objects.filter(kind=CallTask.Kind.CREW).order_by("order")
    assert [(task.person.given_name, task.details["tasks"]) for task in tasks] == [
        ("Kees", {"driver": "expired"}),
        ("Lies", {"driver": "declined"}),
    ]
    (gap,) = Event.objects.filter(kind="transport.crew_gap")
    assert [reason for _key, reason in gap.payload["passed_over"]] == ["expired", "declined", "away", "missing:licence"]
    story.run_to(clock.now() + timedelta(minutes=1))
    (told,) = story.texts("carla")
    assert told.startswith("Boodschappenbus: voor do 26 nov 9:30 (De markt) is er geen chauffeur;")
    crew.confirm(duty_id=driving(trip).pk, person=Person.objects.get(given_name="Lies"), actor=STAFF, now=clock.now())
    assert not CallTask.objects.filter(state=CallTask.State.OPEN).exists()
    assert standing(trip) == ("confirmed", "Lies")


def test_a_trip_without_driver_the_evening_before_is_a_case(story: Story) -> None:
    trip = a_week(story)
    story.ladder()
    for name, line in (("carla", "+31600000102"), ("kantoor", "+31130009001")):
        story.lives(name, line, habits=["no_answer"])
    begin(story)
    wednesday = THURSDAY - timedelta(days=1)
    story.run_to(wall(wednesday, "17:29"))
    assert story.incidents() == []
    story.run_to(wall(wednesday, "17:31"))
    assert story.incidents() == [("run", "open", ())]
    assert missing(trip) == (Task.DRIVER,)
    story.run_to(wall(wednesday, "18:00"))
    assert len(story.incidents()) == 1
    assert story.rings("carla"), "it goes up the ladder until somebody takes it"


def test_asked_about_two_trips_a_bare_yes_is_asked_back(story: Story) -> None:
    trip = a_week(story)
    drivers(story, "kees")
    other = a_trip(a_bus(story.organisation, "De tweede"), THURSDAY + timedelta(days=1))
    begin(story)
    assert len(story.texts("kees")) == 2
    (which,) = story.sends("kees", "ja")
    assert which == (
        "U bent over meer dan één rit gevraagd. 1: do 26 nov 9:30 als chauffeur. 2: vr 27 nov 9:30 als chauffeur. "
        "Antwoord JA 1 of JA 2."
    )
    story.sends("kees", "ja 2")
    assert (standing(trip), standing(other)) == (("asked", "Kees"), ("confirmed", "Kees"))
    story.sends("kees", "nee 26 nov")
    assert offers(trip) == [("Kees", "declined")]


def test_what_a_planner_asks_in_the_evening_goes_out_at_once(story: Story) -> None:
    """The bus leaves at half past nine: the next morning would be too late."""
    trip = a_week(story)
    (kees,) = drivers(story, "kees")
    story.begin = MONDAY.replace(day=25, hour=21, minute=0)
    story.start()
    crew.ask(duty_id=driving(trip).pk, person=kees, actor=STAFF, now=clock.now())
    story.run(until="21:01")
    assert len(story.texts("kees")) == 1
    story.sends("kees", "ja")
    assert standing(trip) == ("confirmed", "Kees")


def test_a_failure_while_asking_keeps_no_case_from_being_opened(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    trip = a_week(story)
    drivers(story, "kees")
    story.begin = MONDAY.replace(day=25, hour=17, minute=29)
    story.may_fail = True
    story.start()

    def fails(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("something is wrong with the questions")

    monkeypatch.setattr(crew_watch, "_fill", fails)
    crew_watch.keep_watch(clock.now())
    story.run(until="17:35")
    assert [kind for kind, _state, _about in story.incidents()] == ["run"]
    assert missing(trip) == (Task.DRIVER,)
