"""Cases of the bus: somebody is not at the door, a trip is not closed or has no crew. They know no row of the bus."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef

from backend.common.actors import SYSTEM, Actor
from backend.incidents.models import Incident, IncidentMember, Outcome
from backend.incidents.selectors import BUS_SOURCE
from backend.incidents.services import closing, opening
from backend.incidents.services.ladders import ladder_of_the_bus
from backend.people.models import Organisation, Person, Sighting
from backend.people.selectors import last_known


class Wrong(StrEnum):
    """What is wrong with a run. Kept in the case as its reason."""

    NOT_STARTED = "not_started"
    NOT_CLOSED = "not_closed"
    NO_CREW = "no_crew"
    NO_VEHICLE = "no_vehicle"


def open_case(
    organisation: Organisation,
    kind: Incident.Kind,
    members: Sequence[Person],
    *,
    cause: str,
    trip_id: int,
    label: str,
    day: date,
    now: datetime,
    actor: Actor = SYSTEM,
    details: dict[str, Any] | None = None,
) -> Incident:
    """Open a case about a trip, or add these people to the one that this cause has. With the trip's lock held.

    `cause` tells it from others of the same trip; `label` is what is said of the trip ("De bus naar de markt"), `day`
    its local date.
    """
    return opening.open_incident(
        organisation=organisation,
        kind=kind,
        cause=f"trip:{trip_id}:{cause}",
        members=list(members),
        policy=ladder_of_the_bus(organisation, day=day, members=members),
        source_kind=BUS_SOURCE,
        source_id=trip_id,
        source_label=label,
        now=now,
        actor=actor,
        details=details,
    )


def open_not_at_door(
    organisation: Organisation,
    *,
    person: Person,
    trip_id: int,
    label: str,
    day: date,
    now: datetime,
    actor: Actor,
    way: str = "there",
    besides: str = "",
) -> Incident:
    """The bus came and they were not there: a welfare case, with what is known of them from elsewhere.

    As `open_case`; `besides` is the source of their own engagement with this trip, which is no news. One open case for
    each way (there, home) of a trip: ticked again, it is the same case; after it was closed (the wrong person had been
    ticked as on board), it is a new one.
    """
    return open_case(
        organisation,
        Incident.Kind.NOT_AT_DOOR,
        [person],
        cause=f"{Incident.Kind.NOT_AT_DOOR}:{way}:{person.pk}",
        trip_id=trip_id,
        label=label,
        day=day,
        now=now,
        actor=actor,
        details={"reason": Incident.Kind.NOT_AT_DOOR.value, "known": last_known(person, now, besides=besides).codes()},
    )


def turned_up(
    person: Person, *, trip_id: int, how: str, actor: Actor, now: datetime, but_for: Iterable[str] = ()
) -> None:
    """Somebody who was not at the door is on board, or home: their cases of this trip end, if nobody has acted in them.

    `how` is a code such as on_board. Whoever was alerted hears that nobody need go. Where somebody has arrived or
    recorded something already, it is put on the timeline, and a person ends the case. `but_for`: ways (there, home) to
    which they did not come later than that. Under the trip's lock.
    """
    rows = IncidentMember.objects.filter(
        person=person,
        incident__source_kind=BUS_SOURCE,
        incident__source_id=trip_id,
        incident__kind=Incident.Kind.NOT_AT_DOOR,
    ).exclude(incident__state=Incident.State.CLOSED)
    for way in but_for:
        rows = rows.exclude(incident__cause__startswith=f"trip:{trip_id}:{Incident.Kind.NOT_AT_DOOR}:{way}:")
    for member in rows.select_related("incident").order_by("incident_id"):
        closing.late_proof(member.incident, person_id=person.pk, how=how, now=now, actor=actor)


def seen(person: Person, *, at: datetime, how: str, actor: Actor, now: datetime) -> None:
    """Crew of the bus saw somebody at `at` (UTC): what circles opened about them before that need not go on as it was.

    Somebody who did not answer and whom nobody has gone to is not missed any more; of any other case whoever has it
    hears so. Under the trip's lock.
    """
    rows = IncidentMember.objects.filter(person=person, incident__opened_at__lte=at)
    rows = rows.exclude(incident__source_kind=BUS_SOURCE).exclude(incident__state=Incident.State.CLOSED)
    for member in rows.select_related("incident").order_by("incident_id"):
        closing.late_proof(member.incident, person_id=person.pk, how=how, now=now, actor=actor, at=at)


def unseen(person: Person, *, at: datetime, how: str, actor: Actor, now: datetime) -> None:
    """What `seen` was told was a mistake, and the sighting has been taken back: cases that it ended go on.

    But for those since whose opening they have been seen otherwise. Under the trip's lock.
    """
    since = Sighting.objects.filter(person=person, at__gte=OuterRef("incident__opened_at"))
    rows = IncidentMember.objects.filter(~Exists(since), person=person, incident__opened_at__lte=at)
    rows = rows.filter(outcome=Outcome.ANSWERED_LATE).exclude(incident__source_kind=BUS_SOURCE)
    for member in rows.select_related("incident").order_by("incident_id"):
        closing.proof_taken_back(member.incident, person_id=person.pk, how=how, at=at, actor=actor, now=now)
