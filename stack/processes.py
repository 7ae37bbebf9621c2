"""Keeps named processes alive, and leaves none behind."""

import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from stack.children import Child
from stack.errors import StackError

_LOOK_EVERY_SECONDS = 0.1
_FIRST_DELAY = 0.5
_LONGEST_DELAY = 30.0
# Who has run this long has recovered: the next death starts again with a short delay.
_RECOVERED_SECONDS = 60.0


class Part(Protocol):
    """Something that runs as a process: a server or a programme of ours.

    `stop` and `kill` may be called from another thread while `start` waits; `start` then gives up.
    """

    @property
    def name(self) -> str:
        """How people call it."""
        ...

    @property
    def pid(self) -> int | None:
        """Its pid while it runs."""
        ...

    def start(self) -> None:
        """Start it; raises StackError when that does not work."""
        ...

    def ask_to_stop(self) -> None:
        """Send its stop signal and return."""
        ...

    def stop(self) -> None:
        """Stop it, by force if need be, and return when it is gone."""
        ...

    def kill(self) -> None:
        """SIGKILL it and return when it is gone."""
        ...

    def how_it_ended(self) -> str:
        """Say in a few words how its last run ended."""
        ...

    @property
    def log(self) -> Path:
        """The file with its output."""
        ...

    def last_lines(self) -> str:
        """The end of that file, indented."""
        ...


class Program:
    """A programme of ours: an argv with its output in LOGS/NAME.log and its pid in RECORDS."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        logs: Path,
        records: Path,
        grace: float = 10.0,
    ) -> None:
        """Describe it; `grace` is the number of seconds between SIGTERM and SIGKILL."""
        self._name = name
        self._grace = grace
        self._child = Child(
            name,
            argv,
            env=env,
            cwd=cwd,
            log=logs / f"{name}.log",
            record=records / f"{name}.pid.json",
            stop_signal=signal.SIGTERM,
        )

    @property
    def name(self) -> str:
        """The name in messages and of the log file."""
        return self._name

    @property
    def pid(self) -> int | None:
        """The pid while it runs."""
        return self._child.pid

    def end_orphan(self) -> bool:
        """Stop the process that a killed predecessor left behind; say whether there was one."""
        return self._child.end_orphan()

    def start(self) -> None:
        """Start it and return at once."""
        self._child.spawn()

    def ask_to_stop(self) -> None:
        """Send SIGTERM and return."""
        self._child.ask_to_end()

    def stop(self) -> None:
        """SIGTERM, then SIGKILL after the grace period; return when its whole group is gone."""
        self._child.end(grace=self._grace)

    def kill(self) -> None:
        """SIGKILL it with its whole group."""
        self._child.kill()

    def how_it_ended(self) -> str:
        """Say in a few words how its last run ended."""
        return self._child.how_it_ended()

    @property
    def log(self) -> Path:
        """The file with its output."""
        return self._child.log

    def last_lines(self) -> str:
        """The end of that file, indented."""
        return self._child.last_lines()


@dataclass
class _Watched:
    part: Part
    wanted: bool = False
    deaths: int = 0
    started_at: float = 0.0
    again_at: float | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Supervisor:
    """Starts and stops parts by name, and starts again what dies by itself.

    What is stopped or killed *through* the supervisor stays down until it is started: a test that
    kills a worker decides when it comes back.
    """

    def __init__(self, *, tell: Callable[[str], None]) -> None:
        """`tell` gets one sentence for each unexpected death, from another thread."""
        self._tell = tell
        self._watched: dict[str, _Watched] = {}
        self._closing = threading.Event()
        self._watcher: threading.Thread | None = None

    def add(self, part: Part) -> None:
        """Take a part on, stopped."""
        self._watched[part.name] = _Watched(part)

    def __contains__(self, name: str) -> bool:
        return name in self._watched

    @property
    def names(self) -> list[str]:
        """The names of the parts, in the order of their starting."""
        return list(self._watched)

    def pid(self, name: str) -> int | None:
        """The pid of a part while it runs."""
        return self._of(name).part.pid

    def start(self, name: str) -> None:
        """Start a part and keep it running from now on. Raises StackError when it does not start."""
        watched = self._of(name)
        with watched.lock:
            watched.deaths = 0
            self._start(watched)
            watched.wanted = True

    def stop(self, name: str) -> None:
        """Stop a part and leave it stopped."""
        watched = self._of(name)
        self._leave_down(watched, watched.part.stop)

    def kill(self, name: str) -> None:
        """SIGKILL a part, as a failing machine would, and leave it down."""
        watched = self._of(name)
        self._leave_down(watched, watched.part.kill)

    def restart(self, name: str) -> None:
        """Stop a part, if it runs, and start it."""
        self.stop(name)
        self.start(name)

    def watch(self) -> None:
        """From now on start again what dies by itself."""
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._keep_alive, name="supervisor", daemon=True)
            self._watcher.start()

    def require_alive(self) -> None:
        """Raise StackError, with the end of its log, when a part that should run has ended."""
        for watched in self._watched.values():
            if watched.wanted and watched.part.pid is None:
                part = watched.part
                message = f"{part.how_it_ended()}. The end of {part.log}:\n{part.last_lines()}"
                raise StackError(message)

    def stop_all(self) -> None:
        """Stop everything, last started first, and return when nothing is left.

        All are asked at once, so that the grace periods run side by side.
        """
        self._closing.set()
        for watched in self._watched.values():
            watched.wanted = False
        last_first = list(reversed(self._watched.values()))
        for watched in last_first:
            watched.part.ask_to_stop()
        for watched in last_first:
            watched.part.stop()
        if self._watcher is not None:
            self._watcher.join()
            # The watcher may have been in the middle of a start; nobody starts anything after it.
            for watched in last_first:
                watched.part.stop()

    def _of(self, name: str) -> _Watched:
        try:
            return self._watched[name]
        except KeyError:
            message = f"There is no part called '{name}'. There are: {', '.join(self._watched)}."
            raise StackError(message) from None

    def _leave_down(self, watched: _Watched, end: Callable[[], None]) -> None:
        watched.wanted = False
        end()  # without the lock: this is what makes a start under way give up
        with watched.lock:
            watched.again_at = None
            end()

    def _start(self, watched: _Watched) -> None:
        watched.part.start()
        watched.again_at = None
        watched.started_at = time.monotonic()

    def _keep_alive(self) -> None:
        while not self._closing.wait(_LOOK_EVERY_SECONDS):
            for watched in self._watched.values():
                with watched.lock:
                    if watched.wanted and watched.part.pid is None:
                        self._revive(watched)

    def _revive(self, watched: _Watched) -> None:
        now = time.monotonic()
        if watched.again_at is None:
            if now - watched.started_at > _RECOVERED_SECONDS:
                watched.deaths = 0
            delay = min(_FIRST_DELAY * 2**watched.deaths, _LONGEST_DELAY)
            watched.deaths += 1
            watched.again_at = now + delay
            part = watched.part
            self._tell(f"{part.how_it_ended()}; starting it again in {delay:g} s. Its log: {part.log}")
        elif now >= watched.again_at:
            try:
                self._start(watched)
            except StackError as error:
                watched.again_at = None
                if watched.wanted:
                    self._tell(str(error))
