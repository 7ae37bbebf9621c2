"""The town: its residents, their telephones, and what they do by themselves during the day."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.calls.legs import Leg
from simulator.calls.switchboard import Line, Reception, Switchboard
from simulator.clock import Clock, Signal
from simulator.errors import TownError
from simulator.journal import Journal
from simulator.numbers import is_dutch_landline, shown_instead
from simulator.residents.behaviour import Conversation, RuleUse, seconds_of, take_part
from simulator.residents.browser import Browser
from simulator.residents.day import Day
from simulator.residents.model import Habit, Resident, RingIn, Sends, TextHabit, habit_name
from simulator.webhooks import Webhooks

LATEST = 300.0
"""Scenario seconds by which a ring-in or text may start late; a moment further back has passed."""

RING_IN_AGAIN = 30.0
"""Scenario seconds until somebody whose telephone was in use tries to ring in again."""
RING_IN_TRIES = 10

RingOut = Callable[[str, str, str | None], Leg]
"""Rings (from, to, what is shown instead of a number that is withheld): to one of the carrier's own numbers."""
SendText = Callable[[str, str, str], None]
"""Sends (from, to, body) to one of the carrier's own numbers."""


@dataclass
class Received:
    """A text on somebody's phone; `at` is scenario time (unix seconds)."""

    at: float
    sender: str
    body: str


@dataclass
class Inhabitant:
    """A resident and how far the day has come for them."""

    resident: Resident
    chance: random.Random
    calls_so_far: int = 0
    used: RuleUse = field(default_factory=RuleUse)

    @property
    def habit(self) -> Habit:
        """The habit for the next call; the last one repeats."""
        habits = self.resident.calls
        return habits[min(self.calls_so_far, len(habits) - 1)]


class Town:
    """Everyone behind the numbers. Satisfies `Subscribers` and `Recipients`."""

    def __init__(self, clock: Clock, journal: Journal, webhooks: Webhooks, seed: int) -> None:
        self._clock = clock
        self._journal = journal
        self._webhooks = webhooks
        self._seed = seed
        self._lines: dict[str, Line] = {}
        self._by_number: dict[str, Inhabitant] = {}
        self._texts: dict[str, list[Received]] = {}
        self._plans_changed = Signal()
        self._generation = 0
        self._done: set[int] = set()
        self.day = Day.around(clock.now())

    def connect(self, switchboard: Switchboard, ring_out: RingOut, send_text: SendText) -> None:
        """Give the town its way to the carrier; comes once, before anybody rings."""
        self._switchboard = switchboard
        self._ring_out = ring_out
        self._send_text = send_text

    def settle(self, residents: list[Resident]) -> None:
        """Replace the residents. Raises TownError when a name or a number is used twice."""
        names = [resident.name for resident in residents]
        phones = [phone for resident in residents for phone in resident.phones]
        for what, values in (("name", names), ("number", phones)):
            doubled = sorted({value for value in values if values.count(value) > 1})
            if doubled:
                raise TownError(
                    f"The {what} {doubled[0]} is used twice. People who share a line are one resident.",
                    422,
                )
        self._by_number = {}
        lines: dict[str, Line] = {}
        for resident in residents:
            inhabitant = Inhabitant(resident, random.Random(f"{self._seed}/{resident.name}"))  # noqa: S311
            for phone in resident.phones:
                self._by_number[phone] = inhabitant
                line = self._lines.get(phone) or Line(phone)
                line.call_waiting = resident.call_waiting
                lines[phone] = line
        self._lines = lines
        self._texts = {}
        self._done.clear()
        self._plan()

    def set_day(self, day: Day) -> None:
        """Fix what `at` is counted from; another date lets everyone's ring-ins and texts happen again."""
        if day.date != self.day.date:
            self._done.clear()
        self.day = day
        self._plan()

    @property
    def inhabitants(self) -> dict[str, Inhabitant]:
        """Who lives behind each number."""
        return self._by_number

    def texts_of(self, number: str) -> list[Received]:
        """The texts that this phone received."""
        return self._texts.get(number, [])

    def line(self, number: str) -> Line | None:
        """The line of a number; None when nobody has it."""
        return self._lines.get(number)

    def name_of(self, number: str) -> str | None:
        """The resident's name, for the journal."""
        inhabitant = self._by_number.get(number)
        return inhabitant.resident.name if inhabitant else None

    def receive(self, leg: Leg) -> Reception:
        """How this call is received; uses up one of the resident's habits."""
        inhabitant = self._by_number[leg.person]
        if self._on_another_phone(inhabitant, leg):
            return Reception("rings", lambda: None, "on another phone")
        habit = inhabitant.habit
        inhabitant.calls_so_far += 1
        if habit == "phone_off":
            return Reception("off", lambda: None)
        if habit == "busy":
            return Reception("busy", lambda: None)
        return Reception("rings", lambda: self._answer(leg, habit, inhabitant), habit_name(habit))

    def receive_text(self, number: str, sender: str, body: str) -> bool:
        """Hand a text to the phone; False when nobody has the number."""
        inhabitant = self._by_number.get(number)
        if inhabitant is None:
            return False
        self._texts.setdefault(number, []).append(Received(self._clock.now(), sender, body))
        resident = inhabitant.resident
        habit = next((one for one in resident.texts if re.search(one.hears, body, re.IGNORECASE)), None)
        facts = {"from": sender, "habit": "none" if habit is None else habit.hears}
        self._journal.write("text_received", number=number, resident=resident.name, text=body, **facts)
        if habit is not None:
            self._clock.spawn(self._react(inhabitant, number, sender, body, habit), "reacting to a text")
        return True

    def _answer(self, leg: Leg, habit: Habit, inhabitant: Inhabitant) -> None:
        part = take_part(
            switchboard=self._switchboard,
            leg=leg,
            habit=habit,
            chance=inhabitant.chance,
            used=inhabitant.used,
            occupied=lambda leg: self._on_another_phone(inhabitant, leg),
        )
        self._clock.spawn(part, f"answering {leg.sid}")

    def _on_another_phone(self, inhabitant: Inhabitant, leg: Leg) -> bool:
        others = (self._lines.get(phone) for phone in inhabitant.resident.phones)
        return any(line and line.leg and line.leg is not leg and line.leg.answered for line in others)

    async def _react(self, inhabitant: Inhabitant, number: str, sender: str, body: str, habit: TextHabit) -> None:
        await self._clock.sleep(seconds_of(habit.after, inhabitant.chance))
        if habit.reply is not None:
            try:
                self._send_text(number, sender, habit.reply)
            except TownError as error:
                self._journal.write("refused", resident=inhabitant.resident.name, number=number, text=error.message)
        if habit.visits:
            browser = Browser(self._clock, self._webhooks, self._switchboard.notes_for(number, None))
            await browser.follow(body, habit.visits)

    def _plan(self) -> None:
        self._generation += 1
        self._plans_changed.fire()
        for inhabitant in {id(one): one for one in self._by_number.values()}.values():
            events: list[RingIn | Sends] = [*inhabitant.resident.rings_in, *inhabitant.resident.sends]
            for event in events:
                if id(event) not in self._done:
                    self._clock.spawn(
                        self._happen(inhabitant, event, self._generation),
                        "plans for the day",
                    )

    async def _happen(self, inhabitant: Inhabitant, event: RingIn | Sends, generation: int) -> None:
        ahead = self.day.moment(event.at) - self._clock.now()
        name = inhabitant.resident.name
        number = inhabitant.resident.phones[0]
        if ahead < -LATEST:
            self._journal.write("refused", resident=name, number=number, text=f"the moment {event.at} had passed")
            return
        await self._clock.wait_for(self._plans_changed, lambda: generation != self._generation, seconds=max(ahead, 0))
        if generation != self._generation:
            return
        self._done.add(id(event))
        try:
            if isinstance(event, Sends):
                self._send_text(_texting_phone(inhabitant.resident), event.to, event.body)
            else:
                leg = await self._ring_when_free(number, event.to, shown_instead(event.withheld))
                await Conversation(self._switchboard, leg, event, inhabitant.chance, inhabitant.used).hold()
        except TownError as error:
            self._journal.write("refused", resident=name, number=number, text=error.message)

    async def _ring_when_free(self, number: str, to: str, withheld: str | None) -> Leg:
        """Ring in; somebody whose telephone is just ringing, or in use, tries again a little later."""
        for _ in range(RING_IN_TRIES - 1):
            line = self.line(number)
            if line is None or line.leg is None:
                break
            await self._clock.sleep(RING_IN_AGAIN)
        return self._ring_out(number, to, withheld)


def _texting_phone(resident: Resident) -> str:
    return next((phone for phone in resident.phones if not is_dutch_landline(phone)), resident.phones[0])
