"""Evenings made from series: some weeks ahead, once per resto and date, however often and by however many."""

import logging
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from backend.common.actors import SYSTEM, Actor
from backend.common.recurrence import RuleError
from backend.meals.domain.series import Moments
from backend.meals.models import CrewPlace, Evening, EveningSeries, Job
from backend.meals.selectors.series import NOT_IN_SERIES, horizon, moments_of, series_days
from backend.meals.services import evenings, off

EVENING_PLANNED = "evening_planned"
"""The subject is the evening. It is in the programme, for the first time or again, and nobody has reserved yet."""

log = logging.getLogger(__name__)


def plan_evenings(now: datetime) -> int:
    """Make the evenings of the coming weeks (setting of the organisation) that are not there; returns how many.

    A series whose rule cannot be read holds no other up: its page says so. `now` is UTC.
    """
    made = 0
    for pk in EveningSeries.objects.filter(resto__in_use=True).order_by("pk").values_list("pk", flat=True):
        try:
            made += _plan_as_it_is_now(pk, now)
        except RuleError as error:
            log.warning("Series %s of evenings has a rule that cannot be kept: %s", pk, error)
        except Exception:
            log.exception("Series %s of evenings could not be planned; the others are.", pk)
    return made


@transaction.atomic
def _plan_as_it_is_now(series_id: int, now: datetime) -> int:
    return plan_series(locked_series(series_id), now)


def locked_series(series_id: int) -> EveningSeries:
    """A series, locked until the end of the transaction. Its lock comes before that of its evenings."""
    EveningSeries.objects.select_for_update().get(pk=series_id)
    return EveningSeries.objects.select_related("resto__organisation").get(pk=series_id)


def plan_series(series: EveningSeries, now: datetime) -> int:
    """The same for one series, and evenings that it had lost and has again. Under its lock. Raises RuleError."""
    first, last = horizon(series.resto.organisation, now)
    there = {one.date: one for one in Evening.objects.filter(resto=series.resto_id, date__range=(first, last))}
    made, lost = 0, []
    for one in series_days(series, first, last):
        if one.why is not None or moments_of(series, one.day).doors_at <= now:
            continue
        known = there.get(one.day)
        if known is None:
            made += _make(series, one.day)
        elif is_lost(known):
            lost.append(known.pk)
    return made + sum(_take_up_again(pk, series, now) for pk in sorted(lost))


def is_lost(evening: Evening) -> bool:
    """Whether the evening was cancelled only because its series had no such date any more."""
    return evening.state == Evening.State.CANCELLED and evening.cancelled_because == NOT_IN_SERIES


def _make(series: EveningSeries, day: date) -> int:
    """1 when there is an evening now; 0 when another planner was there first."""
    evening = Evening(resto=series.resto, series=series, date=day, chairs=series.resto.chairs, theme=series.theme)
    try:
        make_evening(evening, moments_of(series, day), needs_of(series), SYSTEM)
    except IntegrityError:
        return 0
    return 1


@transaction.atomic
def _take_up_again(evening_id: int, series: EveningSeries, now: datetime) -> int:
    evening = evenings.locked(evening_id)
    if not is_lost(evening):
        return 0
    evening.state, evening.cancelled_because, evening.series = Evening.State.PLANNED, "", series
    evening.theme = series.theme
    set_moments(evening, moments_of(series, evening.date))
    evening.save()
    set_needs(evening, needs_of(series))
    off.after_all(evening, SYSTEM, now)
    evenings.changed(evening)
    evenings.tell(evening, EVENING_PLANNED, SYSTEM)
    return 1


@transaction.atomic
def make_evening(evening: Evening, found: Moments, needs: Mapping[str, int], actor: Actor) -> Evening:
    """An evening with the places in its crew, all open. Raises IntegrityError when the resto has one that day."""
    set_moments(evening, found)
    evening.save()
    set_needs(evening, needs)
    evenings.tell(evening, EVENING_PLANNED, actor)
    return evening


def needs_of(series: EveningSeries) -> dict[str, int]:
    """How many of each job every evening of a series needs."""
    return {need.job: need.people for need in series.needs.all()}


def set_needs(evening: Evening, needs: Mapping[str, int]) -> None:
    """As many places of each job as are needed, on an evening that is made or taken up again. Under its lock.

    One that guests may know follows by `crew_places.follow`, which counts chairs. A place that somebody was asked for,
    or has, stays: nobody who said yes is sent away by a number.
    """
    for job in Job.values:
        people, places = needs.get(job, 0), list(evening.crew.filter(job=job).order_by("number"))
        unused = [one for one in places if one.state == CrewPlace.State.OPEN and not one.asks.exists()]
        for one in unused[::-1][: max(len(places) - people, 0)]:
            one.delete()
        numbers = (number for number in range(people + len(places)) if number not in {one.number for one in places})
        for _missing in range(people - len(places)):
            CrewPlace.objects.create(evening=evening, job=job, number=next(numbers))


def set_moments(evening: Evening, found: Moments) -> None:
    """Give an evening its instants; the caller saves it."""
    for name, value in vars(found).items():
        setattr(evening, name, value)
