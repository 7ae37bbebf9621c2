"""Who drives and hosts, and on which dates they can."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import NotAllowed, RondjeError
from backend.events.services import record
from backend.people.models import Organisation, Person
from backend.people.services import presence
from backend.transport.models import Availability, CrewDuty, CrewMember, Trip
from backend.transport.models.crew import Task
from backend.transport.selectors import crew as reading
from backend.transport.services import crew, crew_asking

CREW_CHANGED = "transport.crew_member_changed"
"""The subject is the person. Payload: tasks (those that they have now), standby."""

AVAILABILITY_SAID = "transport.availability_said"
"""The subject is the person. Payload: can and cannot (ISO dates)."""

GAPS_AHEAD = timedelta(days=14)


@transaction.atomic
def set_tasks(
    person: Person, tasks: Mapping[str, bool], *, organisation: Organisation, actor: Actor, now: datetime
) -> None:
    """These are somebody's tasks from now on; the value says whether they stand by for whoever drops out.

    A task that is taken away takes them off the trips on which they had it. Raises NotAllowed for a person of another
    organisation.
    """
    if person.organisation_id != organisation.pk:
        raise NotAllowed("This person is not one of your organisation's.")
    presence.hold(person)
    for task in Task:
        member = CrewMember.objects.filter(person=person, task=task).first()
        if task.value in tasks:
            CrewMember.objects.update_or_create(
                person=person,
                task=task,
                defaults={"organisation": organisation, "is_standby": tasks[task.value], "in_use": True},
            )
        elif member is not None and member.in_use:
            CrewMember.objects.filter(pk=member.pk).update(in_use=False)
    _record(CREW_CHANGED, person, actor, tasks=sorted(tasks), standby=sorted(task for task in tasks if tasks[task]))
    look_at_trips_of(person.pk, now)
    look_at_gaps(organisation.pk, now)


@transaction.atomic
def say_when(person: Person, days: Mapping[date, bool | None], *, actor: Actor, now: datetime) -> None:
    """On these local dates somebody can, cannot, or has not said (None). A "cannot" takes nobody off a trip they have.

    Raises RondjeError for somebody who is neither driver nor host.
    """
    if not CrewMember.objects.filter(person=person, in_use=True).exists():
        raise RondjeError("This person is not one of the drivers or hosts of the bus.")
    presence.locked(person)
    known = dict(Availability.objects.filter(person=person, date__in=days).values_list("date", "can"))
    changed = {day: can for day, can in days.items() if known.get(day) is not can}
    for day, can in changed.items():
        if can is None:
            Availability.objects.filter(person=person, date=day).delete()
            continue
        Availability.objects.update_or_create(
            person=person,
            date=day,
            defaults={"can": can, "said_at": now, "said_by": actor.who, "channel": actor.channel},
        )
    if changed:
        by_answer = {
            name: sorted(day.isoformat() for day, can in changed.items() if can is value)
            for name, value in (("can", True), ("cannot", False))
        }
        _record(AVAILABILITY_SAID, person, actor, **by_answer)
        look_at_gaps(person.organisation_id, now)


def look_at_trips_of(person_id: int, now: datetime) -> None:
    """Something about somebody has changed: the trips on which they are crew, or are asked to be, are looked at."""
    duties = CrewDuty.objects.filter(person_id=person_id, trip__state=Trip.State.PLANNED, trip__leaves_at__gt=now)
    for trip_id in sorted(set(duties.values_list("trip_id", flat=True))):
        crew.look_soon(trip_id, now)


def look_at_gaps(organisation_id: int, now: datetime) -> None:
    """Somebody may be able to come who could not before: trips that still need somebody are looked at."""
    soon = Trip.objects.filter(
        organisation_id=organisation_id, state=Trip.State.PLANNED, leaves_at__range=(now, now + GAPS_AHEAD)
    )
    for trip_id in reading.with_gaps(soon).order_by("pk").values_list("pk", flat=True):
        crew.look_soon(trip_id, now)


def send_link(person: Person, *, now: datetime) -> None:
    """Text somebody a link to their own trips and dates. Raises RondjeError when they have no mobile."""
    if not crew_asking.send_link(person, now):
        raise RondjeError("This person has no mobile number, so no text can be sent. Ring them instead.")


@transaction.atomic
def send_links(organisation: Organisation, *, now: datetime) -> tuple[int, list[Person]]:
    """Text everybody who drives or hosts a link to their dates; how many, and who has no mobile and must be rung."""
    people = Person.objects.filter(bus_crew__in_use=True, bus_crew__organisation=organisation).distinct()
    found = list(people.select_related("organisation").prefetch_related("phones").order_by("family_name", "pk"))
    not_texted = [person for person in found if not crew_asking.send_link(person, now)]
    return len(found) - len(not_texted), not_texted


def _record(kind: str, person: Person, actor: Actor, **payload: object) -> None:
    record(
        kind=kind,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=actor,
        payload=dict(payload),
    )
