"""A worker that consumes nothing ends itself, so that whoever keeps it running starts a fresh one.

After a blip of the broker a Celery worker can stay alive and deaf (celery#8030, #10205). Beat sends every lane a tick
each few seconds; a worker that has received none for a minute is deaf, or beat or the broker are gone: in each case a
restart does no harm, for tasks carry no facts.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any

from celery.signals import task_received, worker_ready

log = logging.getLogger(__name__)

DEAF_AFTER = 60.0
"""Seconds (real time) without any task."""

CHECK_EVERY = 5.0


class Hearing:
    """When the worker last received something."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last = now()

    def heard(self) -> None:
        """A task has arrived."""
        self._last = self._now()

    def is_deaf(self) -> bool:
        """Nothing has arrived for too long."""
        return self._now() - self._last > DEAF_AFTER


hearing = Hearing()


@task_received.connect
def on_task(**_kwargs: Any) -> None:
    """Any task is a sign of life of the whole chain."""
    hearing.heard()


@worker_ready.connect
def start_guard(**_kwargs: Any) -> None:
    """Watch from the moment at which tasks can arrive."""
    hearing.heard()
    threading.Thread(target=_watch, name="hearing", daemon=True).start()


def _watch() -> None:
    while not hearing.is_deaf():
        time.sleep(CHECK_EVERY)
    log.error("No task has arrived for %s seconds: this worker ends, so that a fresh one is started.", DEAF_AFTER)
    # Not sys.exit: a deaf worker's shutdown may hang on the very connection that is broken.
    os._exit(1)
