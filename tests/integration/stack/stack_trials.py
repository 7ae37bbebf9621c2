"""Helpers of these tests: a checkout with a stand-in product, and `make run` in it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from stack.settings import ROOT, without_settings
from tests.support.waiting import eventually

STANDIN = Path(__file__).with_name("standin")


def make_checkout(directory: Path) -> Path:
    """Copy `stack/` and the stand-in product to a new directory, closed to others as root's home is."""
    directory.mkdir(mode=0o700)
    shutil.copytree(STANDIN, directory, dirs_exist_ok=True)
    shutil.copytree(ROOT / "stack", directory / "stack")
    return directory


def processes_of(directory: Path) -> list[str]:
    """Return the command lines of all processes that work for a checkout, but for its own supervisor."""
    places = [str(directory)]
    for place in directory.glob(".run/**/place.json"):
        places.append(place.read_text().strip('"'))
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            cwd = str((process / "cwd").readlink())
        except OSError:
            continue
        if command and "-m stack" not in command and any(place in command + cwd for place in places):
            found.append(command)
    return found


class Running:
    """`python -m stack run` in a checkout, as a person sees it."""

    def __init__(self, checkout: Path, *, output: str = "output.txt") -> None:
        self.checkout = checkout
        self.output = checkout / output
        # Not through PATH and without the servers that this test run itself uses.
        environment = without_settings(os.environ)
        with self.output.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "stack", "run"],
                cwd=checkout,
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def text(self) -> str:
        """What was printed so far."""
        return self.output.read_text()

    def wait_until_running(self) -> None:
        """Return when it says that it runs; fail when it ends instead."""
        eventually(
            lambda: "Rondje is running" in self.text or self.process.poll() is not None,
            "it says that it runs",
            within=60,
        )
        assert self.process.poll() is None, self.text

    @property
    def url(self) -> str:
        """The address that was printed."""
        found = re.search(r"Look +(\S+)", self.text)
        assert found, self.text
        return found[1]

    def page(self) -> str:
        """Fetch the first page."""
        with urllib.request.urlopen(self.url, timeout=5) as response:
            return response.read().decode()

    def signal(self, number: signal.Signals) -> None:
        """Signal the supervisor only: its children are in sessions of their own, as with Ctrl-C."""
        self.process.send_signal(number)

    def end(self) -> None:
        """Stop it if it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(60)
