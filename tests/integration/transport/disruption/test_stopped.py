"""A trip that is stopped or driven by another bus: everybody hears so, confirms it, and gets home."""

import re
from datetime import date
from uuid import uuid4

import pytest

from backend.common.errors import Conflict
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import Incident
from backend.people.models import Engagement, Person
from backend.people.services import engagements
from backend.transport.domain.disruption import Part
from backend.transport.domain.run import What
from backend.transport.models import Booking, CallTask, CrewDuty, Disruption, DisruptionNotice, Ride, Trip
from backend.transport.models.crew import Task
from backend.transport.selectors.crew import source_of
from backend.transport.services import call_tasks, day, disruption, disruption_calls
from backend.transport.services.day import Tick
from tests.integration.transport.disruption.a_stop import (
    ASKS,
    HALIL,
    MONDAY,
    PLANNER,
    RIET,
    TRUUS,
    UNDERSTANDS,
    cause,
    told,
)
from tests.support.story import Story
from tests.support.underway import Underway, a_layout, an_outing, wall


def test_everybody_is_rung_in_boarding_order_and_whom_nobody_reaches_is_left_to_a_person(
    story: Story, road: Underway
) -> None:
    for name, phone in (("riet", RIET), ("halil", HALIL), ("truus", TRUUS)):
        road.passenger(name, phone)
    story.lives("riet", RIET, habits=[UNDERSTANDS])
    story.lives("halil", HALIL, habits=["no_answer", "no_answer"])
    story.lives("truus", TRUUS, habits=["no_answer", UNDERSTANDS])
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("08:50")
    assert [story.rings(name)[0][:5] for name in ("riet", "halil", "truus")] == ["08:25", "08:25", "08:25"]
    assert told() == {"Riet": ("confirmed", "key"), "Halil": ("person", "silent"), "Truus": ("confirmed", "key")}
    assert "De bus rijdt niet. De bus is kapot. U wordt niet opgehaald." in story.heard("riet")
    assert len(story.rings("halil")) == 2
    task = CallTask.objects.get(kind=CallTask.Kind.DISRUPTED)
    assert (task.person.given_name, task.state, task.order) == ("Halil", "open", 1)
    assert set(Ride.objects.values_list("state", flat=True)) == {"cancelled"}
    assert set(Booking.objects.values_list("state", "cancelled_because")) == {("cancelled", "trip_cancelled")}
    assert Trip.objects.get().state == Trip.State.CANCELLED
    assert not Incident.objects.exists()


def test_a_person_who_has_spoken_to_them_closes_the_list(story: Story, road: Underway) -> None:
    road.passenger("halil", HALIL)
    story.lives("halil", HALIL, habits=["no_answer", "no_answer"])
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("08:50")
    notice = DisruptionNotice.objects.get()
    disruption_calls.told_by_a_person(trip_id=road.trip.pk, notice_id=notice.pk, actor=PLANNER, now=clock.now())
    assert told() == {"Halil": ("confirmed", "person")}
    assert CallTask.objects.get().state == CallTask.State.DONE


def test_who_presses_3_is_put_through_and_stays_on_the_list_until_a_person_says_so(
    story: Story, road: Underway
) -> None:
    road.passenger("riet", RIET)
    story.lives("riet", RIET, habits=[ASKS])
    story.lives("dienst", story.organisation.duty_phone, habits=[{"pick_up": 5, "press": "1", "talk": 30}])
    story.start()
    disruption.stop(road.trip.pk, cause(Disruption.Kind.WEATHER), ways_home={})
    story.run("08:45")
    assert "Het weer is te slecht." in story.heard("riet")
    assert len(story.rings("dienst")) == 1
    assert told() == {"Riet": ("person", "speak")}
    assert CallTask.objects.get().details["why"] == "speak"


def test_a_text_is_confirmed_by_yes_and_silence_on_a_text_is_rung(story: Story, road: Underway) -> None:
    truus, sjef = road.passenger("truus", TRUUS), road.passenger("sjef", "+31600000304")
    Person.objects.filter(pk__in=[truus.person_id, sjef.person_id]).update(preferred_way="text")
    story.lives("truus", TRUUS, habits=[])
    story.lives("sjef", "+31600000304", habits=[UNDERSTANDS])
    story.start()
    disruption.stop(road.trip.pk, cause(Disruption.Kind.ROAD_CLOSED), ways_home={})
    story.run("08:27")
    assert re.search(r"naar de markt van vandaag\. De bus rijdt niet\..*Antwoord JA", story.texts("truus")[0])
    assert story.sends("truus", "Ja") == ["Welzijn Oost: dank u wel, genoteerd."]
    assert told()["Truus"] == ("confirmed", "text")
    story.run("08:40")
    assert story.rings("truus") == []
    assert len(story.rings("sjef")) == 1
    assert told()["Sjef"] == ("confirmed", "key")


def test_later_news_replaces_earlier_news_that_nobody_has_heard_yet(story: Story, road: Underway) -> None:
    road.passenger("halil", HALIL)
    story.lives("halil", HALIL, habits=["no_answer", UNDERSTANDS])
    story.start()
    disruption.shift(road.trip.pk, cause(), minutes=30, part=Part.BOTH)
    story.run("08:27")
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("08:50")
    assert "De bus rijdt niet." in story.heard("halil")
    assert "komt later" not in story.heard("halil")
    assert told() == {"Halil": ("confirmed", "key")}
    assert DisruptionNotice.objects.filter(state="superseded").count() == 1


def test_who_is_away_from_home_is_first_and_in_a_case_until_there_is_a_way_home(story: Story) -> None:
    road = an_outing(story.organisation, day=MONDAY, leaves="07:00", underway=True)
    road.passenger("riet", RIET, there="not_there", home="cancelled")
    away = road.passenger("truus", TRUUS, there="done")
    no_mobile = road.passenger("halil", HALIL, there="done")
    story.lives("truus", TRUUS, habits=[UNDERSTANDS])
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("08:30")
    assert list(told().items()) == [("Truus", ("confirmed", "key")), ("Halil", ("person", "no_line"))]
    assert "Blijf waar u bent" in story.heard("truus")
    assert story.incidents() == [("stranded", "open", ("Truus", "Halil"))]
    assert Trip.objects.get().state == Trip.State.UNDERWAY
    assert away.rides.get(way="home").state == Ride.State.PLANNED
    disruption.record_way_home(
        trip_id=road.trip.pk, booking_id=no_mobile.pk, way="taxi", actor=PLANNER, now=clock.now()
    )
    assert no_mobile.rides.get(way="home").state == Ride.State.CANCELLED
    assert DisruptionNotice.objects.get(booking=no_mobile).way_home == "taxi"


def test_with_a_way_home_for_each_no_case_is_opened_and_they_hear_which(story: Story) -> None:
    road = an_outing(story.organisation, day=MONDAY, leaves="07:00", underway=True)
    away = road.passenger("truus", TRUUS, there="done")
    story.lives("truus", TRUUS, habits=[UNDERSTANDS])
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={away.pk: "taxi"})
    story.run("08:30")
    assert "U komt op een andere manier thuis: er komt een taxi." in story.heard("truus")
    assert story.incidents() == []


def test_about_tomorrow_nobody_is_rung_at_night(story: Story) -> None:
    story.begin = story.begin.replace(hour=20, minute=30)
    road = an_outing(story.organisation, day=date(2026, 11, 24), leaves="13:00", returns="15:00")
    road.passenger("riet", RIET)
    story.lives("riet", RIET, habits=[UNDERSTANDS])
    story.start()
    disruption.stop(road.trip.pk, cause(Disruption.Kind.DRIVER_ILL), ways_home={})
    story.run("21:00")
    assert story.rings("riet") == []
    story.begin = story.begin.replace(day=24, hour=8, minute=59)
    story.move_to(story.begin)
    story.run("09:03")
    assert story.rings("riet")[0].startswith("09:00")
    assert "naar de markt van vandaag. De bus rijdt niet. De chauffeur is uitgevallen." in story.heard("riet")
    assert told() == {"Riet": ("confirmed", "key")}


def test_another_bus_drives_on_when_everybody_fits_and_says_who_does_not(story: Story, road: Underway) -> None:
    road.passenger("riet", RIET, wheelchair_places=1, seats=0)
    small = a_layout(story.organisation, "De Mus", seats=4, chairs=0)
    large = a_layout(story.organisation, "De Merel", seats=4, chairs=1)
    with pytest.raises(Conflict, match="Riet Linde"):
        disruption.replace_vehicle(road.trip.pk, cause(), layout_id=small.pk)
    disruption.replace_vehicle(road.trip.pk, cause(), layout_id=large.pk)
    trip = Trip.objects.get()
    assert (trip.vehicle.name, trip.layout_id) == ("De Merel", large.pk)
    assert not DisruptionNotice.objects.exists()


def test_a_driver_who_drops_out_before_leaves_the_place_open_for_the_next(story: Story, road: Underway) -> None:
    duty = road.crew("daan", Task.DRIVER, "+31600000401")
    disruption.replace_driver(road.trip.pk, cause(Disruption.Kind.DRIVER_ILL))
    duty.refresh_from_db()
    assert (duty.state, duty.person) == (CrewDuty.State.OPEN, None)
    assert Event.objects.get(kind="transport.crew_dropped").payload["because"] == "driver_ill"


def test_a_driver_who_falls_ill_on_the_road_alerts_people_at_once(story: Story) -> None:
    road = an_outing(story.organisation, day=MONDAY, leaves="07:00", underway=True)
    road.passenger("truus", TRUUS, there="done")
    road.crew("daan", Task.DRIVER, "+31600000401")
    disruption.replace_driver(road.trip.pk, cause(Disruption.Kind.DRIVER_ILL))
    assert story.incidents() == [("run", "open", ())]
    assert Incident.objects.get().details == {"reason": "no_crew", "tasks": ["driver"]}


def test_who_was_rung_from_the_list_of_calls_has_confirmed(story: Story, road: Underway) -> None:
    road.passenger("halil", HALIL)
    story.lives("halil", HALIL, habits=["no_answer", "no_answer"])
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("08:50")
    task = CallTask.objects.get(kind=CallTask.Kind.DISRUPTED)
    call_tasks.finish(task.pk, call_tasks.Outcome.NOT_REACHED, actor=PLANNER, now=clock.now())
    story.rest()
    assert told() == {"Halil": ("person", "silent")}
    call_tasks.finish(task.pk, call_tasks.Outcome.DONE, actor=PLANNER, now=clock.now())
    story.rest()
    assert told() == {"Halil": ("confirmed", "person")}


def test_a_trip_taken_out_of_the_programme_is_told_to_everybody_who_had_a_place(story: Story, road: Underway) -> None:
    riding = road.passenger("riet", RIET)
    story.lives("riet", RIET, habits=[UNDERSTANDS])
    story.start()
    Trip.objects.update(state=Trip.State.CANCELLED)
    Booking.objects.update(state="cancelled", cancelled_at=clock.now(), cancelled_because="trip_cancelled")
    disruption.tell_of_cancelled(road.trip.pk, [riding.pk], cause(Disruption.Kind.OTHER))
    assert disruption.tell_of_cancelled(road.trip.pk, [riding.pk], cause(Disruption.Kind.OTHER)) is None
    story.run("08:30")
    assert told() == {"Riet": ("confirmed", "key")}


def test_the_crew_hears_once_that_the_trip_is_off_and_who_was_only_asked_is_not_rung(
    story: Story, road: Underway
) -> None:
    driver, host = road.crew("daan", Task.DRIVER, "+31600000401"), road.crew("greet", Task.HOST, "+31600000402")
    engagements.engage(
        driver.person,
        programme=Engagement.Programme.BUS_CREW,
        source=source_of(road.trip.pk, driver.task),
        starts_at=road.trip.leaves_at,
        ends_at=road.trip.ends_at,
    )
    CrewDuty.objects.filter(pk=host.pk).update(state=CrewDuty.State.ASKED)
    story.lives("daan", "+31600000401", habits=[UNDERSTANDS])
    story.lives("greet", "+31600000402", habits=[UNDERSTANDS])
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("08:40")
    assert told() == {"Daan": ("confirmed", "key")}
    assert (len(story.rings("daan")), story.texts("daan")) == (1, [])
    assert (story.rings("greet"), story.texts("greet")) == ([], [])
    assert not Engagement.objects.exists()


def test_who_turns_out_to_be_on_board_after_the_trip_was_stopped_joins_list_and_case(story: Story) -> None:
    road = an_outing(story.organisation, day=MONDAY, leaves="07:00", underway=True)
    road.passenger("truus", TRUUS, there="done")
    came_along = road.passenger("riet", "+31600000301", there="done", home="cancelled")
    late = road.passenger("halil", "+31600000302", there="cancelled", home="cancelled")
    Booking.objects.filter(pk__in=[came_along.pk, late.pk]).update(
        state="cancelled", cancelled_at=clock.now(), cancelled_because="by_telephone"
    )
    for name, phone in (("truus", TRUUS), ("riet", "+31600000301"), ("halil", "+31600000302")):
        story.lives(name, phone, habits=[UNDERSTANDS])
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("08:30")
    assert story.incidents() == [("stranded", "open", ("Truus", "Riet"))]
    tick = Tick(uuid4(), late.rides.get(way="there").pk, What.ON_BOARD, wall(MONDAY, "07:20"), 1)
    day.record(trip_id=road.trip.pk, ticks=[tick], device_now=clock.now(), actor=PLANNER, now=clock.now())
    story.run("08:35")
    assert story.incidents() == [("stranded", "open", ("Truus", "Riet", "Halil"))]
    assert told() == dict.fromkeys(("Truus", "Riet", "Halil"), ("confirmed", "key"))
    assert "Blijf waar u bent" in story.heard("halil")


def test_whose_way_home_is_found_later_is_rung_again_and_told_it(story: Story) -> None:
    road = an_outing(story.organisation, day=MONDAY, leaves="07:00", underway=True)
    away = road.passenger("truus", TRUUS, there="done")
    story.lives("truus", TRUUS, habits=[UNDERSTANDS, UNDERSTANDS])
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("08:30")
    assert told() == {"Truus": ("confirmed", "key")}
    disruption.record_way_home(trip_id=road.trip.pk, booking_id=away.pk, way="taxi", actor=PLANNER, now=clock.now())
    assert told() == {"Truus": ("open", "")}
    story.run("08:35")
    assert "U komt op een andere manier thuis: er komt een taxi." in story.heard("truus")
    assert told() == {"Truus": ("confirmed", "key")}


def test_a_trip_that_is_over_cannot_be_stopped(story: Story, road: Underway) -> None:
    Trip.objects.update(state=Trip.State.CLOSED)
    with pytest.raises(Conflict, match="over or has been cancelled"):
        disruption.stop(road.trip.pk, cause(), ways_home={})
