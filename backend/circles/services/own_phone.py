"""What a word said in a ring of own telephones changes: applied to the round, under its lock."""

from datetime import datetime

from backend.circles.domain import morning, own_phone
from backend.circles.domain.morning import VOLUNTEER, Morning, Standing
from backend.circles.models import Round, Seat
from backend.circles.scripts.facts import NextMissed, NotRung, RingClosed
from backend.circles.services import cases
from backend.common.actors import Actor
from backend.events.services import record
from backend.incidents.models import Incident
from backend.people.services import sightings

BY_WORD = ("ring_closed", "ring_passed")
"""How a member may be known to be well without a key of their own: a mate's word."""


def apply(round_: Round, current: Morning, fact: RingClosed | NextMissed | NotRung, now: datetime) -> Morning:
    """The morning after somebody has said that the ring is round, that the next does not answer, or was not rung."""
    seats = {seat.pk: seat for seat in round_.seats.select_related("person")}
    actor = _actor(round_, seats, fact.by)
    match fact:
        case RingClosed(by=by):
            _note(round_, "circles.ring_closed", actor)
            current = _speaks_for(round_, seats, current, by, "ring_closed", actor, now)
            return morning.received(current, by_volunteer=True)
        case NextMissed(by=by, seat=key):
            _note(round_, "circles.next_missed", actor)
            current = _speaks_for(round_, seats, current, by, "ring_passed", actor, now)
            return _missed(round_, seats[key], current, actor, now)
        case NotRung(by=by):
            _note(round_, "circles.not_rung", actor)
            return own_phone.not_rung(current, by, now)


def _speaks_for(
    round_: Round, seats: dict[int, Seat], current: Morning, by: int, how: str, actor: Actor, now: datetime
) -> Morning:
    """Everybody whom this word proves is well. It ends no case: that takes their own key, or a person who was there."""
    for key in own_phone.spoken_for(current, by):
        sightings.saw(seats[key].person_id, at=now, source=f"circle:{how}")
        record(
            kind="circles.member_well",
            subject_kind="round",
            subject_id=round_.pk,
            organisation_id=round_.circle.organisation_id,
            actor=actor,
            payload={"seat": key, "how": how},
        )
        current = morning.proven(current, key, how=how, at=now)
    return current


def _missed(round_: Round, seat: Seat, current: Morning, actor: Actor, now: datetime) -> Morning:
    """Somebody does not answer the one before them: a case at once, unless a key of their own says that they are well."""
    member = current.member(seat.pk)
    by_own_key = member.standing is Standing.WELL and member.how not in BY_WORD
    if by_own_key or member.standing in (Standing.EXCUSED, Standing.INCIDENT, Standing.MISSED):
        return current
    cases.open_for_seat(round_, seat, Incident.Kind.NO_ANSWER, now=now, actor=actor, by=actor.who)
    return morning.handed_to_incident(current, seat.pk, how="mate_missed", at=now)


def _actor(round_: Round, seats: dict[int, Seat], key: int) -> Actor:
    person_id = round_.volunteer_id if key == VOLUNTEER else seats[key].person_id
    return Actor(who=f"person:{person_id}" if person_id else "system", channel="call")


def _note(round_: Round, kind: str, actor: Actor) -> None:
    record(
        kind=kind,
        subject_kind="round",
        subject_id=round_.pk,
        organisation_id=round_.circle.organisation_id,
        actor=actor,
    )
