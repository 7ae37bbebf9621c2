"""Standing reservations: a regular has a place on every evening of a series, without asking, until it ends.

Places are made when an evening is planned, those of who has come longest in front; once per evening, however often this
runs. Whoever cancelled such a place, or has one of their own, is left alone.
"""

import logging
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict
from backend.events.services import record
from backend.meals.domain import chairs
from backend.meals.domain.chairs import Refusal
from backend.meals.domain.standing import Gone, Skip, holds_on
from backend.meals.models import Evening, EveningSeries, Reservation, Standing, StandingSkip
from backend.meals.selectors.habits import plates_of
from backend.meals.services import desk, evenings, reserving
from backend.meals.services.desk import ELSEWHERE
from backend.meals.services.wishes import No, PlateWish, Wish
from backend.people.models import Person
from backend.people.selectors import absent_on, local_date
from backend.people.services import presence

PLANNED = "meals.evening_planned"
"""The event's kind after which places are made. The subject is the evening."""

SKIPS = {Refusal.NO_TABLE.value: Skip.NO_TABLE, ELSEWHERE: Skip.ELSEWHERE, Refusal.HELPS.value: Skip.HELPS}

log = logging.getLogger(__name__)


@transaction.atomic
def fill(evening_id: int, actor: Actor, now: datetime) -> list[Reservation]:
    """Make the places that regulars should have on an evening and have not; returns them. Any number of times.

    Who is away is left out, with a note; when the table is full they are put on the waiting list. `now` is UTC.
    """
    evening = evenings.locked(evening_id)
    if evening.series_id is None or chairs.when(evening.state, now, evening.cutoff_at, evening.ends_at):
        return []
    made = (_make(evening, standing, actor, now) for standing in _missing(evening))
    return [row for row in made if row is not None]


def keep_watch(now: datetime) -> None:
    """Every evening that can be reserved has its regulars. Called by planners, as often as they like.

    An evening for which that fails is logged, and holds no other up.
    """
    missing = Standing.objects.filter(
        _in_force(),
        ~_has_row(OuterRef(OuterRef("pk"))),
        ~Exists(StandingSkip.objects.filter(standing=OuterRef("pk"), evening=OuterRef(OuterRef("pk")))),
        series=OuterRef("series"),
    )
    wanting = Evening.objects.filter(Exists(missing), state=Evening.State.PLANNED, cutoff_at__gt=now)
    for pk in wanting.order_by("doors_at", "pk").values_list("pk", flat=True):
        try:
            fill(pk, SYSTEM, now)
        except Exception:
            log.exception("Regulars of evening %s could not be given their places; those of others are.", pk)


@transaction.atomic
def begin(
    *, person: Person, series: EveningSeries, covers: int, first_day: date, actor: Actor, now: datetime
) -> Standing:
    """From now on somebody comes every time; places are made on the evenings that are planned.

    Raises:
        Conflict: a party of nobody; they come every time already.
        Erased: they have been erased meanwhile.
    """
    if covers < 1:
        raise Conflict("A reservation is for one person at least.")
    today = local_date(person.organisation, now)
    known = Standing.objects.select_for_update(no_key=True).filter(series=series, person=person).first()
    if known is not None and (known.last_day is None or known.last_day >= today):
        raise Conflict("They come every time already. Change that, or end it first.")
    fresh = {"covers": covers, "first_day": first_day, "last_day": None, "paused_until": None}
    standing, _made = Standing.objects.update_or_create(series=series, person=person, defaults=fresh)
    _tell(standing, "standing_begun", actor)
    _follow(standing, actor, now)
    presence.hold(person)  # Only now: the locks of the evenings come before.
    return standing


@transaction.atomic
def end(standing_id: int, last_day: date, *, actor: Actor, now: datetime) -> Standing:
    """They do not come every time any more after a local date: later places are given up."""
    standing = _locked(standing_id)
    standing.last_day = last_day
    standing.save(update_fields=["last_day"])
    _follow(standing, actor, now)
    _tell(standing, "standing_ended", actor)
    return standing


@transaction.atomic
def pause(standing_id: int, until: date, *, actor: Actor, now: datetime) -> Standing:
    """They do not come until a local date, that date included: places until then are given up."""
    standing = _locked(standing_id)
    standing.paused_until = until
    standing.save(update_fields=["paused_until"])
    _follow(standing, actor, now)
    _tell(standing, "standing_paused", actor)
    return standing


@transaction.atomic
def resume(standing_id: int, *, actor: Actor, now: datetime) -> Standing:
    """They come again: places that were given up for a pause are made again where there are chairs."""
    standing = _locked(standing_id)
    standing.paused_until = None
    standing.save(update_fields=["paused_until"])
    _follow(standing, actor, now)
    _tell(standing, "standing_resumed", actor)
    return standing


@transaction.atomic
def absences_changed(person_id: int, actor: Actor, now: datetime) -> None:
    """Somebody is away, or back: their standing places are given up on those days, and made again on the others."""
    theirs = {row.series_id: row for row in Standing.objects.filter(person=person_id).select_related("person")}
    for pk, series_id in _coming(theirs, now):
        _follow_on(pk, theirs[series_id], actor, now)


def _locked(standing_id: int) -> Standing:
    # Not FOR UPDATE: whoever makes a place refers to this row under an evening's lock, which is waited for here.
    return (
        Standing.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person__organisation")
        .get(pk=standing_id)
    )


def _follow(standing: Standing, actor: Actor, now: datetime) -> None:
    """Give up places that do not hold any more, and make those that do: evening by evening, each under its lock."""
    for pk, _series_id in _coming([standing.series_id], now):
        _follow_on(pk, standing, actor, now)


def _coming(series: Collection[int], now: datetime) -> list[tuple[int, int]]:
    """Evenings of these series whose places may change, as (evening, series), in the order in which they are locked."""
    coming = Evening.objects.filter(series__in=series, state=Evening.State.PLANNED, cutoff_at__gt=now)
    return [(pk, series_id) for pk, series_id in coming.order_by("pk").values_list("pk", "series_id") if series_id]


def _follow_on(evening_id: int, standing: Standing, actor: Actor, now: datetime) -> None:
    evening = evenings.locked(evening_id)
    why = _why_not(standing, evening)
    made = evening.reservations.filter(standing=standing, way=Reservation.Way.STANDING, arrived_at=None)
    if why is not None:
        for row in made.exclude(state=Reservation.State.CANCELLED):
            reserving.cancel(reservation_id=row.pk, because=why, actor=actor, now=now)
    fill(evening_id, actor, now)


def _why_not(standing: Standing, evening: Evening) -> Gone | None:
    if absent_on(evening.date, [standing.person_id]):
        return Gone.AWAY
    if _holds(standing, evening):
        return None
    is_over = standing.last_day is not None and evening.date > standing.last_day
    return Gone.ENDED if is_over else Gone.PAUSED


def _holds(standing: Standing, evening: Evening) -> bool:
    return holds_on(evening.date, standing.first_day, standing.last_day, standing.paused_until)


def _in_force() -> Q:
    """As `holds_on`, for the evening around a subquery."""
    day = OuterRef("date")
    ends = Q(last_day=None) | Q(last_day__gte=day)
    return Q(first_day__lte=day) & ends & (Q(paused_until=None) | Q(paused_until__lt=day))


def _has_row(evening: OuterRef) -> Exists:
    return Exists(Reservation.objects.filter(evening=evening, person=OuterRef("person")))


def _missing(evening: Evening) -> list[Standing]:
    """Who should have a place and has none; whoever gave theirs up themselves is not asked again."""
    rows = evening.reservations.values_list("person_id", "state", "cancelled_because")
    taken = {who for who, state, why in rows if state != Reservation.State.CANCELLED or why not in list(Gone)}
    regulars = Standing.objects.filter(series=evening.series_id).select_related("person__organisation")
    in_order = regulars.order_by("first_day", "pk")
    return [one for one in in_order if one.person_id not in taken and _holds(one, evening)]


def _make(evening: Evening, standing: Standing, actor: Actor, now: datetime) -> Reservation | None:
    person = standing.person
    if absent_on(evening.date, [person.pk]):
        _skip(evening, standing, Skip.AWAY, now)
        return None
    plates = [PlateWish(one.without, one.own_plate, one.name, one.note) for one in plates_of(person)]
    wish = Wish(
        person,
        standing.covers,
        tuple(plates[: standing.covers]),
        way=Reservation.Way.STANDING,
        standing=standing,
    )
    refused = desk.decide(evening, [wish], now)
    if refused is not None and refused.why in SKIPS:
        _skip(evening, standing, SKIPS[refused.why], now)
        return None
    act = reserving.reserve if refused is None else reserving.wait
    row = act(evening_id=evening.pk, wish=wish, actor=actor, now=now)
    if isinstance(row, No):
        log.error("Standing reservation %s has no place on evening %s: %s.", standing.pk, evening.pk, row.why)
        return None
    StandingSkip.objects.filter(standing=standing, evening=evening).delete()
    return row


def _skip(evening: Evening, standing: Standing, why: Skip, now: datetime) -> None:
    """Noted once, with the reason that holds now."""
    known = StandingSkip.objects.filter(standing=standing, evening=evening, reason=why).exists()
    if not known:
        fresh = {"reason": why.value, "at": now}
        StandingSkip.objects.update_or_create(standing=standing, evening=evening, defaults=fresh)


def _tell(standing: Standing, what: str, actor: Actor) -> None:
    record(
        kind=f"meals.{what}",
        subject_kind="person",
        subject_id=standing.person_id,
        organisation_id=standing.person.organisation_id,
        actor=actor,
        payload={"standing": standing.pk, "series": standing.series_id},
    )
