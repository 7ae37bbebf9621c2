"""What came to light in a call: applied to the round, under its lock, and followed by the next decision."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from backend.circles.domain import morning, one_ring
from backend.circles.domain.morning import VOLUNTEER, Miss, Morning, Role
from backend.circles.domain.not_taken import not_taken
from backend.circles.models import Leg, Round, Seat
from backend.circles.scripts import facts
from backend.circles.services import calls, cases, history, own_phone, practice, rounds, state
from backend.common.actors import Actor
from backend.incidents.models import Incident
from backend.notifications.models import Attempt
from backend.notifications.selectors.health import carrier_refused_the_account
from backend.people.services import sightings

MISSES = {"busy": Miss.BUSY, "no_answer": Miss.NO_ANSWER, "completed": Miss.UNPROVEN}
"""What the end of a call says about who gave no proof in it; every other end is the number's or the carrier's doing."""

HELP_KEY = "key_help"
"""Alive, but not well: whoever is on the way to them keeps going."""


LOST = ("gone", "too old", "unknown")
"""The carrier forgot a call that it had taken: nobody knows whether anybody was rung."""


def take(round_: Round, leg: Leg | None, found: Iterable[facts.Fact], now: datetime) -> None:
    """Apply the facts of one turn, then decide what is next. `leg` is the call they came from."""
    before = state.load(round_)
    current = before
    for fact in found:
        current = _apply(round_, leg, current, fact, now)
    rounds.go_on(round_, before, now, changed=current)


def _apply(round_: Round, leg: Leg | None, current: Morning, fact: facts.Fact, now: datetime) -> Morning:
    if round_.practice and (rehearsed := practice.noted(current, fact, now)) is not None:
        return rehearsed
    match fact:
        case facts.Proven():
            return _proven(round_, leg, current, fact, now)
        case facts.CallerReady():
            return _leg_is(leg, Leg.State.PROVEN, current)
        case facts.TalkBegins():
            if leg is not None:
                Leg.objects.filter(pk=leg.pk, talk_started_at=None).update(talk_started_at=now)
            return _leg_is(leg, Leg.State.TALKING, current)
        case facts.TargetMet():
            return _chain_goes_on(leg, current)
        case facts.Stays(seat=key, line=line, call=call):
            return one_ring.stays(current, key, line=line, call=call)
        case facts.TargetMissed(was_busy=was_busy):
            return _target_missed(leg, current, Miss.BUSY if was_busy else Miss.NO_ANSWER, now)
        case facts.OnTo(seat=key):
            return _on_to(round_, leg, current, key)
        case facts.Received():
            _sees_volunteer(round_, now)
            return morning.received(current, by_volunteer=True)
        case facts.Worried(seat=key, by=by):
            _open(round_, key, Incident.Kind.WORRIED, now, by)
            return morning.handed_to_incident(current, key, how="worried", at=now)
        case facts.WantsCall(seat=key):
            _open(round_, key, Incident.Kind.WORRIED, now, key)
            return morning.handed_to_incident(current, key, how="wants_call", at=now)
        case facts.HelpAsked(seat=key):
            _open(round_, key, Incident.Kind.HELP, now, key)
            return current if key == VOLUNTEER else morning.handed_to_incident(current, key, how="help", at=now)
        case facts.RingClosed() | facts.NextMissed() | facts.NotRung():
            return own_phone.apply(round_, current, fact, now)
        case facts.BackupHeard():
            _backup_heard(round_)
            return current


def _proven(round_: Round, leg: Leg | None, current: Morning, fact: facts.Proven, now: datetime) -> Morning:
    """Proof of life: for the round, for every programme (a sighting), and for an incident that is open."""
    key, how = fact.seat, fact.how
    if key != VOLUNTEER:
        seat = round_.seats.get(pk=key)
        sightings.saw(seat.person_id, at=now, source=f"circle:{how}")
        history.of_round(
            round_, "circles.member_well", Actor(who=f"person:{seat.person_id}", channel="call"), seat=key, how=how
        )
        if how != HELP_KEY:
            cases.late_proof(seat.person_id, how=how, now=now)
    current = morning.proven(current, key, how=how, at=now)
    was_rung_as_target = leg is not None and key != leg.caller_id
    return morning.reached(current, key) if was_rung_as_target else current


def _leg_is(leg: Leg | None, new: Leg.State, current: Morning) -> Morning:
    """The call has come further; its row and its value say so."""
    if leg is None:
        return current
    Leg.objects.filter(pk=leg.pk, state__in=Leg.LIVE).update(state=new)
    return morning.call_changed(current, leg.pk, caller_proven=True)


def _chain_goes_on(leg: Leg | None, current: Morning) -> Morning:
    """The target was met: the chain leaves this call, which may still ask its caller how it was."""
    if leg is None:
        return current
    Leg.objects.filter(pk=leg.pk, state__in=Leg.LIVE).update(state=Leg.State.DONE)
    return morning.call_over(current, leg.pk)


def _target_missed(leg: Leg | None, current: Morning, why: Miss, now: datetime) -> Morning:
    """The caller's target gave no proof. The leg stays the chain's: its caller is offered the next one.

    The miss of a leg that is over already is no news: somebody else is on the way to the target by then.
    """
    if leg is None or leg.pk not in {call.key for call in current.calls}:
        return current
    if leg.target_id is None:
        return _chain_goes_on(leg, morning.not_received(current, why=why, at=now))
    return morning.missed(current, leg.target_id, why=why, at=now)


def _on_to(round_: Round, leg: Leg | None, current: Morning, key: int) -> Morning:
    if leg is None:
        return current
    seat = calls.seat_of(round_, key)
    Leg.objects.filter(pk=leg.pk, state__in=Leg.LIVE).update(target=seat, state=Leg.State.PROVEN)
    return morning.call_changed(current, leg.pk, target=key)


def call_ended(round_: Round, leg: Leg, attempt: Attempt | None, outcome: str, now: datetime) -> None:
    """A call of the round is over, or could never be placed: whoever gave no proof in it was missed."""
    before = state.load(round_)
    current = before
    call = next((call for call in before.calls if call.key == leg.pk), None)
    if call is not None:
        current = without(current, call, why_it_ended(attempt, outcome), now)
    if attempt is not None and leg.talk_started_at is not None and leg.ended_at is None:
        leg.ended_at = now
    Leg.objects.filter(pk=leg.pk).update(state=Leg.State.ENDED, ended_at=now)
    rounds.go_on(round_, before, now, changed=current)


def why_it_ended(attempt: Attempt | None, outcome: str) -> Miss:
    """What the end of a call says: of a person, of their number, or of the carrier only."""
    if outcome in MISSES:
        return MISSES[outcome]
    is_failed = attempt is not None and outcome == Attempt.State.FAILED
    if attempt is None or not is_failed or carrier_refused_the_account(attempt) or attempt.error_code in LOST:
        return Miss.NOT_TAKEN
    return Miss.NOT_PLACED


def without(current: Morning, call: morning.Call, why: Miss, now: datetime) -> Morning:
    """The morning after this call has ended, whatever was left open in it."""
    current = morning.call_over(current, call.key)
    if why is Miss.NOT_TAKEN:
        return not_taken(current, call, at=now)
    current = replace(current, not_taken=0)
    if call.role is not Role.CALLER:
        if call.target == VOLUNTEER:
            return morning.not_received(current, why=why, at=now)
        return morning.missed(current, call.target, why=why, at=now)
    assert call.caller is not None
    return current if one_ring.was_met(current, call.target) else morning.caller_out(current, call.caller)


def _open(round_: Round, key: int, kind: Incident.Kind, now: datetime, by: int) -> None:
    """Somebody worries, or asks for help: people act at once."""
    seats: dict[int, Seat] = {seat.pk: seat for seat in round_.seats.select_related("person")}
    by_person = seats[by].person if by in seats else round_.volunteer
    actor = Actor(who=f"person:{by_person.pk}" if by_person else "system", channel="call")
    if key in seats:
        cases.open_for_seat(round_, seats[key], kind, now=now, actor=actor, by=actor.who)
    elif round_.volunteer is not None:
        person = round_.volunteer
        cases.open_case(round_, kind, [person], cause=f"{kind}:{person.pk}", now=now, actor=actor)


def _sees_volunteer(round_: Round, now: datetime) -> None:
    if round_.volunteer_id is not None:
        sightings.saw(round_.volunteer_id, at=now, source="circle:received")


def _backup_heard(round_: Round) -> None:
    history.of_round(round_, "circles.backup_heard", Actor(who="system", channel="call"))
