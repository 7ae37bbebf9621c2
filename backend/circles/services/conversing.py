"""Leading a round's calls: build the view, ask the pure script, act on what it says, place what it wants joined."""

from dataclasses import replace
from datetime import datetime

from backend.circles.domain import decisions, morning
from backend.circles.domain.morning import VOLUNTEER, Morning, Standing
from backend.circles.domain.policy import MorningPolicy
from backend.circles.models import Leg, Round, Seat
from backend.circles.scripts import callee, caller, one_ring, platform
from backend.circles.scripts.facts import TargetMissed
from backend.circles.scripts.view import CallView, Named, Place, ToConnect, Turn
from backend.circles.scripts.words import say, summary
from backend.circles.services import asking, calls, facts, handing_on, sides, state
from backend.notifications.domain.prompts import End, Heard, Prompt, TalkOver
from backend.notifications.models import Attempt


def converse(round_: Round, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """One turn of a call of this round. Under the round's lock."""
    place = Place(**attempt.script) if attempt.script else Place()
    if attempt.reference.get("backup"):
        turn = platform.backup_turn(_bare_view(round_, attempt), heard)
        return _settle(round_, None, attempt, turn, now)
    if attempt.message_id is not None and handing_on.is_so(round_):
        return _one_ring(round_, attempt, place, heard, now)
    leg = Leg.objects.select_related("caller__person", "target__person").get(pk=attempt.reference["leg"])
    view = view_of(round_, leg, attempt)
    if attempt.kind == Attempt.Kind.DIALLED:
        turn = _dialled_turn(view, leg, place, heard)
    elif leg.role == Leg.Role.CALLER:
        turn = asking.caller_turn(round_, view, place, heard)
    else:
        turn = asking.turn(round_, view, place, heard, now)
    return _settle(round_, leg, attempt, turn, now)


def _one_ring(round_: Round, attempt: Attempt, place: Place, heard: Heard, now: datetime) -> Prompt:
    """One turn on a line that is rung once: as target, then as caller, or by the platform."""
    leg, is_side = handing_on.leg_of(attempt)
    if leg.role == Leg.Role.RETRY:
        return _settle(round_, leg, attempt, platform.turn(view_of(round_, leg, attempt), place, heard), now)
    view = _with_bridge(round_, leg, attempt)
    if leg.role != Leg.Role.CALLER:
        turn = one_ring.platform_turn(view, place, heard)
    elif leg.message_id == attempt.message_id:
        turn = one_ring.caller_turn(view, place, heard)
    else:
        turn = one_ring.target_turn(view, place, heard)
    if isinstance(turn.answer, ToConnect) and leg.role != Leg.Role.CALLER:
        return _settle(round_, leg, attempt, turn, now)
    return sides.settle(round_, leg, attempt, turn, now, is_side=is_side)


def _with_bridge(round_: Round, leg: Leg, attempt: Attempt) -> CallView:
    view = view_of(round_, leg, attempt)
    seats = {seat.pk: seat for seat in round_.seats.select_related("person")}
    names = {key: _named(round_, seats, key, attempt.language) for key in (VOLUNTEER, *seats)}
    bridge = sides.bridge_of(leg, attempt, current=state.load(round_), names=names, key=view.target.seat)
    return replace(view, bridge=bridge)


def _dialled_turn(view: CallView, leg: Leg, place: Place, heard: Heard) -> Turn:
    """The other side of a leg: the target who is to be joined, or a volunteer whom a found member wants to speak."""
    if leg.role == Leg.Role.CALLER:
        return callee.turn(view, place, heard)
    return platform.volunteer_turn(view, heard)


def _settle(round_: Round, leg: Leg | None, attempt: Attempt, turn: Turn, now: datetime) -> Prompt:
    """Remember where the call is, act on the facts, and turn a wish to connect into a dialled leg."""
    attempt.script = {"phase": turn.place.phase, "asked": turn.place.asked}
    if round_.state != Round.State.PLANNED:
        facts.take(round_, leg, turn.facts, now)
    if not isinstance(turn.answer, ToConnect):
        return turn.answer
    if attempt.state not in Attempt.LIVE:
        return End()
    assert leg is not None
    connect = calls.connect(round_, attempt, leg, turn.answer, now)
    return connect or _line_is_in_use(round_, leg, attempt, now)


def _line_is_in_use(round_: Round, leg: Leg, attempt: Attempt, now: datetime) -> Prompt:
    """The line to be joined is in another call: for this one that is as good as busy."""
    if leg.role != Leg.Role.CALLER:
        return End(say("no_volunteer", attempt.language))
    round_.refresh_from_db()
    again = Leg.objects.select_related("caller__person", "target__person").get(pk=leg.pk)
    view = view_of(round_, again, attempt)
    turn = caller.turn(view, Place("dialling"), TalkOver(was_busy=True))
    if not view.target_proven and not any(isinstance(fact, TargetMissed) for fact in turn.facts):
        raise RuntimeError("A busy line was not taken as a miss.")
    return _settle(round_, again, attempt, turn, now)


def view_of(round_: Round, leg: Leg, attempt: Attempt) -> CallView:
    """What the script of this leg may know."""
    current = state.load(round_)
    seats = {seat.pk: seat for seat in round_.seats.select_related("person")}
    target = _target_of(leg, attempt)
    policy = MorningPolicy.of(round_.policy["morning"])
    caller_key = (leg.caller_id or VOLUNTEER) if leg.role == Leg.Role.CALLER else None
    return CallView(
        circle=round_.circle.name,
        language=attempt.language,
        caller=None if caller_key is None else _named(round_, seats, caller_key, attempt.language),
        target=_named(round_, seats, target, attempt.language),
        next_up=_next_up(round_, seats, current, leg, attempt.language),
        target_proven=_target_proven(current, target),
        housemate=_housemate(seats, current, attempt, target),
        summary=_summary(seats, current, attempt.language),
        gather_seconds=policy.gather_seconds,
        leg_minutes=policy.leg_minutes,
        target_is_away=target != VOLUNTEER and current.member(target).standing is Standing.EXCUSED,
    )


def _target_of(leg: Leg, attempt: Attempt) -> int:
    """Whom this line was rung for. The leg may have gone on to the next one when a late key of the former comes in."""
    is_other_side = attempt.kind == Attempt.Kind.DIALLED or attempt.message_id != leg.message_id
    if is_other_side and leg.role == Leg.Role.CALLER and "seat" in attempt.reference:
        return int(attempt.reference["seat"])
    return leg.target_id or VOLUNTEER


def _bare_view(round_: Round, attempt: Attempt) -> CallView:
    """For a call that is about no leg."""
    policy = MorningPolicy.of(round_.policy["morning"])
    return CallView(
        circle=round_.circle.name,
        language=attempt.language,
        caller=None,
        target=Named(VOLUNTEER, ""),
        next_up=None,
        target_proven=False,
        housemate=None,
        summary="",
        gather_seconds=policy.gather_seconds,
        leg_minutes=policy.leg_minutes,
    )


def _named(round_: Round, seats: dict[int, Seat], key: int, language: str) -> Named:
    if key != VOLUNTEER:
        return Named(key, seats[key].person.spoken_name)
    volunteer = round_.volunteer
    return Named(VOLUNTEER, volunteer.spoken_name if volunteer else say("the_volunteer", language))


def _next_up(round_: Round, seats: dict[int, Seat], current: Morning, leg: Leg, language: str) -> Named | None:
    """Whom this caller is offered once the target is off: the next in the chain whose line is not the caller's own."""
    if leg.role != Leg.Role.CALLER or current.closed:
        return None
    target = leg.target_id
    passed = morning.reached(current, target) if target else current
    following = decisions.next_target(passed)
    if following is None or following in (leg.caller_id, target):
        return None
    if following == VOLUNTEER:
        ready = bool(current.volunteer.lines) and leg.caller_id is not None
        return _named(round_, seats, VOLUNTEER, language) if ready else None
    own = set(seats[leg.caller_id].lines) if leg.caller_id else set(current.volunteer.lines)
    return None if own & set(seats[following].lines) else _named(round_, seats, following, language)


def _target_proven(current: Morning, target: int) -> bool:
    """Whether the target pressed a key: proof brings a member into the chain, a miss leaves them expected."""
    if target == VOLUNTEER:
        return bool(current.volunteer.received)
    member = current.member(target)
    return member.standing in (Standing.WELL, Standing.INCIDENT) and member.in_chain


def _housemate(seats: dict[int, Seat], current: Morning, attempt: Attempt, target: int) -> Named | None:
    """Somebody else on this line who is expected and has not been heard of."""
    for member in current.members:
        if member.key != target and member.standing is Standing.EXPECTED and attempt.line in member.lines:
            return Named(member.key, seats[member.key].person.spoken_name)
    return None


def _summary(seats: dict[int, Seat], current: Morning, language: str) -> str:
    def names(standing: Standing) -> list[str]:
        return [seats[m.key].person.spoken_name for m in current.members if m.standing is standing]

    return summary(
        unheard=names(Standing.EXPECTED),
        cases=names(Standing.INCIDENT),
        missed=names(Standing.MISSED),
        language=language,
    )
