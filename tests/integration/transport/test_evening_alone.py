"""On the evening before, what goes wrong with one passenger keeps nobody else from being asked."""

from datetime import date

import pytest

from backend.events import clock
from backend.events.models import Timer
from backend.notifications.models import Message
from backend.transport.models import Booking, CallTask, Disruption, Trip
from backend.transport.selectors.run import ABOUT_ABSENCE
from backend.transport.services import booking as core
from backend.transport.services import disruption, evening, planning, trips
from tests.support.road import FRIDAY, PLANNER, a_road, at

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


def test_a_passenger_who_cannot_be_asked_is_left_to_a_person_and_the_others_are_asked(
    monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    settings.RONDJE_DEMO = True
    bus = a_road()
    trip = bus.trip()
    rows = {name: bus.books(trip, bus.lives(name), FRIDAY) for name in ("Riet", "Jan")}
    asks = evening._ask

    def breaks(trip, booking, *rest):
        if booking.pk == rows["Riet"].pk:
            raise RuntimeError("a row that nobody foresaw")
        asks(trip, booking, *rest)

    monkeypatch.setattr(evening, "_ask", breaks)
    clock.set_clock(virtual=at("18:00", MONDAY), rate=0)
    evening.look(trip.pk, clock.now())
    assert [message.person.given_name for message in Message.objects.filter(host=evening.HOST)] == ["Jan"]
    assert CallTask.objects.get(kind=CallTask.Kind.SILENT).person.given_name == "Riet"
    assert Booking.objects.get(pk=rows["Riet"].pk).answer == "silent"


def test_after_an_evening_on_which_nothing_was_at_work_a_person_rings_everybody(settings) -> None:
    settings.RONDJE_DEMO = True
    bus = a_road()
    trip = bus.trip()
    for name in ("Riet", "Jan"):
        bus.books(trip, bus.lives(name), FRIDAY)
    clock.set_clock(virtual=at("20:30", MONDAY), rate=0)
    evening.look(trip.pk, clock.now())
    assert not Message.objects.filter(host=evening.HOST).exists()
    assert CallTask.objects.filter(kind=CallTask.Kind.SILENT, state=CallTask.State.OPEN).count() == 2
    assert Timer.objects.get(kind=evening.TIMER).due_at == trip.ends_at
    clock.set_clock(virtual=trip.ends_at, rate=0)
    evening.look(trip.pk, clock.now())
    assert not CallTask.objects.filter(state=CallTask.State.OPEN).exists()
    assert not Timer.objects.filter(kind=evening.TIMER).exists()


@pytest.fixture
def evening_before(settings) -> Trip:
    """Riet and Jan have been asked, and nothing has gone out yet; Truus has to be rung by a person."""
    settings.RONDJE_DEMO = True
    bus = a_road()
    trip = bus.trip()
    rows = {name: bus.books(trip, bus.lives(name), FRIDAY) for name in ("Riet", "Jan", "Truus")}
    clock.set_clock(virtual=at("18:00", MONDAY), rate=0)
    planning.call_to_make(trip, rows["Truus"], CallTask.Kind.MOVED, clock.now(), {})
    rows["Truus"].person.phones.all().delete()
    evening.look(trip.pk, clock.now())
    assert (questions(), calls()) == (["queued", "queued"], {"moved": "open", "silent": "open"})
    return trip


def questions() -> list[str]:
    return list(
        Message.objects.filter(host=evening.HOST).order_by("person__given_name").values_list("state", flat=True)
    )


def calls() -> dict[str, str]:
    return dict(CallTask.objects.values_list("kind", "state"))


def test_when_a_trip_is_cancelled_nobody_is_asked_about_it_any_more_nor_has_to_be_rung(evening_before: Trip) -> None:
    trips.cancel(trip_id=evening_before.pk, because="weather", actor=PLANNER, now=clock.now())
    assert (questions(), calls()) == (["cancelled", "cancelled"], {"moved": "lapsed", "silent": "lapsed"})


def test_a_trip_that_is_stopped_underway_leaves_only_the_question_whether_all_is_well(evening_before: Trip) -> None:
    trip = evening_before
    trip.state = Trip.State.UNDERWAY
    trip.save()
    jan = Booking.objects.get(person__given_name="Jan")
    planning.call_to_make(trip, jan, CallTask.Kind.SPEAK, clock.now(), {"about": ABOUT_ABSENCE})
    clock.set_clock(virtual=trip.leaves_at, rate=0)
    disruption.stop(trip.pk, disruption.Cause(Disruption.Kind.BUS_DOWN, PLANNER, clock.now()), ways_home={})
    assert (questions(), calls()) == (
        ["cancelled", "cancelled"],
        {"moved": "lapsed", "silent": "lapsed", "speak": "open", "disrupted": "open"},
    )
    evening.look(trip.pk, trip.ends_at)
    assert calls()["speak"] == "open"


def test_who_has_been_cancelled_meanwhile_is_not_asked_and_the_others_are(evening_before: Trip) -> None:
    riet = Booking.objects.get(trip=evening_before, person__given_name="Riet")
    core.cancel(booking_id=riet.pk, because="by_telephone", actor=PLANNER, now=clock.now())
    states = dict(Message.objects.filter(host=evening.HOST).values_list("person__given_name", "state"))
    assert states == {"Riet": "cancelled", "Jan": "queued"}
