"""What still ties people to the programmes of their organisation: asked before somebody goes to another one.

Programmes import nothing of one another: each registers what it knows, in words that say what to do first.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

Ties = dict[str, set[int]]
"""The keys of people by what ties them, in words that follow their names: English, from a catalogue."""

_known: dict[str, Callable[[Collection[int], date], Ties]] = {}


@dataclass(frozen=True)
class Tied:
    """Some people, by their keys, and what ties them, in words that follow their names: English, from a catalogue."""

    why: str
    people: frozenset[int]


def register(programme: str, ties: Callable[[Collection[int], date], Ties]) -> None:
    """Ask `ties` about people (keys) and what concerns them on a local date or later. Called in `AppConfig.ready`."""
    _known[programme] = ties


def ties_of(people: Collection[int], today: date) -> list[Tied]:
    """What ties these people (keys) to their organisation on a local date or later; in a constant number of queries."""
    found = [(why, keys) for programme in sorted(_known) for why, keys in _known[programme](people, today).items()]
    return [Tied(why, frozenset(keys)) for why, keys in found if keys]
