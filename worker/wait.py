"""Waits for what a process needs, and then becomes that process.

    python -m worker.wait tables broker -- celery -A worker.app worker …

`database`: Postgres answers. `tables`: all migrations have been applied. `broker`: Redis answers. It waits for as long
as it takes: a service that dies because another is late starts a storm of restarts and hides what is missing. Once in
a while it says what it waits for. After that a service that loses its database or its broker goes on by itself.
"""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import NoReturn

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
django.setup()

from django.db import DatabaseError, connection  # noqa: E402 -- after setup

from backend.notifications import probes  # noqa: E402

log = logging.getLogger("worker.wait")

PAUSE = 0.5
"""Seconds (real time) between two looks."""

SAY_EVERY = 15.0
"""Seconds (real time) between two lines that say what is missing."""


def database_answers() -> bool:
    """Postgres takes our password and answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    finally:
        connection.close()
    return True


def tables_are_made() -> bool:
    """No migration of this version is missing."""
    try:
        return probes.tables_are_made()
    except DatabaseError:
        return False
    finally:
        connection.close()


NEEDS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "tables": tables_are_made,
    "broker": probes.broker_answers,
}


def wait_for(names: Sequence[str]) -> None:
    """Return when each of these is there."""
    for name in names:
        said = 0.0
        while not NEEDS[name]():
            if time.monotonic() - said > SAY_EVERY:
                log.warning("Waiting for the %s.", name)
                said = time.monotonic()
            time.sleep(PAUSE)


def main(arguments: Sequence[str]) -> NoReturn:
    """Wait for the names before `--` and become the command behind it. Exits when it makes no sense."""
    if "--" not in arguments:
        sys.exit("Say what to wait for and what to start: python -m worker.wait tables broker -- command …")
    cut = list(arguments).index("--")
    names, command = arguments[:cut], arguments[cut + 1 :]
    unknown = [name for name in names if name not in NEEDS]
    if unknown or not command:
        sys.exit(f"Unknown: {', '.join(unknown) or 'no command'}. One can wait for: {', '.join(NEEDS)}.")
    # As the first process of a container we would otherwise be deaf to a request to stop.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: sys.exit(128 + got))
    wait_for(names)
    os.execvp(command[0], list(command))  # noqa: S606 -- the command of the compose file


if __name__ == "__main__":
    main(sys.argv[1:])
