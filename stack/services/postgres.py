"""A real Postgres on a private Unix socket, for one directory."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from stack.children import Child
from stack.errors import StackError
from stack.place import Place, find_place, remove_place, sweep_abandoned
from stack.services.server import Server

ROLE = "rondje"
DATABASE = "rondje"
_INIT_SECONDS = 120.0
# Recovery after a SIGKILL replays the log first; clients are told to wait.
_READY_SECONDS = 120.0
_POLL_SECONDS = 0.02

PRIVACY = {
    # A refused statement and its values hold names and telephone numbers: neither goes into the log.
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""What keeps personal data out of the log of Postgres; docker-compose.yml says the same."""

_SETTINGS = {
    **PRIVACY,
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "on",  # facts outlive a SIGKILL and a power cut
    "shared_buffers": "32MB",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
}

NOT_FOR_A_POWER_CUT = {"fsync": "off", "full_page_writes": "off"}
"""For data that are thrown away. They, too, outlive a SIGKILL of every process, but not the machine's own end."""


class Postgres(Server):
    """Starts, finds again and stops the Postgres of one directory.

    As root the data are outside the directory (see `stack.place`); `remove` takes them away.
    """

    name = "postgres"
    _grace = 20.0

    def __init__(self, directory: Path, *, log: Path | None = None, settings: Mapping[str, str] | None = None) -> None:
        """See Server. `settings` are those of Postgres in which this server differs from others."""
        super().__init__(directory, log=log)
        self._settings = {**_SETTINGS, **(settings or {})}
        self._place: Place | None = None

    @property
    def url(self) -> str:
        """DATABASE_URL for psycopg and django-environ: database and role `rondje`, over the socket.

        Raises StackError before the first start.
        """
        return self._url_of(DATABASE)

    def _url_of(self, database: str) -> str:
        if self._place is None:
            message = "Postgres has no address before it is started."
            raise StackError(message)
        return f"postgresql://{ROLE}@/{database}?host={quote(str(self._place.socket))}"

    def _bring_up(self) -> None:
        if self._place is None:
            sweep_abandoned()
            self._place = find_place(self._directory)
            self._server(self._place).end_orphan(grace=self._grace)
        if not self._place.data.exists():
            self._initialise(self._place)
        self._require_matching_version(self._place)
        self._run(self._place)
        self._require_database()

    def remove(self) -> None:
        """Stop the server and remove its data, also those outside the directory."""
        self.stop()
        remove_place(self._directory)
        for name in ("data", "socket"):
            shutil.rmtree(self._directory / name, ignore_errors=True)
        self._place = None

    def _process(self, place: Place, name: str, argv: Sequence[str]) -> Child:
        return Child(
            name,
            argv,
            # Translated messages would hide the one that is recognised below; PG… would redirect us.
            env={k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C", "TZ": "UTC"},
            cwd=place.socket,
            log=self._log,
            record=self._directory / f"{name}.pid.json",
            identity=place.identity,
            stop_signal=signal.SIGINT,  # a "fast shutdown"
        )

    def _server(self, place: Place) -> Child:
        settings = [part for key, value in self._settings.items() for part in ("-c", f"{key}={value}")]
        argv = [str(place.binaries / "postgres"), "-D", str(place.data), "-k", str(place.socket), *settings]
        return self._process(place, self.name, argv)

    def _initialise(self, place: Place) -> None:
        unfinished = place.data.with_name(f"{place.data.name}.unfinished")
        # UTF-8 rules for capitals where the system has them: a search for "élise" finds "Élise".
        for locale in ("C.UTF-8", "C"):
            if not self._wanted:
                break
            shutil.rmtree(unfinished, ignore_errors=True)
            argv = [str(place.binaries / "initdb"), "-D", str(unfinished), "-U", ROLE, "--auth=trust"]
            argv += ["--encoding=UTF8", f"--locale={locale}", "--lc-messages=C"]
            initdb = self._process(place, "initdb", argv)
            initdb.end_orphan()
            self._child = initdb
            initdb.spawn()
            try:
                finished = initdb.wait(_INIT_SECONDS)
            finally:
                initdb.kill()
            if finished and initdb.exit_status == 0:
                unfinished.rename(place.data)
                return
        message = f"Postgres could not make its data directory. The end of {self._log}:\n{initdb.last_lines()}"
        raise StackError(message)

    def _require_matching_version(self, place: Place) -> None:
        made_by = (place.data / "PG_VERSION").read_text().strip()
        answer = subprocess.run(
            [place.binaries / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=30
        )
        ours = answer.stdout.split()[-1].partition(".")[0]
        if made_by != ours:
            message = (
                f"The data in {place.data} were made by Postgres {made_by}, and this is Postgres {ours}. "
                f"'make clean' removes them, so that a new start makes new ones."
            )
            raise StackError(message)

    def _run(self, place: Place) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while True:
            child = self._child = self._server(place)
            child.spawn()
            if self._answers(child, deadline):
                return
            ended = child.exit_status is not None
            child.kill()
            # After a SIGKILL the backends of the old server need a moment to notice.
            predecessor_is_leaving = ended and "shared memory block" in child.last_lines(4)
            if not predecessor_is_leaving or not self._wanted or time.monotonic() > deadline:
                raise self._refuse("Postgres did not start", child)
            time.sleep(_POLL_SECONDS * 5)

    def _answers(self, child: Child, deadline: float) -> bool:
        while self._wanted and child.pid is not None and time.monotonic() < deadline:
            try:
                psycopg.connect(self._url_of("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(_POLL_SECONDS)
            else:
                return True
        return False

    def _require_database(self) -> None:
        with psycopg.connect(self._url_of("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if known is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
