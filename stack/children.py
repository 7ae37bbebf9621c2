"""One child process: started, watched, ended, and never left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from stack.errors import StackError
from stack.records import PidRecord, signal_group

_LAUNCH = Path(__file__).with_name("launch.py")
_POLL_SECONDS = 0.02

# The kernel sends the death signal when the *thread* that forked ends, so every child is forked by one
# thread that lives as long as this process.
_forker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="forker")


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The unprivileged user that a child runs as when we are root."""

    uid: int
    gid: int


class Child:
    """A process in a session of its own, with its output in a file and its pid on record.

    Safe to end from another thread than the one that starts it, and safe against an exception
    (Ctrl-C) between the two: once `end` or `kill` was called, a start that was under way starts nothing.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        log: Path,
        record: Path,
        errors: Path | None = None,
        identity: Identity | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Describe the process; nothing is started. `stop_signal` is how it is asked to end.

        What it says on stderr goes to `errors`, or else to the log with the rest.
        """
        self.name = name
        self.argv = list(argv)
        self.log = log
        self._env = dict(env)
        self._cwd = cwd
        self._errors = errors or log
        self._record = PidRecord(record)
        self._identity = identity
        self._stop_signal = stop_signal
        self._lock = threading.Lock()
        self._wanted = False
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The pid of the running process, else None."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    @property
    def exit_status(self) -> int | None:
        """The exit status of the last run (negative: the signal that ended it); None while it runs."""
        process = self._process
        return None if process is None else process.poll()

    def end_orphan(self, *, grace: float = 5.0) -> bool:
        """End the process that a killed predecessor of ours left behind; say whether there was one."""
        return self._record.end(ask_with=self._stop_signal, grace=grace)

    def spawn(self) -> None:
        """Start the process, unless it runs. Returns at once; readiness is for the caller to ask.

        Raises StackError when the operating system refuses to start a process.
        """
        self._wanted = True
        try:
            _forker.submit(self._fork).result()
        except OSError as error:
            message = f"{self.name} could not be started: {error.strerror}. Log: {self.log}"
            raise StackError(message) from error

    def _fork(self) -> None:
        with self._lock:
            if not self._wanted or self.pid is not None:
                return
            self.log.parent.mkdir(parents=True, exist_ok=True)
            who = (str(self._identity.uid), str(self._identity.gid)) if self._identity else ("-", "-")
            tie = [
                sys.executable,
                "-I",
                "-S",
                str(_LAUNCH),
                str(os.getpid()),
                str(int(self._stop_signal)),
                *who,
            ]
            with self.log.open("ab") as output, self._errors.open("ab") as errors:
                self._process = subprocess.Popen(
                    [*tie, *self.argv],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=errors,
                    env=self._env,
                    cwd=self._cwd,
                    start_new_session=True,
                )
            self._record.write(self._process.pid)

    def ask_to_end(self) -> None:
        """Send the stop signal and return; `end` waits."""
        self._wanted = False
        with self._lock:
            pid = self.pid
            if pid is not None:
                signal_group(pid, self._stop_signal)

    def end(self, *, grace: float) -> None:
        """Ask the process to end, insist after `grace` seconds, and take its whole group with it."""
        self.ask_to_end()
        self.wait(grace)
        self.kill()

    def kill(self) -> None:
        """SIGKILL the process and its group, and wait until they are gone."""
        self._wanted = False
        with self._lock:
            process = self._process
            if process is None:
                return
            # Also when the leader has ended: its own children may live on in its group, and while
            # they do, the kernel gives the number to nobody else.
            signal_group(process.pid, signal.SIGKILL)
            process.wait()
            self._record.forget()

    def wait(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds for the process to end; say whether it has."""
        deadline = time.monotonic() + timeout
        while self.pid is not None:
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_SECONDS)
        return True

    def how_it_ended(self) -> str:
        """Say in a few words how the last run ended."""
        status = self.exit_status
        if status is None:
            how = "is not running"
        elif status < 0:
            how = f"was ended by {signal.Signals(-status).name}"
        else:
            how = f"ended by itself with exit status {status}"
        return f"'{self.name}' {how}"

    def last_lines(self, count: int = 12) -> str:
        """Return the end of the log, indented for use in a message."""
        try:
            lines = self.log.read_text(errors="replace").splitlines()[-count:]
        except FileNotFoundError:
            lines = []
        return "\n".join(f"    {line}" for line in lines) or "    (the log is empty)"
