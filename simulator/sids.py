"""Names of calls, texts and other things of the carrier: each its own, and the same for the same seed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable


class Sids:
    """Two capitals and 32 hexadecimal digits, drawn from the seed, the scenario's time and how many came before.

    The time is part of it so that a simulator that is started again does not use yesterday's names anew.
    """

    def __init__(self, seed: int, now: Callable[[], float]) -> None:
        self._seed = seed
        self._now = now
        self._given = 0

    def next(self, prefix: str) -> str:
        """A name that was not used before, such as `CA…` for a call."""
        self._given += 1
        drawn = f"{self._seed}/{self._given}/{self._now()!r}".encode()
        return prefix + hashlib.blake2b(drawn, digest_size=16).hexdigest()
