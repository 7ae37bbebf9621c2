"""A round from its start to its close: look, decide, carry out, until there is nothing to do but wait."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from backend.circles.domain import course, decisions, failing, morning, schedule
from backend.circles.domain import practice as rehearsal
from backend.circles.domain.decisions import (
    Close,
    OpenNoAnswer,
    OpenNotReceived,
    OpenUnclosed,
    Pass,
    Ring,
    TellBackup,
)
from backend.circles.domain.failing import Failures
from backend.circles.domain.morning import Call, Morning, Standing
from backend.circles.models import Circle, Leg, Round
from backend.circles.selectors.settings import policy_of, zone_of
from backend.circles.services import calls, cases, handing_on, history, planning, practice, state
from backend.common.actors import SYSTEM
from backend.events.claims import POISON_AFTER
from backend.events.models import Lane
from backend.events.services import cancel_timer, set_timer
from backend.incidents.models import Incident

log = logging.getLogger(__name__)

NOT_WOKEN_YET = timedelta(seconds=20)
"""How soon a round is looked at again whose circle is about to be woken."""

STEPS_AT_MOST = 100
"""Deciding ends by itself; a defect that made it go round for ever shall be an error instead."""


def look(round_id: int, now: datetime) -> None:
    """The timer's handler: start the round when it is time, and bring it to where it should be."""
    round_ = state.locked_round(round_id)
    if round_.state == Round.State.CLOSED:
        return
    if round_.state == Round.State.PLANNED:
        if now < round_.planned_start:
            set_timer(kind=planning.TIMER, subject_id=round_.pk, due_at=round_.planned_start, lane=Lane.LIVE)
            return
        is_too_late = not round_.practice and _is_too_late(round_, now)
        if not round_.practice and round_.circle.status != Circle.Status.ACTIVE:
            if not _pause_is_over(round_):
                _called_off(round_, now)
                return
            if not is_too_late:
                set_timer(kind=planning.TIMER, subject_id=round_.pk, due_at=now + NOT_WOKEN_YET, lane=Lane.LIVE)
                return
        if round_.practice and not practice.may_begin(round_, now):
            practice.end_unheld(round_, now)
            return
        planning.freeze(round_, now)
        if is_too_late:
            _not_held(round_, now)
            return
    go_on(round_, state.load(round_), now)


def go_on(round_: Round, before: Morning, now: datetime, *, changed: Morning | None = None) -> Morning:
    """Decide and carry out until there is nothing to do but wait; save, and set the next look. Under the lock.

    `changed` is the morning with the facts that just came in applied to `before`.
    """
    current, failures = _drop_needless_calls(changed or before, now), failing.from_json(round_.failing)
    for _step in range(STEPS_AT_MOST):
        following, failures = _carry_out_all(round_, current, failures, now)
        settled = following == current
        current = following
        if settled:
            break
    else:
        raise RuntimeError(f"Round {round_.pk} does not come to rest.")
    round_.failing = failing.as_json(failures)
    state.save(round_, before, current)
    again = failing.next_look(failures, course.next_look(current), now)
    if again is None:
        cancel_timer(kind=planning.TIMER, subject_id=round_.pk)
    else:
        set_timer(
            kind=planning.TIMER, subject_id=round_.pk, due_at=max(again, now + timedelta(seconds=1)), lane=Lane.LIVE
        )
    return current


def _carry_out_all(round_: Round, current: Morning, failures: Failures, now: datetime) -> tuple[Morning, Failures]:
    """Do what is to be done now; the morning after it, and what failed.

    An action that fails costs nobody else anything: it is undone alone, and tried again when its time comes. A round in
    which a case could not be opened is not closed.
    """
    decided = course.decide(current, now)
    failures = failing.still_decided(failures, decided)
    a_case_is_missing = False
    for action in decided:
        to_do = failing.taking_in(action, failures)
        if failing.waits(failures, action, now):
            a_case_is_missing |= failing.opens_a_case(action)
            continue
        if isinstance(action, Close) and a_case_is_missing:
            continue
        try:
            with transaction.atomic():
                current = _carry_out(round_, current, to_do, now)
            failures = failing.without(failures, action)
            # It takes in whoever has no case of their own.
            a_case_is_missing &= not isinstance(action, OpenUnclosed)
        except Exception as error:
            log.exception("Round %s: %s failed and is tried again.", round_.pk, failing.key_of(action))
            failures = failing.failed(failures, action, type(error).__name__, now)
            _note_failure(round_, action, failures)
            a_case_is_missing |= failing.opens_a_case(action)
            if isinstance(action, Ring) and failing.is_to_go_round(failures, action):
                current = failing.gone_round(current, action, at=now)
                failures = failing.without(failures, action)
    return current, failures


def _note_failure(round_: Round, action: decisions.Action, failures: Failures) -> None:
    """In the history: the first time, and when it has failed so often that people are told."""
    failure = failures[failing.key_of(action)]
    if failure.tries not in (1, POISON_AFTER):
        return
    what = failing.key_of(action)
    history.of_round(round_, "circles.action_failed", SYSTEM, action=what, error=failure.error, tries=failure.tries)


def _carry_out(round_: Round, current: Morning, action: decisions.Action, now: datetime) -> Morning:
    """One action: its rows, and the morning after it."""
    if round_.practice and (rehearsed := rehearsal.instead_of(current, action, now)) is not None:
        return rehearsed
    match action:
        case Ring():
            on_line = action.on_line != 0
            leg = handing_on.hand_on(round_, action, now) if on_line else calls.place(round_, action, now)
            call = Call(leg.pk, action.role, action.caller, action.target, caller_proven=on_line, target_rung=on_line)
            return morning.call_began(current, call)
        case Pass(member=key):
            return morning.reached(current, key)
        case OpenNoAnswer(member=key, how=how):
            seat = round_.seats.select_related("person").get(pk=key)
            reason = cases.why_not_reached(seat, round_) if seat.lines else how
            cases.open_for_seat(round_, seat, Incident.Kind.NO_ANSWER, now=now, tries=seat.misses, reason=reason)
            return morning.handed_to_incident(current, key, how=how, at=now)
        case OpenNotReceived():
            if current.volunteer.received is None or not _has_case(round_, "not_received"):
                cases.open_for_round(round_, [], reason="not_received", now=now)
            return morning.received(current, by_volunteer=False)
        case OpenUnclosed(members=keys):
            seats = list(round_.seats.select_related("person").filter(pk__in=keys))
            cases.open_for_round(round_, seats, reason="deadline", now=now)
            for key in keys:
                current = morning.handed_to_incident(current, key, how="deadline", at=now)
            return current
        case TellBackup():
            if not round_.backup_told:
                calls.tell_backup(round_, now)
                round_.backup_told = True
            return current
        case Close(how=how):
            return _close(round_, current, how, now)


def _close(round_: Round, current: Morning, how: str, now: datetime) -> Morning:
    """The round is over; calls that are still going on may end by themselves, and late keys still count."""
    standings = [member.standing for member in current.members]
    counts: dict[str, Any] = {each.value: standings.count(each) for each in Standing}
    history.of_round(round_, "circles.round_closed", SYSTEM, how=how, **counts)
    calls.call_off(round_, now)
    round_.state = Round.State.CLOSED
    round_.closed_how = how
    round_.closed_at = now
    return Morning(**{**vars(current), "closed": True, "calls": ()})


def _is_too_late(round_: Round, now: datetime) -> bool:
    circle = round_.circle
    return schedule.too_late_to_start(now, day=round_.date, policy=policy_of(circle), zone=zone_of(circle))


def _pause_is_over(round_: Round) -> bool:
    """The circle is about to be woken by a timer of its own, which has come late: this morning is held all the same.

    It waits for that only as long as a morning may begin: whatever keeps the circle asleep, members are waiting.
    """
    circle = round_.circle
    is_paused = circle.status == Circle.Status.PAUSED
    return is_paused and circle.paused_until is not None and circle.paused_until < round_.date


def _called_off(round_: Round, now: datetime) -> None:
    """The circle was paused or closed after this morning was planned: nobody is expected."""
    Round.with_practice.filter(pk=round_.pk).update(
        state=Round.State.CLOSED, closed_how=Round.ClosedHow.NOBODY_TODAY, closed_at=now
    )
    cancel_timer(kind=planning.TIMER, subject_id=round_.pk)


def _not_held(round_: Round, now: datetime) -> None:
    """A morning that downtime swallowed: everyone who was expected is in one incident."""
    before = state.load(round_)
    current = before
    for member in before.unresolved:
        current = morning.handed_to_incident(current, member.key, how="not_held", at=now)
    seats = list(round_.seats.select_related("person").filter(pk__in=[m.key for m in before.unresolved]))
    if seats:
        cases.open_for_round(round_, seats, reason="not_held", now=now)
    current = _close(round_, current, Round.ClosedHow.NOT_HELD if seats else Round.ClosedHow.NOBODY_TODAY, now)
    state.save(round_, before, current)
    cancel_timer(kind=planning.TIMER, subject_id=round_.pk)


def _has_case(round_: Round, reason: str) -> bool:
    return Incident.objects.filter(cause=f"round:{round_.pk}:{reason}").exists()


def _drop_needless_calls(current: Morning, now: datetime) -> Morning:
    """Calls that have not gone out and have lost their reason are taken back."""
    for call in current.calls:
        if not decisions.is_needless(current, call):
            continue
        leg = Leg.objects.get(pk=call.key)
        if calls.take_back(leg) or (call.caller_gone and handing_on.take_back(leg, now)):
            current = morning.call_over(current, call.key)
        elif call.target_rung and handing_on.take_back(leg, now):
            current = morning.call_changed(current, call.key, target_rung=False)
    return current
