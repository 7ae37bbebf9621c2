"""The compose project of a trial: its commands, and what can be seen of it from outside."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT.name
LISTENER = f"{PROJECT}_listener"
PYTHON_IMAGE = os.environ.get("PYTHON_IMAGE", "docker.io/library/python:3.11-slim-bookworm")
LAST_WORDS = 6
"""Lines of each service's log that are shown when the trial fails."""


def say(text: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stdout.flush()


def podman(*arguments: str, timeout: float = 180) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["podman", *arguments], capture_output=True, text=True, timeout=timeout, check=False)


class TrialFailed(Exception):
    """Something is not as it should be; the message says what."""


class Compose:
    """The project, with its own environment file."""

    def __init__(self, env_file: Path) -> None:
        if not shutil.which("podman-compose"):
            raise TrialFailed(
                "podman-compose is not on the PATH. This trial needs Podman and podman-compose, and root."
            )
        self.command = ("podman-compose", "--env-file", str(env_file), "--profile", "simulator")

    def __call__(self, *arguments: str, check: bool = True, timeout: float = 900) -> str:
        done = subprocess.run(
            [*self.command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False
        )
        if check and done.returncode:
            raise TrialFailed(f"podman-compose {' '.join(arguments)}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done.stdout

    def up(self, *services: str) -> None:
        self("up", "-d", "--no-deps", *services)

    def stop(self, *services: str) -> None:
        self("stop", "-t", "20", *services)

    def make(self, *arguments: str) -> None:
        """`make …` as somebody who keeps the installation types it."""
        command = ["make", "--no-print-directory", *arguments, f"COMPOSE={' '.join(self.command)}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
        said = (done.stdout + done.stderr).strip()[-600:]
        if done.returncode:
            raise TrialFailed(f"make {arguments[0]} failed: {said}")
        say(f"make {arguments[0]}: {said}")


def container(service: str) -> str:
    return f"{PROJECT}_{service}_1"


def manage(*arguments: str, service: str = "web", environment: tuple[str, ...] = ()) -> str:
    """What `manage.py` prints in the container of a service."""
    settings = [part for one in environment for part in ("--env", one)]
    done = podman("exec", *settings, container(service), "python", "manage.py", *arguments)
    return done.stdout if done.stdout else done.stderr


def doctor(service: str = "web") -> str:
    """What `manage.py doctor` says, in English, in the container of a service."""
    return manage("doctor", "--language=en", service=service)


def ask(sentence: str) -> str:
    """SQL in the postgres container."""
    return podman(
        *("exec", container("postgres"), "psql", "-XAtq", "-U", "rondje", "-d", "rondje", "-c", sentence)
    ).stdout.strip()


def eventually(what: str, fact: Callable[[], bool], within: float) -> None:
    """Wait until something is true; end the trial when it does not become so within so many seconds."""
    began = time.monotonic()
    while not fact():
        if time.monotonic() - began > within:
            raise TrialFailed(f"It did not happen within {within:.0f} s: {what}")
        time.sleep(1)
    say(f"{what} (after {time.monotonic() - began:.0f} s)")


def is_healthy(service: str) -> bool:
    """Podman has no timer for health checks here: they are run by us."""
    return podman("healthcheck", "run", container(service)).returncode == 0


def is_running(service: str) -> bool:
    return podman("inspect", "--format", "{{.State.Running}}", container(service)).stdout.strip() == "true"


def process_of(service: str) -> int:
    """The first process of a service, as this machine numbers it; 0 while there is none."""
    return int(podman("inspect", "--format", "{{.State.Pid}}", container(service)).stdout.strip() or 0)


def is_another(service: str, before: int) -> bool:
    """Whether a service runs again, in a new process."""
    return process_of(service) not in (0, before) and is_running(service)


def log_of(service: str, since: float = 0) -> str:
    """What a service has logged since a moment (Unix time)."""
    done = podman("logs", "--since", str(int(since)), container(service))
    return done.stdout + done.stderr


def tally() -> dict[str, int]:
    """Where everybody is; empty while web or database do not answer."""
    try:
        found: dict[str, int] = json.loads(manage("tally", "--json").splitlines()[-1])
    except (ValueError, IndexError):
        return {}
    return found


def what_is_wrong(service: str = "web") -> set[str]:
    """The checks of the doctor that found something; "silent" when it said nothing legible."""
    try:
        found = json.loads(manage("doctor", "--json", service=service))
    except ValueError:
        return {"silent"}
    return {one["check"] for one in found if not one["well"]}


def everything_is_at_work() -> bool:
    """The doctor finds nothing but what the demo's people have left open: nobody has given an address for the lists."""
    return what_is_wrong() <= {"circles"}


def counts() -> str:
    """What is kept, as Postgres counts it."""
    tables = {"people": "people_person", "rounds": "circles_round", "cases": "incidents_incident"}
    each = [f"(SELECT count(*) || ' {name}' FROM {table})" for name, table in tables.items()]
    return ask(f"SELECT concat_ws(', ', {', '.join(each)}, (SELECT count(*) || ' events' FROM events_event))")


def listen() -> None:
    """Somebody outside who hears the pings: a web server of its own on the project's network."""
    server = ("python", "-u", "-m", "http.server", "8200", "--directory", "/tmp")
    done = podman("run", "-d", "--name", LISTENER, "--network", f"{PROJECT}_inside", PYTHON_IMAGE, *server)
    if done.returncode:
        raise TrialFailed(f"The listener did not start: {done.stderr}")


def listen_no_more() -> None:
    podman("rm", "-f", "-t", "1", LISTENER)


def pings() -> int:
    done = podman("logs", LISTENER)
    return (done.stdout + done.stderr).count('"GET /')


def last_words(services: tuple[str, ...]) -> str:
    """For who has to find out why the trial failed."""
    shown = [podman("ps", "-a", "--format", "{{.Names}} {{.Status}}").stdout, doctor()]
    for service in services:
        lines = [line for line in log_of(service).splitlines() if line.strip()]
        shown.append(f"== {service}\n" + "\n".join(lines[-LAST_WORDS:]))
    return "\n".join(shown)
