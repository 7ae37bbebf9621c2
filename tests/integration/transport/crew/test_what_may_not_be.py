"""Who may not be in a crew, and what becomes of a crew when its trip changes."""

from datetime import timedelta

import pytest
from django.db import transaction

from backend.common.errors import NotAllowed
from backend.events import clock
from backend.people.domain.crews import Barred, CrewClosed, PlaceTaken
from backend.people.models import Engagement, Paper, Person
from backend.transport.models import CrewOffer
from backend.transport.models.crew import Task
from backend.transport.services import crew, crew_people, trips
from tests.integration.transport.crew.a_week import (
    LIES,
    STAFF,
    THURSDAY,
    a_week,
    begin,
    drivers,
    driving,
    offers,
    standing,
)
from tests.support.buses import TUESDAY, a_bus, a_trip, a_volunteer
from tests.support.story import Story


def test_nobody_is_both_driver_and_host_or_on_two_trips_at_once(story: Story) -> None:
    trip = a_week(story)
    nel = Person.objects.get(given_name="Nel")
    crew_people.set_tasks(
        nel, {"driver": False, "host": False}, organisation=story.organisation, actor=STAFF, now=clock.now()
    )
    Paper.objects.filter(person=nel).delete()
    for kind in Paper.Kind:
        Paper.objects.create(person=nel, kind=kind, seen_on=TUESDAY, seen_by="user:1")
    with pytest.raises(Barred) as barred:
        crew.confirm(duty_id=driving(trip).pk, person=nel, actor=STAFF, now=clock.now())
    assert barred.value.reason == "other_task"
    same_time = a_trip(a_bus(story.organisation, "De tweede"), THURSDAY)
    with pytest.raises(Barred) as barred:
        crew.confirm(duty_id=driving(same_time).pk, person=nel, actor=STAFF, now=clock.now())
    assert barred.value.reason == "engaged"


def test_a_yes_from_whoever_was_not_asked_or_comes_too_late_changes_nothing(story: Story) -> None:
    trip = a_week(story)
    kees, lies = drivers(story, "kees", "lies")
    begin(story)
    duty = driving(trip)
    with pytest.raises(NotAllowed):
        crew.say_yes(duty_id=duty.pk, person=lies, actor=STAFF, now=clock.now())
    story.sends("kees", "ja")
    crew.say_yes(duty_id=duty.pk, person=kees, actor=STAFF, now=clock.now())
    assert CrewOffer.objects.filter(duty=duty, state="accepted").count() == 1, "saying it twice changes nothing"
    with pytest.raises(CrewClosed):
        crew.drop_out(duty_id=duty.pk, actor=STAFF, now=trip.ends_at)


def test_a_trip_that_is_off_frees_its_crew_and_asks_nobody_any_more(story: Story) -> None:
    trip = a_week(story)
    drivers(story, "kees")
    begin(story)
    with transaction.atomic():
        trips.cancel(trip_id=trip.pk, because="ijzel", actor=STAFF, now=clock.now())
    story.run_to(clock.now() + timedelta(minutes=1))
    assert offers(trip) == [("Kees", "withdrawn")]
    assert "gaat niet door" in story.texts("nel")[-1]
    assert not Engagement.objects.exists()
    assert "gaat niet door" in story.sends("kees", "ja")[0]
    assert standing(trip) == ("open", "")


def test_when_the_trip_is_at_another_time_its_crew_is_told(story: Story) -> None:
    trip = a_week(story)
    begin(story)
    trip.ends_at += timedelta(minutes=30)
    trip.save()
    crew.look_soon(trip.pk, clock.now())
    story.run(until="10:10")
    assert story.texts("nel")[-1].startswith(
        "Boodschappenbus: de rit van do 26 nov (De markt) is nu van 9:30 tot 15:00."
    )
    assert Engagement.objects.get(person__given_name="Nel").ends_at == trip.ends_at


def test_what_nobody_may_take_is_refused_to_a_planner_as_well(story: Story) -> None:
    trip = a_week(story)
    (kees,) = drivers(story, "kees", papers=())
    with pytest.raises(Barred) as barred:
        crew.ask(duty_id=driving(trip).pk, person=kees, actor=STAFF, now=clock.now())
    assert barred.value.reason == "missing:licence"
    with pytest.raises(PlaceTaken):
        lies = a_volunteer(story.organisation, "Lies", LIES, tasks=(Task.HOST,))
        hosting = trip.crew.get(task=Task.HOST)
        CrewOffer.objects.create(
            duty=hosting, person=lies, state="declined", offered_at=clock.now(), deadline_at=clock.now()
        )
        crew.say_yes(duty_id=hosting.pk, person=lies, actor=STAFF, now=clock.now())
