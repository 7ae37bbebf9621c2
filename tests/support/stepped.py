"""Scenario files on a clock that stands still and is moved to whatever is due next: the same file, within seconds.

`make scenario` plays a file on real processes and a fast clock. Here the workers' functions are called in turn, so that
nothing depends on how busy the machine is. What a file does to processes and to the broker cannot be played like this.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from backend.events import clock
from backend.notifications.carriers import carrier
from backend.web.management.commands.set_up_scenario import Request, make
from backend.web.town import everybody_around
from stack.scenario.deeds import Deeds, Impossible
from stack.scenario.expectations import Result, failures
from stack.scenario.file import read
from stack.scenario.gathering import gather
from stack.scenario.model import BrokerEvent, FaultsEvent, ProcessEvent, Scenario
from stack.scenario.moving_in import move_in
from stack.scenario.product import Product
from tests.support.story import Story
from worker import planning

SECOND_SID, SECOND_TOKEN = "AC" + "0" * 24 + "0000002e", "simulator-of-the-second"


def can_be_stepped(file: Path) -> bool:
    """Whether a file leaves processes and broker alone."""
    return not any(isinstance(event, ProcessEvent | BrokerEvent) for event in read(file).events)


@dataclass
class Stepped(Story):
    """A scenario that is being played. See `Story` for the clock."""

    file: Path = Path()
    settings: Any = None
    """Those of pytest-django, which puts them back after the test."""
    mishaps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scenario: Scenario = read(self.file)
        self.begin = self.scenario.starts_at
        # The watchdog finds what the carrier's failures leave behind; elsewhere nothing is, and its looks take long.
        self.watched = any(isinstance(event, FaultsEvent) for event in self.scenario.events)
        self.watch_at = self.begin
        self.product = Product(day=self.scenario.date)

    def play(self) -> list[str]:
        """From the beginning until everything is at rest; every expectation that did not come true, as a sentence."""
        self.start()
        deeds = Deeds(None, self.town, self.product, self.scenario)
        for event in sorted(self.scenario.events, key=lambda event: self.scenario.moment(event.at)):
            self.run_to(self.scenario.moment(event.at))
            try:
                deeds.carry_out(event)
            except Impossible as error:
                self.mishaps.append(str(error))
        self.run_to(self.scenario.moment(self.scenario.until), unless=self._is_over)
        return failures(self.scenario.expect, self._result())

    def start(self) -> None:
        """The same town as `make scenario` makes."""
        self.town.reset()
        if self.scenario.second_account is not None:
            self.settings.TWILIO_ACCOUNT_SID_2, self.settings.TWILIO_AUTH_TOKEN_2 = SECOND_SID, SECOND_TOKEN
            self.settings.TWILIO_SENDER_2 = self.scenario.second_account
            self.settings.RONDJE_CARRIER_URL_2 = self.settings.RONDJE_CARRIER_URL
            self.town.add_account("second", SECOND_SID, SECOND_TOKEN)
            carrier.cache_clear()
        setup = self.scenario.setup(self.file.parent)
        self.circle = make(Request(setup=setup, bus=self.scenario.bus, resto=self.scenario.resto, begin=self.begin))
        self.organisation = self.circle.organisation
        people = everybody_around(self.circle)
        move_in(self.town, self.scenario, people, public_url=self.public_url)

    def move_to(self, moment: datetime) -> None:
        """Planners look again and again; here whenever time has gone on."""
        super().move_to(moment)
        planning.plan(clock.now())

    def _is_over(self) -> bool:
        return self.product.is_at_rest() and self.town.clock()["next_due"] is None

    def _result(self) -> Result:
        said = StringIO()
        day = self.scenario.date.isoformat()
        try:
            call_command("tally", "--json", "--date", day, "--organisation", self.product.organisation, stdout=said)
        except SystemExit as end:
            assert end.code == 1, "somebody is unaccounted for, which the accounting says itself"
        tally = json.loads(said.getvalue().splitlines()[-1])
        return gather(self.product, self.town, tally, self.town.journal(), self.mishaps)
