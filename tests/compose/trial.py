"""Tries docker-compose.yml for real with podman-compose: build, a morning, every service stopped and started again.

    make compose-trial

Not part of `make test`: it needs Podman, root, the three base images and some ten minutes. Everything is made in a
project of its own and removed at the end, its volumes included. The last line says whether it went well.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = f"{ROOT.name}"
WORKING = ("worker-alarm", "worker-live", "worker-notice", "worker-bulk", "drain", "beat", "heartbeat")
SERVERS = ("postgres", "redis", "web", "simulator")
MORNING_SECONDS = 420
KEPT = "from backend.circles.models import Round; from backend.events.models import Event"


def say(text: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stdout.flush()


class Compose:
    """The project, with its own environment file."""

    def __init__(self, env_file: Path) -> None:
        self._command = ["podman-compose", "--env-file", str(env_file), "--profile", "simulator"]

    def __call__(self, *arguments: str, check: bool = True, timeout: float = 900) -> str:
        done = subprocess.run(
            [*self._command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False
        )
        if check and done.returncode:
            raise SystemExit(
                f"podman-compose {' '.join(arguments)} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
            )
        return done.stdout

    def up(self, *services: str) -> None:
        self("up", "-d", "--no-deps", *services)

    def manage(self, *arguments: str) -> str:
        """`manage.py` in the web container."""
        done = subprocess.run(
            ["podman", "exec", f"{PROJECT}_web_1", "python", "manage.py", *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.stdout if done.stdout else done.stderr


def eventually(what: str, fact: Callable[[], bool], within: float) -> None:
    """Wait until something is true; end the trial when it does not become so."""
    began = time.monotonic()
    while not fact():
        if time.monotonic() - began > within:
            raise SystemExit(f"It did not happen within {within:.0f} s: {what}")
        time.sleep(1)
    say(f"{what} (after {time.monotonic() - began:.0f} s)")


def is_healthy(service: str) -> bool:
    """Podman has no timer for health checks here: they are run by us."""
    check = ["podman", "healthcheck", "run", f"{PROJECT}_{service}_1"]
    return subprocess.run(check, capture_output=True, timeout=60, check=False).returncode == 0


def is_running(service: str) -> bool:
    shown = subprocess.run(
        ["podman", "inspect", "--format", "{{.State.Running}}", f"{PROJECT}_{service}_1"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return shown.stdout.strip() == "true"


def tally(compose: Compose, *more: str) -> dict[str, int]:
    """Where everybody is; empty while web or database do not answer."""
    try:
        found: dict[str, int] = json.loads(compose.manage("tally", "--json", *more).splitlines()[-1])
    except (ValueError, IndexError):
        return {}
    return found


def is_round(compose: Compose) -> bool:
    counts = tally(compose)
    ended = sum(counts.get(name, 0) for name in ("well", "excused", "incident_closed"))
    return counts.get("expected", 0) > 0 and ended == counts["expected"]


def everything_is_at_work(compose: Compose) -> bool:
    return (
        compose.manage("shell", "-c", "from backend.web.health import trouble; print('trouble:', trouble().value)")
        .strip()
        .endswith("trouble:")
    )


def number_of(compose: Compose, what: str) -> str:
    return compose.manage("shell", "-c", f"{KEPT}; print('count', {what}.objects.count())").split("count")[-1].strip()


def start(compose: Compose) -> None:
    """The servers, the tables, a morning about to begin, and then everybody who works on it."""
    for service in ("postgres", "redis"):
        compose.up(service)
        eventually(f"{service} is healthy", lambda name=service: is_healthy(name), 90)  # type: ignore[misc]
    compose.up("migrate")
    eventually("the tables are made", lambda: not is_running("migrate"), 180)
    compose.up("simulator", "web")
    for service in ("simulator", "web"):
        eventually(f"{service} is healthy", lambda name=service: is_healthy(name), 90)  # type: ignore[misc]


def begin_morning(compose: Compose) -> None:
    say(compose.manage("start_demo").strip())
    compose.up(*WORKING)


def disturb(compose: Compose) -> None:
    """Stop each service in mid-round and start it again."""
    for service in (*WORKING, "redis", "web", "simulator", "postgres"):
        compose("stop", "-t", "20", service)
        say(f"{service} is stopped")
        time.sleep(4)
        compose("start", service)
        eventually(f"{service} runs again", lambda name=service: is_running(name), 60)  # type: ignore[misc]
        if service in SERVERS:
            eventually(f"{service} is healthy again", lambda name=service: is_healthy(name), 90)  # type: ignore[misc]


def trial(compose: Compose) -> None:
    say("Building …")
    compose("build")
    start(compose)
    begin_morning(compose)
    eventually("everything is at work", lambda: everything_is_at_work(compose), 90)
    eventually("the first morning: everybody is accounted for", lambda: is_round(compose), MORNING_SECONDS)
    say(compose.manage("tally"))
    rounds, events = number_of(compose, "Round"), number_of(compose, "Event")

    compose("down")
    say("down; and up again")
    start(compose)
    kept = number_of(compose, "Round"), number_of(compose, "Event")
    if kept != (rounds, events):
        raise SystemExit(f"Data were lost: {rounds} rounds and {events} events before, {kept} after.")
    say(f"All {rounds} rounds and {events} events are still there.")

    begin_morning(compose)
    time.sleep(20)
    disturb(compose)
    eventually("everything is at work after all that", lambda: everything_is_at_work(compose), 120)
    eventually("the second morning, disturbed: everybody is accounted for", lambda: is_round(compose), MORNING_SECONDS)
    say(compose.manage("tally"))


def main() -> int:
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "trial.env"
        file.touch(mode=0o600)
        file.write_text(
            f"RONDJE_SECRET_KEY={secrets.token_urlsafe(48)}\n"
            f"POSTGRES_PASSWORD={secrets.token_urlsafe(24)}\n"
            f"TWILIO_ACCOUNT_SID=AC{'0' * 24}{secrets.token_hex(4)}\n"
            f"TWILIO_AUTH_TOKEN=simulator-{secrets.token_hex(16)}\n"
            f"RONDJE_SECRETS={directory}\n"
            "RONDJE_DEMO=1\n"
            "RONDJE_CARRIER=simulator\n"
            "RONDJE_CARRIER_URL=http://simulator:8100\n"
            "RONDJE_PUBLIC_URL=http://web:8000\n"
            "RONDJE_ALLOWED_HOSTS=web,localhost\n"
            "RONDJE_LISTEN=127.0.0.1:18000\n"
            "SIMULATOR_LISTEN=127.0.0.1:18100\n"
        )
        compose = Compose(file)
        try:
            trial(compose)
        finally:
            if os.environ.get("KEEP") != "1":
                compose("down", "-v", check=False)
    say("The compose file does what it should.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
