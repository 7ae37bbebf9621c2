"""Tries docker-compose.yml for real with podman-compose: build, mornings, and all that can happen to a service.

    make compose-trial

Not part of `make test`: it needs Podman, podman-compose, root, the three base images and half an hour, or an hour on
a busy machine. Everything is made in a project of its own and removed at the end, its volumes included (KEEP=1 leaves
it). The last line says whether it went well; when it did not, what the doctor says and the ends of the logs come
before it.
"""

import os
import secrets
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.compose.project import (
    LISTENER,
    Compose,
    TrialFailed,
    ask,
    counts,
    doctor,
    eventually,
    everything_is_at_work,
    is_another,
    is_healthy,
    is_running,
    last_words,
    listen,
    listen_no_more,
    log_of,
    manage,
    pings,
    process_of,
    say,
    tally,
)

WORKERS = ("worker-alarm", "worker-live", "worker-notice", "worker-bulk")
WORKING = (*WORKERS, "drain", "beat", "heartbeat")
SERVERS = ("redis", "web", "simulator", "postgres")

DIAGNOSES = {
    "heartbeat": "The dead man's switch stands still.",
    "worker-alarm": "The workers of the lane alarm stand still.",
    "worker-live": "The workers of the lane live stand still.",
    "worker-notice": "The workers of the lane notice stand still.",
    "worker-bulk": "The workers of the lane bulk stand still.",
    "drain": "The drain loop stands still.",
    "beat": "Beat, broker or workers stand still.",
    "redis": "The broker does not answer.",
    "web": "Nobody answers at http://web:8000.",
    "simulator": "The carrier does not answer as it should",
    "postgres": "The database does not answer.",
}
"""What the doctor says while a service is stopped."""

# Bounds, not what is usual: seconds on a machine that has other work.
START_SECONDS = 600
MORNING_SECONDS = 600
NOTICED_SECONDS = 300
PING_SECONDS = 180

END_CASES = """
from django.db import transaction
from backend.common.actors import Actor
from backend.events import clock
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import claiming, closing
for pk in Incident.objects.exclude(state=Incident.State.CLOSED).values_list("pk", flat=True):
    with transaction.atomic():
        case = claiming.locked(pk)
        ended = Outcome.FOUND_WELL if case.members.exists() else Outcome.ARRANGED
        closing.record_outcome(
            case, member_id=None, outcome=ended, actor=Actor("system", "command"), name="trial", now=clock.now()
        )
        print("ended", case.kind, case.members.count())
"""


def is_at_work(compose: Compose, *services: str) -> None:
    """Start services and wait until they answer."""
    compose.up(*services)
    for service in services:
        eventually(f"{service} is healthy", lambda: is_healthy(service), START_SECONDS)  # noqa: B023


def start(compose: Compose) -> None:
    """The servers, the tables, and the pages."""
    is_at_work(compose, "postgres")
    is_at_work(compose, "redis")
    listen()
    compose.up("migrate")
    eventually("the tables are made", lambda: not is_running("migrate"), START_SECONDS)
    is_at_work(compose, "simulator", "web")


def begin_morning(compose: Compose) -> None:
    """A morning that is about to begin, and then everybody who works on it."""
    say(manage("start_demo").strip())
    compose.up(*WORKING)


def has_begun() -> bool:
    return tally().get("well", 0) > 0


def everybody_is_accounted_for(which: str) -> None:
    """Wait for the end of a morning. What only a person ends (a case about the carrier, say) is ended as one would."""
    eventually(f"{which}: nobody is waited for any more", _nobody_is_waited_for, MORNING_SECONDS)
    ended = manage("shell", "-v", "0", "-c", END_CASES).strip()
    if ended:
        say(f"A person recorded an outcome: {', '.join(ended.splitlines())}")
    found = tally()
    if found.get("well", 0) + found.get("excused", 0) + found.get("incident_closed", 0) != found.get("expected"):
        raise TrialFailed(f"{which}: somebody is unaccounted for: {found}")
    say(manage("tally").strip())


def _nobody_is_waited_for() -> bool:
    """Nobody is in progress, and the town's volunteer has had the time to end the case of the silent member."""
    found = tally()
    if not found.get("expected") or found["in_progress"]:
        return False
    open_cases = ask("SELECT count(*) FROM incidents_incident WHERE state <> 'closed' AND kind = 'no_answer'")
    return open_cases == "0"


def stop_each(compose: Compose) -> None:
    """Stop each service until the doctor, in another container, says so in words, and start it again."""
    for service in (*WORKING, *SERVERS):
        where = "drain" if service in ("web", "heartbeat") else "web"
        before = {name: process_of(name) for name in WORKERS}
        compose.stop(service)
        stopped = time.time()
        said = DIAGNOSES[service]
        eventually(f"{service} is stopped; the doctor: “{said}”", lambda: said in doctor(where), NOTICED_SECONDS)  # noqa: B023
        if service == "drain":
            no_ping_without(service, stopped)
        if service == "beat":
            the_deaf_are_replaced(before)
        compose("start", service)
        is_well_again(service, "is started again")
    pings_arrive("with all of them the pings go on")


def no_ping_without(service: str, stopped: float) -> None:
    reason = "No ping: the drain loop stands still"
    eventually(
        f"no ping without {service}; the log says why", lambda: reason in log_of("heartbeat", stopped), PING_SECONDS
    )


def the_deaf_are_replaced(before: dict[str, int]) -> None:
    """Without beat the workers hear nothing: each ends itself after a minute, and is started again."""
    for name, process in before.items():
        eventually(f"{name} heard nothing and was replaced", lambda: is_another(name, process), NOTICED_SECONDS)  # noqa: B023


def kill_each() -> None:
    """Kill the first process of each service; what starts it again is its restart policy."""
    for service in (*WORKING, *SERVERS):
        before = process_of(service)
        os.kill(before, signal.SIGKILL)
        eventually(f"{service} was killed and came back", lambda: is_another(service, before), START_SECONDS)  # noqa: B023
        if service in SERVERS:
            is_well_again(service, "is healthy again")


def is_well_again(service: str, what: str) -> None:
    fact = is_healthy if service in SERVERS else is_running
    eventually(f"{service} {what}", lambda: fact(service), START_SECONDS)


def pings_arrive(what: str) -> None:
    before = pings()
    eventually(what, lambda: pings() > before, PING_SECONDS)


def the_work_goes_on(when: str) -> None:
    eventually(f"{when}: the doctor finds everything at work", everything_is_at_work, START_SECONDS)


def reads_secrets_from_files() -> None:
    """The key and the carrier's credentials of this trial lie in files already; now the database's password."""
    password = ("RONDJE_DATABASE_PASSWORD=", "RONDJE_DATABASE_PASSWORD_FILE=/run/secrets/database_password")
    if '"expected"' not in manage("tally", "--json", environment=password):
        raise TrialFailed("The database's password could not be read from a file.")
    say("Secret key, carrier's credentials and the database's password were read from files.")


def down_and_up(compose: Compose) -> None:
    """The containers are removed and made anew; what is on the volumes is kept."""
    compose.stop(*WORKING, "web")
    had = counts()
    listen_no_more()
    compose("down")
    say("down; and up again")
    start(compose)
    if counts() != had:
        raise TrialFailed(f"Data were lost: {had} before, {counts()} after.")
    say(f"Still there: {had}.")


def put_back(compose: Compose, directory: Path) -> None:
    """A backup of all that is there, a loss, and the backup put in place."""
    compose.stop(*WORKING, "web", "simulator")
    had = counts()
    compose.make("backup", f"FILE={directory}/trial.dump")
    ask("TRUNCATE events_event, circles_round CASCADE")
    say(f"There were {had}; after a loss: {counts()}")
    compose.make("restore", f"FILE={directory}/trial.dump", "FORCE=1")
    if counts() != had:
        raise TrialFailed(f"The backup was not put back: {had} before, {counts()} after.")
    say(f"Put back: {counts()}")
    compose("start", "simulator", "web", *WORKING)


def trial(compose: Compose, directory: Path) -> None:
    say("Building …")
    compose("build")
    start(compose)
    begin_morning(compose)
    the_work_goes_on("at the start")
    pings_arrive("a ping has arrived")
    reads_secrets_from_files()
    everybody_is_accounted_for("the first morning")

    down_and_up(compose)
    begin_morning(compose)
    eventually("the second morning has begun", has_begun, MORNING_SECONDS)
    kill_each()
    the_work_goes_on("after all these kills")
    everybody_is_accounted_for("the second morning, each service killed")

    compose.stop(*WORKING)
    begin_morning(compose)
    eventually("the third morning has begun", has_begun, MORNING_SECONDS)
    stop_each(compose)
    the_work_goes_on("after all these stops")
    everybody_is_accounted_for("the third morning, each service stopped")

    put_back(compose, directory)
    the_work_goes_on("after the restore")
    say(doctor().strip())


def secret(directory: Path, name: str, value: str) -> str:
    """Write a secret into a file; returns its path in the containers."""
    file = directory / name
    file.write_text(f"{value}\n")
    os.chown(file, 10001, 10001)
    file.chmod(0o400)
    return f"/run/secrets/{name}"


def write_environment(directory: Path) -> Path:
    """The trial's `.env`. The password is not in a file only: the stand-in for Postgres knows no such name."""
    files = directory / "secrets"
    files.mkdir(mode=0o755)
    password = secrets.token_urlsafe(24)
    secret(files, "database_password", password)
    file = directory / "trial.env"
    file.touch(mode=0o600)
    file.write_text(
        f"RONDJE_SECRET_KEY_FILE={secret(files, 'secret_key', secrets.token_urlsafe(48))}\n"
        f"POSTGRES_PASSWORD={password}\n"
        f"TWILIO_ACCOUNT_SID_FILE={secret(files, 'sid', 'AC' + '0' * 24 + secrets.token_hex(4))}\n"
        f"TWILIO_AUTH_TOKEN_FILE={secret(files, 'token', 'simulator-' + secrets.token_hex(16))}\n"
        f"RONDJE_SECRETS={files}\n"
        f"RONDJE_PING_URL=http://{LISTENER}:8200/\n"
        "RONDJE_DEMO=1\n"
        "RONDJE_CARRIER=simulator\n"
        "RONDJE_CARRIER_URL=http://simulator:8100\n"
        "RONDJE_PUBLIC_URL=http://web:8000\n"
        "RONDJE_ALLOWED_HOSTS=web,localhost\n"
        "RONDJE_EMAIL_URL=filemail:////tmp/mail\n"
        "RONDJE_LISTEN=127.0.0.1:18000\n"
        "SIMULATOR_LISTEN=127.0.0.1:18100\n"
    )
    return file


def main() -> int:
    began = time.monotonic()
    directory = Path(tempfile.mkdtemp(prefix="rondje-trial-"))
    try:
        compose = Compose(write_environment(directory))
        try:
            trial(compose, directory)
        except TrialFailed as failed:
            say(f"{last_words((*SERVERS, *WORKING))}\n{failed}")
            return 1
        finally:
            if os.environ.get("KEEP") != "1":
                listen_no_more()
                compose("down", "-v", check=False)
    except TrialFailed as failed:
        say(str(failed))
        return 1
    finally:
        if os.environ.get("KEEP") != "1":
            shutil.rmtree(directory)
    say(f"The compose file does what it should ({(time.monotonic() - began) / 60:.0f} minutes).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
