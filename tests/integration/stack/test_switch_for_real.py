"""The dead man's switch against processes that are really gone: the ping stops, says why in its log, and comes back.

A whole town of its own, with its own Postgres and Valkey. The switch looks every second here, not every minute, and
takes eight seconds without a sign of life for a standstill, not thirty.
"""

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from stack.processes import Program
from stack.settings import ROOT
from stack.town import Town
from tests.support.waiting import eventually

AN_ORGANISATION = """
from backend.people.models import Organisation
Organisation.objects.create(name="Welzijn Oost", slug="oost", phone="+31130001000", duty_phone="+31600001000")
"""
LONGEST = 60
"""Seconds within which a standstill is noticed, or the ping is back: bounds for a busy machine, not what is usual."""

pytestmark = pytest.mark.timeout(200)


class Outside:
    """Somebody who listens on another machine: counts the pings."""

    def __init__(self) -> None:
        self.pings = 0
        outside = self

        class Listener(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outside.pings += 1
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                """Quiet."""

        self._server = HTTPServer(("127.0.0.1", 0), Listener)
        self.url = f"http://127.0.0.1:{self._server.server_port}/ping"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Switch:
    """The process `worker.heartbeat` of a town, with somebody outside who hears it."""

    def __init__(self, town: Town, directory: Path) -> None:
        self.outside = Outside()
        options = ["--every", "1", "--stale-after", "8"]
        self._program = Program(
            "switch",
            [sys.executable, "-m", "worker.heartbeat", *options],
            env=town.environment | {"RONDJE_PING_URL": self.outside.url},
            cwd=ROOT,
            logs=directory,
            records=directory,
        )
        self._program.start()

    def complaints(self, words: str) -> int:
        """How often it has said in its log that there is no ping, and why."""
        lines = self._program.log.read_text().splitlines()
        return sum("No ping: " in line and words in line for line in lines)

    def is_heard(self) -> None:
        """Return when one more ping has arrived."""
        before = self.outside.pings
        eventually(lambda: self.outside.pings > before, "a ping", within=LONGEST)

    def falls_silent(self, words: str) -> None:
        """Return when it has given this reason twice in a row, without a ping between."""
        said = self.complaints(words)
        eventually(lambda: self.complaints(words) > said, f"no ping, because {words}", within=LONGEST)
        pings, said = self.outside.pings, self.complaints(words)
        eventually(lambda: self.complaints(words) > said, f"still no ping, because {words}", within=LONGEST)
        assert self.outside.pings == pings

    def stop(self) -> None:
        self._program.stop()
        self.outside.close()


def prepare(town: Town) -> None:
    made = town.manage("shell", "-v", "0", "-c", AN_ORGANISATION)
    assert made.returncode == 0, made.stderr


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = Town(tmp_path_factory.mktemp("town"), prepare=prepare, tell=lambda _said: None)
    try:
        with town:
            town.stop_part("heartbeat")
            yield town
    finally:
        town.remove()


@pytest.fixture(scope="module")
def switch(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Switch]:
    switch = Switch(town, tmp_path_factory.mktemp("switch"))
    switch.is_heard()
    yield switch
    switch.stop()


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("postgres", "the database does not answer"),
        ("valkey", "the broker does not answer"),
        ("simulator", "the carrier does not answer as it should"),
        ("web", "nobody answers at our public address"),
        ("drain", "the drain loop stands still"),
        ("beat", "beat, broker or workers stand still"),
        ("worker-alarm", "the workers of the lane alarm stand still"),
    ],
)
def test_the_ping_stops_when_a_part_is_killed_and_comes_back_when_it_is_mended(
    town: Town, switch: Switch, part: str, words: str
) -> None:
    town.kill(part)
    switch.falls_silent(words)
    town.start_part(part)
    switch.is_heard()
