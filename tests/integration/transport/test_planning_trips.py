"""Trips made from series: once each, some weeks ahead, by however many planners; and what they become later."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import transaction

from backend.common.actors import SYSTEM
from backend.common.errors import Conflict, RondjeError
from backend.events import clock
from backend.events.models import Event
from backend.people.models import Engagement
from backend.transport.domain.programme import Times, Why
from backend.transport.models import (
    Booking,
    CrewDuty,
    OutOfService,
    Series,
    SeriesException,
    Trip,
    VehiclePaper,
)
from backend.transport.selectors.fleet import stranded
from backend.transport.selectors.programme import outlook
from backend.transport.services import series as services
from backend.transport.services import trips
from backend.transport.services.planning_trips import plan_trips
from backend.transport.services.programme import Facts
from backend.transport.services.series import Recurrence, Saved
from tests.integration.web import mornings
from tests.support.buses import TUESDAY, Bus, a_booking, a_bus, a_passenger, a_series, a_trip

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
USUAL, LATER = Times(time(9, 30), time(12, 30)), Times(time(10), time(14))


@pytest.fixture
def bus(settings, db: None) -> Bus:
    """De Plusbus of Welzijn Oost, on Monday 23 November at ten."""
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=NOW, rate=0)
    return a_bus(mornings.an_organisation())


def dates(**filters: object) -> list[str]:
    return [f"{trip.date:%d-%m}" for trip in Trip.objects.filter(**filters).order_by("date")]


def kinds() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_eight_weeks_of_tuesdays_without_the_holidays_each_with_two_places_for_the_crew(bus: Bus) -> None:
    a_series(bus)
    made = plan_trips(NOW)
    assert dates() == ["24-11", "01-12", "08-12", "15-12", "22-12", "29-12", "05-01", "12-01"]
    assert made == 8
    trip = Trip.objects.get(date=TUESDAY)
    assert (trip.leaves_at, trip.returns_at) == (
        datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
        datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
    )
    assert (trip.ends_at, trip.cutoff_at) == (
        datetime(2026, 11, 24, 13, 30, tzinfo=UTC),
        datetime(2026, 11, 23, 16, 0, tzinfo=UTC),
    )
    assert sorted(trip.crew.values_list("task", "state")) == [("driver", "open"), ("host", "open")]
    assert kinds() == ["transport.trip_planned"] * 8


def test_planning_again_and_again_makes_nothing_twice_and_a_week_later_one_more(bus: Bus) -> None:
    a_series(bus)
    assert [plan_trips(NOW), plan_trips(NOW), plan_trips(NOW + timedelta(days=7))] == [8, 0, 1]


def test_how_far_ahead_is_a_setting_and_a_trip_whose_time_has_passed_is_not_made(bus: Bus) -> None:
    bus.organisation.settings["bus"] = {"weeks_ahead": 2, "cutoff": "16:00"}
    bus.organisation.save()
    a_series(bus)
    assert plan_trips(datetime(2026, 11, 24, 8, 30, tzinfo=UTC)) == 2
    assert dates() == ["01-12", "08-12"]
    assert Trip.objects.get(date=date(2026, 12, 1)).cutoff_at == datetime(2026, 11, 30, 15, 0, tzinfo=UTC)


def test_a_series_that_cannot_be_read_or_whose_bus_is_busy_holds_no_other_up_and_its_page_says_so(bus: Bus) -> None:
    a_series(bus, rule="elke dinsdag")
    taken = a_trip(bus, TUESDAY, leaves=time(12), returns=time(15))
    held_up = a_series(bus)
    a_series(bus, rule="FREQ=WEEKLY;BYDAY=WE")
    assert plan_trips(NOW) == 7 + 8
    first = outlook(held_up, NOW)[0]
    assert (first.day, first.trip, first.busy) == (TUESDAY, None, taken)


def test_days_in_the_garage_and_papers_that_end_leave_dates_out_and_say_which(bus: Bus) -> None:
    OutOfService.objects.create(
        vehicle=bus.vehicle, first_day=TUESDAY, last_day=TUESDAY + timedelta(days=3), reason="Remmen"
    )
    VehiclePaper.objects.create(vehicle=bus.vehicle, kind="inspection", valid_until=date(2026, 12, 31))
    known = a_series(bus)
    assert plan_trips(NOW) == 5
    left_out = {f"{row.day:%d-%m}": row.left_out for row in outlook(known, NOW) if row.left_out}
    assert {day: (why.why, why.what) for day, why in left_out.items() if why} == {
        "24-11": (Why.OUT_OF_SERVICE, "Remmen"),
        "05-01": (Why.PAPER, "inspection"),
        "12-01": (Why.PAPER, "inspection"),
    }


def save(bus: Bus, pk: int | None = None, rule: str = "FREQ=WEEKLY;BYDAY=TU", times: Times = USUAL) -> Saved:
    when = Recurrence(rule, TUESDAY, None, times)
    facts = Facts(bus.area, bus.destination, bus.layout)
    return services.save(bus.organisation, facts, when, pk=pk, actor=SYSTEM, now=NOW)


def test_a_new_series_has_its_trips_at_once(bus: Bus) -> None:
    saved = save(bus)
    assert (saved.made, saved.followed, saved.to_decide) == (8, 0, [])


def test_other_times_hold_for_trips_nobody_counts_on_and_the_others_are_shown_to_decide_about(bus: Bus) -> None:
    known = save(bus).series
    booked, driven = Trip.objects.order_by("date")[:2]
    a_booking(booked, a_passenger(bus.organisation, "Riet"))
    driver = a_passenger(bus.organisation, "Sjef")
    driven.crew.filter(task="driver").update(state=CrewDuty.State.CONFIRMED, person=driver)

    saved = save(bus, known.pk, times=LATER)

    assert (saved.made, saved.followed) == (0, 6)
    assert [trip.pk for trip in saved.to_decide] == [booked.pk, driven.pk]
    booked.refresh_from_db()
    assert booked.leaves_at == datetime(2026, 11, 24, 8, 30, tzinfo=UTC), "what was promised stays"
    assert Trip.objects.get(date=date(2026, 12, 8)).leaves_at == datetime(2026, 12, 8, 9, 0, tzinfo=UTC)


def test_another_weekday_takes_away_the_trips_nobody_counts_on_and_makes_new_ones(bus: Bus) -> None:
    known = save(bus).series
    booked = Trip.objects.get(date=TUESDAY)
    a_booking(booked, a_passenger(bus.organisation, "Riet"), Booking.State.WAITING)
    saved = save(bus, known.pk, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TH")
    assert [trip.pk for trip in saved.to_decide] == [booked.pk]
    assert dates(state="planned") == ["24-11", "26-11", "10-12", "24-12", "07-01"]
    assert len(dates(cancelled_because="not_in_series")) == 7
    again = save(bus, known.pk)
    assert (again.made, again.to_decide) == (7, [])
    assert dates(state="planned") == ["24-11", "01-12", "08-12", "15-12", "22-12", "29-12", "05-01", "12-01"]
    assert {trip.crew.count() for trip in Trip.objects.all()} == {2}


def test_a_date_is_left_out_and_driven_after_all(bus: Bus) -> None:
    known = save(bus).series
    day = date(2026, 12, 1)
    trip = Trip.objects.get(date=day)
    services.except_date(known.pk, day, None, reason="Sinterklaas", actor=SYSTEM, now=NOW)
    trip.refresh_from_db()
    assert (trip.state, trip.cancelled_because) == ("cancelled", "Sinterklaas")
    assert plan_trips(NOW) == 0

    services.drop_exception(SeriesException.objects.get().pk, actor=SYSTEM, now=NOW)

    trip.refresh_from_db()
    assert (trip.state, trip.cancelled_because) == ("planned", "")
    assert kinds()[-4:] == [
        "transport.series_excepted",
        "transport.trip_cancelled",
        "transport.series_excepted",
        "transport.trip_restored",
    ]


def test_a_date_that_a_person_cancelled_is_driven_again_when_a_person_gives_it_times(bus: Bus) -> None:
    known = save(bus).series
    trip = Trip.objects.get(date=TUESDAY)
    services.cancel_trip(trip.pk, because="De weg is dicht", actor=SYSTEM, now=NOW)
    saved = services.except_date(known.pk, TUESDAY, LATER, actor=SYSTEM, now=NOW)
    trip.refresh_from_db()
    assert (saved.made, trip.state, f"{trip.leaves_at:%H:%M}") == (1, "planned", "09:00")


def test_other_times_on_one_date_and_a_date_besides_the_rule(bus: Bus) -> None:
    known = save(bus).series
    for day in (date(2026, 12, 1), date(2026, 12, 4)):
        services.except_date(known.pk, day, LATER, actor=SYSTEM, now=NOW)
    assert {
        f"{trip.date:%d-%m}": f"{trip.leaves_at:%H:%M}" for trip in Trip.objects.filter(date__lte=date(2026, 12, 8))
    } == {"24-11": "08:30", "01-12": "09:00", "04-12": "09:00", "08-12": "08:30"}


def test_what_was_stopped_because_something_went_wrong_is_not_taken_up_again_by_the_next_planner(bus: Bus) -> None:
    save(bus)
    trip = Trip.objects.get(date=TUESDAY)
    with transaction.atomic():
        trips.cancel(trip_id=trip.pk, because="weather", actor=SYSTEM, now=NOW)
    assert plan_trips(NOW) == 0
    assert Trip.objects.get(pk=trip.pk).state == "cancelled"


def test_a_trip_whose_bus_loses_its_paper_stays_and_is_for_a_person_to_see_to(bus: Bus) -> None:
    known = save(bus).series
    VehiclePaper.objects.create(vehicle=bus.vehicle, kind="inspection", valid_until=date(2026, 12, 10))
    saved = services.except_date(known.pk, TUESDAY, None, reason="Weg dicht", actor=SYSTEM, now=NOW)
    assert (saved.made, saved.followed, saved.to_decide) == (0, 0, [])
    assert Trip.objects.filter(state="planned").count() == 7
    assert {one.trip.date for one in stranded([bus.organisation], NOW)} == {
        date(2026, 12, 15),
        date(2026, 12, 22),
        date(2026, 12, 29),
        date(2027, 1, 5),
        date(2027, 1, 12),
    }


def test_a_trip_with_bookings_stays_until_a_person_cancels_it_and_then_everybody_is_free_again(bus: Bus) -> None:
    known = save(bus).series
    trip = Trip.objects.get(date=TUESDAY)
    riet = a_passenger(bus.organisation, "Riet")
    booking = a_booking(trip, riet)
    Engagement.objects.create(
        person=riet, programme=1, source=f"booking:{booking.pk}", starts_at=trip.leaves_at, ends_at=trip.ends_at
    )
    saved = services.except_date(known.pk, TUESDAY, None, reason="Weg dicht", actor=SYSTEM, now=NOW)
    trip.refresh_from_db()
    assert ([one.pk for one in saved.to_decide], trip.state) == ([trip.pk], "planned")

    services.cancel_trip(trip.pk, because="De weg is dicht", actor=SYSTEM, now=NOW)

    booking.refresh_from_db()
    assert (booking.state, booking.cancelled_because, booking.cancelled_at) == ("cancelled", "trip_cancelled", NOW)
    assert set(booking.rides.values_list("state", flat=True)) == {"cancelled"}
    assert not Engagement.objects.exists()
    told = Event.objects.get(kind="transport.trip_cancelled")
    assert (told.subject_id, told.payload) == (trip.pk, {"bookings": [booking.pk]})
    with pytest.raises(Conflict):
        services.cancel_trip(trip.pk, because="Nog eens", actor=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("rule", "times", "said"),
    [
        ("elke dinsdag", USUAL, "cannot be read"),
        ("FREQ=WEEKLY;BYDAY=TU", Times(time(12), time(9)), "before it leaves"),
        ("FREQ=WEEKLY;BYDAY=TU", Times(time(9), time(10)), "still be fetching"),
    ],
)
def test_what_cannot_be_driven_is_refused_in_words_and_leaves_nothing(
    bus: Bus, rule: str, times: Times, said: str
) -> None:
    with pytest.raises(RondjeError, match=said):
        save(bus, rule=rule, times=times)
    assert not Series.objects.exists()
    assert not Trip.objects.exists()
