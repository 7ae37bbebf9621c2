"""The calls of a played morning: lines, the two sides of a call, and the real call scripts on both of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.circles.domain import decisions, morning
from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import VOLUNTEER, Morning, Role, Standing
from backend.circles.scripts import callee, caller, platform, star
from backend.circles.scripts.view import CallView, Named, Place, ToConnect, Turn
from backend.circles.scripts.words import say, summary
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Join, Key, Prompt, Silence, TalkOver
from tests.unit.circles.town import Answer, Press, TalkEnds

if TYPE_CHECKING:
    from tests.unit.circles.driver import Driver, Leg

CALL_LIVES = timedelta(minutes=4)
"""A call whose line is in use all the time is given up after this time (as the services do)."""

SECONDS_TO_ANSWER, SECONDS_TO_PRESS, SECONDS_OF_SILENCE, SECONDS_WITHOUT_ANSWER = 8, 5, 20, 35

Script = Callable[[CallView, Place, Heard], Turn]


@dataclass
class Side:
    """Somebody at the end of a line. `parent` is the side that this one is to be joined to."""

    leg: Leg
    who: int
    line: str
    parent: Side | None = None
    dialled: Side | None = None
    place: Place = field(default_factory=Place)
    is_over: bool = False


class Conversations:
    """All calls of one morning."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.in_use: dict[str, Side] = {}

    def goes_out(self, leg: Leg) -> None:
        """The call is placed as soon as its line is free; refused when that takes too long."""
        driver = self.driver
        if not leg.is_live:
            return
        if leg.line in self.in_use:
            if driver.now >= leg.not_before + CALL_LIVES:
                driver.call_ended(leg, "expired")
            else:
                driver.later(10, lambda: self.goes_out(leg))
            return
        leg.is_out = True
        who = leg.target if leg.caller is None else leg.caller
        side = Side(leg, who, leg.line)
        self.in_use[leg.line] = side
        self._is_picked_up_or_not(side)

    def _is_picked_up_or_not(self, side: Side) -> None:
        driver = self.driver
        match driver.town.answers(side.who, driver.now):
            case Answer.PICKS_UP:
                driver.later(SECONDS_TO_ANSWER, lambda: self._hears(side, Answered()))
            case Answer.NO_ANSWER:
                driver.later(SECONDS_WITHOUT_ANSWER, lambda: self._ends(side, "no_answer"))
            case Answer.BUSY:
                driver.later(2, lambda: self._ends(side, "busy"))
            case Answer.NOT_PLACED:
                driver.later(1, lambda: self._ends(side, "failed"))

    def _ends(self, side: Side, outcome: str) -> None:
        """A side that the platform rang is off; the carrier says so now, later, or never."""
        if side.is_over:
            return
        side.is_over = True
        if side.dialled is not None:
            self._frees(side.dialled)
        delay = self.driver.town.report_after()
        if delay is None:
            self._frees(side)
        else:
            self.driver.later(delay, lambda: self._reported(side, outcome))

    def _reported(self, side: Side, outcome: str) -> None:
        self._frees(side)
        self.driver.call_ended(side.leg, outcome)

    def _frees(self, side: Side) -> None:
        side.is_over = True
        if self.in_use.get(side.line) is side:
            del self.in_use[side.line]

    def _hears(self, side: Side, heard: Heard) -> None:
        """One turn on a line that is still there."""
        if side.is_over:
            return
        if isinstance(heard, TalkOver) and side.dialled is not None:
            self._frees(side.dialled)
            side.dialled = None
        self._says(side, self._turn(side, heard))

    def _turn(self, side: Side, heard: Heard) -> Prompt | ToConnect:
        view = self.view(side)
        if side.parent is not None:
            turn = (
                callee.turn(view, side.place, heard)
                if side.leg.role is Role.CALLER
                else platform.volunteer_turn(view, heard)
            )
        elif side.leg.role is Role.CALLER:
            turn = self._scripts[0](view, side.place, heard)
        else:
            turn = self._scripts[1](view, side.place, heard)
        return self._settle(side, turn)

    @property
    def _scripts(self) -> tuple[Script, Script]:
        """The scripts of a caller, and of a call in which the platform asks, as `services.asking` chooses them."""
        if self.driver.morning.mode is Mode.STAR:
            return star.volunteer_turn, star.turn
        return caller.turn, platform.turn

    def _settle(self, side: Side, turn: Turn) -> Prompt | ToConnect:
        side.place = turn.place
        self.driver.take(side.leg, turn.facts)
        return turn.answer

    def _says(self, side: Side, prompt: Prompt | ToConnect) -> None:
        match prompt:
            case ToConnect(seat=seat):
                self._connects(side, seat)
            case Join():
                self._talk(side)
            case End():
                self.driver.later(2, lambda: self._hangs_up(side))
            case Ask():
                self._presses(side)
            case _:
                raise AssertionError(f"A script of the morning answered {prompt}.")

    def _presses(self, side: Side) -> None:
        later = self.driver.later
        match self.driver.town.presses(side.who, side.place.phase):
            case Press.HANGS_UP:
                later(3, lambda: self._hangs_up(side))
            case Press.HANGS_UP_AND_KEY_IS_LATE:
                later(3, lambda: self._hangs_up(side))
                later(60, lambda: self._late_key(side))
            case Press.SILENCE:
                later(SECONDS_OF_SILENCE, lambda: self._hears(side, Silence()))
            case Press() as digit:
                later(SECONDS_TO_PRESS, lambda: self._key(side, digit))

    def _key(self, side: Side, digit: Press) -> None:
        if not side.is_over:
            self._is_heard(side)
            self._hears(side, Key(digit.value))

    def _late_key(self, side: Side) -> None:
        """The key was pressed before the line went off, and its request arrives after that: it counts all the same."""
        self._is_heard(side)
        self._turn(side, Key("1"))

    def _is_heard(self, side: Side) -> None:
        """Somebody at this end pressed a key: whoever was asked, to judge by later who may be called well."""
        housemate = self.view(side).housemate if side.place.phase == "mate" else None
        self.driver.heard_from.add(side.who if housemate is None else housemate.seat)

    def _hangs_up(self, side: Side) -> None:
        if side.parent is None:
            self._ends(side, "completed")
        elif not side.is_over:
            self._frees(side)
            parent = side.parent
            self.driver.later(1, lambda: self._hears(parent, TalkOver()))

    def _connects(self, side: Side, seat: int) -> None:
        """Ring the other side, as `services.calls.connect` does."""
        driver, now = self.driver, self.driver.morning
        lines = now.volunteer.lines if seat == VOLUNTEER else now.member(seat).lines
        line = ""
        if lines:
            line = lines[0] if seat == VOLUNTEER else decisions.line_to_try(now.member(seat))
        if not line or line in self.in_use:
            self._says(side, self._line_is_in_use(side))
            return
        other = Side(side.leg, seat, line, parent=side)
        side.dialled = self.in_use[line] = other
        driver.note_try(seat, line, side.leg.role, caller=side.who)
        match driver.town.answers(seat, driver.now):
            case Answer.PICKS_UP:
                driver.later(SECONDS_TO_ANSWER, lambda: self._hears(other, Answered()))
            case Answer.NO_ANSWER:
                driver.later(SECONDS_WITHOUT_ANSWER, lambda: self._hears(side, TalkOver()))
            case Answer.BUSY:
                driver.later(2, lambda: self._hears(side, TalkOver(was_busy=True)))
            case Answer.NOT_PLACED:
                driver.later(1, lambda: self._hears(side, TalkOver()))
        if not driver.town.waits(side.who):
            driver.later(6, lambda: self._gives_up_waiting(side, other))

    def _gives_up_waiting(self, side: Side, other: Side) -> None:
        """The caller hangs up while the other line rings. The carrier may ask what is next all the same."""
        if side.is_over or side.dialled is not other:
            return
        asks_after = self.driver.town.asks_after_hangup()
        self._ends(side, "completed")
        if asks_after is not None:
            self.driver.later(asks_after, lambda: self._asks_too_late(side))

    def _asks_too_late(self, side: Side) -> None:
        """The answer is heard by nobody; what came to light with the question is taken in."""
        self._turn(side, TalkOver())

    def _line_is_in_use(self, side: Side) -> Prompt | ToConnect:
        if side.leg.role is not Role.CALLER:
            return End(say("no_volunteer", "nl"))
        return self._settle(side, self._scripts[0](self.view(side), Place("dialling"), TalkOver(was_busy=True)))

    def _talk(self, side: Side) -> None:
        parent = side.parent
        assert parent is not None
        ends, seconds = self.driver.town.talks(side.who)
        if ends is TalkEnds.CALLER_HANGS_UP:
            self.driver.later(seconds, lambda: self._hangs_up(parent))
        else:
            self.driver.later(seconds, lambda: self._hears(parent, TalkOver()))

    # What `services.conversing` tells the scripts.

    def view(self, side: Side) -> CallView:
        """What the script of this call may know."""
        leg, current = side.leg, self.driver.morning
        target = leg.target if side.parent is None or leg.role is not Role.CALLER else side.who
        return CallView(
            circle="Vijverhof",
            language="nl",
            caller=None if leg.caller is None else named(leg.caller),
            target=named(target),
            next_up=self._next_up(leg, current),
            target_proven=_target_proven(current, leg),
            housemate=_housemate(current, side.line, target),
            summary=_summary(current),
            gather_seconds=current.policy.gather_seconds,
            leg_minutes=current.policy.leg_minutes,
            target_is_away=target != VOLUNTEER and current.member(target).standing is Standing.EXCUSED,
        )

    def _next_up(self, leg: Leg, current: Morning) -> Named | None:
        if leg.role is not Role.CALLER or current.closed:
            return None
        following = decisions.next_target(morning.reached(current, leg.target))
        if following is None or following in (leg.caller, leg.target):
            return None
        if following == VOLUNTEER:
            return named(VOLUNTEER) if current.volunteer.lines and leg.caller != VOLUNTEER else None
        own = set(current.member(leg.caller).lines if leg.caller else current.volunteer.lines)
        return None if own & set(current.member(following).lines) else named(following)


def named(key: int) -> Named:
    """How somebody is spoken of here."""
    return Named(key, "de vrijwilliger" if key == VOLUNTEER else f"mevrouw {key}")


def _target_proven(current: Morning, leg: Leg) -> bool:
    if leg.target == VOLUNTEER:
        return bool(current.volunteer.received)
    member = current.member(leg.target)
    return member.standing in (Standing.WELL, Standing.INCIDENT) and member.in_chain


def _housemate(current: Morning, line: str, target: int) -> Named | None:
    for member in current.members:
        if member.key != target and member.standing is Standing.EXPECTED and line in member.lines:
            return named(member.key)
    return None


def _summary(current: Morning) -> str:
    def names(standing: Standing) -> list[str]:
        return [named(member.key).name for member in current.members if member.standing is standing]

    return summary(unheard=names(Standing.EXPECTED), cases=names(Standing.INCIDENT), language="nl")
