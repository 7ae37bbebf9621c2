"""A person on the telephone: listens, thinks for a few seconds, presses a key, hangs up."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from simulator.calls.legs import Asked, Heard, Joined, Leg, Parted
from simulator.calls.switchboard import Switchboard
from simulator.residents.model import Answer, Between, Delay, Habit, Manners, Rule, Voicemail

VOICEMAIL_RECORDS = 60.0
"""Scenario seconds after its beep at which a voicemail hangs up by itself."""
GREETING = 8.0
"""Scenario seconds of a voicemail's greeting."""
PATIENCE = 10.0
"""Scenario seconds after which somebody whose `*` did nothing puts the receiver down."""


OFFERED = re.compile(r"(?:druk op|press) (?:de )?([0-9*#])", re.IGNORECASE)
"""The keys that a question names: who has one key for everything does not press it where it is not offered."""


class Occupied(Protocol):
    """Tells whether the person is on another telephone of theirs."""

    def __call__(self, leg: Leg) -> bool: ...


@dataclass
class _Plan:
    """Something the person is about to do."""

    at: float
    act: Callable[[], None]
    because: str = ""


@dataclass
class RuleUse:
    """How often each rule with `times` has been used; a resident keeps it from call to call."""

    counts: dict[int, int] = field(default_factory=dict)

    def spent(self, rule: Rule) -> bool:
        """True when the rule has been used as often as it may."""
        return rule.times is not None and self.counts.get(id(rule), 0) >= rule.times

    def use(self, rule: Rule) -> None:
        """Count one use."""
        self.counts[id(rule)] = self.counts.get(id(rule), 0) + 1


def seconds_of(delay: Delay, chance: random.Random) -> float:
    """A delay in scenario seconds; {between} is drawn from the resident's seed."""
    return chance.uniform(*delay.between) if isinstance(delay, Between) else float(delay)


async def take_part(
    *,
    switchboard: Switchboard,
    leg: Leg,
    habit: Habit,
    chance: random.Random,
    used: RuleUse,
    occupied: Occupied,
) -> None:
    """Play the person's part in a call that rings, until it ends or somebody takes it over by hand."""
    if habit == "voicemail" or isinstance(habit, Voicemail):
        after = 20.0 if isinstance(habit, str) else seconds_of(habit.voicemail.after, chance)
        await _voicemail(switchboard, leg, after)
    elif isinstance(habit, Answer) and not occupied(leg):
        await _wait(switchboard, leg, seconds_of(habit.pick_up, chance))
        if not leg.ended and not leg.by_hand:
            switchboard.pick_up(leg)
            await Conversation(switchboard, leg, habit, chance, used).hold()


async def _voicemail(switchboard: Switchboard, leg: Leg, after: float) -> None:
    await _wait(switchboard, leg, after)
    if leg.ended or leg.by_hand:
        return
    switchboard.pick_up(leg, by="voicemail", greeting="U spreekt met de voicemail. Spreek in na de piep.")
    await _wait(switchboard, leg, GREETING + VOICEMAIL_RECORDS)
    if not leg.ended and not leg.by_hand:
        switchboard.hang_up(leg)


async def _wait(switchboard: Switchboard, leg: Leg, seconds: float) -> None:
    await switchboard.clock.wait_for(leg.signal, lambda: leg.ended or leg.by_hand, seconds=seconds)


class Conversation:
    """One person's part in one call, from the moment they are on the line.

    A question heard makes a plan: which key, and when. The same question asked again keeps the plan (the
    person is still reaching for the key); another question replaces it. Rules are matched against all that
    was said since the last key.
    """

    def __init__(
        self, switchboard: Switchboard, leg: Leg, manners: Manners, chance: random.Random, used: RuleUse
    ) -> None:
        self._switchboard = switchboard
        self._clock = switchboard.clock
        self._leg = leg
        self._manners = manners
        self._chance = chance
        self._used = used
        self._listened = 0
        self._said: list[str] = []
        self._reply: _Plan | None = None
        self._goodbye: _Plan | None = None
        self._leave: _Plan | None = None
        if manners.hang_up_after is not None:
            self._leave = _Plan(self._clock.now() + self._seconds(manners.hang_up_after), self._hang_up)

    async def hold(self) -> None:
        """Take part until the call ends or somebody takes it over by hand."""
        leg = self._leg
        while not leg.ended and not leg.by_hand:
            self._listen()
            plans = [plan for plan in (self._reply, self._goodbye, self._leave) if plan is not None]
            nearest = min(plans, key=lambda plan: plan.at, default=None)
            if nearest is None or nearest.at > self._clock.now():
                wait = None if nearest is None else nearest.at - self._clock.now()
                if await self._clock.wait_for(leg.signal, self._something_new, seconds=wait):
                    continue
            if nearest is not None:
                nearest.act()

    def _something_new(self) -> bool:
        return self._leg.ended or self._leg.by_hand or len(self._leg.sounds) > self._listened

    def _listen(self) -> None:
        while self._listened < len(self._leg.sounds):
            sound = self._leg.sounds[self._listened]
            self._listened += 1
            match sound:
                case Heard(text, at):
                    self._said.append(text)
                    self._consider_leaving(at)
                case Asked(prompt, at):
                    self._consider(prompt, at)
                case Joined(as_caller, at, in_conference):
                    self._start_talk(at, as_caller, in_conference)
                case Parted():
                    self._goodbye = None
                    self._said.clear()

    def _matching(self, text: str) -> Rule | None:
        for rule in self._manners.on:
            if not self._used.spent(rule) and re.search(rule.hears, text, re.IGNORECASE):
                return rule
        return None

    def _consider_leaving(self, at: float) -> None:
        rule = self._matching(" ".join(self._said))
        if rule is None or not rule.hang_up:
            return
        self._used.use(rule)
        leave = _Plan(at + (0.0 if rule.after is None else self._seconds(rule.after)), self._hang_up)
        if self._leave is None or leave.at < self._leave.at:
            self._leave = leave

    def _consider(self, prompt: str, at: float) -> None:
        question = prompt or (self._said[-1] if self._said else "")
        if self._reply is not None and self._reply.because == question:
            return
        self._reply = None
        rule = self._matching(" ".join([*self._said, prompt]))
        keys = self._manners.press
        delay = self._manners.press_after
        offered = OFFERED.findall(question) or None
        if rule is not None:
            if rule.hang_up:
                self._said.append(prompt)
                self._consider_leaving(at)
                return
            keys = rule.press
            delay = delay if rule.after is None else rule.after
            self._used.use(rule)
            offered = None
        if keys is not None and (offered is None or keys in offered):
            pressed = keys
            self._reply = _Plan(at + self._seconds(delay), lambda: self._press(pressed), because=question)

    def _start_talk(self, at: float, as_caller: bool, in_conference: bool) -> None:
        self._reply = None
        self._said.clear()
        end = self._manners.end
        if end == "stay" or (end is None and in_conference and not as_caller):
            return
        ends_with_star = as_caller and end != "hang_up"
        act = self._press_star if ends_with_star else self._hang_up
        self._goodbye = _Plan(at + self._seconds(self._manners.talk), act)

    def _press(self, keys: str) -> None:
        self._reply = None
        self._said.clear()
        self._leg.press(keys)

    def _press_star(self) -> None:
        self._goodbye = _Plan(self._clock.now() + PATIENCE, self._hang_up)
        self._leg.press("*")

    def _hang_up(self) -> None:
        self._reply = self._goodbye = self._leave = None
        self._switchboard.hang_up(self._leg)

    def _seconds(self, delay: Delay) -> float:
        return seconds_of(delay, self._chance)
