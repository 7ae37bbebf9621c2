"""A directory is used by one stack at a time."""

import fcntl
import os
from pathlib import Path
from typing import IO

from stack.errors import StackError


class DirectoryLock:
    """An advisory lock on a directory; the kernel lets go of it when the holder dies, however it dies."""

    def __init__(self, directory: Path, *, what: str) -> None:
        """`what` names the thing that is locked, for the message to whoever comes second."""
        self._path = directory / "lock"
        self._what = what
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock, or raise StackError naming the process that has it."""
        if self._file is not None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            message = f"{self._what} in {self._path.parent} is in use by process {holder}. Stop that one first."
            raise StackError(message) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let go; a lock that was not taken is not an error."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None
