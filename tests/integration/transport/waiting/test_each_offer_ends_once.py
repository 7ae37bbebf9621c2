"""No seat is given twice, and each offer ends once, whatever people do and whenever they do it."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.common.offers import Ending, OfferOver
from backend.events import clock
from backend.transport.models import Booking, Ride, SeatOffer, Trip
from backend.transport.services import booking, offers, trips
from tests.integration.transport.waiting.a_full_bus import SOON, full, gives_up, says, the_offer, waits
from tests.support.races import at_once, meet_after
from tests.support.road import FRIDAY, PLANNER, a_road

pytestmark = pytest.mark.django_db

STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["yes", "no", "cancel", "leave"]), st.integers(0, 5)),
        st.tuples(st.just("wait"), st.integers(1, 600)),
    ),
    max_size=14,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_people_do_no_seat_is_sold_twice_and_every_offer_ends_once(steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        _play(steps)
        transaction.set_rollback(True)


def _play(steps: list[tuple[str, int]]) -> None:
    clock.set_clock(virtual=FRIDAY, rate=0)
    bus = a_road(seats=3, slug="spel")
    trip = bus.trip(max_rounds=1)
    full(bus, trip)
    for number in range(4):
        waits(bus, trip, f"Gast {number}", FRIDAY + timedelta(seconds=number))
    now, ends = FRIDAY + SOON, {}
    for what, number in steps:
        now += timedelta(minutes=number if what == "wait" else 1)
        clock.set_clock(virtual=now, rate=0)
        _step(trip, what, number, now)
        offers.look(trip.pk, now)
        booked = trip.bookings.filter(state=Booking.State.BOOKED).count()
        rows = list(trip.offers.select_related("booking"))
        still_open = [row for row in rows if row.state == SeatOffer.State.OPEN]
        assert booked + len(still_open) <= 2
        assert now < trip.cutoff_at or not still_open
        for row in rows:
            assert ends.setdefault(row.pk, row.state) in (row.state, "open")
            ends[row.pk] = row.state
            assert row.deadline_at <= trip.cutoff_at
            assert (row.state == "accepted") <= (row.booking.state in ("booked", "cancelled"))


def _step(trip: Trip, what: str, number: int, now: datetime) -> None:
    rows = {
        "yes": list(trip.offers.select_related("booking").order_by("pk")),
        "cancel": list(trip.bookings.filter(state=Booking.State.BOOKED).order_by("pk")),
        "leave": list(trip.bookings.filter(state=Booking.State.WAITING).order_by("pk")),
    }
    rows["no"] = rows["yes"]
    if what == "wait" or not rows[what]:
        return
    row = rows[what][number % len(rows[what])]
    if isinstance(row, SeatOffer):
        try:
            says(row, Ending.ACCEPTED if what == "yes" else Ending.DECLINED, now)
        except OfferOver:
            return
    else:
        booking.cancel(booking_id=row.pk, because="by_telephone", actor=PLANNER, now=now)
        offers.freed(trip.pk, now)


def an_open_offer() -> SeatOffer:
    """Riet is offered the one seat that is free."""
    clock.set_clock(virtual=FRIDAY, rate=0)
    bus = a_road(seats=3)
    trip = bus.trip(max_rounds=1)
    with transaction.atomic():
        sjef, _co = full(bus, trip)
        waits(bus, trip, "Riet")
        gives_up(sjef)
    return the_offer(trip, "Riet")


def answering(row: SeatOffer, ending: Ending) -> object:
    def answers() -> None:
        with transaction.atomic():
            says(row, ending, FRIDAY + SOON)

    return answers


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_at_the_same_moment_are_one_answer() -> None:
    row = an_open_offer()
    ends = at_once(answering(row, Ending.ACCEPTED), answering(row, Ending.DECLINED))
    row.refresh_from_db()
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "OfferOver"]
    assert (row.state, row.booking.state) in [("accepted", "booked"), ("declined", "cancelled")]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_neither_would_hear_that_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    row = an_open_offer()
    unlocked = lambda pk: Trip.objects.select_related("organisation", "destination", "vehicle", "layout").get(pk=pk)  # noqa: E731
    monkeypatch.setattr(trips, "locked", unlocked)
    meet_after(monkeypatch, offers, "party_of")
    ends = at_once(answering(row, Ending.ACCEPTED), answering(row, Ending.DECLINED))
    assert not any(isinstance(end, OfferOver) for end in ends)


@pytest.mark.django_db(transaction=True)
def test_a_seat_that_is_offered_is_not_taken_by_two_who_answer_at_once() -> None:
    row = an_open_offer()
    ends = at_once(answering(row, Ending.ACCEPTED), answering(row, Ending.ACCEPTED))
    row.refresh_from_db()
    assert ends == [None, None]
    assert (row.state, Ride.objects.filter(booking=row.booking_id).count()) == ("accepted", 2)
