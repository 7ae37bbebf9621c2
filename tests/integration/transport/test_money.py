"""Passes and payments as rows: what is left, what is paid back, what should be in the cash box."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.common.actors import user
from backend.common.errors import Conflict, NotFound, RondjeError
from backend.events import clock
from backend.events.models import Event
from backend.people.models import Organisation, Person
from backend.transport.domain.money import CashBox, is_owed
from backend.transport.models import Booking, CashCount, Pass, Payment, Trip
from backend.transport.selectors import money as read
from backend.transport.services import disruption, money
from tests.support.underway import Underway, an_outing

TUESDAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PLANNER = user(7)


@pytest.fixture
def outing(organisation: Organisation) -> Underway:
    return an_outing(organisation, day=TUESDAY)


def a_pass(person: Person, trips: int | None = 2, until: date | None = None) -> Pass:
    return money.sell_pass(
        person, trips=trips, valid_from=date(2026, 11, 1), valid_until=until, cents=2000, actor=PLANNER, now=NOW
    )


def left(card: Pass) -> int | None:
    return read.passes_of([card.person_id])[card.person_id][0].facts.left


def by_pass(booking: Booking, card: Pass) -> Payment:
    return money.pay_by_pass(booking.pk, pass_id=card.pk, actor=PLANNER, at=NOW)


def another(outing: Underway, person: Person, day: date) -> Booking:
    return an_outing(outing.trip.organisation, day=day).booking(person)


def test_a_pass_pays_for_as_many_trips_as_it_was_sold_for_and_no_more(outing: Underway) -> None:
    first = outing.passenger("riet")
    card = a_pass(first.person)
    by_pass(first, card)
    by_pass(first, card)
    assert left(card) == 1
    by_pass(another(outing, first.person, date(2026, 11, 25)), card)
    with pytest.raises(Conflict, match="Alle ritten van deze kaart zijn gebruikt"):
        by_pass(another(outing, first.person, date(2026, 11, 26)), card)
    assert Payment.objects.count() == 2


def test_a_pass_is_for_its_owner_only(outing: Underway) -> None:
    card = a_pass(outing.passenger("riet").person)
    with pytest.raises(NotFound):
        by_pass(outing.passenger("halil"), card)


def test_a_trip_that_we_stop_gives_the_pass_its_trip_back_and_says_whom_to_pay_back(outing: Underway) -> None:
    riet, halil = outing.passenger("riet"), outing.passenger("halil")
    card = a_pass(riet.person)
    by_pass(riet, card)
    tariff = money.set_tariff(outing.trip.organisation, name="gewoon", cents=250, actor=PLANNER)
    money.pay_cash(halil.pk, tariff_id=tariff.pk, actor=PLANNER, at=NOW)
    assert (left(card), read.expected_cash(outing.trip)) == (1, 250)
    disruption.stop(outing.trip.pk, disruption.Cause(disruption.Disruption.Kind.WEATHER, PLANNER, NOW), ways_home={})
    assert (left(card), read.expected_cash(outing.trip)) == (2, 0)
    assert [payment.booking_id for payment in read.to_pay_back(outing.trip)] == [halil.pk]


@pytest.mark.parametrize("because", ["trip_cancelled", "by_passenger", "changed"])
@pytest.mark.parametrize("there", ["planned", "done"])
@pytest.mark.parametrize("hours", [-1, 1])
def test_the_rows_say_the_same_as_the_rule_of_what_is_owed(
    outing: Underway, because: str, there: str, hours: int
) -> None:
    booking = outing.passenger("riet", there=there)
    card = a_pass(booking.person)
    by_pass(booking, card)
    at = outing.trip.cutoff_at + timedelta(hours=hours)
    Booking.objects.update(state="cancelled", cancelled_at=at, cancelled_because=because)
    owed = is_owed(cancelled_because=because, cancelled_at=at, cutoff_at=outing.trip.cutoff_at, rode=there == "done")
    assert read.used(card) == int(owed)
    assert left(card) == 2 - int(owed)


def test_who_cancelled_in_time_and_came_along_after_all_pays_like_the_others(outing: Underway) -> None:
    riet, halil = outing.passenger("riet", there="on_board"), outing.passenger("halil")
    in_time = outing.trip.cutoff_at - timedelta(hours=1)
    Booking.objects.update(state="cancelled", cancelled_at=in_time, cancelled_because="by_passenger")
    (due,) = read.dues_of(outing.trip)
    assert (due.booking, due.rode, due.payment) == (riet, True, None)
    tariff = money.set_tariff(outing.trip.organisation, name="gewoon", cents=250, actor=PLANNER)
    for booking in (riet, halil):
        money.pay_cash(booking.pk, tariff_id=tariff.pk, actor=PLANNER, at=NOW)
    assert read.expected_cash(outing.trip) == 250


def test_what_was_paid_moves_to_the_booking_that_comes_in_its_place(outing: Underway) -> None:
    old = outing.passenger("riet")
    card = a_pass(old.person, until=TUESDAY)
    by_pass(old, card)
    new = another(outing, old.person, TUESDAY - timedelta(days=1))
    money.move(old, new, actor=PLANNER)
    assert Payment.objects.get().booking == new
    later = another(outing, old.person, TUESDAY + timedelta(days=1))
    money.move(new, later, actor=PLANNER)
    assert Payment.objects.get().booking == new, "the pass does not hold on that day"


def test_paying_anew_replaces_what_was_paid_and_both_are_in_the_history(outing: Underway) -> None:
    booking = outing.passenger("riet", companions=1, seats=2)
    tariff = money.set_tariff(outing.trip.organisation, name="gewoon", cents=250, actor=PLANNER)
    money.pay_cash(booking.pk, tariff_id=tariff.pk, actor=PLANNER, at=NOW)
    assert read.expected_cash(outing.trip) == 250
    money.ride_free(booking.pk, actor=PLANNER, at=NOW)
    assert read.expected_cash(outing.trip) == 0
    paid = Event.objects.filter(kind="transport.paid").order_by("pk")
    assert [event.payload["way"] for event in paid] == ["cash", "free"]


def test_a_price_that_changes_leaves_what_was_paid(outing: Underway) -> None:
    booking = outing.passenger("riet")
    tariff = money.set_tariff(outing.trip.organisation, name="gewoon", cents=250, actor=PLANNER)
    money.pay_cash(booking.pk, tariff_id=tariff.pk, actor=PLANNER, at=NOW)
    money.set_tariff(outing.trip.organisation, name="gewoon", cents=300, actor=PLANNER)
    assert read.expected_cash(outing.trip) == 250


def test_a_difference_in_the_cash_box_needs_a_note(outing: Underway) -> None:
    booking = outing.passenger("riet")
    tariff = money.set_tariff(outing.trip.organisation, name="gewoon", cents=250, actor=PLANNER)
    money.pay_cash(booking.pk, tariff_id=tariff.pk, actor=PLANNER, at=NOW)

    def counted(cents: int, note: str = "") -> CashBox:
        return money.count_cash(trip_id=outing.trip.pk, counted=cents, note=note, actor=PLANNER, now=NOW)

    with pytest.raises(RondjeError, match="Say in a few words why"):
        counted(200)
    assert counted(200, "wisselgeld").difference == -50
    assert counted(250).difference == 0
    assert CashCount.objects.get().note == ""


def test_what_comes_in_late_is_kept_after_the_trip_is_closed(outing: Underway) -> None:
    booking = outing.passenger("riet", there="done", home="done")
    Trip.objects.update(state="closed")
    money.ride_free(booking.pk, actor=PLANNER, at=NOW)
    assert Payment.objects.get().way == Payment.Way.FREE


def test_another_organisations_price_is_none_of_ours(outing: Underway) -> None:
    booking = outing.passenger("riet")
    other = Organisation.objects.create(slug="elders", name="Elders", phone="+31130009100", duty_phone="+31130009101")
    tariff = money.set_tariff(other, name="gewoon", cents=250, actor=PLANNER)
    with pytest.raises(NotFound):
        money.pay_cash(booking.pk, tariff_id=tariff.pk, actor=PLANNER, at=NOW)


@pytest.fixture
def organisation(settings, db) -> Organisation:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=NOW, rate=0)
    return Organisation.objects.create(
        slug="welzijn", name="Welzijn Oost", phone="+31130009000", duty_phone="+31130009001"
    )
