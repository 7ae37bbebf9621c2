"""The waiting list: whose turn it is, who was passed over and why, and what is left to a person."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from backend.common.errors import Conflict
from backend.common.offers import Ending, OfferOver
from backend.events.models import Timer
from backend.notifications.models import Message, OptOut
from backend.people.models import Absence, Person
from backend.transport.models import Booking, CallTask, PassedOver, Ride, Trip, UnmetRequest
from backend.transport.selectors.answering import No, Wish
from backend.transport.services import booking, call_tasks, offers, trips
from backend.transport.web import calls
from tests.integration.transport.waiting.a_full_bus import (
    SOON,
    full,
    gives_up,
    looks,
    offered,
    says,
    the_offer,
    waits,
)
from tests.support.road import AMSTERDAM, FRIDAY, PLANNER, Road, at

pytestmark = pytest.mark.django_db


def rode(bus: Road, person: Person, day: date) -> None:
    bus.books(bus.trip(day), person, at("11:00", day - timedelta(days=2)))


def states(trip: Trip) -> dict[str, str]:
    return {row.person.given_name: row.state for row in trip.bookings.select_related("person")}


def test_a_freed_seat_is_offered_to_who_was_served_least_recently(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    last_week, last_month, never = (waits(bus, trip, name) for name in ("Riet", "Jan", "Els"))
    rode(bus, last_week.person, date(2026, 11, 17))
    rode(bus, last_month.person, date(2026, 10, 27))
    assert never.pk > last_week.pk
    gives_up(sjef)
    assert offered(trip) == [("Els", "open")]
    says(the_offer(trip, "Els"), Ending.DECLINED, FRIDAY + SOON)
    looks(trip, FRIDAY + SOON)
    assert offered(trip)[1:] == [("Jan", "open")]
    assert states(trip)["Els"] == "cancelled"


def test_who_takes_it_is_booked_and_the_next_is_not_asked(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    waits(bus, trip, "Riet")
    waits(bus, trip, "Jan")
    gives_up(sjef)
    row = says(the_offer(trip, "Riet"), Ending.ACCEPTED, FRIDAY + SOON)
    looks(trip, FRIDAY + SOON)
    assert (row.state, states(trip)["Riet"], states(trip)["Jan"]) == ("accepted", "booked", "waiting")
    assert offered(trip) == [("Riet", "accepted")]
    assert row.booking.rides.exclude(state=Ride.State.CANCELLED).count() == 2


def test_silence_ends_an_offer_at_its_deadline_and_the_next_is_asked(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    waits(bus, trip, "Riet")
    waits(bus, trip, "Jan")
    gives_up(sjef)
    deadline = the_offer(trip, "Riet").deadline_at
    assert deadline == FRIDAY + timedelta(hours=2)
    assert Timer.objects.get(kind=offers.TIMER, subject_id=trip.pk).due_at == deadline
    looks(trip, deadline)
    assert offered(trip) == [("Riet", "expired"), ("Jan", "open")]
    assert states(trip)["Riet"] == "waiting"
    # She rings in after all, when it is Jan's: the seat is his.
    first = trip.offers.order_by("pk").first()
    with pytest.raises(OfferOver) as over:
        says(first, Ending.ACCEPTED, deadline + SOON)
    assert over.value.ending is Ending.EXPIRED


def test_who_was_passed_over_reads_why(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    far, away = waits(bus, trip, "Toos", FRIDAY, 1, companions=1), waits(bus, trip, "Ab")
    Absence.objects.create(
        person=away.person, first_day=trip.date, reported_by="user:1", channel="page", recorded_at=FRIDAY
    )
    waits(bus, trip, "Riet")
    gives_up(sjef)
    assert offered(trip) == [("Riet", "open")]
    why = {
        row.booking.person.given_name: (row.reason, row.details.get("dimension")) for row in PassedOver.objects.all()
    }
    assert why == {"Toos": ("no_room", "seats"), "Ab": ("away", None)}
    assert far.seats == 2


def test_two_freed_seats_are_offered_to_two_at_once_and_never_more_than_there_are(bus: Road, trip: Trip) -> None:
    sjef, co = full(bus, trip)
    for name in ("Riet", "Jan", "Els"):
        waits(bus, trip, name)
    gives_up(sjef)
    gives_up(co)
    assert offered(trip) == [("Riet", "open"), ("Jan", "open")]
    looks(trip, FRIDAY + SOON)
    assert len(offered(trip)) == 2


def test_friends_are_asked_once_and_all_get_a_seat_or_none(bus: Road, trip: Trip) -> None:
    sjef, co = full(bus, trip)
    riet, jan = bus.lives("Riet"), bus.lives("Jan")
    both = booking.wait(trip_id=trip.pk, wishes=[Wish(riet), Wish(jan)], actor=PLANNER, now=FRIDAY)
    assert not isinstance(both, No)
    gives_up(sjef)
    assert offered(trip) == []
    gives_up(co)
    assert offered(trip) == [("Riet", "open")]
    message = Message.objects.get(host="transport.offer")
    assert "Jan" not in str(message.reference)
    says(the_offer(trip, "Riet"), Ending.ACCEPTED, FRIDAY + SOON)
    assert (states(trip)["Riet"], states(trip)["Jan"]) == ("booked", "booked")


def test_nobody_is_asked_in_the_night_or_on_a_sunday(bus: Road) -> None:
    trip = bus.trip(date(2026, 11, 25), max_rounds=1)
    sjef, _co = full(bus, trip)
    waits(bus, trip, "Riet")
    saturday_night = at("21:00", date(2026, 11, 21))
    gives_up(sjef, saturday_night)
    assert offered(trip) == []
    monday = at("09:00", date(2026, 11, 23))
    assert Timer.objects.get(kind=offers.TIMER, subject_id=trip.pk).due_at == monday
    looks(trip, monday)
    assert offered(trip) == [("Riet", "open")]


def test_none_is_offered_after_the_cutoff_and_a_person_rings_who_comes_next(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    waits(bus, trip, "Riet")
    waits(bus, trip, "Jan")
    looks(trip, trip.cutoff_at)
    assert sorted(UnmetRequest.objects.values_list("person__given_name", flat=True)) == ["Jan", "Riet"]
    assert Message.objects.filter(host="notifications.reading").count() == 2
    looks(trip, trip.cutoff_at + SOON)
    assert Message.objects.filter(host="notifications.reading").count() == 2
    gives_up(sjef, trip.cutoff_at + timedelta(hours=1))
    assert offered(trip) == []
    tasks = CallTask.objects.filter(kind=CallTask.Kind.SEAT, state=CallTask.State.OPEN)
    assert [task.person.given_name for task in tasks] == ["Riet"]


def to_ring(trip: Trip) -> list[str]:
    rows = trip.call_tasks.filter(kind=CallTask.Kind.SEAT, state=CallTask.State.OPEN).order_by("order")
    return [row.person.given_name for row in rows]


def told_in_vain(_trip: Trip) -> list[str]:
    rows = Message.objects.filter(host="notifications.reading").select_related("person").order_by("pk")
    return [row.person.given_name for row in rows if row.person]


def test_a_seat_that_is_freed_too_late_to_be_offered_is_left_to_a_person_at_once(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    waits(bus, trip, "Riet")
    waits(bus, trip, "Jan")
    gives_up(sjef, trip.cutoff_at - timedelta(minutes=5))
    assert (offered(trip), to_ring(trip)) == ([], ["Riet"])
    looks(trip, trip.cutoff_at)
    assert (to_ring(trip), told_in_vain(trip)) == (["Riet"], ["Jan"])
    call_tasks.finish(CallTask.objects.get().pk, call_tasks.Outcome.DONE, actor=PLANNER, now=trip.cutoff_at)
    looks(trip, trip.cutoff_at + SOON)
    assert (to_ring(trip), told_in_vain(trip)) == ([], ["Jan"])


def test_who_was_silent_to_an_offer_until_the_cutoff_is_rung_by_a_person_after_the_others(
    bus: Road, trip: Trip
) -> None:
    sjef, _co = full(bus, trip)
    waits(bus, trip, "Riet")
    gives_up(sjef, trip.cutoff_at - timedelta(minutes=21))
    assert offered(trip) == [("Riet", "open")]
    looks(trip, trip.cutoff_at)
    assert (to_ring(trip), told_in_vain(trip)) == (["Riet"], [])


def test_before_a_weekend_a_free_seat_is_left_to_a_person_and_no_is_told_while_people_may_be_disturbed(
    bus: Road,
) -> None:
    trip = bus.trip(date(2026, 11, 23), max_rounds=1)
    sjef, _co = full(bus, trip)
    waits(bus, trip, "Riet")
    waits(bus, trip, "Jan")
    saturday = at("19:00", date(2026, 11, 21))
    looks(trip, FRIDAY)
    assert Timer.objects.get(kind=offers.TIMER, subject_id=trip.pk).due_at == saturday
    looks(trip, saturday)
    assert told_in_vain(trip) == ["Riet", "Jan"]
    assert Message.objects.filter(host="notifications.reading", expires_at__gt=trip.leaves_at).count() == 0
    gives_up(sjef, at("14:00", date(2026, 11, 22)))
    assert (offered(trip), to_ring(trip)) == ([], ["Riet"])
    looks(trip, trip.cutoff_at)
    assert to_ring(trip) == ["Riet"]
    assert told_in_vain(trip) == ["Riet", "Jan"]


def friends_whom_a_person_rings(bus: Road, trip: Trip) -> CallTask:
    """Riet and Jan wait together; both seats are given up after the cutoff."""
    sjef, co = full(bus, trip)
    friends = [Wish(bus.lives(name)) for name in ("Riet", "Jan")]
    booking.wait(trip_id=trip.pk, wishes=friends, actor=PLANNER, now=FRIDAY)
    for row in (sjef, co):
        gives_up(row, trip.cutoff_at + timedelta(hours=1))
    return CallTask.objects.get(kind=CallTask.Kind.SEAT)


def test_friends_who_are_rung_are_named_and_all_of_them_are_booked(bus: Road, trip: Trip) -> None:
    task = friends_whom_a_person_rings(bus, trip)
    with timezone.override(AMSTERDAM), translation.override("nl"):
        assert calls.what_to_say(task).endswith("U en Jan. Wilt u mee?")
    call_tasks.finish(task.pk, call_tasks.Outcome.AGREED, actor=PLANNER, now=trip.cutoff_at + timedelta(hours=2))
    assert (states(trip)["Riet"], states(trip)["Jan"]) == ("booked", "booked")
    assert set(trip.bookings.filter(state=Booking.State.BOOKED).values_list("answer", flat=True)) == {"yes"}


def test_friends_who_do_not_want_the_seats_any_more_all_leave_the_list(bus: Road, trip: Trip) -> None:
    task = friends_whom_a_person_rings(bus, trip)
    call_tasks.finish(task.pk, call_tasks.Outcome.CANCELS, actor=PLANNER, now=trip.cutoff_at + timedelta(hours=2))
    assert (states(trip)["Riet"], states(trip)["Jan"]) == ("cancelled", "cancelled")


def test_an_offer_is_taken_back_when_its_seat_is_gone_or_the_trip_is_off(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    riet = waits(bus, trip, "Riet")
    gives_up(sjef)
    trips.cancel(trip_id=trip.pk, because="weather", actor=PLANNER, now=FRIDAY)
    row = says(trip.offers.select_related("booking").get(), Ending.ACCEPTED, FRIDAY + SOON)
    assert row.state == "withdrawn"
    riet.refresh_from_db()
    assert riet.state == "cancelled"


def test_who_gives_up_waiting_while_a_seat_is_offered_makes_way_for_the_next(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    riet = waits(bus, trip, "Riet")
    waits(bus, trip, "Jan")
    gives_up(sjef)
    booking.cancel(booking_id=riet.pk, because="by_telephone", actor=PLANNER, now=FRIDAY + SOON)
    looks(trip, FRIDAY + SOON)
    assert offered(trip) == [("Riet", "withdrawn"), ("Jan", "open")]


def test_who_was_silent_is_asked_again_when_another_seat_is_freed(bus: Road, trip: Trip) -> None:
    sjef, co = full(bus, trip)
    waits(bus, trip, "Riet")
    gives_up(sjef)
    deadline = the_offer(trip, "Riet").deadline_at
    looks(trip, deadline)
    looks(trip, deadline + SOON)
    assert offered(trip) == [("Riet", "expired")]
    gives_up(co, at("09:30", date(2026, 11, 23)))
    assert offered(trip) == [("Riet", "expired"), ("Riet", "open")]


def test_an_offer_by_text_says_when_the_bus_comes_and_until_when_to_answer(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    riet = waits(bus, trip, "Riet")
    riet.person.phones.create(e164="+31600000177", kind="mobile", position=2)
    gives_up(sjef)
    message = Message.objects.get(host="transport.offer")
    assert (message.way, message.line) == ("text", "+31600000177")
    assert message.body == (
        "Welzijn Oost: er is een plaats vrij in de bus naar de markt. De bus komt dinsdag 24 november tussen 9.30 en "
        "9.45. U bent rond 12.00 weer thuis. Wilt u mee? Antwoord JA of NEE, uiterlijk vandaag 13.00."
    )
    assert message.expires_at == the_offer(trip, "Riet").deadline_at


def test_who_wants_no_texts_is_rung(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    riet = waits(bus, trip, "Riet")
    riet.person.phones.create(e164="+31600000177", kind="mobile", position=2)
    OptOut.objects.create(organisation=bus.organisation, line="+31600000177", how="keyword", since=FRIDAY)
    gives_up(sjef)
    assert Message.objects.get(host="transport.offer").way == "call"


def test_nobody_waits_where_there_is_room(bus: Road, trip: Trip) -> None:
    with pytest.raises(Conflict, match="room"):
        waits(bus, trip, "Riet")
