"""A trip that is shifted: everybody hears the new times, and only those whom it concerns."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from backend.common.errors import Conflict
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import Incident
from backend.notifications.models import Message
from backend.people.models import Engagement, Person
from backend.people.services import engagements
from backend.transport.domain.disruption import Part
from backend.transport.models import CallTask, DisruptionNotice, Trip
from backend.transport.models.crew import Task
from backend.transport.selectors.crew import source_of
from backend.transport.services import booking, disruption, disruption_calls
from tests.integration.transport.disruption.a_stop import HALIL, MONDAY, PLANNER, RIET, TRUUS, UNDERSTANDS, cause, told
from tests.support.story import Story
from tests.support.underway import AMSTERDAM, Underway, an_outing, wall


def test_half_an_hour_later_is_promised_anew_and_told_with_the_new_times(story: Story, road: Underway) -> None:
    riding = road.passenger("riet", RIET)
    road.crew("daan", Task.DRIVER, "+31600000401")
    story.lives("riet", RIET, habits=[UNDERSTANDS])
    story.lives("daan", "+31600000401", habits=[UNDERSTANDS])
    story.start()
    before = riding.rides.get(way="there")
    disruption.shift(road.trip.pk, cause(), minutes=30, part=Part.BOTH)
    story.run("08:40")
    after = riding.rides.get(way="there")
    assert (after.promised_from - before.promised_from).total_seconds() == 1800
    trip = Trip.objects.get()
    assert (trip.leaves_at, trip.returns_at) == (wall(MONDAY, "10:00"), wall(MONDAY, "12:30"))
    assert trip.plan_version == road.trip.plan_version + 1
    assert "Hij is bij u tussen 10:05 en 10:20." in story.heard("riet")
    assert "De rit begint 30 minuten later." in story.heard("daan")
    assert told() == {"Riet": ("confirmed", "key"), "Daan": ("confirmed", "key")}


def test_a_bus_that_is_on_another_trip_is_not_shifted_into_it(story: Story, road: Underway) -> None:
    road.passenger("riet", RIET)
    Trip.objects.create(
        **{
            name: getattr(road.trip, name)
            for name in ("organisation", "area", "destination", "vehicle", "layout", "date", "cutoff_at")
        },
        leaves_at=wall(MONDAY, "14:15"),
        returns_at=wall(MONDAY, "15:00"),
        ends_at=wall(MONDAY, "17:00"),
    )
    with pytest.raises(Conflict, match="14:15"):
        disruption.shift(road.trip.pk, cause(), minutes=30, part=Part.BOTH)
    assert Trip.objects.get(pk=road.trip.pk).leaves_at == road.trip.leaves_at
    disruption.shift(road.trip.pk, cause(), minutes=15, part=Part.BOTH)


def test_who_gives_up_their_place_is_not_rung_about_the_delay(story: Story, road: Underway) -> None:
    given_up = road.passenger("halil", HALIL)
    road.passenger("riet", RIET)
    story.lives("halil", HALIL, habits=["no_answer"])
    story.lives("riet", RIET, habits=[UNDERSTANDS])
    story.start()
    disruption.shift(road.trip.pk, cause(), minutes=30, part=Part.BOTH)
    story.run("08:27")
    with transaction.atomic():
        booking.cancel(booking_id=given_up.pk, because="by_telephone", actor=PLANNER, now=clock.now())
    story.run("08:50")
    assert len(story.rings("halil")) == 1
    assert told() == {"Riet": ("confirmed", "key")}


def test_what_quiet_hours_held_up_is_no_try_and_they_are_rung_as_soon_as_the_trip_is_near(story: Story) -> None:
    story.begin = story.begin.replace(hour=20, minute=10)
    road = an_outing(story.organisation, day=date(2026, 11, 24), leaves="09:00", returns="11:00")
    road.passenger("riet", RIET)
    story.lives("riet", RIET, habits=[UNDERSTANDS])
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("20:59")
    assert (story.rings("riet"), told()) == ([], {"Riet": ("open", "")})
    assert not CallTask.objects.exists()
    story.run("21:10")
    assert story.rings("riet")[0].startswith("21:00")
    assert told() == {"Riet": ("confirmed", "key")}


def test_who_has_not_confirmed_shortly_before_they_expect_the_bus_is_a_case(story: Story, road: Underway) -> None:
    for name, phone in (("riet", RIET), ("halil", HALIL)):
        road.passenger(name, phone)
    story.lives("riet", RIET, habits=[UNDERSTANDS])
    story.lives("halil", HALIL, habits=["no_answer", "no_answer"])
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("09:09")
    assert story.incidents() == []
    story.run("09:30")
    assert story.incidents() == [("run", "open", ("Halil",))]
    assert Incident.objects.get().details == {"reason": "not_told"}


def test_a_later_shift_of_the_way_home_tells_of_the_way_there_as_well(story: Story, road: Underway) -> None:
    road.passenger("halil", HALIL)
    story.lives("halil", HALIL, habits=["no_answer", UNDERSTANDS])
    story.start()
    disruption.shift(road.trip.pk, cause(), minutes=30, part=Part.BOTH)
    story.run("08:27")
    disruption.shift(road.trip.pk, cause(), minutes=15, part=Part.HOME)
    story.run("08:50")
    assert "De bus is bij u tussen 10:05 en 10:20." in story.heard("halil")
    assert "U bent thuis tussen 12:50 en 13:05." in story.heard("halil")


def test_of_a_shift_days_ahead_the_crew_is_texted(story: Story) -> None:
    story.begin = story.begin.replace(hour=10)
    road = an_outing(story.organisation, day=date(2026, 11, 26))
    duty = road.crew("daan", Task.DRIVER, "+31600000401")
    engagements.engage(
        duty.person,
        programme=Engagement.Programme.BUS_CREW,
        source=source_of(road.trip.pk, duty.task),
        starts_at=road.trip.leaves_at,
        ends_at=road.trip.ends_at,
    )
    Person.objects.filter(pk=duty.person_id).update(preferred_way="text")
    story.lives("daan", "+31600000401")
    story.start()
    disruption.shift(road.trip.pk, cause(), minutes=30, part=Part.BOTH)
    assert "is nu van 10:00 tot 14:30" in Message.objects.get(person=duty.person).body
    story.run("10:27")
    assert "is nu van 10:00 tot 14:30" in " ".join(story.texts("daan"))


def test_a_text_of_tonight_says_today_when_it_is_read_on_the_day(story: Story) -> None:
    story.begin = story.begin.replace(hour=22, minute=30)
    road = an_outing(story.organisation, day=date(2026, 11, 24))
    booked = road.passenger("truus", TRUUS)
    Person.objects.filter(pk=booked.person_id).update(preferred_way="text")
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    message = Message.objects.get(host=disruption_calls.HOST)
    assert f"{message.due_at.astimezone(AMSTERDAM):%d %H:%M}" == "24 07:00"
    assert "van vandaag" in message.body


def test_an_answer_to_a_newer_question_is_not_taken_for_one_about_the_bus(story: Story, road: Underway) -> None:
    booked = road.passenger("truus", TRUUS)
    Person.objects.filter(pk=booked.person_id).update(preferred_way="text")
    story.lives("truus", TRUUS, habits=[])
    story.start()
    disruption.stop(road.trip.pk, cause(), ways_home={})
    story.run("08:27")
    later = Message.objects.get(host=disruption_calls.HOST)
    later.pk, later.uuid, later.host = None, uuid4(), "circles.news"
    later.save()
    assert "noteer" not in " ".join(story.sends("truus", "Ja"))
    assert told() == {"Truus": ("open", "")}


def test_a_shift_leaves_alone_what_a_passenger_does_otherwise_and_the_circle_hears_of_it(
    story: Story, road: Underway
) -> None:
    trip, riding = road.trip, road.passenger("riet", RIET)
    own, other = (
        engagements.engage(
            riding.person,
            programme=Engagement.Programme.BUS,
            source=source,
            starts_at=wall(MONDAY, begins),
            ends_at=wall(MONDAY, ends),
        )
        for source, begins, ends in ((f"booking:{riding.pk}", "09:35", "12:20"), ("booking:999", "13:00", "14:00"))
    )
    Event.objects.filter(kind="people.engagement_changed").delete()
    disruption.shift(trip.pk, cause(), minutes=30, part=Part.BOTH)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.starts_at, own.ends_at) == (wall(MONDAY, "10:05"), wall(MONDAY, "12:50"))
    assert other.starts_at == wall(MONDAY, "13:00")
    told_of = Event.objects.filter(kind="people.engagement_changed")
    assert [one.payload["source"] for one in told_of] == [f"booking:{riding.pk}"]


def test_who_rides_along_is_engaged_as_much_later_and_is_not_shifted_into_another_trip(
    story: Story, road: Underway
) -> None:
    trip, riding = road.trip, road.passenger("riet", RIET)
    own = engagements.engage(
        riding.person,
        programme=Engagement.Programme.BUS,
        source=f"booking:{riding.pk}",
        starts_at=trip.leaves_at,
        ends_at=trip.ends_at,
    )
    engagements.engage(
        riding.person,
        programme=Engagement.Programme.BUS,
        source="booking:999",
        starts_at=wall(MONDAY, "14:30"),
        ends_at=wall(MONDAY, "16:00"),
    )
    with pytest.raises(Conflict, match="Riet Linde"):
        disruption.shift(trip.pk, cause(), minutes=45, part=Part.BOTH)
    assert Trip.objects.get().leaves_at == trip.leaves_at
    assert not DisruptionNotice.objects.exists()
    disruption.shift(trip.pk, cause(), minutes=30, part=Part.BOTH)
    own.refresh_from_db()
    assert (own.starts_at, own.ends_at) == (wall(MONDAY, "10:00"), wall(MONDAY, "14:30"))
