"""Telling the workers that there is something to look at, without ever being held up by it.

A nudge carries no facts: losing one, or a thousand, delays work until the next tick.
"""

import logging
import time
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)

REST_AFTER_FAILURE = 5.0
"""Seconds (real time) without nudges after one failed, so that a dead broker costs one short time-out, not many."""


class Nudge(Protocol):
    """The port that `settings.RONDJE_NUDGE` names by dotted path. It may raise; it may not block for long."""

    def __call__(self, lane: str) -> None: ...


class _Rest:
    until = 0.0


def silent(lane: str) -> None:
    """A nudge for where no broker is: the drain loop and the tick find the work."""


@lru_cache
def _port(dotted_path: str) -> Nudge:
    module, _, name = dotted_path.rpartition(".")
    return cast(Nudge, getattr(import_module(module), name))


def nudge(lane: str) -> None:
    """Say that `lane` has work. Never raises."""
    if time.monotonic() < _Rest.until:
        return
    try:
        _port(settings.RONDJE_NUDGE)(lane)
    except Exception as error:
        _Rest.until = time.monotonic() + REST_AFTER_FAILURE
        log.warning("The broker does not take nudges (%s); ticks go on.", type(error).__name__)


def nudge_on_commit(lane: str) -> None:
    """Nudge once the transaction that made the work has committed."""
    transaction.on_commit(lambda: nudge(lane), robust=True)
