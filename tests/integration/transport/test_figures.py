"""The figures of a month, counted from rows; and kept when the rows go."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import F

from backend.common.actors import user
from backend.common.figures import next_month
from backend.events import clock
from backend.people.models import Organisation, Person
from backend.people.months import small_of
from backend.people.services import registering
from backend.transport.models import Area, Booking, MonthlyFigures, Payment, Ride, Trip, UnmetRequest
from backend.transport.models.crew import Task
from backend.transport.selectors.figures import counted, month_of, months
from backend.transport.selectors.manifest import manifest_of
from backend.transport.services import disruption, figures, money
from tests.support.underway import Underway, an_outing

NOVEMBER = date(2026, 11, 1)
NOW = datetime(2026, 12, 3, 10, tzinfo=UTC)
PLANNER = user(7)


@pytest.fixture
def organisation(settings, db) -> Organisation:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=NOW, rate=0)
    return registering.register_organisation(
        slug="welzijn", name="Welzijn Oost", phone="+31130009000", duty_phone="+31130009001"
    )


@pytest.fixture
def november(organisation: Organisation) -> dict[str, Underway]:
    """A trip that was driven, one in another area with the same Riet, one that was stopped for the weather."""
    driven = an_outing(organisation, day=date(2026, 11, 24))
    riet = driven.passenger("riet", there="done", home="done", companions=1, seats=2)
    driven.passenger("halil", there="done", home="done", seats=0, wheelchair_places=1)
    driven.passenger("co", there="not_there", home="cancelled")
    late = driven.passenger("jan", there="cancelled", home="cancelled")
    Booking.objects.filter(pk=late.pk).update(
        state="cancelled", cancelled_at=driven.trip.cutoff_at + timedelta(hours=1), cancelled_because="by_passenger"
    )
    driven.crew("daan", Task.DRIVER, "+31600000401")
    driven.crew("hanna", Task.HOST, "+31600000402")
    _closed(driven, km=31)
    other = an_outing(organisation, day=date(2026, 11, 25))
    Trip.objects.filter(pk=other.trip.pk).update(area=Area.objects.create(organisation=organisation, name="West"))
    other.booking(riet.person, there="done", home="done")
    _closed(other, km=12)
    off = an_outing(organisation, day=date(2026, 11, 26))
    off.passenger("fatima")
    cause = disruption.Cause(disruption.Disruption.Kind.WEATHER, PLANNER, off.trip.leaves_at - timedelta(hours=2))
    disruption.stop(off.trip.pk, cause, ways_home={})
    for reason, at in (("ride", NOW - timedelta(days=9)), ("no_room", NOW - timedelta(days=9)), ("ride", NOW)):
        UnmetRequest.objects.create(organisation=organisation, area=driven.trip.area, reason=reason, at=at)
    _paid(organisation, riet)
    return {"driven": driven, "other": other, "off": off}


def _closed(outing: Underway, km: int) -> None:
    """Driven from 9:30 to 13:30; closed in the evening, which is not the crew's time."""
    Trip.objects.filter(pk=outing.trip.pk).update(
        state="closed",
        started_at=F("leaves_at"),
        closed_at=F("ends_at") + timedelta(hours=5),
        ends_at=F("leaves_at") + timedelta(hours=4),
        odometer_km=km,
    )


def _paid(organisation: Organisation, riet: Booking) -> None:
    tariff = money.set_tariff(organisation, name="gewoon", cents=250, actor=PLANNER)
    money.pay_cash(riet.pk, tariff_id=tariff.pk, actor=PLANNER, at=NOW)
    sold = NOW - timedelta(days=10)
    money.sell_pass(riet.person, trips=10, valid_from=NOVEMBER, valid_until=None, cents=2000, actor=PLANNER, now=sold)
    money.enter_costs(organisation, NOVEMBER, 90_000, actor=PLANNER, now=NOW)


def test_a_month_counted_by_hand(organisation: Organisation, november: dict[str, Underway]) -> None:
    month = month_of(organisation, NOVEMBER)
    oost, west = str(november["driven"].trip.area_id), str(Trip.objects.get(pk=november["other"].trip.pk).area_id)
    assert {name: value for name, value in month.areas[oost].items() if value} == {
        "trips_driven": 1,
        "trips_cancelled": 1,
        "cancelled:weather": 1,
        "km": 31,
        "rides": 4,
        "companion_rides": 2,
        "people": 2,
        "first_timers": 2,
        "seats_used": 4,
        "wheelchair_used": 2,
        "seats_offered": 12,
        "wheelchair_offered": 2,
        "rollator_offered": 6,
        "no_shows": 1,
        "late_cancellations": 1,
        "volunteer_minutes": 480,
        "unmet": 2,
        "unmet:ride": 1,
        "unmet:no_room": 1,
        "income_cents": 250,
    }
    assert (month.areas[west]["rides"], month.areas[west]["people"]) == (2, 1)
    assert month.areas[west].get("first_timers", 0) == 0, "Riet had ridden the day before"
    assert month.total["rides"] == 6
    assert month.total["people"] == 2, "Riet rode in two areas, and is one person"
    assert (month.total["income_cents"], month.total["costs_cents"]) == (2250, 90_000)


def test_who_books_three_trips_before_the_first_of_them_is_a_first_timer_once(organisation: Organisation) -> None:
    """The list of each trip says so until they have ridden; who was not there has not."""
    outings = [an_outing(organisation, day=date(2026, 11, day)) for day in (17, 24, 25)]
    person = outings[0].passenger("riet").person
    for outing in outings[1:]:
        outing.booking(person)

    def called_first() -> list[bool]:
        lists = [manifest_of(outing.trip, NOW) for outing in outings]
        return [{one.ride.is_first for stop in each.stops for one in stop.passengers} == {True} for each in lists]

    assert called_first() == [True, True, True]
    for outing, state in zip(outings, ("not_there", "done", "done"), strict=True):
        outing.trip.rides.update(state=state)
        _closed(outing, km=10)
    assert called_first() == [True, True, False]
    total = counted(organisation, NOVEMBER).total
    assert (total["people"], total["first_timers"]) == (1, 1)


def test_a_month_that_is_kept_says_the_same_when_its_rows_have_gone(
    organisation: Organisation, november: dict[str, Underway]
) -> None:
    before = month_of(organisation, NOVEMBER)
    assert figures.keep_until(organisation, date(2026, 12, 2), NOW) == date(2026, 12, 1)
    Payment.objects.all().delete()
    Ride.objects.all().delete()
    UnmetRequest.objects.all().delete()
    after = month_of(organisation, NOVEMBER)
    assert after.is_kept
    assert (dict(after.areas), dict(after.total)) == (dict(before.areas), dict(before.total))
    assert counted(organisation, NOVEMBER).total.get("rides", 0) == 0


def test_a_month_is_kept_once_and_never_counted_again(
    organisation: Organisation, november: dict[str, Underway]
) -> None:
    figures.keep_until(organisation, date(2026, 12, 2), NOW)
    Ride.objects.all().delete()
    figures.keep_until(organisation, date(2026, 12, 31), NOW + timedelta(days=1))
    assert MonthlyFigures.objects.get(area=None).counts["rides"] == 6


def test_a_month_that_is_not_over_is_not_kept(organisation: Organisation, november: dict[str, Underway]) -> None:
    still = datetime(2026, 11, 30, 22, 30, tzinfo=UTC)
    assert figures.keep_until(organisation, date(2026, 12, 31), still) == NOVEMBER
    assert not MonthlyFigures.objects.exists()
    over = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    assert figures.keep_until(organisation, date(2026, 12, 31), over) == date(2026, 12, 1)
    assert MonthlyFigures.objects.count() == 3


def test_readers_see_months_that_are_over_only(organisation: Organisation, november: dict[str, Underway]) -> None:
    assert months(organisation, NOW, only_over=True) == [NOVEMBER]
    assert months(organisation, NOW, only_over=False) == [date(2026, 12, 1), NOVEMBER]


def test_another_organisations_month_is_empty(november: dict[str, Underway]) -> None:
    other = registering.register_organisation(
        slug="elders", name="Elders", phone="+31130009100", duty_phone="+31130009101"
    )
    assert sum(counted(other, NOVEMBER).total.values()) == 0


def test_a_month_takes_the_same_number_of_questions_however_much_was_driven(
    organisation: Organisation, november: dict[str, Underway], django_assert_max_num_queries
) -> None:
    for day in range(2, 12):
        outing = an_outing(organisation, day=date(2026, 11, day))
        outing.booking(Person.objects.get(given_name="Riet"), there="done", home="done")
        _closed(outing, km=10)
    with django_assert_max_num_queries(16):
        assert month_of(organisation, NOVEMBER).total["trips_driven"] == 12


@pytest.mark.parametrize(("chosen", "small"), [(10, 10), (1, 5), ("veel", 5), (None, 5)])
def test_a_limit_that_would_hide_nothing_or_everything_is_not_used(
    organisation: Organisation, chosen: object, small: int
) -> None:
    organisation.settings = {"small_cells": chosen}
    assert small_of(organisation) == small


def test_the_month_after_december_is_january() -> None:
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
