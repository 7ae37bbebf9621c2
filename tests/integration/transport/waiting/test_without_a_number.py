"""Who waits for a seat and has no number of their own: a person rings, in their turn."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from backend.events.models import Timer
from backend.notifications.models import Message
from backend.people.models import Contact
from backend.transport.models import Booking, Trip, UnmetRequest
from backend.transport.services import booking, call_tasks, evening, offers
from backend.transport.services.call_tasks import Outcome
from backend.transport.web import calls
from tests.integration.transport.waiting.a_full_bus import full, gives_up, looks, offered, waits
from tests.support.deliveries import drain
from tests.support.road import AMSTERDAM, FRIDAY, PLANNER, Road

pytestmark = pytest.mark.django_db

HELD = timedelta(hours=2)


def mute(bus: Road, trip: Trip, name: str = "Mia") -> Booking:
    """Somebody who waits, of whom no number is known any more."""
    row = waits(bus, trip, name)
    row.person.phones.all().delete()
    return row


def to_ring(trip: Trip) -> list[tuple[str, str, str]]:
    rows = trip.call_tasks.select_related("person").order_by("pk")
    return [(row.person.given_name, row.kind, row.state) for row in rows]


def said(trip: Trip) -> str:
    with timezone.override(AMSTERDAM), translation.override("nl"):
        return calls.what_to_say(trip.call_tasks.latest("pk"))


def test_a_seat_is_kept_for_them_while_a_person_rings(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    mia = mute(bus, trip)
    daughter = Contact.objects.create(person=mia.person, name="Kim", phone="+31600000180", position=1)
    waits(bus, trip, "Riet")
    gives_up(sjef)
    assert (offered(trip), to_ring(trip)) == ([("Mia", "open")], [("Mia", "seat", "open")])
    assert Message.objects.filter(host="transport.offer").count() == 0
    assert said(trip) == (
        "Over de markt op dinsdag 24 november: er is een plaats vrij. De bus komt tussen 9:30 en 9:45. "
        "U bent rond 12:00 thuis. Wilt u mee?"
    )
    assert calls.row(trip.call_tasks.get())["near"] == [daughter]
    drain()
    looks(trip, FRIDAY)
    call_tasks.finish(trip.call_tasks.get().pk, Outcome.AGREED, actor=PLANNER, now=FRIDAY)
    drain()
    assert Timer.objects.get(kind=offers.TIMER, subject_id=trip.pk).due_at == FRIDAY, "at once, not at the deadline"
    looks(trip, FRIDAY)
    mia.refresh_from_db()
    assert (mia.state, mia.answer) == ("booked", "yes")
    assert (offered(trip), to_ring(trip)) == ([("Mia", "accepted")], [("Mia", "seat", "done")])


def test_if_nobody_rang_in_time_the_next_is_asked_and_nobody_is_rung_any_more(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    mute(bus, trip)
    waits(bus, trip, "Riet")
    gives_up(sjef)
    looks(trip, FRIDAY + HELD)
    assert offered(trip) == [("Mia", "expired"), ("Riet", "open")]
    assert to_ring(trip) == [("Mia", "seat", "lapsed")]


def test_the_call_stays_while_the_seat_is_free_and_goes_with_it(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    mute(bus, trip)
    gives_up(sjef)
    looks(trip, FRIDAY + HELD)
    assert (offered(trip), to_ring(trip)) == ([("Mia", "expired")], [("Mia", "seat", "open")])
    bus.books(trip, bus.lives("Jan"), FRIDAY + HELD)
    looks(trip, FRIDAY + HELD)
    assert to_ring(trip) == [("Mia", "seat", "lapsed")]


def test_that_there_was_no_seat_is_told_by_a_person_and_not_after_the_trip(bus: Road, trip: Trip) -> None:
    full(bus, trip)
    mute(bus, trip)
    looks(trip, trip.cutoff_at)
    looks(trip, trip.cutoff_at)
    assert to_ring(trip) == [("Mia", "no_seat", "open")]
    assert UnmetRequest.objects.count() == 1
    assert said(trip) == (
        "Over de markt op dinsdag 24 november: er is geen plaats vrijgekomen. Het spijt ons. Zoek samen een andere rit."
    )
    evening.look(trip.pk, trip.ends_at)
    assert to_ring(trip) == [("Mia", "no_seat", "lapsed")]


def test_a_seat_that_is_freed_after_all_is_rung_about_instead(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    mute(bus, trip)
    looks(trip, trip.cutoff_at)
    gives_up(sjef, trip.cutoff_at + timedelta(hours=1))
    assert to_ring(trip) == [("Mia", "no_seat", "lapsed"), ("Mia", "seat", "open")]


def test_who_does_not_wait_any_more_is_not_rung(bus: Road, trip: Trip) -> None:
    sjef, _co = full(bus, trip)
    mia = mute(bus, trip)
    gives_up(sjef)
    booking.cancel(booking_id=mia.pk, because="by_telephone", actor=PLANNER, now=FRIDAY)
    looks(trip, FRIDAY)
    assert (offered(trip), to_ring(trip)) == ([("Mia", "withdrawn")], [("Mia", "seat", "lapsed")])
