"""Makes the virtual environment that everything else runs in.

`python3 -m stack.bootstrap run` installs what `make run` needs, `… dev` adds what tests and checks need, `… bench` what
measurements compare with. Standard library only, and parsable by older Pythons, because nothing is installed yet and
the python3 of the machine may be too old: then a newer one on the PATH is used, or a sentence says so.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import IO, Any, NoReturn

MINIMUM = (3, 11)
_NEWER = ("python3.11", "python3.12", "python3.13", "python3.14")
# Which locks make a profile complete: dev.txt holds everything that run.txt holds, bench.txt what dev.txt holds.
_SATISFIED_BY = {"run": ("run", "dev", "bench"), "dev": ("dev", "bench"), "bench": ("bench",)}
_PLAIN_EVERY_SECONDS = 3.0
_SHOWN_LINES = 15


class BootstrapError(Exception):
    """The environment could not be made; the message says why and what to do."""


class Checkout:
    """The files that matter here."""

    def __init__(self, root: Path) -> None:
        """`root` is the directory with the Makefile."""
        self.root = root
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self.stamp = self.venv / "rondje-installed.json"
        self.lock = root / ".run" / "bootstrap.lock"

    def requirements(self, profile: str) -> Path:
        """Return the hash-locked requirements of a profile."""
        return self.root / "requirements" / f"{profile}.txt"

    def digest(self, profile: str) -> str:
        """Return the hash of the lock of a profile."""
        return hashlib.sha256(self.requirements(profile).read_bytes()).hexdigest()


def read_stamp(checkout: Checkout) -> dict[str, Any] | None:
    """Return what was written about the environment; None when we wrote nothing legible."""
    try:
        stamp = json.loads(checkout.stamp.read_text())
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) else None


def is_complete(checkout: Checkout, profile: str) -> bool:
    """Say whether the environment holds what the lock of this profile asks for now."""
    stamp = read_stamp(checkout)
    if stamp is None or not _is_usable(checkout, stamp):
        return False
    installed = stamp.get("locks", {})
    candidates = [lock for lock in _SATISFIED_BY[profile] if lock in installed]
    return any(installed[lock] == checkout.digest(lock) for lock in candidates)


def _is_usable(checkout: Checkout, stamp: dict[str, Any]) -> bool:
    # A moved checkout has scripts that point to where it was; a Python that was replaced by the next
    # minor version does not see the packages of the old one.
    return (
        not stamp.get("under_way")
        and stamp.get("path") == str(checkout.venv)
        and stamp.get("python") == os.path.realpath(checkout.python)
        and checkout.python.exists()
    )


def _write_stamp(checkout: Checkout, *, locks: dict[str, str], under_way: bool) -> None:
    facts = {
        "path": str(checkout.venv),
        "python": os.path.realpath(checkout.python),
        "locks": locks,
        "under_way": under_way,
    }
    fresh = checkout.stamp.with_suffix(".new")
    fresh.write_text(json.dumps(facts))
    fresh.replace(checkout.stamp)


def bootstrap(checkout: Checkout, profile: str) -> None:
    """Make the environment complete for `profile`; a complete one is left alone.

    An environment whose installation was interrupted is made anew. Raises BootstrapError.
    """
    if is_complete(checkout, profile):
        return
    with _sole_installer(checkout) as lock:
        if is_complete(checkout, profile):
            return
        if not _can_be_upgraded(checkout):
            _make_venv(checkout)
        stamp = read_stamp(checkout) or {}
        locks = dict(stamp.get("locks", {}))
        _write_stamp(checkout, locks=locks, under_way=True)
        _install(checkout, profile, lock)
        locks[profile] = checkout.digest(profile)
        _write_stamp(checkout, locks=locks, under_way=False)


def _sole_installer(checkout: Checkout) -> IO[str]:
    checkout.lock.parent.mkdir(exist_ok=True)
    lock = checkout.lock.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another installation is under way in this directory; waiting for it.")
        fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def _can_be_upgraded(checkout: Checkout) -> bool:
    stamp = read_stamp(checkout)
    if stamp is not None:
        return _is_usable(checkout, stamp)
    if not checkout.python.exists():
        return False
    # Made by somebody's own hand: theirs to keep, if it can hold the packages.
    question = f"import sys, pip; sys.exit(sys.version_info < {MINIMUM})"
    answer = subprocess.run([str(checkout.python), "-c", question], capture_output=True, check=False)
    return answer.returncode == 0


def _make_venv(checkout: Checkout) -> None:
    if checkout.venv.exists():
        say("The environment in .venv is incomplete or from elsewhere; making it anew.")
        shutil.rmtree(checkout.venv)
    say(f"Making a virtual environment with Python {sys.version_info.major}.{sys.version_info.minor} in .venv")
    checkout.venv.mkdir()
    # First of all, so that an interruption from here on is noticed.
    _write_stamp(checkout, locks={}, under_way=True)
    result = subprocess.run(
        [sys.executable, "-m", "venv", str(checkout.venv)], capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        shutil.rmtree(checkout.venv, ignore_errors=True)
        output = (result.stdout + result.stderr).strip()
        if "ensurepip" in output or "No module named venv" in output:
            name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            message = (
                "This Python cannot make virtual environments: its venv module is not installed. "
                f"On Debian or Ubuntu: apt install python3-venv (or {name}). Then try again."
            )
            raise BootstrapError(message)
        message = f"The virtual environment could not be made:\n{_tail(output.splitlines())}"
        raise BootstrapError(message)


def _install(checkout: Checkout, profile: str, lock: IO[str]) -> None:
    requirements = checkout.requirements(profile)
    started = time.monotonic()
    # PYTHON… variables and a user's own packages stay out of it (-I, --no-user); how pip reaches its
    # index is this machine's configuration.
    command = [str(checkout.python), "-I", "-m", "pip", "install", "--require-hashes", "--no-user"]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    command += ["--requirement", str(requirements)]
    progress = Progress(expected=count_requirements(requirements.read_text()))
    # pip keeps the lock as long as it lives, also when we are killed: two never write to one environment.
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=checkout.root,
        pass_fds=[lock.fileno()],
    ) as pip:
        assert pip.stdout is not None
        try:
            for line in pip.stdout:
                progress.read(line)
        except BaseException:
            pip.terminate()
            raise
    progress.finish()
    if pip.returncode != 0:
        message = (
            f"The packages in requirements/{requirements.name} could not be installed. pip said:\n"
            f"{_tail(list(progress.last_lines))}\n"
            "When that is about the network, check the connection (and pip's own settings: pip config list), "
            "then try again."
        )
        raise BootstrapError(message)
    say(f"Installed {progress.seen} packages in {time.monotonic() - started:.0f} s.")


def count_requirements(text: str) -> int:
    """Count the packages in the text of a requirements file."""
    return sum(1 for line in text.splitlines() if line[:1].isalnum())


class Progress:
    """Tells how far pip is, from what pip prints."""

    def __init__(self, *, expected: int) -> None:
        """`expected` is the number of packages in the lock."""
        self.expected = expected
        self.seen = 0
        self.last_lines: deque[str] = deque(maxlen=_SHOWN_LINES)
        self._terminal = sys.stdout.isatty()
        self._said_at = 0.0
        self._width = 0

    def read(self, line: str) -> None:
        """Take one line of pip's output into account."""
        line = line.strip()
        self.last_lines.append(line)
        words = line.split()
        if line.startswith(("Collecting ", "Processing ", "Requirement already satisfied: ")):
            self.seen += 1
            name = words[3] if words[0] == "Requirement" else words[1]
            if words[0] == "Processing":  # a file that pip found nearby
                name = Path(name).name.partition("-")[0]
            self._show(f"Package {self.seen} of {self.expected}: {name.partition('==')[0]}")
        elif line.startswith("Ignoring "):
            self.expected -= 1  # for another system than this one
        elif line.startswith("Installing collected packages"):
            self._said_at = 0.0
            self._show(f"Unpacking {self.seen} packages (the last step, half a minute or so)")

    def finish(self) -> None:
        """End the line that was being updated."""
        if self._terminal and self._width:
            print(flush=True)

    def _show(self, text: str) -> None:
        if self._terminal:
            print(f"\r{text.ljust(self._width)}", end="", flush=True)
            self._width = len(text)
        elif time.monotonic() - self._said_at >= _PLAIN_EVERY_SECONDS:
            say(text)
            self._said_at = time.monotonic()


def _tail(lines: list[str]) -> str:
    return "\n".join(f"    {line}" for line in lines[-_SHOWN_LINES:])


def say(text: str) -> None:
    """Print a line now, also into a pipe."""
    print(text, flush=True)


def require_new_enough_python() -> None:
    """Go on under a new enough Python: this one, or else the first on the PATH; or raise BootstrapError."""
    if sys.version_info >= MINIMUM:
        return
    for name in _NEWER:
        newer = shutil.which(name)
        if newer is not None:
            os.execv(newer, [newer, "-m", "stack.bootstrap", *sys.argv[1:]])  # noqa: S606
    message = (
        "Rondje needs Python {}.{} or newer, and this python3 is {}.{}. Install a newer one, "
        "or name it: make PYTHON=/where/it/is/python3".format(*MINIMUM, *sys.version_info[:2])
    )
    raise BootstrapError(message)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Run as a command; return the exit status."""
    if len(arguments) != 1 or arguments[0] not in _SATISFIED_BY:
        say("Usage: python3 -m stack.bootstrap run|dev|bench")
        return 2
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        require_new_enough_python()
        bootstrap(Checkout(Path(__file__).resolve().parent.parent), arguments[0])
    except BootstrapError as error:
        say(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted. The next 'make' starts the installation again.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
