"""`python -m stack COMMAND`: run Rondje, its tests, or only its two servers."""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from stack import backup, running
from stack.errors import StackError
from stack.interrupts import Interrupts
from stack.launch import ask_for_signal_at_death_of_parent
from stack.locks import DirectoryLock
from stack.processes import Supervisor
from stack.settings import ROOT, SECOND_NUMBER

if TYPE_CHECKING:
    from stack.town import Town

# Servers and towns are imported where they are used: they need the environment that `stack.bootstrap` makes, and the
# backup of a compose project does without it.

DATA = ROOT / ".run"
_PYTEST_GRACE_SECONDS = 8.0
_WORKERS_AT_MOST = 4


def say(text: str) -> None:
    """Print for the person at the keyboard, now."""
    print(text, flush=True)


def run(_: argparse.Namespace) -> int:
    """Start a town with a sample organisation and keep it going until Ctrl-C."""
    from stack.town import Town  # noqa: PLC0415 -- see above

    started = time.monotonic()
    town = Town(
        DATA,
        database_url=os.environ.get("DATABASE_URL"),
        redis_url=os.environ.get("REDIS_URL"),
        second_number=SECOND_NUMBER,
        # Before the workers: the demo's clock has run on since the last stop, and they would act on it.
        prepare=_start_demo,
        tell=say,
    )

    def stop() -> None:
        running.withdraw()
        town.stop()

    with _stopped_at_the_end(stop):
        _stop_when_make_dies()
        say("Starting Rondje (Ctrl-C stops it) …")
        town.start()
        running.announce(town.environment)
        say(
            f"\nRondje is running; it took {time.monotonic() - started:.0f} seconds.\n\n"
            f"  Look            {town.url}/\n"
            f"  Sign in         user coordinator, password rondje-demo\n"
            f"  The telephones  {town.simulator_url}/   (pick one up and press the keys yourself)\n"
            f"  Logs            {town.logs}\n"
            "  Commands        .venv/bin/python manage.py tally   (beside this, in another window)\n\n"
            "Ctrl-C stops everything."
        )
        _wait_for_ever()
    return 0


def _stop_when_make_dies() -> None:
    # Who kills `make run` means all of it. Started by other means (nohup, a shell that is closed) we live on.
    if "MAKELEVEL" in os.environ:
        ask_for_signal_at_death_of_parent(signal.SIGTERM)


def _start_demo(town: "Town") -> None:
    result = town.manage("start_demo")
    if result.stdout.strip():
        say(result.stdout.strip())
    if result.returncode != 0:
        message = f"The sample town could not be made (manage.py start_demo):\n{result.stderr.strip()}"
        raise StackError(message)


def services(_: argparse.Namespace) -> int:
    """Start Postgres and Valkey for development, print their addresses, and wait for Ctrl-C."""
    from stack.services import Postgres, Valkey  # noqa: PLC0415 -- see above

    lock = DirectoryLock(DATA / "services", what="The development servers")
    servers = Supervisor(tell=lambda text: print(text, file=sys.stderr, flush=True))

    def stop() -> None:
        servers.stop_all()
        lock.release()

    with _stopped_at_the_end(stop):
        lock.take()
        postgres, valkey = Postgres(DATA / "services" / "postgres"), Valkey(DATA / "services" / "valkey")
        for server in (postgres, valkey):
            servers.add(server)
            servers.start(server.name)
        servers.watch()
        say(f"export DATABASE_URL='{postgres.url}' REDIS_URL='{valkey.url}'")
        _wait_for_ever()
    return 0


def test(arguments: argparse.Namespace) -> int:
    """Run pytest against servers of its own in a throw-away directory; return its exit status."""
    from stack.services import Postgres, Valkey  # noqa: PLC0415 -- see above
    from stack.services.postgres import NOT_FOR_A_POWER_CUT  # noqa: PLC0415 -- see above

    directory = Path(tempfile.mkdtemp(prefix="rondje-test-"))
    postgres = Postgres(directory / "postgres", settings=NOT_FOR_A_POWER_CUT)
    valkey = Valkey(directory / "valkey")
    pytest: subprocess.Popen[bytes] | None = None
    status = 128 + signal.SIGINT  # as a shell reports it, unless pytest gets to its end

    def stop() -> None:
        if pytest is not None:
            _end(pytest)
        valkey.stop()
        postgres.remove()
        shutil.rmtree(directory, ignore_errors=True)

    with _stopped_at_the_end(stop):
        environment = dict(os.environ)
        if "DATABASE_URL" not in environment:
            postgres.start()
            environment["DATABASE_URL"] = postgres.url
        if "REDIS_URL" not in environment:
            valkey.start()
            environment["REDIS_URL"] = valkey.url
        chosen = arguments.pytest or _all_on_every_core()
        pytest = subprocess.Popen([sys.executable, "-m", "pytest", *chosen], env=environment, cwd=ROOT)
        status = pytest.wait()
    return status  # noqa: RET504 (an interrupt leaves the body before the assignment)


def _all_on_every_core() -> list[str]:
    # By file: no two scenarios, stacks or browsers of one file are on the machine at once.
    workers = min(os.cpu_count() or 1, _WORKERS_AT_MOST)
    return [] if workers < 2 else ["-n", str(workers), "--dist", "loadfile"]


def scenario(arguments: argparse.Namespace) -> int:
    """Play one scenario file in a throw-away town; the last line is the accounting as JSON.

    Returns 0, 1 when somebody is unaccounted for or an expectation failed, 2 when the file cannot be played.
    """
    from stack.scenario import expectations, file, player, problems  # noqa: PLC0415 -- see above
    from stack.town import Town  # noqa: PLC0415

    try:
        wanted = file.read(arguments.file)
    except problems.BadScenario as error:
        say(str(error))
        return 2
    directory = Path(tempfile.mkdtemp(prefix="rondje-scenario-"))
    town = Town(directory / "town", seed=wanted.seed, second_number=wanted.second_account, tell=say)
    results: list[expectations.Result] = []  # empty after an interrupt

    def stop() -> None:
        town.remove()
        if arguments.logs is not None and town.logs.exists():
            shutil.copytree(town.logs, arguments.logs, dirs_exist_ok=True)
        shutil.rmtree(directory, ignore_errors=True)

    try:
        with _stopped_at_the_end(stop):
            _stop_when_make_dies()
            results.append(player.play(town, wanted, arguments.file.parent, tell=say))
    except player.Unplayable as error:
        say(f"{arguments.file} cannot be played. {error}")
        return 2
    failed: list[str] = []
    for result in results:
        failed = expectations.failures(wanted.expect, result)
        say("\n".join([*failed, json.dumps(result.tally, ensure_ascii=False)]))
    if not results:
        return 128 + signal.SIGINT
    return 1 if failed else 0


def back_up(arguments: argparse.Namespace) -> int:
    """Write a backup of the running town's database, of DATABASE_URL, or of the compose project."""
    file = arguments.file or ROOT / "backups" / f"rondje-{time.strftime('%Y%m%d-%H%M%S')}.dump"
    with _database(arguments.compose, start=False) as database:
        say(f"Backed up to {backup.back_up(database, file, passphrase=arguments.key)}")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup in place: of DATABASE_URL, of the compose project, else of `make run`, which must stand still."""
    with _database(arguments.compose, start=True) as database:
        backup.restore(database, arguments.file, force=arguments.force, passphrase=arguments.key, tell=say)
    say("Restored. Start everything: what fell due meanwhile is done at once, and open calls are looked into.")
    return 0


@contextlib.contextmanager
def _database(compose: str, *, start: bool) -> Iterator[backup.Database]:
    if compose:
        yield backup.in_compose(compose)
        return
    if not start:
        running.adopt_environment(os.environ)
    if url := os.environ.get("DATABASE_URL"):
        yield backup.at_address(url)
        return
    from stack.services import Postgres  # noqa: PLC0415 -- see above

    postgres = Postgres(DATA / "postgres")
    with _stopped_at_the_end(postgres.stop):
        postgres.start()
        yield backup.at_address(postgres.url)


def _end(process: subprocess.Popen[bytes]) -> None:
    # On Ctrl-C the terminal has told pytest too; telling it twice would spoil its report. Told once, by
    # the terminal or by us, it gets time to tear its fixtures down.
    for tell in (None, signal.SIGINT, signal.SIGKILL):
        if tell is not None:
            process.send_signal(tell)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_PYTEST_GRACE_SECONDS)
            return


@contextlib.contextmanager
def _stopped_at_the_end(stop: Callable[[], None]) -> Iterator[None]:
    """Run the body until its end or an interrupt, then `stop` undisturbed; an interrupt is not an error."""
    interrupts = Interrupts(tell=say)
    interrupts.install()
    try:
        try:
            yield
        finally:
            interrupts.ignore_from_now_on()
    except KeyboardInterrupt:
        say("\nStopping …")
    finally:
        stop()


def _wait_for_ever() -> None:
    while True:
        signal.pause()


def main() -> int:
    """Run one command and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m stack", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("run", help="a town with a morning to watch").set_defaults(command=run)
    commands.add_parser("services", help="only Postgres and Valkey, for development").set_defaults(command=services)
    scenarios = commands.add_parser("scenario", help="play one scenario file and print the accounting")
    scenarios.add_argument("file", type=Path)
    scenarios.add_argument("--logs", type=Path, help="keep the logs of all processes in this directory")
    scenarios.set_defaults(command=scenario)
    for name, does, help_text in (
        ("backup", back_up, "write the whole database into one file"),
        ("restore", restore, "put such a file in place"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("file", type=Path, nargs="?" if name == "backup" else None)
        command.add_argument("--compose", default="", help='"docker compose": the project in this directory')
        command.add_argument("--key", type=Path, help="a file with a passphrase: encrypted with gpg")
        command.set_defaults(command=does)
        if name == "restore":
            command.add_argument("--force", action="store_true", help="also where there are tables already")
    tests = commands.add_parser("test", help="all tests; further arguments go to pytest", prefix_chars="\0")
    tests.add_argument("pytest", nargs="*")
    tests.set_defaults(command=test)
    arguments = parser.parse_args()
    try:
        status: int = arguments.command(arguments)
    except StackError as error:
        say(f"\n{error}")
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
