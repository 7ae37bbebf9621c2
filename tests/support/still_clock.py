"""The clock of a story stands still until the story moves it: then it need not be asked of the database each time.

Whatever writes the clock's row in this process makes it be read again; a clock that runs is always read. Outside a
story nothing is remembered: processes that share a clock could not know when another has moved it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import post_save

from backend.common.clock import Anchor
from backend.events import clock
from backend.events.models import ClockAnchor


@contextmanager
def remembered() -> Iterator[None]:
    """While this lasts, a clock that stands still is read once for every time that it is set."""
    read = clock.anchor
    lock = threading.Lock()
    known: Anchor | None = None
    times_set = 0

    def anchor() -> Anchor:
        nonlocal known
        if known is not None:
            return known
        before = times_set
        found = read()
        with lock:
            if found.rate == 0 and before == times_set:
                known = found
        return found

    def forget(**_signal: Any) -> None:
        nonlocal known, times_set
        with lock:
            known, times_set = None, times_set + 1

    post_save.connect(forget, sender=ClockAnchor)
    clock.anchor = anchor
    try:
        yield
    finally:
        clock.anchor = read
        post_save.disconnect(forget, sender=ClockAnchor)
