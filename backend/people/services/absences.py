"""Absences: recorded once, for all programmes."""

from datetime import date

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events import clock
from backend.events.services import record
from backend.people.models import Absence, Person

ABSENCE_RECORDED = "people.absence_recorded"
"""Payload: first_day, last_day (ISO dates, or null). The subject is the person."""

ABSENCE_WITHDRAWN = "people.absence_withdrawn"
"""Payload: absence (its key). The subject is the person."""


@transaction.atomic
def record_absence(*, person: Person, first_day: date, last_day: date | None, reason: str, actor: Actor) -> Absence:
    """Somebody is away from one local date to another, both included; programmes hear of it by event.

    Raises RondjeError when it ends before it begins.
    """
    if last_day is not None and last_day < first_day:
        raise RondjeError("The last day of an absence lies before its first. Exchange the two dates.")
    absence = Absence.objects.create(
        person=person,
        first_day=first_day,
        last_day=last_day,
        reason=reason,
        reported_by=actor.who,
        channel=actor.channel,
        recorded_at=clock.now(),
    )
    record(
        kind=ABSENCE_RECORDED,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=actor,
        payload={"first_day": first_day.isoformat(), "last_day": last_day.isoformat() if last_day else None},
    )
    return absence


@transaction.atomic
def withdraw(absence: Absence, *, actor: Actor) -> None:
    """Somebody is back, or was never away. Who is excused this morning stays so; again changes nothing."""
    if not Absence.objects.filter(pk=absence.pk, withdrawn_at=None).update(withdrawn_at=clock.now()):
        return
    person = absence.person
    record(
        kind=ABSENCE_WITHDRAWN,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=actor,
        payload={"absence": absence.pk},
    )
