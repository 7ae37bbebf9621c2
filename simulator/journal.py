"""The journal: everything that happened in the town, in order. Tests and the town page read it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Protocol

from simulator.clock import Clock

KEPT = 50_000
"""Entries kept; the oldest are forgotten, their numbers `n` are not used again."""


class Note(Protocol):
    """Writes one entry about something fixed before, such as one call."""

    def __call__(self, kind: str, **facts: object) -> None: ...


class Journal:
    """Ordered entries {n, at, kind, …}; `at` is scenario time, ISO 8601 in UTC."""

    def __init__(self) -> None:
        self._entries: list[dict[str, object]] = []
        self._forgotten = 0
        self._written = asyncio.Event()
        self._clock: Clock | None = None

    def use_clock(self, clock: Clock) -> None:
        """The clock that dates the entries; it reports failures here, so it comes after the journal."""
        self._clock = clock

    def write(self, kind: str, **facts: object) -> None:
        """Add an entry and wake whoever waits for one."""
        at = self._clock.moment().isoformat() if self._clock else None
        entry = {"n": self.last + 1, "at": at, "kind": kind, **facts}
        self._entries.append(entry)
        if len(self._entries) > KEPT:
            self._entries.pop(0)
            self._forgotten += 1
        self._written.set()

    def clear(self) -> None:
        """Forget all entries; the numbering goes on, so that who follows the journal notices nothing."""
        self._forgotten += len(self._entries)
        self._entries.clear()

    @property
    def last(self) -> int:
        """The number of the latest entry; 0 when nothing has happened yet."""
        return self._forgotten + len(self._entries)

    def after(self, n: int) -> list[Mapping[str, object]]:
        """All entries later than number `n`."""
        return list(self._entries[max(0, n - self._forgotten) :])

    async def wait_after(self, n: int, seconds: float) -> list[Mapping[str, object]]:
        """Like `after`, but waits up to `seconds` (real) for the first one."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not (entries := self.after(n)):
            self._written.clear()
            left = deadline - asyncio.get_running_loop().time()
            try:
                await asyncio.wait_for(self._written.wait(), max(left, 0))
            except TimeoutError:
                return []
        return entries
