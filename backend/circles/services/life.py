"""A circle's life: practising, active, paused, resumed, closed. None is active that cannot look after people."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from backend.circles.domain import life, schedule
from backend.circles.domain.life import Step
from backend.circles.models import Circle
from backend.circles.selectors import life as facts
from backend.circles.selectors.settings import zone_of
from backend.circles.services import cases, news
from backend.circles.services.membership import set_first_morning
from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict, RondjeError
from backend.events.models import Lane
from backend.events.services import cancel_timer, record, set_timer

TIMER = "circles.resume"

WAKES = time(6, 0)
"""Local wall time at which a pause ends on the day after its last: before any circle starts."""

LIFE_CHANGED = "circles.life_changed"
"""The subject is the circle. Payload: step, and with it until (ISO date) or reason."""


class NotReady(Conflict):
    """The circle lacks something; the circle's page names all of it."""


def locked(circle_id: int) -> Circle:
    """The circle, held until the end of the transaction. Mornings that refer to it do not wait."""
    return Circle.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation").get(pk=circle_id)


@transaction.atomic
def practise(circle_id: int, *, actor: Actor) -> Circle:
    """The circle is complete and practises before its first morning. Raises Conflict, NotReady."""
    circle = _take(circle_id, Step.PRACTISE)
    _must_be_ready(circle)
    circle.status = Circle.Status.PRACTICE
    return _save(circle, Step.PRACTISE, actor)


@transaction.atomic
def activate(circle_id: int, *, actor: Actor, now: datetime) -> Circle:
    """The circle goes round from its next morning on. Raises Conflict, and NotReady when it lacks anything."""
    circle = _take(circle_id, Step.ACTIVATE)
    _must_be_ready(circle)
    circle.status = Circle.Status.ACTIVE
    set_first_morning(circle, now)
    return _save(circle, Step.ACTIVATE, actor)


@transaction.atomic
def pause(circle_id: int, *, until: date | None, actor: Actor, now: datetime) -> Circle:
    """The circle does not go round for a while: until a local date, included, or without an end. Members are told.

    A morning that is going on goes on to its end. Raises Conflict, and RondjeError for a date that is over.
    """
    circle = _take(circle_id, Step.PAUSE)
    if until is not None and until < schedule.local_date(now, zone_of(circle)):
        raise RondjeError("The last day of the pause is over already. Choose today or a later day.")
    circle.status, circle.paused_until = Circle.Status.PAUSED, until
    if until is not None:
        set_timer(kind=TIMER, subject_id=circle.pk, due_at=wakes_at(circle, until), lane=Lane.LIVE)
    saved = _save(circle, Step.PAUSE, actor, until=until.isoformat() if until else None)
    news.tell_members(circle, "paused_until" if until else "paused", now, day=until)
    return saved


@transaction.atomic
def resume(circle_id: int, *, actor: Actor, now: datetime, since: datetime | None = None) -> Circle:
    """The circle goes round again from its next morning on; members are told. Raises Conflict, NotReady.

    The mornings of the pause were nobody's omission: the first morning is set anew, so that none is missed by it.
    `since` is when the pause was over (UTC), if that was not now: a morning after it was promised, and is missed.
    """
    circle = _take(circle_id, Step.RESUME)
    _must_be_able_to_go_on(circle)
    circle.status, circle.paused_until = Circle.Status.ACTIVE, None
    first = set_first_morning(circle, since or now)
    cancel_timer(kind=TIMER, subject_id=circle.pk)
    saved = _save(circle, Step.RESUME, actor)
    news.tell_members(circle, "resumed", now, day=first)
    return saved


def look(circle_id: int, now: datetime) -> None:
    """The timer's handler: the pause is over, also when we come late. What lacks is a case, and the circle waits.

    Members were told that they would be rung again: that nobody rings them must be known to somebody before they wait.
    """
    circle = locked(circle_id)
    if circle.status != Circle.Status.PAUSED or circle.paused_until is None:
        return
    wakes = wakes_at(circle, circle.paused_until)
    if now < wakes:
        set_timer(kind=TIMER, subject_id=circle_id, due_at=wakes, lane=Lane.LIVE)
        return
    try:
        with transaction.atomic():
            resume(circle_id, actor=SYSTEM, now=now, since=wakes)
    except NotReady:
        record(
            kind=LIFE_CHANGED,
            subject_kind="circle",
            subject_id=circle_id,
            organisation_id=circle.organisation_id,
            actor=SYSTEM,
            payload={"step": "resume_failed"},
        )
        cases.open_not_resumed(circle, schedule.local_date(wakes, zone_of(circle)), now)
        news.tell_coordinators(circle, "not_resumed", now)
        # From here on it is a pause without an end: whoever takes the case ends it.
        circle.paused_until = None
        circle.save(update_fields=["paused_until"])


def cannot_be_woken(circle_id: int, now: datetime) -> None:
    """The end of the pause fails whenever it is tried: a case, once the pause is over. It is tried on all the same."""
    circle = locked(circle_id)
    if circle.status != Circle.Status.PAUSED or circle.paused_until is None:
        return
    wakes = wakes_at(circle, circle.paused_until)
    if now >= wakes:
        cases.open_not_resumed(circle, schedule.local_date(wakes, zone_of(circle)), now)


@transaction.atomic
def close(circle_id: int, *, reason: str, actor: Actor, now: datetime) -> Circle:
    """The circle has ended, for a reason; members are told. Raises Conflict, and RondjeError without a reason."""
    circle = _take(circle_id, Step.CLOSE)
    if not reason.strip():
        raise RondjeError("Give the reason for which the circle is closed.")
    had_mornings = circle.status in (Circle.Status.ACTIVE, Circle.Status.PAUSED)
    circle.status, circle.closed_reason, circle.paused_until = Circle.Status.CLOSED, reason.strip()[:200], None
    cancel_timer(kind=TIMER, subject_id=circle.pk)
    saved = _save(circle, Step.CLOSE, actor)
    if had_mornings:
        news.tell_members(circle, "closed", now)
    return saved


def _take(circle_id: int, step: Step) -> Circle:
    circle = locked(circle_id)
    if not life.may(circle.status, step):
        raise Conflict("Somebody has changed this circle meanwhile. Look at the page again.")
    return circle


def _must_be_ready(circle: Circle) -> None:
    if facts.lacks(circle):
        raise NotReady("The circle is not complete yet. What it lacks is on its page.")


def _must_be_able_to_go_on(circle: Circle) -> None:
    if life.keeps_from_going_on(facts.lacks(circle)):
        raise NotReady("The circle is not complete yet. What it lacks is on its page.")


def wakes_at(circle: Circle, until: date) -> datetime:
    """When a pause that lasts until a local date, included, is over (UTC)."""
    return schedule.instant(until + timedelta(days=1), WAKES, zone_of(circle))


def _save(circle: Circle, step: Step, actor: Actor, **payload: str | None) -> Circle:
    circle.save(update_fields=["status", "paused_until", "closed_reason", "first_day"])
    record(
        kind=LIFE_CHANGED,
        subject_kind="circle",
        subject_id=circle.pk,
        organisation_id=circle.organisation_id,
        actor=actor,
        payload={"step": step.value, **payload},
    )
    return circle
