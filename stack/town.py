"""A whole Rondje in one directory: two servers, the product's processes and the carrier simulator."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from stack.children import Child
from stack.errors import StackError
from stack.locks import DirectoryLock
from stack.ports import LOOPBACK, PortClaim, is_free
from stack.processes import Program, Supervisor
from stack.readiness import answers, seen_at_work, unproven
from stack.records import end_recorded
from stack.services import Postgres, Valkey
from stack.settings import ROOT, town_environment
from stack.started import Started

WEB_PORT = 8000
SIMULATOR_PORT = 8100
_READY_SECONDS = 90.0
_MANAGE_SECONDS = 300.0
_POLL_SECONDS = 0.05
_LOOK_AGAIN_SECONDS = 0.5  # each look costs the town a page, while all its parts are starting
_PORT_ATTEMPTS = 3


class Town(Started):
    """Starts, stops and kills the processes of one Rondje, by name.

    The names: `postgres`, `valkey`, `web`, `simulator`, `worker-alarm` (lanes alarm and live),
    `worker-notice` (notice and bulk), `drain`, `heartbeat`, `beat`. What dies by itself is started again; what is
    stopped or killed through this class stays down until it is started.
    """

    def __init__(
        self,
        directory: Path,
        *,
        database_url: str | None = None,
        redis_url: str | None = None,
        root: Path = ROOT,
        seed: int | None = None,
        second_number: str | None = None,
        prepare: "Callable[[Town], None] | None" = None,
        at_work_within: float = 30.0,
        tell: Callable[[str], None] = print,
    ) -> None:
        """Use `directory` for data, logs and pid records; nothing is started.

        With `database_url` or `redis_url` that server is used and none of ours is started for it.
        `root` is the checkout with the product. From `seed` the simulator draws what residents leave to chance.
        With `second_number` (E.164) the carrier has a second account for us, which sends from that number.
        `prepare` is called when the tables are made and nothing but the simulator works on them yet.
        `at_work_within` is how many seconds the workers may take at the start before people hear that they do.
        `tell` gets sentences for people: about a process that died, for example.
        """
        self.directory = directory.absolute()
        self.logs = self.directory / "logs"
        self._records = self.directory / "pids"
        self._database_url = database_url
        self._redis_url = redis_url
        self._lock = DirectoryLock(self.directory, what="Rondje")
        self._postgres = Postgres(self.directory / "postgres", log=self.logs / "postgres.log")
        self._valkey = Valkey(self.directory / "valkey", log=self.logs / "valkey.log")
        self._servers = Supervisor(tell=tell)
        if database_url is None:
            self._servers.add(self._postgres)
        if redis_url is None:
            self._servers.add(self._valkey)
        self._root = root
        self._seed = seed
        self._second_number = second_number
        self._prepare = prepare
        self._at_work_within = at_work_within
        self._tell = tell
        self._programs = Supervisor(tell=tell)
        self._ports: list[PortClaim] = []
        self._environment: dict[str, str] | None = None

    @property
    def database_url(self) -> str:
        """The DATABASE_URL of this town."""
        return self._database_url or self._postgres.url

    @property
    def redis_url(self) -> str:
        """The REDIS_URL of this town."""
        return self._redis_url or self._valkey.url

    @property
    def url(self) -> str:
        """The address of the web pages, without a slash at the end."""
        return self.environment["RONDJE_PUBLIC_URL"]

    @property
    def simulator_url(self) -> str:
        """The address of the carrier and of the town's telephones, without a slash at the end."""
        return self.environment["RONDJE_CARRIER_URL"]

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every process of the town. Raises StackError before the start."""
        if self._environment is None:
            message = "The town has no addresses before it is started."
            raise StackError(message)
        return self._environment

    def start(self) -> None:
        """Start everything and return when web and simulator answer and all else was seen at work.

        What a killed run left behind is ended first. Raises StackError when a process ends, or web or simulator does
        not answer in time; call `stop` then, too.
        """
        self._lock.take()
        end_recorded(self._records)
        for server in self._servers.names:
            self._servers.start(server)
        for attempt in range(1, _PORT_ATTEMPTS + 1):
            self._ports = [PortClaim(WEB_PORT), PortClaim(SIMULATOR_PORT)]
            web_port, simulator_port = (claim.port for claim in self._ports)
            self._plan(web_port, simulator_port)
            try:
                self._start_programs()
                break
            except StackError:
                self._programs.stop_all()
                self._release_ports()
                # Another programme may have taken a port between our look and the bind.
                if attempt == _PORT_ATTEMPTS or (is_free(web_port) and is_free(simulator_port)):
                    raise
        self._servers.watch()
        self._programs.watch()

    def stop(self) -> None:
        """Stop everything, programmes before servers, and return when no process is left."""
        self._lock.announce_end()
        self._programs.stop_all()
        self._servers.stop_all()
        self._release_ports()
        self._lock.release()

    def remove(self) -> None:
        """Stop everything and remove the data that Postgres keeps outside the directory."""
        self.stop()
        self._postgres.remove()

    def start_part(self, name: str) -> None:
        """Start one process that was stopped or killed; `wait_until_ready` waits for its answers."""
        self._holder_of(name).start(name)

    def stop_part(self, name: str) -> None:
        """Stop one process in its own time and leave it down."""
        self._holder_of(name).stop(name)

    def kill(self, name: str) -> None:
        """SIGKILL one process and leave it down."""
        self._holder_of(name).kill(name)

    def restart(self, name: str) -> None:
        """Stop one process, if it runs, and start it."""
        self._holder_of(name).restart(name)

    def pid(self, name: str) -> int | None:
        """The pid of one process while it runs."""
        return self._holder_of(name).pid(name)

    @property
    def names(self) -> list[str]:
        """The names of all processes, servers first."""
        return [*self._servers.names, *self._programs.names]

    def manage(self, *arguments: str, timeout: float = _MANAGE_SECONDS) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` in the environment of the town and return what it printed.

        `timeout` in seconds. An exit status other than 0 is the caller's to judge. Raises
        subprocess.TimeoutExpired.
        """
        command = [sys.executable, str(self._root / "manage.py"), *arguments]
        with tempfile.TemporaryDirectory(dir=self.logs) as said:
            output, errors = Path(said, "output"), Path(said, "errors")
            # Not subprocess.run: Ctrl-C between its fork and its return would leave the command running.
            child = Child(
                f"manage.py {arguments[0]}",
                command,
                env=self.environment,
                cwd=self._root,
                log=output,
                errors=errors,
                record=self._records / f"manage-{Path(said).name}.pid.json",
            )
            try:
                child.spawn()
                if not child.wait(timeout):
                    raise subprocess.TimeoutExpired(command, timeout)
                status = child.exit_status
            finally:
                child.kill()
            assert status is not None
            return subprocess.CompletedProcess(command, status, output.read_text(), errors.read_text())

    def wait_until_ready(self) -> None:
        """Return when web and simulator answer.

        Raises StackError when a process that should run has ended, or nothing answers in time.
        """
        deadline = time.monotonic() + _READY_SECONDS
        for name, address in (
            ("simulator", f"{self.simulator_url}/healthz"),
            ("web", f"{self.url}/healthz/"),
        ):
            while not answers(address):
                self._programs.require_alive()
                if time.monotonic() > deadline:
                    message = (
                        f"'{name}' does not answer at {address} after {_READY_SECONDS:.0f} seconds. "
                        f"Its log: {self.logs / name}.log"
                    )
                    raise StackError(message)
                time.sleep(_POLL_SECONDS)

    def wait_until_at_work(self, names: Iterable[str], *, since: float) -> None:
        """Wait until these parts were seen at work after `since` (unix seconds), but not for ever.

        Which were not in time is told. Those that do not run are not waited for. Raises StackError when a programme
        that should run has ended.
        """
        running = [name for name in names if self.pid(name) is not None]
        deadline = time.monotonic() + self._at_work_within
        while missing := unproven(running, seen_at_work(self.url), since=since):
            self._programs.require_alive()
            if time.monotonic() > deadline:
                within = f"{self._at_work_within:g} seconds"
                self._tell(f"Not all parts were seen at work within {within}: {', '.join(missing)}.")
                return
            time.sleep(_LOOK_AGAIN_SECONDS)

    def _holder_of(self, name: str) -> Supervisor:
        return self._servers if name in self._servers else self._programs

    def _release_ports(self) -> None:
        for claim in self._ports:
            claim.release()

    def _plan(self, web_port: int, simulator_port: int) -> None:
        self._environment = town_environment(
            self.directory,
            database_url=self.database_url,
            redis_url=self.redis_url,
            web_port=web_port,
            simulator_port=simulator_port,
            second_number=self._second_number,
        )
        if self._seed is not None:
            self._environment["SIMULATOR_SEED"] = str(self._seed)
        self._programs = Supervisor(tell=self._tell)
        for name, argv in _commands(web_port, simulator_port, self.url).items():
            self._programs.add(
                Program(
                    name,
                    [sys.executable, *argv],
                    env=self._environment,
                    cwd=self._root,
                    logs=self.logs,
                    records=self._records,
                )
            )

    def _start_programs(self) -> None:
        # The simulator needs no database: it starts while the tables are made.
        self._programs.start("simulator")
        migrated = self.manage("migrate", "--no-input", "--verbosity", "0")
        if migrated.returncode != 0:
            last = "\n".join(f"    {line}" for line in migrated.stderr.splitlines()[-12:])
            message = f"The tables could not be made (manage.py migrate):\n{last}"
            raise StackError(message)
        if self._prepare is not None:
            self._prepare(self)
        begun = time.time()
        for name in self._programs.names:
            self._programs.start(name)
        self.wait_until_ready()
        self.wait_until_at_work(self._programs.names, since=begun)


def _commands(web_port: int, simulator_port: int, public_url: str) -> dict[str, list[str]]:
    """Return the arguments to Python of each programme, by name."""
    celery = ["-m", "celery", "-A", "worker.app"]
    # One worker process with threads per pair of lanes: nothing to talk over with other workers.
    worker = ["worker", "--pool", "threads", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    return {
        "simulator": [
            *("-m", "simulator", "--host", LOOPBACK, "--port", str(simulator_port)),
            *("--clock-url", f"{public_url}/demo/clock"),
        ],
        "web": [
            *("-m", "gunicorn", "backend.config.wsgi", "--bind", f"{LOOPBACK}:{web_port}"),
            *("--worker-class", "gthread", "--workers", "1", "--threads", "12", "--graceful-timeout", "5"),
            "--no-control-socket",  # it would be made in the home directory
        ],
        "worker-alarm": [*celery, *worker, "-Q", "alarm,live", "-n", "alarm@rondje", "--concurrency", "4"],
        "worker-notice": [*celery, *worker, "-Q", "notice,bulk", "-n", "notice@rondje", "--concurrency", "2"],
        "drain": ["-m", "worker.drain"],
        "heartbeat": ["-m", "worker.heartbeat"],
        "beat": [
            *(*celery, "beat", "-S", "django_celery_beat.schedulers:DatabaseScheduler"),
            *("--loglevel", "INFO"),
        ],
    }
