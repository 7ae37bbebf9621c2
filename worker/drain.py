"""The loop that needs no broker: alarms and running rounds go on when Redis, beat or every worker is gone.

    python -m worker.drain

It runs the same function as the workers. It also plans and watches, less often than they do.
"""

import logging
import os
import signal
import threading
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
django.setup()

from django.db import OperationalError, close_old_connections  # noqa: E402 -- after setup

from backend.circles.services import planning, watchdog  # noqa: E402
from backend.events import clock, heartbeat  # noqa: E402
from worker import lanes  # noqa: E402

log = logging.getLogger(__name__)

PAUSE = 0.2
"""Seconds (real time) between two looks when there is nothing to do."""

UPKEEP_EVERY = 5.0
"""Seconds (real time) between heartbeats, planning and watching."""


def main() -> None:
    """Look at the lanes that people wait for until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: stop.set())
    upkeep_at = 0.0
    while not stop.is_set():
        try:
            done = lanes.look("alarm") + lanes.look("live")
            if time.monotonic() >= upkeep_at:
                upkeep_at = time.monotonic() + UPKEEP_EVERY
                _upkeep()
        except OperationalError:
            log.warning("The database does not answer; the next look is in a second.")
            close_old_connections()
            done = 0
            stop.wait(1.0)
        if not done:
            stop.wait(PAUSE)


def _upkeep() -> None:
    """Say that we are at work, and see that nothing was forgotten."""
    now = clock.now()
    heartbeat.beat(heartbeat.DRAIN)
    planning.plan(now)
    watchdog.watch(now)


if __name__ == "__main__":
    main()
