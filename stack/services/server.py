"""What the two servers have in common."""

from abc import abstractmethod
from pathlib import Path
from typing import ClassVar

from stack.children import Child
from stack.errors import StackError
from stack.locks import DirectoryLock
from stack.started import Started


class Server(Started):
    """A server process that belongs to one directory.

    `stop` and `kill` may be called from another thread while `start` waits; `start` then raises StackError.
    """

    name: ClassVar[str]
    _grace: ClassVar[float]

    def __init__(self, directory: Path, *, log: Path | None = None) -> None:
        """Keep settings, pid record and (unless `log` says otherwise) the log in `directory`.

        Nothing is started, and nothing is written yet.
        """
        self._directory = directory.absolute()
        self._log = log or self._directory / f"{self.name}.log"
        self._lock = DirectoryLock(self._directory, what=f"The {self.name} server")
        self._child: Child | None = None
        self._wanted = False

    @property
    @abstractmethod
    def url(self) -> str:
        """Where clients find the server; the same until the object is thrown away."""

    @abstractmethod
    def _bring_up(self) -> None:
        """Start the process and return when it answers, or raise StackError."""

    def start(self) -> None:
        """Start the server and return when it answers.

        An orphan of a killed run in the same directory is stopped first. Raises StackError, with the
        last lines of the log, when the server does not come up.
        """
        self._lock.take()
        self._wanted = True
        self._bring_up()

    def ask_to_stop(self) -> None:
        """Send the stop signal and return; a start under way is given up."""
        self._wanted = False
        if self._child is not None:
            self._child.ask_to_end()

    def stop(self) -> None:
        """Stop the server and return when it is gone; one that does not run is not an error."""
        self._wanted = False
        if self._child is not None:
            self._child.end(grace=self._grace)
        self._lock.release()

    def kill(self) -> None:
        """SIGKILL the server, as a failing machine would; `start` brings it back at the same URL."""
        self._wanted = False
        if self._child is not None:
            self._child.kill()

    @property
    def pid(self) -> int | None:
        """The pid of the running server, else None."""
        return None if self._child is None else self._child.pid

    def how_it_ended(self) -> str:
        """Say in a few words how the last run ended."""
        return f"'{self.name}' was not started" if self._child is None else self._child.how_it_ended()

    @property
    def log(self) -> Path:
        """The file with the server's output."""
        return self._log

    def last_lines(self) -> str:
        """The end of that file, indented."""
        return "" if self._child is None else self._child.last_lines()

    def _refuse(self, what: str, child: Child) -> StackError:
        return StackError(f"{what}. The end of {self._log}:\n{child.last_lines()}")
