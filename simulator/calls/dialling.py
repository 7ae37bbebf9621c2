"""The <Dial> verb with a number: ring somebody, let them prove themselves, join them to the caller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from simulator.calls.legs import CallbackTarget, Leg, ScriptSource
from simulator.calls.switchboard import Switchboard
from simulator.twiml import Dial, Number


class Scripts(Protocol):
    """Whoever plays scripts on legs."""

    async def screen(self, leg: Leg, source: ScriptSource) -> None:
        """Play the screening script on the callee's leg; afterwards the leg has ended, left, or may be joined."""

    def play_on(self, leg: Leg) -> None:
        """Let a leg that was redirected go its own way."""


@dataclass
class _Attempt:
    """One dialled leg, and whether it is ready to be joined."""

    leg: Leg
    ready: bool = False

    @property
    def is_off(self) -> bool:
        """It has ended, or was sent elsewhere by the API."""
        return self.leg.ended or self.leg.redirect is not None


async def dial(switchboard: Switchboard, caller: Leg, verb: Dial, target: Number, scripts: Scripts) -> Leg:
    """Carry a <Dial> through to its end; returns the dialled leg, which has ended or been sent elsewhere by then.

    Ends early when the caller hangs up or the call is redirected. `completed` on the dialled leg only
    says that somebody, or something, answered.
    """
    attempt = _Attempt(_new_leg(switchboard, caller, verb, target))
    switchboard.clock.spawn(_ring_and_screen(switchboard, attempt, verb, target, scripts), f"dial {attempt.leg.sid}")
    await switchboard.clock.wait_for(caller.signal, lambda: attempt.ready or attempt.is_off or _given_up(caller))
    if attempt.ready and not attempt.is_off and not _given_up(caller):
        await _talk(switchboard, caller, attempt, verb)
    if attempt.leg.answered and attempt.leg.redirect is not None:
        scripts.play_on(attempt.leg)
    else:
        switchboard.finish(attempt.leg, "canceled" if attempt.leg.answered_at is None else "completed")
    return attempt.leg


def _new_leg(switchboard: Switchboard, caller: Leg, verb: Dial, target: Number) -> Leg:
    callback = None
    if target.status_callback:
        callback = CallbackTarget(target.status_callback, target.status_callback_method, target.status_callback_events)
    leg = Leg(
        account_sid=caller.account_sid,
        sender=verb.caller_id or caller.shown_sender,
        to=target.number,
        direction="outbound-dial",
        created_at=switchboard.clock.now(),
        callback=callback,
        parent_sid=caller.sid,
        signal=caller.signal,
    )
    return switchboard.admit(leg)


async def _ring_and_screen(
    switchboard: Switchboard, attempt: _Attempt, verb: Dial, target: Number, scripts: Scripts
) -> None:
    leg = attempt.leg
    if leg.ended:
        return
    await switchboard.ring(leg, verb.timeout)
    if leg.answered and target.url:
        await scripts.screen(leg, ScriptSource(target.url, target.method))
    attempt.ready = leg.answered
    leg.signal.fire()


async def _talk(switchboard: Switchboard, caller: Leg, attempt: _Attempt, verb: Dial) -> None:
    clock, callee = switchboard.clock, attempt.leg
    if caller.answered_at is None:
        switchboard.answer(caller)
    caller.star_ends = verb.hangup_on_star
    caller.star_pressed = False
    caller.join(callee, clock.now(), as_caller=True)
    callee.join(caller, clock.now(), as_caller=False)
    await clock.wait_for(
        caller.signal,
        lambda: attempt.is_off or caller.star_pressed or _given_up(caller),
        seconds=verb.time_limit,
    )
    caller.part(clock.now())
    callee.part(clock.now())


def _given_up(caller: Leg) -> bool:
    return caller.ended or caller.redirect is not None
