"""The calls of a morning in which each member is rung once: two calls to a talk, rooms, and moves that may get lost.

What `services.handing_on`, `services.sides` and the carrier's rooms do is done here on plain values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from backend.circles.domain import decisions, morning, one_ring
from backend.circles.domain.decisions import Ring
from backend.circles.domain.morning import VOLUNTEER, Miss, Role
from backend.circles.scripts import facts
from backend.circles.scripts import one_ring as script
from backend.circles.scripts.view import Bridge, CallView, ToConnect, Turn
from backend.notifications.domain.prompts import End, Heard, Hold, Moved, Prompt, Room, Silence, TalkOver
from tests.unit.circles.conversations import (
    CALL_LIVES,
    SECONDS_OF_SILENCE,
    SECONDS_TO_PRESS,
    Conversations,
    Side,
    named,
)
from tests.unit.circles.town import Press, TalkEnds

if TYPE_CHECKING:
    from tests.unit.circles.driver import Driver, Leg

SOMEBODY_WAITS = timedelta(seconds=90)
BY_THEMSELVES, TO_HANG_UP = 4, 6


@dataclass
class Line(Side):
    """One person on the telephone in one call. `step` is the question that is open, `room` where they talk."""

    call: int = 0
    step: int = 0
    room: str = ""


@dataclass
class Talk:
    """What a leg's row says of its two calls; 0 for one that was never asked for."""

    leg: Leg
    caller_call: int = 0
    target_call: int = 0
    target_is_out: bool = False
    target_rung_at: datetime | None = None
    outcome: str = ""
    began: datetime | None = None
    caller_gone: bool = False


@dataclass
class OneRing(Conversations):
    """All calls of one morning."""

    driver: Driver
    in_use: dict[str, Side] = field(default_factory=dict)
    lines: dict[int, Line] = field(default_factory=dict)
    talks: list[Talk] = field(default_factory=list)
    over: set[int] = field(default_factory=set)
    numbers: count[int] = field(default_factory=lambda: count(1))

    # Ringing.

    def goes_out(self, leg: Leg) -> None:
        """The call to a caller, or the platform's to a member."""
        if leg.is_live:
            talk = Talk(leg, caller_call=next(self.numbers))
            self.talks.append(talk)
            who = leg.target if leg.caller is None else leg.caller
            self._rings(talk, Line(leg, who, leg.line, call=talk.caller_call), leg.not_before + CALL_LIVES)

    def hand_on(self, leg: Leg, ring: Ring) -> None:
        """The caller is on the line: only the target is rung."""
        self.talks.append(Talk(leg, caller_call=ring.on_line))
        self._rings_target(leg, ring.target, after=TO_HANG_UP)

    def take_back(self, leg: Leg) -> bool:
        """Cancel the target's call if it has not gone out."""
        talk = self._talk_of(leg)
        if talk.target_is_out or not talk.target_call or talk.target_call in self.over:
            return False
        self.over.add(talk.target_call)
        talk.outcome = "cancelled"
        self._tell_other(talk, talk.target_call)
        return True

    def _rings_target(self, leg: Leg, key: int, *, after: int = 0) -> None:
        now, talk = self.driver.morning, self._talk_of(leg)
        line = now.volunteer.lines[0] if key == VOLUNTEER else decisions.line_to_try(now.member(key))
        talk.target_call, talk.outcome, talk.target_is_out = next(self.numbers), "", False
        talk.target_rung_at = self.driver.now
        self.driver.morning = morning.call_changed(now, leg.key, target_rung=True)
        side = Line(leg, key, line, call=talk.target_call)
        gives_up_at = self.driver.now + SOMEBODY_WAITS
        self.driver.later(after, lambda: self._rings(talk, side, gives_up_at))

    def _rings(self, talk: Talk, side: Line, gives_up_at: datetime) -> None:
        driver = self.driver
        if side.call in self.over or (side.call == talk.caller_call and not talk.leg.is_live):
            return
        if side.line in self.in_use:
            if driver.now >= gives_up_at:
                self._is_over(side.call, "expired")
            else:
                driver.later(10, lambda: self._rings(talk, side, gives_up_at))
            return
        if side.call == talk.target_call:
            talk.target_is_out = True
            driver.note_try(side.who, side.line, talk.leg.role, caller=talk.leg.caller)
        talk.leg.is_out = True
        self.in_use[side.line] = self.lines[side.call] = side
        self._is_picked_up_or_not(side)

    # The end of a call.

    def _ends(self, side: Side, outcome: str) -> None:
        if isinstance(side, Line) and not side.is_over:
            self._leaves(side)
        super()._ends(side, outcome)

    def _reported(self, side: Side, outcome: str) -> None:
        self._frees(side)
        if isinstance(side, Line):
            self._is_over(side.call, outcome)

    def _is_over(self, call: int, outcome: str) -> None:
        """What `services.sides.ended` does."""
        driver = self.driver
        if call in self.over:
            return
        self.over.add(call)
        driver.say(f"the call {call} is over: {outcome}")
        why = {"busy": Miss.BUSY, "no_answer": Miss.NO_ANSWER, "completed": Miss.UNPROVEN}.get(outcome, Miss.NOT_PLACED)
        current = one_ring.is_off(driver.morning, call)
        for talk in self._talks_of(call):
            chain = next((each for each in current.calls if each.key == talk.leg.key), None)
            if chain is not None and chain.role is not Role.CALLER:
                current = driver.without(current, chain, why)
            elif chain is not None and talk.target_call == call:
                driver.note_miss(current, chain.target, why)
                current = one_ring.target_left(current, chain, why=why, at=driver.now)
            elif chain is not None and self._talks_of(call)[0] is not talk and self.take_back(talk.leg):
                current = one_ring.hung_up_in_time(current, chain)
            elif chain is not None:
                current = one_ring.caller_left(current, chain)
            if talk.target_call == call:
                talk.outcome = outcome
            else:
                talk.caller_gone = True
            self._tell_other(talk, call)
        if not driver.morning.closed:
            driver.go_on(current)

    # Turns.

    def _turn(self, side: Side, heard: Heard) -> Prompt | ToConnect:
        if not isinstance(side, Line) or self._now(side)[0].leg.role is Role.RETRY:
            return super()._turn(side, heard)
        talk, is_side = self._now(side)
        view, was = self.view(side), side.place.phase
        if talk.leg.role is not Role.CALLER:
            turn = script.platform_turn(view, side.place, heard)
        elif talk.caller_call == side.call:
            turn = script.caller_turn(view, side.place, heard)
        else:
            turn = script.target_turn(view, side.place, heard)
        side.place = turn.place
        if not is_side or side.call in self.over:
            late = [fact for fact in turn.facts if not isinstance(fact, facts.TalkBegins)]
            self.driver.take(None, late)
            return End()
        return self._settled(talk, side, was, turn)

    def _settled(self, talk: Talk, side: Line, was: str, turn: Turn) -> Prompt | ToConnect:
        if any(isinstance(fact, facts.TalkBegins) for fact in turn.facts):
            talk.began = talk.began or self.driver.now
        self.driver.take(talk.leg, turn.facts)
        answer = turn.answer
        if isinstance(answer, ToConnect) and talk.leg.role is Role.CALLER:
            if talk.leg.key not in {call.key for call in self.driver.morning.calls}:
                side.place = replace(side.place, phase="over")
                return End()
            self._rings_target(talk.leg, answer.seat)
            answer = Hold(answer.text, seconds=10)
        phase = turn.place.phase
        if phase != was and (phase in ("over", "menu") or (talk.target_call == side.call and phase != "mate")):
            self._tell_other(talk, side.call)
        return answer

    def _hears(self, side: Side, heard: Heard) -> None:
        if isinstance(side, Line) and not side.is_over:
            side.step += 1
        super()._hears(side, heard)

    def _says(self, side: Side, prompt: Prompt | ToConnect) -> None:
        match prompt:
            case Hold() if isinstance(side, Line):
                self._waits(side, prompt)
            case Room() if isinstance(side, Line):
                self._enters(side, prompt)
            case _:
                super()._says(side, prompt)

    def _still(self, side: Side, what: Callable[[], None]) -> Callable[[], None]:
        """To be done only if the same question is still open."""
        step = side.step if isinstance(side, Line) else 0

        def then() -> None:
            if not isinstance(side, Line) or side.step == step:
                what()

        return then

    def _waits(self, side: Line, hold: Hold) -> None:
        self._does(side, self.driver.town.presses(side.who, "hold"), silence=hold.seconds + 4)

    def _presses(self, side: Side) -> None:
        self._does(side, self.driver.town.presses(side.who, side.place.phase), silence=SECONDS_OF_SILENCE)

    def _does(self, side: Side, press: Press, *, silence: int) -> None:
        later = self.driver.later
        match press:
            case Press.HANGS_UP:
                later(3, self._still(side, lambda: self._hangs_up(side)))
            case Press.HANGS_UP_AND_KEY_IS_LATE:
                later(3, self._still(side, lambda: self._hangs_up(side)))
                later(60, self._still(side, lambda: self._late_key(side)))
            case Press.SILENCE:
                later(silence, self._still(side, lambda: self._hears(side, Silence())))
            case _:
                later(SECONDS_TO_PRESS, self._still(side, lambda: self._key(side, press)))

    # Rooms, and moves.

    def _enters(self, side: Line, room: Room) -> None:
        side.room = room.name
        self.driver.later(room.seconds + 1, self._still(side, lambda: self._time_is_up(side)))
        others = [one for one in self.lines.values() if one is not side and one.room == room.name]
        for other in others:
            talk, _is_side = self._now(side)
            as_caller, as_target = (side, other) if side.call == talk.caller_call else (other, side)
            ends, seconds = self.driver.town.talks(as_target.who)
            if ends is TalkEnds.CALLER_HANGS_UP:
                self.driver.later(seconds, self._still(as_caller, lambda one=as_caller: self._hangs_up(one)))
            else:
                self.driver.later(seconds, self._still(as_caller, lambda one=as_caller: self._time_is_up(one)))

    def _time_is_up(self, side: Line) -> None:
        """The limit, or the star: the room is over for everyone in it."""
        self._leaves(side)
        self._hears(side, TalkOver())

    def _leaves(self, side: Line) -> None:
        room, side.room = side.room, ""
        for other in self.lines.values():
            if room and other.room == room:
                other.room = ""
                self.driver.later(1, self._still(other, lambda one=other: self._hears(one, TalkOver())))

    def _tell_other(self, talk: Talk, call: int) -> None:
        other = self._other(talk, call)
        if other is None or other.place.phase not in script.IN_TOUCH:
            return
        delay = self.driver.town.moved_after()
        if delay is not None:
            grace = 0 if other.place.phase == "dialling" else BY_THEMSELVES
            self.driver.later(delay + grace, self._still(other, lambda: self._is_moved(other)))

    def _is_moved(self, side: Line) -> None:
        self._leaves(side)
        self._hears(side, Moved())

    # What the scripts are told.

    def view(self, side: Side) -> CallView:
        """What the script of this call may know."""
        if not isinstance(side, Line):
            return super().view(side)
        talk, is_side = self._now(side)
        is_target = talk.leg.role is Role.CALLER and talk.caller_call != side.call
        seen = replace(side, leg=talk.leg, parent=side if is_target else None)
        return replace(super().view(seen), bridge=self._bridge(talk, side, seen, is_side=is_side))

    def _bridge(self, talk: Talk, side: Line, seen: Side, *, is_side: bool) -> Bridge:
        driver, leg = self.driver, talk.leg
        key = side.who if seen.parent is not None else leg.target
        following = None
        if key != VOLUNTEER and side.call not in self.over:
            following = one_ring.onward(
                driver.morning, leg=leg.key, key=key, line=side.line, call=side.call, now=driver.now
            )
        other = self._other(talk, side.call) if is_side else None
        return Bridge(
            call=side.call,
            line=side.line,
            room=str(talk.target_call),
            target_over=talk.target_call in self.over,
            was_busy=talk.outcome == "busy",
            other_there=other is not None and other.place.phase in script.IN_TOUCH,
            rung_for=(driver.now - talk.target_rung_at).total_seconds() if talk.target_rung_at else 0.0,
            talked=(driver.now - talk.began).total_seconds() if talk.began else None,
            onward=None if following is None else named(following),
        )

    def _talk_of(self, leg: Leg) -> Talk:
        return next(talk for talk in self.talks if talk.leg is leg)

    def _talks_of(self, call: int) -> list[Talk]:
        return [talk for talk in self.talks if call in (talk.caller_call, talk.target_call)]

    def _now(self, side: Line) -> tuple[Talk, bool]:
        """The talk that a call is a side of now, and whether it still is."""
        talks = self._talks_of(side.call)
        return (talks[-1], True) if talks else (self._talk_of(side.leg), False)

    def _other(self, talk: Talk, call: int) -> Line | None:
        other_call = talk.caller_call if call == talk.target_call else talk.target_call
        other = self.lines.get(other_call)
        if other is None or other.call in self.over or self._now(other)[0] is not talk:
            return None
        return other
