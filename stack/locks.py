"""A directory is used by one stack at a time."""

import fcntl
import os
import time
from pathlib import Path
from typing import IO

from stack.errors import StackError

_STOPPING = "stopping"
_STOPPING_SECONDS = 30.0
# Somebody who was told to stop an instant ago has not yet announced it.
_RUNNING_SECONDS = 1.0
_POLL_SECONDS = 0.05


class DirectoryLock:
    """An advisory lock on a directory; the kernel lets go of it when the holder dies, however it dies."""

    def __init__(self, directory: Path, *, what: str) -> None:
        """`what` names the thing that is locked, for the message to whoever comes second."""
        self._path = directory / "lock"
        self._what = what
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock, or raise StackError naming the process that has it.

        A holder that is on its way out is waited for, at most half a minute.
        """
        if self._file is not None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+")
        started = time.monotonic()
        while not _try_lock(file):
            file.seek(0)
            holder, _, doing = file.read().partition(" ")
            patience = _STOPPING_SECONDS if doing == _STOPPING else _RUNNING_SECONDS
            if time.monotonic() - started > patience:
                file.close()
                message = (
                    f"{self._what} in {self._path.parent} is in use by process {holder or 'unknown'}. "
                    "Stop that one first."
                )
                raise StackError(message)
            time.sleep(_POLL_SECONDS)
        self._file = file
        self._say(f"{os.getpid()}")

    def announce_end(self) -> None:
        """Let who comes next know that it pays to wait."""
        if self._file is not None:
            self._say(f"{os.getpid()} {_STOPPING}")

    def _say(self, text: str) -> None:
        assert self._file is not None
        self._file.truncate(0)
        self._file.write(text)
        self._file.flush()

    def release(self) -> None:
        """Let go; a lock that was not taken is not an error."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
