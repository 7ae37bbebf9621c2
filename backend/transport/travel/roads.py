"""Travel times along roads, from a router nearby; in a straight line whenever it does not say.

A drive that has been asked for is kept for a day. A router that did not answer is left alone for a while, so that
nobody on the line waits for it again and again.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import permutations

from django.core.cache import caches

from backend.transport.domain.places import Place
from backend.transport.domain.straight import Pace, StraightLine, Table
from backend.transport.travel.answers import Ask, NoAnswer, NoWay

log = logging.getLogger(__name__)

QUIET_SECONDS = 30
"""For how long a router that did not answer is not asked again. Real seconds."""

NO_WAY = -1.0
"""Kept for a pair of places between which the router knows no way."""

Pair = tuple[Place, Place]


@dataclass(frozen=True)
class Source:
    """Where travel times come from. `router` is empty for the straight line; `trouble` is why a router that was asked
    said nothing: a code, or empty.
    """

    router: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Router:
    """A router by its name, at its address."""

    name: str
    address: str
    ask: Ask

    @cached_property
    def mark(self) -> str:
        """Which router said it, in the keys of what is kept."""
        return sha256(self.address.encode()).hexdigest()[:12]

    @property
    def trouble_key(self) -> str:
        """Under which its trouble is kept for a while."""
        return f"{self.mark}|trouble"


@dataclass(frozen=True)
class Roads:
    """Travel times of one router, made longer by an organisation's `router_factor`."""

    router: Router
    pace: Pace

    def table(self, places: Sequence[Place]) -> Table:
        """Seconds between all places."""
        return self.told(places)[0]

    def told(self, places: Sequence[Place]) -> tuple[Table, Source]:
        """Seconds between all places, and who says so. One place without a way makes it straight lines for all."""
        try:
            drives = self._drives(list(dict.fromkeys(map(_rounded, places))))
        except NoAnswer as error:
            return StraightLine(self.pace).table(places), Source(trouble=error.code)
        factor, at = self.pace.router_factor, [_rounded(place) for place in places]
        return tuple(tuple(round(drives.get((a, b), 0.0) * factor) for b in at) for a in at), Source(self.router.name)

    def _drives(self, places: list[Place]) -> dict[Pair, float]:
        """Seconds for every pair of different places. Raises NoAnswer."""
        keys = {self._key(*pair): pair for pair in permutations(places, 2)}
        kept = caches["travel"].get_many(keys)
        if len(kept) < len(keys):
            kept = self._asked(places)
        if NO_WAY in kept.values():
            raise NoWay
        return {pair: kept[key] for key, pair in keys.items()}

    def _asked(self, places: list[Place]) -> dict[str, float]:
        """What the router says, kept from now on; likewise that it says nothing."""
        cache, trouble_key = caches["travel"], self.router.trouble_key
        if trouble := cache.get(trouble_key):
            raise NoAnswer(trouble)
        try:
            roads = self.router.ask(self.router.address, places)
        except NoWay:
            raise
        except NoAnswer as error:
            cache.set(trouble_key, error.code, QUIET_SECONDS)
            log.warning("%s gave no travel times (%s); straight lines are used.", self.router.name, error.code)
            raise
        found = {
            self._key(places[i], places[j]): NO_WAY if (drive := roads[i][j]) is None else drive
            for i, j in permutations(range(len(places)), 2)
        }
        cache.set_many(found)
        return found

    def _key(self, a: Place, b: Place) -> str:
        return f"{self.router.mark}|{a.latitude},{a.longitude}|{b.latitude},{b.longitude}"


def _rounded(place: Place) -> Place:
    """To about a metre: what is asked, and kept."""
    return Place(round(place.latitude, 5), round(place.longitude, 5))
