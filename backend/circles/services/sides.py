"""One ring a morning: what a call of one side brings, and what its end means for the talk it was for."""

from datetime import datetime

from backend.circles.domain import morning, one_ring
from backend.circles.domain.morning import Miss, Morning, Role
from backend.circles.domain.not_taken import not_taken
from backend.circles.models import Leg, Round
from backend.circles.scripts.facts import TalkBegins
from backend.circles.scripts.one_ring import HOLD_SECONDS
from backend.circles.scripts.view import Bridge, Named, ToConnect, Turn
from backend.circles.scripts.words import say
from backend.circles.services import facts, handing_on, rounds, state
from backend.events import clock
from backend.notifications.domain.prompts import End, Hold, Prompt
from backend.notifications.models import Attempt, Message
from backend.notifications.services.reach import ForbiddenLine


def bridge_of(leg: Leg, attempt: Attempt, *, current: Morning, names: dict[int, Named], key: int) -> Bridge:
    """What the script of this side may know of the other. `key` is whom this side would go on as."""
    now = clock.now()
    call = attempt.message_id or 0
    target_call = Message.objects.filter(pk=leg.target_message_id or 0).first()
    following = None
    if attempt.state in Attempt.LIVE and key in {member.key for member in current.members}:
        following = one_ring.onward(current, leg=leg.pk, key=key, line=attempt.line, call=call, now=now)
    return Bridge(
        call=call,
        line=attempt.line,
        room=str(target_call.uuid) if target_call else "",
        target_over=target_call is not None and target_call.state not in Message.OPEN,
        was_busy=leg.target_outcome == "busy",
        other_there=handing_on.is_in_touch(handing_on.other_side(leg, call)),
        rung_for=(now - leg.target_rung_at).total_seconds() if leg.target_rung_at else 0.0,
        talked=(now - leg.talk_started_at).total_seconds() if leg.talk_started_at else None,
        onward=None if following is None else names[following],
    )


def settle(round_: Round, leg: Leg, attempt: Attempt, turn: Turn, now: datetime, *, is_side: bool) -> Prompt:
    """Act on what came to light on one side, have the next one rung, and let the other side know.

    A call that is over, or whose leg has gone on to somebody else, still proves that its person is there; nothing more.
    """
    was = attempt.script.get("phase", "greet")
    attempt.script = {"phase": turn.place.phase, "asked": turn.place.asked}
    if not is_side or attempt.state not in Attempt.LIVE:
        late = tuple(fact for fact in turn.facts if not isinstance(fact, TalkBegins))
        facts.take(round_, None, late, now)
        return End()
    facts.take(round_, leg, turn.facts, now)
    answer = turn.answer
    if isinstance(answer, ToConnect):
        answer = _ring(round_, leg, attempt, answer, now)
    is_target = leg.target_message_id == attempt.message_id
    if turn.place.phase != was and (turn.place.phase in ("over", "menu") or (is_target and turn.place.phase != "mate")):
        handing_on.tell_other(leg, attempt.message_id or 0, now)
    return answer


def _ring(round_: Round, leg: Leg, attempt: Attempt, asked: ToConnect, now: datetime) -> Prompt:
    """The caller is there: the target is rung, and the caller waits. A target who may not be rung is missed."""
    leg = Leg.objects.get(pk=leg.pk)
    if leg.state not in Leg.LIVE:
        attempt.script = {"phase": "over", "asked": 0}
        return End(say("well", attempt.language))
    try:
        handing_on.ring_target(round_, leg, asked.seat, now)
    except ForbiddenLine:
        before = state.load(round_)
        call = next(call for call in before.calls if call.key == leg.pk)
        missed = one_ring.target_left(before, call, why=Miss.NOT_PLACED, at=now)
        Leg.objects.filter(pk=leg.pk).update(target_outcome="forbidden")
        rounds.go_on(round_, before, now, changed=missed)
    return Hold(asked.text, seconds=HOLD_SECONDS)


def ended(round_: Round, message: Message, attempt: Attempt | None, now: datetime) -> None:
    """A call is over, or could never be placed: in each leg that it was a side of. Under the round's lock."""
    before = state.load(round_)
    current = one_ring.is_off(before, message.pk)
    why = facts.why_it_ended(attempt, message.outcome)
    for leg in handing_on.legs_of(message.pk):
        call = next((call for call in current.calls if call.key == leg.pk), None)
        if call is not None:
            if call.role is not Role.CALLER:
                current = facts.without(current, call, why, now)
            elif leg.target_message_id == message.pk:
                current = one_ring.target_left(current, call, why=why, at=now)
            elif why is Miss.NOT_TAKEN and not call.target_rung:
                current = not_taken(morning.call_over(current, call.key), call, at=now)
            elif handing_on.was_handed_on(leg) and handing_on.take_back(leg, now):
                leg.refresh_from_db()
                current = one_ring.hung_up_in_time(current, call)
            else:
                current = one_ring.caller_left(current, call)
        _note_end(leg, message, now, is_chain=any(call.key == leg.pk for call in current.calls))
        handing_on.tell_other(leg, message.pk, now)
    rounds.go_on(round_, before, now, changed=current)


def _note_end(leg: Leg, message: Message, now: datetime, *, is_chain: bool) -> None:
    """The leg's row: which side is off, and whether the leg is over for the chain, and altogether."""
    if leg.target_message_id == message.pk:
        leg.target_outcome = message.outcome or "ended"
    else:
        leg.caller_gone = True
    target_is_off = leg.target_message_id is None or bool(leg.target_outcome)
    if leg.caller_gone and target_is_off:
        leg.state = Leg.State.ENDED
    elif not is_chain and leg.state in Leg.LIVE:
        leg.state = Leg.State.DONE
    leg.ended_at = leg.ended_at or (None if is_chain else now)
    leg.save(update_fields=["state", "caller_gone", "target_outcome", "ended_at"])
