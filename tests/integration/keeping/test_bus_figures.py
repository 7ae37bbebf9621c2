"""Trips go when their time is over; the figures of their months are kept before the first row goes, and stay."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.common.actors import user
from backend.events import clock
from backend.keeping.models import Purge
from backend.keeping.services import purging
from backend.people.models import Organisation
from backend.people.services import registering
from backend.transport.models import Booking, Pass, Payment, Ride, Trip
from backend.transport.selectors import money as read
from backend.transport.selectors.figures import month_of
from backend.transport.services import figures, money
from tests.support.underway import an_outing

NOVEMBER = date(2026, 11, 1)
PLANNER = user(7)


@pytest.fixture
def organisation(settings: Any, db: None) -> Organisation:
    """A trip of 24 November on which Riet rode, with a pass of two trips."""
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=datetime(2026, 12, 1, 10, tzinfo=UTC), rate=0)
    found = registering.register_organisation(
        slug="welzijn", name="Welzijn Oost", phone="+31130009000", duty_phone="+31130009001"
    )
    outing = an_outing(found, day=date(2026, 11, 24))
    riet = outing.passenger("riet", "+31130001301", there="done", home="done")
    Trip.objects.update(state="closed", closed_at=outing.trip.ends_at)
    card = money.sell_pass(
        riet.person, trips=1, valid_from=NOVEMBER, valid_until=None, cents=300, actor=PLANNER, now=outing.trip.leaves_at
    )
    money.pay_by_pass(riet.pk, pass_id=card.pk, actor=PLANNER, at=outing.trip.leaves_at)
    return found


def after(days: int) -> datetime:
    return datetime(2026, 11, 24, 14, tzinfo=UTC) + timedelta(days=days)


def rows() -> tuple[int, int, int, int]:
    return Trip.objects.count(), Booking.objects.count(), Ride.objects.count(), Payment.objects.count()


def test_trips_go_after_two_years_and_their_figures_stay(organisation: Organisation) -> None:
    before = month_of(organisation, NOVEMBER)
    purging.purge(after(729))
    assert rows() == (1, 1, 2, 1)
    # Its month was over long ago; but only whole months go, so that none is counted from half of its rows.
    purging.purge(after(731))
    assert rows() == (1, 1, 2, 1)
    purging.purge(after(740))
    assert rows() == (0, 0, 0, 0)
    found = month_of(organisation, NOVEMBER)
    assert found.is_kept
    assert (dict(found.total), dict(found.areas)) == (dict(before.total), dict(before.areas))
    assert found.total["rides"] == 2
    assert set(Purge.objects.values_list("kind", flat=True)) >= {"bus payments", "bus rides", "bus places", "bus trips"}


def test_nothing_of_the_bus_goes_while_its_figures_cannot_be_kept(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object) -> date:
        raise RuntimeError("no figures")

    monkeypatch.setattr(figures, "keep_until", fails)
    purging.purge(after(740))
    assert rows() == (1, 1, 2, 1)


def test_a_pass_that_may_still_be_used_keeps_the_trips_that_were_paid_with_it(organisation: Organisation) -> None:
    card = Payment.objects.get().used_pass
    assert card is not None
    type(card).objects.update(trips=10)
    purging.purge(after(740))
    assert Payment.objects.count() == 1
    assert Trip.objects.count() == 1
    assert month_of(organisation, NOVEMBER).is_kept


def test_a_pass_that_is_used_up_is_not_full_again_when_its_uses_go(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = Payment.objects.get().used_pass
    assert card is not None
    with monkeypatch.context() as broken:
        broken.setattr(purging, "KINDS", [kind for kind in purging.KINDS if kind.name != "bus passes"])
        purging.purge(after(740))
    assert not Payment.objects.exists()
    (left,) = read.passes_of([card.person_id])[card.person_id]
    assert left.facts.why_not(after(740).date()) == "used_up"
    purging.purge(after(740))
    assert not Pass.objects.exists(), "it has no end, and goes with its uses"


def test_a_trip_that_was_given_back_is_left_on_a_pass(organisation: Organisation) -> None:
    Ride.objects.update(state="cancelled")
    Booking.objects.update(state="cancelled", cancelled_at=after(0), cancelled_because="stopped")
    purging.purge(after(740))
    assert (Pass.objects.get().is_over, Payment.objects.count()) == (False, 1)
