"""The loop that needs no broker: alarms and running rounds go on when Redis, beat or every worker is gone.

    python -m worker.drain

It runs the same function as the workers. It also plans and watches, less often than they do.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
django.setup()

from django.db import OperationalError, close_old_connections  # noqa: E402 -- after setup

from backend.circles.services import watchdog  # noqa: E402
from backend.events import clock, heartbeat  # noqa: E402
from backend.notifications.services import post  # noqa: E402
from worker import lanes, planning  # noqa: E402

log = logging.getLogger(__name__)

PAUSE = 0.2
"""Seconds (real time) between two looks when there is nothing to do."""

UPKEEP_EVERY = 5.0
"""Seconds (real time) between heartbeats, planning and watching."""


def main() -> None:
    """Look at the lanes that people wait for until told to stop; each in a thread, so that none waits for another."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: stop.set())
    works: list[tuple[Callable[[], object], float]] = [
        (lambda: lanes.look("alarm"), PAUSE),
        (lambda: lanes.look("live"), PAUSE),
        (post.send_due, UPKEEP_EVERY),
        (_upkeep, UPKEEP_EVERY),
    ]
    threads = [threading.Thread(target=_again_and_again, args=(*work, stop)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _again_and_again(work: Callable[[], object], pause: float, stop: threading.Event) -> None:
    """Work, rest when there was nothing to do, and go on whatever happens: this loop is the last one that would."""
    while not stop.is_set():
        done: object = 0
        try:
            done = work()
        except OperationalError:
            log.warning("The database does not answer; the next look is in a second.")
            stop.wait(1.0)
        except Exception:
            log.exception("A look failed; the next is in a second.")
            stop.wait(1.0)
        finally:
            close_old_connections()
        if not done:
            stop.wait(pause)


def _upkeep() -> None:
    """Say that we are at work, and see that nothing was forgotten."""
    now = clock.now()
    heartbeat.beat(heartbeat.DRAIN)
    planning.plan(now)
    watchdog.watch(now)


if __name__ == "__main__":
    main()
