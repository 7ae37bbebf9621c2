"""Incidents of a morning: opened in the transaction that decides, with the ladder of this circle and day."""

from datetime import date, datetime
from typing import Any

from backend.circles.models import Circle, Round, Seat
from backend.circles.scripts.words import say
from backend.circles.services import calls, outage
from backend.circles.services.ladders import ladder_for
from backend.common.actors import SYSTEM, Actor
from backend.incidents.models import Incident, IncidentMember
from backend.incidents.services import closing, opening
from backend.notifications.models import Attempt
from backend.people.models import Person

SOURCE = "round"

RANG = (Attempt.State.COMPLETED, Attempt.State.BUSY, Attempt.State.NO_ANSWER)
"""Ends of a call that did reach a line."""


def open_case(
    round_: Round,
    kind: Incident.Kind,
    people: list[Person],
    *,
    cause: str,
    now: datetime,
    actor: Actor = SYSTEM,
    details: dict[str, Any] | None = None,
) -> Incident:
    """Open an incident about people of this round. `cause` tells it from others of the same round."""
    circle = round_.circle
    return opening.open_incident(
        organisation=circle.organisation,
        kind=kind,
        cause=f"round:{round_.pk}:{cause}",
        members=people,
        policy=ladder_for(circle, round_.date, people),
        source_kind=SOURCE,
        source_id=round_.pk,
        source_label=say("label", circle.organisation.language, circle=circle.name),
        now=now,
        actor=actor,
        details=details,
    )


def open_for_seat(
    round_: Round, seat: Seat, kind: Incident.Kind, *, now: datetime, actor: Actor = SYSTEM, **details: Any
) -> Incident:
    """Open an incident about one member, and note it on their seat."""
    incident = open_case(
        round_, kind, [seat.person], cause=f"{kind}:{seat.person_id}", now=now, actor=actor, details=details
    )
    Seat.objects.filter(pk=seat.pk).update(incident=incident)
    return incident


def open_for_round(round_: Round, seats: list[Seat], *, reason: str, now: datetime) -> Incident:
    """The round did not close, was not received or was not held: one incident that lists whom it leaves open.

    When the volunteer's absence at the close has opened one already that nobody has ended, it takes them in; so does
    the incident of an outage, or of an account that is too slow, which left them open: one cause, one incident.
    """
    people = [seat.person for seat in seats]
    during = outage.open_incident_of(round_.circle.organisation_id) if people else None
    if during is not None and outage.is_the_cause(during, round_, now) and not outage.has_ended_for(during, seats):
        outage.take_in(during, seats, now)
        return during
    if people and reason == "deadline" and outage.waited_for_the_account(round_, now):
        return outage.open_for_slow_account(round_, seats, now)
    earlier = (
        Incident.objects.filter(cause=f"round:{round_.pk}:not_received").exclude(state=Incident.State.CLOSED).first()
    )
    if earlier is not None and reason != "not_received":
        incident = Incident.objects.select_for_update().get(pk=earlier.pk)
        opening.add_members(incident, people, now=now)
    else:
        incident = open_case(round_, Incident.Kind.ROUND, people, cause=reason, now=now, details={"reason": reason})
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(incident=incident)
    return incident


def open_not_resumed(circle: Circle, day: date, now: datetime) -> Incident:
    """The pause of a circle is over on a local date, but it lacks what it needs: it is about no person yet."""
    return opening.open_incident(
        organisation=circle.organisation,
        kind=Incident.Kind.DUTY,
        cause=f"circle:{circle.pk}:{day}:not_resumed",
        members=[],
        policy=ladder_for(circle, day, []),
        source_kind="circle",
        source_id=circle.pk,
        source_label=say("label", circle.organisation.language, circle=circle.name),
        now=now,
        details={"reason": "not_resumed"},
    )


def late_proof(person_id: int, *, how: str, now: datetime) -> None:
    """Somebody who has an open incident has given proof of life after all."""
    rows = IncidentMember.objects.filter(person_id=person_id).exclude(incident__state=Incident.State.CLOSED)
    for member in rows.select_related("incident").order_by("incident_id"):
        closing.late_proof(member.incident, person_id=person_id, how=how, now=now)


def why_not_reached(seat: Seat, round_: Round) -> str:
    """A code: the carrier refused to ring this member, no call was made at all, or nobody answered."""
    kinds = (Attempt.Kind.CALL, Attempt.Kind.DIALLED)
    rung = Attempt.objects.filter(host=calls.HOST, subject_id=round_.pk, person_id=seat.person_id, kind__in=kinds)
    states = set(rung.values_list("state", flat=True))
    if not states:
        return "not_rung"
    return "refused" if Attempt.State.FAILED in states and not states & set(RANG) else "no_answer"
