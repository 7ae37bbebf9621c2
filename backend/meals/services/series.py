"""Evenings that recur: made, changed, and closed on a date.

What nobody counts on yet follows its series at once. An evening for which somebody has reserved, or was asked to help,
stays as it is and is shown to the manager: people were promised something, and a person decides about that. So does one
to which a person gave times of its own, and one with a theme or a speaker of its own is not cancelled by its series.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.db import transaction

from backend.common import recurrence
from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.common.recurrence import RuleError
from backend.events.services import record
from backend.meals.domain.series import Times, moments
from backend.meals.models import CrewNeed, Evening, EveningException, EveningSeries, Job, Resto
from backend.meals.selectors.series import (
    NOT_IN_SERIES,
    coming,
    counted_on,
    held_days,
    moments_as_they_are,
    moments_of,
    times_of,
)
from backend.meals.services import crew_places, evenings
from backend.meals.services.planning import locked_series, needs_of, plan_series, set_moments
from backend.people.selectors import zone_of

SERIES_SAVED = "meals.series_saved"
"""The subject is the series."""

SERIES_EXCEPTED = "meals.series_excepted"
"""The subject is the series. Payload: date (ISO), what (closed or dropped)."""

EVENING_FOLLOWED = "evening_followed"
"""The subject is the evening. Its times are others now; nobody had counted on it."""


@dataclass(frozen=True)
class Recurrence:
    """When a series has evenings: an RRULE in local dates, from first to last day (both included), at wall times."""

    rule: str
    first_day: date
    last_day: date | None
    times: Times
    on_holidays: bool = False


@dataclass(frozen=True)
class Saved:
    """What came of it: evenings made and changed, and those that a person has to decide about.

    `without_chairs` are those of `to_decide` that have no chairs left for the crew that they should have.
    """

    series: EveningSeries
    made: int
    followed: int
    to_decide: list[Evening]
    without_chairs: list[Evening]


@transaction.atomic
def save(
    resto: Resto,
    when: Recurrence,
    *,
    theme: str,
    needs: Mapping[str, int],
    pk: int | None,
    actor: Actor,
    now: datetime,
) -> Saved:
    """A new series, or a known one as it shall be from now on; its evenings follow. `needs`: people by job.

    Raises RondjeError when it could not go so.
    """
    when.times.check()
    if when.last_day is not None and when.last_day < when.first_day:
        raise RondjeError("The last day lies before the first. Exchange the two dates.")
    try:
        rule = recurrence.check(when.rule, when.first_day)
    except RuleError as error:
        raise RondjeError("This recurrence cannot be read. Choose weekdays, or a day of the month.") from error
    series = EveningSeries.objects.select_for_update().get(pk=pk) if pk else EveningSeries(resto=resto)
    was, walls, needed = series.theme, times_of(series), needs_of(series) if pk else {}
    series.rule, series.first_day, series.last_day = rule, when.first_day, when.last_day
    series.on_holidays, series.theme = when.on_holidays, theme
    for name, wall in vars(when.times).items():
        setattr(series, name, wall)
    series.save()
    _need(series, needs)
    _tell(SERIES_SAVED, series, actor)
    if pk:
        coming(series, now).filter(theme=was).update(theme=theme)
    other = {job: needs.get(job, 0) for job in Job.values if needs.get(job, 0) != needed.get(job, 0)}
    return _follow(series, walls, actor, now, other_needs=other)


@transaction.atomic
def close_date(series_id: int, day: date, *, reason: str, actor: Actor, now: datetime) -> Saved:
    """On this local date the series has no dinner.

    An evening that nobody counts on is cancelled; another one is left for a person to decide about.
    """
    series = locked_series(series_id)
    EveningException.objects.update_or_create(series=series, date=day, defaults={"closed": True, "reason": reason})
    _tell(SERIES_EXCEPTED, series, actor, date=day.isoformat(), what="closed")
    return _follow(series, times_of(series), actor, now, closed=day)


@transaction.atomic
def drop_exception(exception_id: int, *, actor: Actor, now: datetime) -> Saved:
    """The date is as the rule says again. An evening that a person cancelled for it takes place after all."""
    exception = EveningException.objects.get(pk=exception_id)
    series = locked_series(exception.series_id)
    exception.delete()
    _tell(SERIES_EXCEPTED, series, actor, date=exception.date.isoformat(), what="dropped")
    for gone in series.evenings.filter(date=exception.date, state=Evening.State.CANCELLED):
        evenings.locked(gone.pk)
        Evening.objects.filter(pk=gone.pk, state=Evening.State.CANCELLED).update(cancelled_because=NOT_IN_SERIES)
    return _follow(series, times_of(series), actor, now)


@transaction.atomic
def cancel_evening(evening_id: int, *, because: str, actor: Actor, now: datetime) -> Evening:
    """A person cancels an evening, whoever has reserved; of a series it is closed on that date.

    Raises Conflict when it has begun, is over, or was cancelled already.
    """
    series_id = Evening.objects.values_list("series_id", flat=True).get(pk=evening_id)
    series = locked_series(series_id) if series_id else None
    evening = evenings.cancel(evening_id=evening_id, because=because, actor=actor, now=now)
    if series is not None:
        defaults = {"closed": True, "reason": because[:120]}
        EveningException.objects.update_or_create(series=series, date=evening.date, defaults=defaults)
    return evening


def _need(series: EveningSeries, needs: Mapping[str, int]) -> None:
    series.needs.exclude(job__in=[job for job, people in needs.items() if people]).delete()
    for job, people in needs.items():
        if people:
            CrewNeed.objects.update_or_create(series=series, job=job, defaults={"people": people})


def _follow(
    known: EveningSeries,
    was: Times,
    actor: Actor,
    now: datetime,
    *,
    closed: date | None = None,
    other_needs: Mapping[str, int] = MappingProxyType({}),
) -> Saved:
    """Under the series' lock: its coming evenings become as it says, where nobody counts on them.

    What a person made otherwise stays: `was` are the times that it had. On the date `closed` a person wants no dinner.
    Open places in the crew follow everywhere, as far as there are chairs: they are nobody's. `other_needs` are the jobs
    of which another number is needed than before: what was opened or closed by hand for one evening is left otherwise.
    """
    series = EveningSeries.objects.select_related("resto__organisation").get(pk=known.pk)
    evenings_ahead = list(coming(series, now))
    held = held_days(series, evenings_ahead)
    followed, to_decide, without_chairs = 0, [], []
    for one in evenings_ahead:
        evening = evenings.locked(one.pk)
        if evening.state != Evening.State.PLANNED:
            continue
        is_held = evening.date in held
        if is_held and not crew_places.follow(evening, other_needs, actor=actor, now=now):
            without_chairs.append(evening)
        is_same = is_held and moments_as_they_are(evening) == moments_of(series, evening.date)
        is_chosen = evening.date != closed and _is_chosen(evening, series, was, is_held=is_held)
        stays = not is_same and (is_chosen or bool(counted_on(Evening.objects.filter(pk=evening.pk))))
        if stays or evening in without_chairs:
            to_decide.append(evening)
        if not is_same and not stays:
            _follows(evening, series, actor, now, is_held=is_held)
            followed += 1
    return Saved(series, plan_series(series, now), followed, to_decide, without_chairs)


def _is_chosen(evening: Evening, series: EveningSeries, was: Times, *, is_held: bool) -> bool:
    """Whether a person made of the evening what its series would undo: its times, or that it takes place at all."""
    if moments_as_they_are(evening) != moments(evening.date, was, zone_of(evening.resto.organisation)):
        return True
    return not is_held and (evening.theme != series.theme or bool(evening.speaker or evening.speakers))


def _follows(evening: Evening, series: EveningSeries, actor: Actor, now: datetime, *, is_held: bool) -> None:
    if not is_held:
        evenings.cancel(evening_id=evening.pk, because=NOT_IN_SERIES, actor=actor, now=now)
        return
    set_moments(evening, moments_of(series, evening.date))
    evening.save()
    evenings.changed(evening)
    evenings.tell(evening, EVENING_FOLLOWED, actor)


def _tell(kind: str, series: EveningSeries, actor: Actor, **payload: object) -> None:
    record(
        kind=kind,
        subject_kind="evening_series",
        subject_id=series.pk,
        organisation_id=series.resto.organisation_id,
        actor=actor,
        payload=payload,
    )
