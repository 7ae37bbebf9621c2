"""What a word said in a ring of own telephones changes: applied to the round, under its lock."""

from datetime import datetime

from backend.circles.domain import morning, own_phone
from backend.circles.domain.morning import VOLUNTEER, Morning, Standing
from backend.circles.models import Round, Seat
from backend.circles.scripts.facts import NextMissed, NotRung, RingClosed
from backend.circles.services import cases, history, practice
from backend.common.actors import Actor
from backend.incidents.models import Incident
from backend.people.services import sightings

BY_WORD = ("ring_closed", "ring_passed")
"""How a member may be known to be well without a key of their own: a mate's word."""


Word = RingClosed | NextMissed | NotRung


def apply(round_: Round, current: Morning, word: Word, now: datetime) -> Morning:
    """The morning after somebody has said that the ring is round, that the next does not answer, or was not rung."""
    actor = _actor(round_, word.by)
    match word:
        case RingClosed(by=by):
            history.of_round(round_, "circles.ring_closed", actor)
            current = _speaks_for(round_, current, by, "ring_closed", now)
            return morning.received(current, by_volunteer=True)
        case NextMissed(by=by, seat=key):
            history.of_round(round_, "circles.next_missed", actor, seat=key)
            current = _speaks_for(round_, current, by, "ring_passed", now)
            return _missed(round_, round_.seats.select_related("person").get(pk=key), current, actor, now)
        case NotRung(by=by):
            history.of_round(round_, "circles.not_rung", actor)
            return own_phone.not_rung(current, by, now)


def _speaks_for(round_: Round, current: Morning, by: int, how: str, now: datetime) -> Morning:
    """Everybody whom this word proves is well. It ends no case: that takes their own key, or a person who was there."""
    for key in own_phone.spoken_for(current, by):
        sightings.saw(round_.seats.get(pk=key).person_id, at=now, source=f"circle:{how}")
        history.of_round(round_, "circles.member_well", _actor(round_, by), seat=key, how=how)
        current = morning.proven(current, key, how=how, at=now)
    return current


def _missed(round_: Round, seat: Seat, current: Morning, actor: Actor, now: datetime) -> Morning:
    """Somebody does not answer the one before them: a case at once, unless their own key has said they are well."""
    member = current.member(seat.pk)
    by_own_key = member.standing is Standing.WELL and member.how not in BY_WORD
    if by_own_key or member.standing in (Standing.EXCUSED, Standing.INCIDENT, Standing.MISSED):
        return current
    if round_.practice:
        return practice.did_not_manage(current, seat.pk, "mate_missed", now)
    cases.open_for_seat(round_, seat, Incident.Kind.NO_ANSWER, now=now, actor=actor, by=actor.who)
    return morning.handed_to_incident(current, seat.pk, how="mate_missed", at=now)


def _actor(round_: Round, key: int) -> Actor:
    person_id = round_.volunteer_id if key == VOLUNTEER else round_.seats.get(pk=key).person_id
    return Actor(who=f"person:{person_id}" if person_id else "system", channel="call")
