"""Trips that recur: made, changed, and excepted on a date.

What nobody counts on yet follows its series at once. A trip that somebody has booked on, or is to drive, stays as it is
and is shown to the planner: people were promised something, and a person decides about that.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from backend.common import exclusion, recurrence
from backend.common.actors import Actor
from backend.common.errors import Conflict, RondjeError
from backend.common.recurrence import RuleError
from backend.events.services import record
from backend.people.models import Organisation
from backend.transport.domain.programme import Driven, Times
from backend.transport.models import Booking, CrewDuty, Series, SeriesException, Trip
from backend.transport.selectors.programme import NOT_IN_SERIES, days_by_rule, moments_of
from backend.transport.selectors.run import may_be_on_the_road
from backend.transport.services import trips
from backend.transport.services.planning_trips import FACTS, plan_series, set_facts, set_moments
from backend.transport.services.programme import Facts, check_facts
from backend.transport.services.restoring import PutBack

TRIP_CHANGED = "trip_changed"
"""The subject is the trip. Times, place or vehicle are others now; nobody had counted on it."""

SERIES_SAVED = "transport.series_saved"
"""The subject is the series."""

SERIES_EXCEPTED = "transport.series_excepted"
"""The subject is the series. Payload: date (ISO), what (not_driven, times, or dropped)."""


class WrongRule(RondjeError):
    """A recurrence that cannot be kept: `code` of `recurrence.RuleError`."""

    def __init__(self, message: str, error: RuleError) -> None:
        super().__init__(message)
        self.code = error.code
        self.part = error.part


@dataclass(frozen=True)
class Recurrence:
    """When a series is driven: an RRULE in local dates, from first to last day (both included), at wall times."""

    rule: str
    first_day: date
    last_day: date | None
    times: Times
    on_holidays: bool = False


@dataclass(frozen=True)
class Saved:
    """What came of it: trips made and changed, those that a person has to decide about, and who was put back."""

    series: Series
    made: int
    followed: int
    to_decide: list[Trip]
    put_back: tuple[PutBack, ...] = ()


@transaction.atomic
def save(
    organisation: Organisation, facts: Facts, when: Recurrence, *, pk: int | None, actor: Actor, now: datetime
) -> Saved:
    """A new series, or a known one as it shall be from now on; its trips follow.

    Raises WrongRule, and RondjeError when it could not be driven so.
    """
    check_facts(organisation, facts, when.times)
    if when.last_day is not None and when.last_day < when.first_day:
        raise RondjeError("The last day lies before the first. Exchange the two dates.")
    try:
        rule = recurrence.check(when.rule, when.first_day)
    except RuleError as error:
        raise WrongRule("This recurrence cannot be read. Choose weekdays, or a day of the month.", error) from error
    series = Series.objects.select_for_update().get(pk=pk) if pk else Series(organisation=organisation)
    usual = series.vehicle_id or facts.layout.vehicle_id
    for name, value in facts.as_fields().items():
        setattr(series, name, value)
    series.rule, series.first_day, series.last_day = rule, when.first_day, when.last_day
    series.leaves_at, series.returns_at = when.times.leaves_at, when.times.returns_at
    series.on_holidays = when.on_holidays
    series.save()
    _tell(SERIES_SAVED, series, actor)
    return _follow(series, actor, now, usual_vehicle=usual)


@transaction.atomic
def except_date(
    series_id: int, day: date, times: Times | None, *, reason: str = "", actor: Actor, now: datetime
) -> Saved:
    """On this local date the series is not driven (no times), or at other times, or besides its rule.

    A trip that nobody counts on is cancelled or changed; another one is left for a person to decide about.
    Raises RondjeError.
    """
    series = _locked(series_id)
    if times is not None:
        check_facts(series.organisation, _facts(series), times)
        if moments_of(series, Driven(day, times)).leaves_at <= now:
            raise RondjeError("The bus would have left already. Choose a later day or time.")
    _except(series, day, times, reason)
    _tell(SERIES_EXCEPTED, series, actor, date=day.isoformat(), what="times" if times else "not_driven")
    if times is not None:
        _let_be_taken_up(series, day)
    else:
        _cancel_unless_counted_on(_coming(series, now).filter(date=day), reason, actor, now)
    return _follow(series, actor, now, usual_vehicle=series.vehicle_id)


@transaction.atomic
def drop_exception(exception_id: int, *, actor: Actor, now: datetime) -> Saved:
    """The date is as the rule says again; a trip that had been cancelled for it is driven after all."""
    exception = SeriesException.objects.get(pk=exception_id)
    series = _locked(exception.series_id)
    exception.delete()
    _tell(SERIES_EXCEPTED, series, actor, date=exception.date.isoformat(), what="dropped")
    if exception.leaves_at is None:
        _let_be_taken_up(series, exception.date)
    return _follow(series, actor, now, usual_vehicle=series.vehicle_id)


@transaction.atomic
def cancel_trip(trip_id: int, *, because: str, actor: Actor, now: datetime) -> Trip:
    """A person cancels a trip, whoever has booked; of a series it is that date's exception.

    Raises Conflict when the bus is underway, or should be while somebody is booked (it may be that nobody has ticked
    that it left), or when the trip is over or cancelled already.
    """
    series_id = Trip.objects.values_list("series_id", flat=True).get(pk=trip_id)
    series = _locked(series_id) if series_id else None
    if may_be_on_the_road(trips.locked(trip_id), now):
        raise Conflict(
            "The bus should have left by now. Stop the trip under “It goes wrong”, so that everybody gets home."
        )
    trip = trips.cancel(trip_id=trip_id, because=because, actor=actor, now=now)
    if series is not None:
        _except(series, trip.date, None, because)
    return trip


def _let_be_taken_up(series: Series, day: date) -> None:
    """A person says that this date is driven: whatever it was cancelled for before, planning takes it up again."""
    for gone in series.trips.filter(date=day, state=Trip.State.CANCELLED):
        trips.locked(gone.pk)
        Trip.objects.filter(pk=gone.pk, state=Trip.State.CANCELLED).update(cancelled_because=NOT_IN_SERIES)


def _cancel_unless_counted_on(coming: "QuerySet[Trip]", reason: str, actor: Actor, now: datetime) -> None:
    for trip in coming:
        trips.locked(trip.pk)
        if trip.pk not in counted_on(coming):
            trips.cancel(trip_id=trip.pk, because=reason, actor=actor, now=now)


def _except(series: Series, day: date, times: Times | None, reason: str) -> None:
    walls: dict[str, time | None] = {
        "leaves_at": times.leaves_at if times else None,
        "returns_at": times.returns_at if times else None,
    }
    SeriesException.objects.update_or_create(series=series, date=day, defaults={**walls, "reason": reason[:120]})


def _follow(series: Series, actor: Actor, now: datetime, *, usual_vehicle: int) -> Saved:
    """Under the series' lock: its coming trips become as it says, where nobody counts on them.

    A trip with another vehicle than the series had was given it by a person, and stays.
    """
    series = Series.objects.select_related("organisation", "vehicle", "layout").get(pk=series.pk)
    coming = list(_coming(series, now))
    driven = days_by_rule(series, [trip.date for trip in coming])
    followed, to_decide = 0, []
    for trip in coming:
        if is_as(trip, series, driven.get(trip.date)):
            continue
        is_usual = trip.vehicle_id in {usual_vehicle, series.vehicle_id}
        if is_usual and _follows(trip.pk, series, driven.get(trip.date), actor, now):
            followed += 1
        else:
            to_decide.append(trip)
    planned = plan_series(series, now)
    return Saved(series, planned.made, followed, to_decide, planned.put_back)


def _follows(trip_id: int, series: Series, driven: Driven | None, actor: Actor, now: datetime) -> bool:
    """Whether the trip has become as its series; False when somebody counts on it, or its vehicle is busy."""
    trip = trips.locked(trip_id)
    if trip_id in counted_on(_coming(series, now).filter(pk=trip_id)):
        return False
    if driven is None:
        trips.cancel(trip_id=trip.pk, because=NOT_IN_SERIES, actor=actor, now=now)
        return True
    set_facts(trip, series)
    set_moments(trip, moments_of(series, driven))
    trip.plan_version += 1
    try:
        exclusion.in_turn(trip.save)
    except IntegrityError:
        return False
    trips.tell(trip, TRIP_CHANGED, actor)
    return True


def different_trips(series: Series, now: datetime) -> list[Trip]:
    """Coming trips that are otherwise than their series says: a person decides about each. Raises nothing."""
    coming = list(_coming(series, now).select_related("destination", "vehicle"))
    try:
        driven = days_by_rule(series, [trip.date for trip in coming])
    except RuleError:
        return []
    return [trip for trip in coming if not is_as(trip, series, driven.get(trip.date))]


def is_as(trip: Trip, series: Series, driven: Driven | None) -> bool:
    """Whether a trip is as its series says for its date; `driven` is None when the series is not driven then."""
    if driven is None:
        return False
    found = moments_of(series, driven)
    return (trip.leaves_at, trip.returns_at) == (found.leaves_at, found.returns_at) and all(
        getattr(trip, name) == getattr(series, name) for name in FACTS
    )


def _coming(series: Series, now: datetime) -> "QuerySet[Trip]":
    """Trips that have not left."""
    return series.trips.filter(state=Trip.State.PLANNED, leaves_at__gt=now).order_by("pk")


def counted_on(coming: "QuerySet[Trip]") -> set[int]:
    """The keys of those on which somebody has booked or waits, or which somebody was asked to drive or to host."""
    taken = Booking.objects.filter(trip=OuterRef("pk")).exclude(state=Booking.State.CANCELLED)
    crew = CrewDuty.objects.filter(trip=OuterRef("pk")).exclude(state=CrewDuty.State.OPEN)
    return set(coming.filter(Exists(taken) | Exists(crew)).values_list("pk", flat=True))


def _locked(series_id: int) -> Series:
    return (
        Series.objects.select_for_update(of=("self",))
        .select_related("organisation", "layout__vehicle")
        .get(pk=series_id)
    )


def _facts(series: Series) -> Facts:
    return Facts(
        area=series.area,
        destination=series.destination,
        layout=series.layout,
        title=series.title,
        note=series.note,
        shift_minutes=series.shift_minutes,
        max_rounds=series.max_rounds,
    )


def _tell(kind: str, series: Series, actor: Actor, **payload: object) -> None:
    record(
        kind=kind,
        subject_kind="trip_series",
        subject_id=series.pk,
        organisation_id=series.organisation_id,
        actor=actor,
        payload=payload,
    )
