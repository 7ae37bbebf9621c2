"""Plays one scenario in a town that is started for it, and says what became of it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import django
from django.db import Error as DatabaseFailure
from django.db import OperationalError, close_old_connections

from simulator import client
from stack.errors import StackError
from stack.scenario.deeds import Deeds, Impossible
from stack.scenario.expectations import Result
from stack.scenario.gathering import gather
from stack.scenario.happenings import in_product, in_town
from stack.scenario.model import Event, ProcessEvent, Scenario
from stack.scenario.moving_in import move_in
from stack.settings import ROOT
from stack.town import Town

if TYPE_CHECKING:
    from stack.scenario.product import Product

LOOK_EVERY = 0.25
"""Real seconds between two looks at what happens."""

REST_LASTS = 1.5
"""Real seconds that everything must have been at rest: between two looks at rest something may just be on its way."""

SLACK = 60.0
"""Real seconds of a clock that runs, beyond its length, after which a scenario is ended, whatever goes on."""


class Unplayable(Exception):
    """The product refused the scenario's town; the message says why."""


@dataclass
class _Seen:
    """What was read so far."""

    entry: int = 0
    news: int = 0
    journal: list[client.Entry] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)


def play(town: Town, scenario: Scenario, directory: Path, *, tell: Callable[[str], None]) -> Result:
    """Start `town`, play, and return what became of it; the town is the caller's to stop.

    `directory` is that of the scenario file, `tell` gets a line for each happening. Raises Unplayable and StackError.
    """
    tell(f"{scenario.name}: starting …")
    town.start()
    made = _set_up(town, scenario, directory)
    product = _open_product(town, scenario)
    carrier = client.Town(town.simulator_url)
    tell(f"{scenario.date:%d-%m-%Y}, {scenario.rate:g} scenario seconds to the second")
    try:
        move_in(carrier, scenario, made["people"], public_url=town.url)
        performance = _Performance(town, scenario, carrier, product, tell)
        performance.run()
        return performance.result()
    except client.TownAnswered as error:
        raise Unplayable(f"The simulated town refused: {error}") from error
    except (OSError, subprocess.TimeoutExpired, DatabaseFailure) as error:
        raise StackError(f"The scenario was broken off, because a part of it did not answer: {error}") from error


def _set_up(town: Town, scenario: Scenario, directory: Path) -> dict[str, Any]:
    """Make the organisation and its circle, on a clock that stands still. Returns its short name and its people."""
    request = {
        "setup": scenario.setup(directory).model_dump(mode="json"),
        "bus": scenario.bus.model_dump(mode="json") if scenario.bus else None,
        "resto": scenario.resto.model_dump(mode="json") if scenario.resto else None,
        "begin": scenario.starts_at.isoformat(),
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "set_up_scenario"],
        input=json.dumps(request),
        env=town.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode != 0:
        raise Unplayable(done.stderr.strip())
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return made


def _open_product(town: Town, scenario: Scenario) -> "Product":
    os.environ.clear()
    os.environ.update(town.environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "backend.config.settings"
    django.setup()
    from stack.scenario.product import Product  # noqa: PLC0415 - its models can be imported only now

    return Product(day=scenario.date)


class _Performance:
    """A scenario that is being played."""

    def __init__(
        self, town: Town, scenario: Scenario, carrier: client.Town, product: "Product", tell: Callable[[str], None]
    ) -> None:
        self._scenario = scenario
        self._town = town
        self._carrier = carrier
        self._product = product
        self._tell = tell
        self._deeds = Deeds(town, carrier, product, scenario)
        self._zone = ZoneInfo(scenario.organisation.timezone)
        self._seen = _Seen()
        self._stood_still = 0.0
        self._to_come = sorted(scenario.events, key=lambda event: scenario.moment(event.at))

    def run(self) -> None:
        """Let the clock go until everything is at rest, or until the scenario's end."""
        scenario = self._scenario
        end = scenario.moment(scenario.until)
        longest = (end - scenario.starts_at).total_seconds() / scenario.rate + SLACK
        started = time.monotonic()
        rested_since: float | None = None
        self._set_rate(scenario.rate)
        while True:
            # The clock runs by itself: what it shows needs no database, which an event may have killed.
            now = datetime.fromtimestamp(self._carrier.clock()["now"], UTC)
            self._play_events(now)
            self._tell_what_happened(now)
            if now >= end:
                break
            if not self._is_at_rest():
                rested_since = None
            elif rested_since is None:
                rested_since = time.monotonic()
            elif time.monotonic() - rested_since >= REST_LASTS:
                break
            if time.monotonic() - started - self._stood_still > longest:
                self._seen.mishaps.append(f"Expected the scenario to end within {longest:.0f} seconds, but it did not.")
                break
            time.sleep(LOOK_EVERY)
        self._set_rate(0)
        self._tell_what_happened(now)

    def result(self) -> Result:
        """What became of it, by the product's own accounting and the carrier's own journal."""
        scenario = self._scenario
        day = scenario.date.isoformat()
        counted = self._town.manage(
            "tally", "--json", "--date", day, "--organisation", self._product.organisation, timeout=60
        )
        if counted.returncode not in (0, 1):
            message = f"The accounting failed (manage.py tally):\n{counted.stderr.strip()}"
            raise StackError(message)
        tally = json.loads(counted.stdout.splitlines()[-1])
        return gather(self._product, self._carrier, tally, self._seen.journal, self._seen.mishaps)

    def _set_rate(self, rate: float) -> None:
        """Both clocks at once: the town would follow the product's only at its next look."""
        self._carrier.request("PUT", "/town/clock", self._product.run_clock(rate))

    def _play_events(self, now: datetime) -> None:
        while self._to_come and self._scenario.moment(self._to_come[0].at) <= now:
            event: Event = self._to_come.pop(0)
            try:
                with self._clock_stopped_for(event):
                    self._say(now, f"*** {self._deeds.carry_out(event)}")
            except Impossible as error:
                self._seen.mishaps.append(str(error))
                self._say(now, f"*** {error}")

    @contextmanager
    def _clock_stopped_for(self, event: Event) -> Iterator[None]:
        """What is started is at work at once, by the clock: how long this machine takes for it is not in the story.

        While its database does not answer, the product cannot stop its clock: then time goes on.
        """
        if not (isinstance(event, ProcessEvent) and event.do in ("start", "restart")):
            yield
            return
        begun = time.time()
        try:
            self._set_rate(0)
        except OperationalError:
            close_old_connections()
            yield
            return
        yield
        self._town.wait_until_at_work(event.target, since=begun)
        self._set_rate(self._scenario.rate)
        self._stood_still += time.time() - begun

    def _tell_what_happened(self, now: datetime) -> None:
        lines: list[tuple[datetime, str]] = []
        for entry in self._carrier.journal(self._seen.entry):
            self._seen.entry = entry["n"]
            self._seen.journal.append(entry)
            if line := in_town(entry):
                lines.append((datetime.fromisoformat(entry["at"]), line))
        for one in self._product.news(self._seen.news):
            self._seen.news = one.number
            if line := in_product(one.kind, one.subject_id, one.payload):
                lines.append((min(one.at, now), line))
        for moment, line in sorted(lines, key=lambda pair: pair[0]):
            self._say(moment, line)

    def _is_at_rest(self) -> bool:
        if self._to_come or not self._product.is_at_rest():
            return False
        town = self._carrier.clock()
        return town["next_due"] is None and town["in_flight"] == 0

    def _say(self, moment: datetime, line: str) -> None:
        self._tell(f"{moment.astimezone(self._zone):%H:%M:%S}  {line}")
