"""Absences: recorded once, for all programmes, whichever way they were reported. Overlapping ones add up."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events import clock
from backend.events.services import record
from backend.people.models import Absence, Person
from backend.people.selectors import absences_from
from backend.people.services import presence

ABSENCE_RECORDED = "people.absence_recorded"
"""Payload: first_day, last_day (ISO dates, or null). The subject is the person."""

ABSENCE_WITHDRAWN = "people.absence_withdrawn"
"""Payload: absence (its key). The subject is the person."""


@dataclass(frozen=True)
class Back:
    """What became of somebody's absences: those that were ended, and those that still lie ahead."""

    ended: tuple[Absence, ...]
    ahead: tuple[Absence, ...]


@transaction.atomic
def record_absence(*, person: Person, first_day: date, last_day: date | None, reason: str, actor: Actor) -> Absence:
    """Somebody is away from one local date to another, both included; programmes hear of it by event.

    The same absence reported again is the same absence. Raises RondjeError when it ends before it begins.
    """
    if last_day is not None and last_day < first_day:
        raise RondjeError("The last day of an absence lies before its first. Exchange the two dates.")
    presence.locked(person)
    known = absences_from(person, first_day).filter(first_day=first_day, last_day=last_day, reason=reason).first()
    if known is not None:
        return known
    absence = Absence.objects.create(
        person=person,
        first_day=first_day,
        last_day=last_day,
        reason=reason,
        reported_by=actor.who,
        on_behalf_of=actor.on_behalf_of,
        channel=actor.channel,
        recorded_at=clock.now(),
    )
    days = {"first_day": first_day.isoformat(), "last_day": last_day.isoformat() if last_day else None}
    _record(ABSENCE_RECORDED, absence, actor, days)
    return absence


@transaction.atomic
def come_back(*, person: Person, today: date, actor: Actor) -> Back:
    """Somebody is back: what holds on `today` (their local date) ends. When nothing does, what lies ahead is cancelled.

    The days before today stay as they were: the person really was away.
    """
    presence.locked(person)
    rows = list(absences_from(person, today))
    current = [absence for absence in rows if absence.first_day <= today]
    ended = current or rows
    for absence in ended:
        end_absence(absence, today=today, actor=actor)
    return Back(tuple(ended), tuple(absence for absence in rows if absence not in ended))


@transaction.atomic
def end_absence(absence: Absence, *, today: date, actor: Actor) -> None:
    """One absence ends with the day before `today`, or is withdrawn altogether when it had not begun by then.

    One that is over, or withdrawn, stays as it was: whoever presses an old button does not lengthen it. `absence` is
    as it is in the database afterwards.
    """
    absence.refresh_from_db(from_queryset=Absence.objects.select_for_update())
    is_over = absence.last_day is not None and absence.last_day < today
    if is_over or absence.withdrawn_at is not None:
        return
    if absence.first_day >= today:
        withdraw(absence, actor=actor)
        return
    absence.last_day = today - timedelta(days=1)
    absence.save(update_fields=["last_day"])
    _record(ABSENCE_WITHDRAWN, absence, actor, {"absence": absence.pk})


@transaction.atomic
def withdraw(absence: Absence, *, actor: Actor) -> None:
    """It never was, or has not begun. Who is excused this morning stays so; again changes nothing.

    Somebody who is back from an absence that has begun: `end_absence`, which keeps the days that were.
    """
    now = clock.now()
    if Absence.objects.filter(pk=absence.pk, withdrawn_at=None).update(withdrawn_at=now):
        absence.withdrawn_at = now
        _record(ABSENCE_WITHDRAWN, absence, actor, {"absence": absence.pk})


def _record(kind: str, absence: Absence, actor: Actor, payload: dict[str, Any]) -> None:
    record(
        kind=kind,
        subject_kind="person",
        subject_id=absence.person_id,
        organisation_id=absence.person.organisation_id,
        actor=actor,
        payload=payload,
    )
