"""Results that were written on paper, entered afterwards with their true times.

They count as calls do: who was well is well from that time on, who did not answer is a case, and the round ends when
everybody is accounted for. It may have broken off, have been closed with a case, or never have begun.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from backend.circles.domain import morning, schedule
from backend.circles.domain.morning import VOLUNTEER, Morning, Standing
from backend.circles.models import Round, Seat
from backend.circles.selectors.settings import policy_of, zone_of
from backend.circles.services import cases, history, planning, rounds, state
from backend.common.actors import Actor
from backend.common.errors import Conflict, RondjeError
from backend.incidents.models import Incident, IncidentMember, Outcome
from backend.incidents.services import claiming, closing
from backend.incidents.services.timeline import add_step
from backend.people.services import sightings

HOW = "on_paper"


class Result(StrEnum):
    """What stands on the paper behind a name."""

    WELL = "well"
    NO_ANSWER = "no_answer"
    AWAY = "away"


@dataclass(frozen=True)
class Written:
    """One row of the paper: a member, what became of them, and when (UTC)."""

    person_id: int
    result: Result
    at: datetime


@transaction.atomic
def record_results(round_id: int, written: Iterable[Written], *, actor: Actor, name: str, now: datetime) -> None:
    """Enter what stands on the paper. Locks the round, then incidents.

    Raises RondjeError for a time that lies ahead or on another day, Conflict before the morning's time.
    """
    round_ = state.locked_round(round_id)
    rows = list(written)
    zone = zone_of(round_.circle)
    for row in rows:
        if row.at > now or schedule.local_date(row.at, zone) != round_.date:
            raise RondjeError("The times must lie on the day of the list, and not ahead.")
    if round_.state == Round.State.PLANNED:
        if now < round_.planned_start:
            raise Conflict("This morning has not begun. Enter the results when it has.")
        planning.freeze(round_, now)
    seats = {seat.person_id: seat for seat in round_.seats.select_related("person")}
    before = state.load(round_)
    current = before
    for row in rows:
        seat = seats.get(row.person_id)
        if seat is not None:
            current = _entered(round_, seat, current, row, actor=actor, name=name, now=now)
    _go_on(round_, before, current, now)


def _entered(
    round_: Round, seat: Seat, current: Morning, row: Written, *, actor: Actor, name: str, now: datetime
) -> Morning:
    """One row of the paper, in the round and in the cases about this member."""
    match row.result:
        case Result.WELL:
            _well(round_, seat, row, actor=actor, name=name, now=now)
            return morning.reached(morning.proven(current, seat.pk, how=HOW, at=row.at), seat.pk)
        case Result.AWAY:
            return morning.excused(current, seat.pk, how="absent_away", at=row.at)
        case Result.NO_ANSWER:
            if current.member(seat.pk).standing is not Standing.EXPECTED:
                return current
            _not_answered(round_, seat, row, actor=actor, name=name, now=now)
            return morning.handed_to_incident(current, seat.pk, how="no_answer", at=now)


def _not_answered(round_: Round, seat: Seat, row: Written, *, actor: Actor, name: str, now: datetime) -> None:
    """Nobody answered: a case, unless one is open already because nobody could be reached. One cause, one incident."""
    about = IncidentMember.objects.filter(person_id=seat.person_id, outcome="", incident__kind__in=ENDED_BY_A_CALL)
    member = about.exclude(incident__state=Incident.State.CLOSED).order_by("incident_id").first()
    if member is None:
        cases.open_for_seat(round_, seat, Incident.Kind.NO_ANSWER, now=now, actor=actor, reason=HOW)
        return
    incident = claiming.locked(member.incident_id)
    add_step(incident, "no_answer_on_paper", now=now, at=row.at, actor=actor, actor_name=name, member=member.pk)
    Seat.objects.filter(pk=seat.pk).update(incident=incident)


def _well(round_: Round, seat: Seat, row: Written, *, actor: Actor, name: str, now: datetime) -> None:
    """Somebody spoke with them: at that time they were well, and a person ends what was opened about them meanwhile."""
    sightings.saw(seat.person_id, at=row.at, source=f"circle:{HOW}")
    history.of_round(round_, "circles.member_well", actor, occurred_at=row.at, seat=seat.pk, how=HOW)
    about = IncidentMember.objects.filter(person_id=seat.person_id, outcome="", incident__kind__in=ENDED_BY_A_CALL)
    for member in about.exclude(incident__state=Incident.State.CLOSED).order_by("incident_id"):
        incident = claiming.locked(member.incident_id)
        at = row.at if row.at >= incident.opened_at else None
        closing.record_outcome(
            incident, member_id=member.pk, outcome=Outcome.ANSWERED_LATE, actor=actor, name=name, now=now, at=at
        )


ENDED_BY_A_CALL = (Incident.Kind.NO_ANSWER, Incident.Kind.ROUND, Incident.Kind.OUTAGE)
"""Cases that were opened because nobody had reached somebody. A worry or a cry for help does not end by a call."""


def _go_on(round_: Round, before: Morning, current: Morning, now: datetime) -> None:
    """The round goes on with what is left of it; a closed one keeps how it ended, and knows who was well."""
    if round_.state == Round.State.CLOSED:
        state.save(round_, before, current)
        return
    if not current.unresolved:
        current = morning.received(morning.proven(current, VOLUNTEER, how=HOW, at=now), by_volunteer=True)
    policy, zone = policy_of(round_.circle), zone_of(round_.circle)
    if schedule.too_late_to_start(now, day=round_.date, policy=policy, zone=zone):
        # Too late to ring anybody: whoever is not on the paper is in the round's case at once.
        round_.deadline_at = now
        round_.save(update_fields=["deadline_at"])
        current = Morning(**{**vars(current), "deadline_at": now})
    rounds.go_on(round_, before, now, changed=current)
