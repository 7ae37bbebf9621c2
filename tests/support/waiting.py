"""Waiting for what another process does: for its end where that is the fact, else by looking again and again."""

import os
import select
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

Answer = TypeVar("Answer")

LOOK_AGAIN = 0.05
"""Real seconds between two looks."""


def eventually(fact: Callable[[], Answer], what: str, *, within: float = 30.0) -> Answer:
    """The first true answer of `fact`. Fails, saying that `what` did not happen, after so many real seconds.

    For facts that nobody announces: files of logs, rows of another process, a supervisor's thread.
    """
    deadline = time.monotonic() + within
    while not (answer := fact()):
        assert time.monotonic() < deadline, f"Within {within:g} s this did not happen: {what}."
        time.sleep(LOOK_AGAIN)
    return answer


def watch(pids: Iterable[int]) -> dict[int, int]:
    """Processes by number, each with a descriptor that tells of its end. To be taken while they live."""
    watched = {}
    for pid in pids:
        try:
            watched[pid] = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
    return watched


def all_end(watched: dict[int, int], *, within: float = 30.0) -> None:
    """Return when all of these (see `watch`) have ended. Fails, naming who lives on, after so many real seconds."""
    deadline = time.monotonic() + within
    living = dict(watched)
    try:
        while living:
            ended, _, _ = select.select(list(living.values()), [], [], max(0.0, deadline - time.monotonic()))
            assert ended, f"Within {within:g} s these processes did not end: {sorted(living)}."
            living = {pid: descriptor for pid, descriptor in living.items() if descriptor not in ended}
    finally:
        for descriptor in watched.values():
            os.close(descriptor)
