"""Somebody for whom the bus has no place any more, whatever the order: nobody stands at a door where no bus comes."""

from datetime import date, timedelta

import pytest

from backend.common.errors import Conflict
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import Incident
from backend.notifications.domain.asking import Came
from backend.people.models import Engagement
from backend.people.services import engagements
from backend.transport.domain.booking import Refusal
from backend.transport.models import Booking, CallTask, Ride, Trip
from backend.transport.selectors.answering import No, Wish, answer
from backend.transport.services import booking, call_tasks, evening, planning
from backend.transport.web import calls
from tests.support.road import FRIDAY, PLANNER, Road, at

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
EVENING = at("18:30", MONDAY)


def riding(trip: Trip) -> set[tuple[str, str]]:
    rows = trip.rides.exclude(state=Ride.State.CANCELLED).select_related("booking__person")
    return {(ride.booking.person.given_name, ride.way) for ride in rows}


def grows(row: Booking, seats: int) -> None:
    """They take more of the bus than when they were booked."""
    Booking.objects.filter(pk=row.pk).update(seats=seats)


@pytest.fixture
def left_out(bus: Road, trip: Trip) -> Booking:
    """Riet has lost her place: Truus needs both seats."""
    bus.books(trip, bus.lives("Truus", 1), FRIDAY, home=False)
    riet = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    Booking.objects.filter(pk=riet.pk).update(answer=Booking.Answer.YES)
    grows(riet, 3)
    assert planning.replan(trip, FRIDAY) == [riet]
    riet.refresh_from_db()
    return riet


def test_who_has_no_place_is_not_asked_and_can_say_yes_to_nothing(trip: Trip, left_out: Booking) -> None:
    clock.set_clock(virtual=EVENING, rate=0)
    evening.look(trip.pk, EVENING)
    left_out.refresh_from_db()
    assert left_out.answer == Booking.Answer.NOT_ASKED
    assert not evening.may_answer(trip, left_out, EVENING)
    with pytest.raises(Conflict, match="no place for Riet Linde any more"):
        evening.came(trip, left_out, Came.YES, actor=PLANNER, now=EVENING)
    assert CallTask.objects.get(person=left_out.person).state == CallTask.State.OPEN


def test_the_call_to_make_cannot_be_agreed_to(left_out: Booking) -> None:
    task = CallTask.objects.get(person=left_out.person)
    assert [code for code, _words in calls.row(task)["buttons"]] == ["done", "cancels"]
    with pytest.raises(Conflict, match="no place for Riet Linde any more"):
        call_tasks.finish(task.pk, call_tasks.Outcome.AGREED, actor=PLANNER, now=FRIDAY)
    call_tasks.finish(task.pk, call_tasks.Outcome.DONE, actor=PLANNER, now=FRIDAY)
    left_out.refresh_from_db()
    assert (left_out.state, left_out.answer) == (Booking.State.BOOKED, Booking.Answer.NOT_ASKED)


def test_whom_nobody_has_told_by_the_evening_before_is_a_case_once(trip: Trip, left_out: Booking) -> None:
    for minutes in (0, 30, 60):
        clock.set_clock(virtual=EVENING + timedelta(minutes=minutes), rate=0)
        evening.look(trip.pk, clock.now())
    case = Incident.objects.get(kind=Incident.Kind.RUN)
    assert case.details["reason"] == "no_place"
    assert [member.person for member in case.members.all()] == [left_out.person]


def test_who_has_been_told_is_no_case_and_is_not_rung_again(trip: Trip, left_out: Booking) -> None:
    task = CallTask.objects.get(person=left_out.person)
    call_tasks.finish(task.pk, call_tasks.Outcome.DONE, actor=PLANNER, now=FRIDAY)
    planning.replan(trip, FRIDAY)
    clock.set_clock(virtual=EVENING, rate=0)
    evening.look(trip.pk, EVENING)
    assert not Incident.objects.exists()
    assert not CallTask.objects.filter(person=left_out.person, state=CallTask.State.OPEN).exists()


def test_who_could_not_be_brought_home_is_not_fetched(bus: Road, trip: Trip) -> None:
    riet = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    truus = bus.books(trip, bus.lives("Truus", 1), FRIDAY, there=False)
    grows(truus, 2)
    (left,) = planning.replan(trip, FRIDAY)
    assert left in (riet, truus)
    kept = "Truus" if left == riet else "Riet"
    assert {name for name, _way in riding(trip)} == {kept}
    assert CallTask.objects.get().details["no_place"] is True


def test_who_has_a_place_again_is_rung_with_the_times(trip: Trip, left_out: Booking) -> None:
    task = CallTask.objects.get(person=left_out.person)
    call_tasks.finish(task.pk, call_tasks.Outcome.DONE, actor=PLANNER, now=FRIDAY)
    grows(left_out, 1)
    assert planning.replan(trip, FRIDAY) == []
    assert {("Riet", "there"), ("Riet", "home")} <= riding(trip)
    again = CallTask.objects.get(person=left_out.person, state=CallTask.State.OPEN)
    assert (again.details["no_place"], again.details["again"]) == (False, True)
    assert "er is toch plaats voor u. De bus komt tussen" in calls.what_to_say(again)


def test_a_call_that_nobody_made_yet_is_about_the_time_when_there_is_a_place_again(
    trip: Trip, left_out: Booking
) -> None:
    grows(left_out, 1)
    planning.replan(trip, FRIDAY)
    task = CallTask.objects.get(person=left_out.person)
    assert (task.details["no_place"], task.details["again"]) == (False, False)
    call_tasks.finish(task.pk, call_tasks.Outcome.AGREED, actor=PLANNER, now=FRIDAY)
    left_out.refresh_from_db()
    assert left_out.answer == Booking.Answer.YES


def test_what_is_free_is_for_who_lost_their_place_before_any_newcomer(bus: Road, trip: Trip, left_out: Booking) -> None:
    grows(left_out, 1)
    found = answer(trip, [Wish(bus.lives("Jan", 1))], FRIDAY)
    assert isinstance(found, No)
    assert found.why is Refusal.OFFERED


def test_nobody_loses_their_ride_to_somebody_who_had_lost_theirs(bus: Road, trip: Trip) -> None:
    far = [bus.books(trip, bus.lives(name, 8), FRIDAY) for name in ("Truus", "Jan")]
    near = Booking.objects.create(
        **{**{f.attname: getattr(far[0], f.attname) for f in Booking._meta.concrete_fields if f.attname != "id"}}
        | {"person_id": bus.lives("Riet", 0.1).pk, "party": "0" * 32, "latitude": 52.0, "longitude": 5.016}
    )
    assert planning.replan(trip, FRIDAY) == [near]


def test_a_yes_that_a_person_heard_holds_at_the_next_plan(bus: Road, trip: Trip) -> None:
    riet = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    evening.came(trip, riet, Came.YES, actor=PLANNER, now=FRIDAY)
    for ride in riet.rides.all():
        later = timedelta(minutes=30)
        ride.planned_at += later
        ride.promised_from, ride.promised_until = ride.promised_from + later, ride.promised_until + later
        ride.save()
    task = planning.call_to_make(trip, riet, CallTask.Kind.MOVED, FRIDAY, {})
    call_tasks.finish(task.pk, call_tasks.Outcome.AGREED, actor=PLANNER, now=FRIDAY)
    evening.ask_whom_it_concerns(trip.pk, FRIDAY)
    riet.refresh_from_db()
    assert riet.answer == Booking.Answer.YES
    assert [one.payload["came"] for one in Event.objects.filter(kind="transport.evening_answered")] == ["yes", "yes"]


def test_somebodys_other_trip_does_not_keep_another_from_cancelling(bus: Road, trip: Trip) -> None:
    riet = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    truus = bus.books(trip, bus.lives("Truus", 1), FRIDAY)
    engagements.release(f"booking:{riet.pk}")
    engagements.engage(
        riet.person,
        programme=Engagement.Programme.BUS,
        source="booking:999",
        starts_at=trip.leaves_at,
        ends_at=trip.ends_at,
    )
    booking.cancel(booking_id=truus.pk, because="ill", actor=PLANNER, now=FRIDAY)
    task = CallTask.objects.get(person=riet.person)
    assert (task.kind, task.details) == (CallTask.Kind.MOVED, {"elsewhere": True})
    assert "U gaat dan al mee met een andere rit." in calls.what_to_say(task)


def test_a_trip_that_begins_within_what_may_be_promised_is_the_same_time(bus: Road, trip: Trip) -> None:
    riet = bus.lives("Riet", 1)
    engagements.engage(
        riet,
        programme=Engagement.Programme.BUS,
        source="booking:999",
        starts_at=trip.ends_at + timedelta(minutes=5),
        ends_at=trip.ends_at + timedelta(hours=2),
    )
    found = answer(trip, [Wish(riet)], FRIDAY)
    assert isinstance(found, No)
    assert found.why is Refusal.ENGAGED
