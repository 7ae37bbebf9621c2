"""Trips of the bus and dinners as they stood in the end, and whether what was expected of them came true: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stack.scenario.bus_model import TripExpected
from stack.scenario.names import is_called, listed
from stack.scenario.resto_model import EveningExpected


@dataclass(frozen=True)
class TripSeen:
    """A trip of the bus as it stood in the end: where each passenger (full name) is, calls to make by kind, and crew
    that has confirmed, by task.
    """

    state: str
    passengers: Mapping[str, str]
    calls_to_make: Mapping[str, int]
    crew: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EveningSeen:
    """A dinner as it stood in the end: where each party (full name of who reserved) is, how many eat, how many the
    kitchen was told (by kind, in order), how the offers of chairs to each ended, who of the crew has confirmed (by
    job), and calls to make by kind.
    """

    state: str
    guests: Mapping[str, str]
    covers: int
    kitchen: Mapping[str, list[int]] = field(default_factory=dict)
    offers: Mapping[str, list[str]] = field(default_factory=dict)
    crew: Mapping[str, list[str]] = field(default_factory=dict)
    calls_to_make: Mapping[str, int] = field(default_factory=dict)


def trip_failures(wanted: Sequence[TripExpected], seen: Sequence[TripSeen]) -> list[str]:
    """Every expectation of a trip that did not come true, as a sentence."""
    found = _missing("a trip", len(wanted), len(seen))
    for number, (expected, trip) in enumerate(zip(wanted, seen, strict=False)):
        name = f"trip {number}"
        found += _state(name, expected.state, trip.state)
        found += _people(name, expected.passengers, trip.passengers)
        found += _calls(name, expected.calls_to_make, trip.calls_to_make)
        found += _crew(name, expected.crew, trip.crew)
    return found


def evening_failures(wanted: Sequence[EveningExpected], seen: Sequence[EveningSeen]) -> list[str]:
    """Every expectation of a dinner that did not come true, as a sentence."""
    found = _missing("an evening", len(wanted), len(seen))
    for number, (expected, evening) in enumerate(zip(wanted, seen, strict=False)):
        name = f"evening {number}"
        found += _state(name, expected.state, evening.state)
        found += _people(name, expected.guests, evening.guests)
        found += _calls(name, expected.calls_to_make, evening.calls_to_make)
        found += _crew(name, expected.crew, evening.crew)
        if expected.covers not in (None, evening.covers):
            found.append(f"Expected {expected.covers} covers on {name}, but there are {evening.covers}.")
        if expected.kitchen is not None and dict(evening.kitchen) != expected.kitchen:
            found.append(f"Expected the kitchen to be told {expected.kitchen}, but it was {dict(evening.kitchen)}.")
        found += _offers(name, expected.offers, evening.offers)
    return found


def _missing(what: str, wanted: int, seen: int) -> list[str]:
    return [f"Expected {what} number {number}, but there are {seen}." for number in range(seen, wanted)]


def _state(name: str, wanted: str | None, seen: str) -> list[str]:
    return [] if wanted in (None, seen) else [f"Expected {name} to be {wanted}, but it is {seen}."]


def _people(name: str, wanted: Mapping[str, str] | None, seen: Mapping[str, str]) -> list[str]:
    if wanted is None:
        return []
    found = []
    for who, how in wanted.items():
        theirs = [was for full, was in seen.items() if is_called(full, who)]
        if theirs != [how]:
            found.append(f"Expected {who} on {name} to be {how}, but: {listed(theirs) or 'is not on it'}.")
    if len(seen) > len(wanted):
        found.append(f"Expected nobody else on {name}, but there are {listed(sorted(seen))}.")
    return found


def _calls(name: str, wanted: Mapping[str, int] | None, seen: Mapping[str, int]) -> list[str]:
    return [
        f"Expected {times} call(s) to make of {name} ({kind}), but there were {seen.get(kind, 0)}."
        for kind, times in (wanted or {}).items()
        if seen.get(kind, 0) != times
    ]


def _crew(name: str, wanted: Mapping[Any, object] | None, seen: Mapping[Any, object]) -> list[str]:
    if wanted is None or dict(seen) == dict(wanted):
        return []
    return [f"Expected the crew of {name} to be {dict(wanted)}, but it is {dict(seen)}."]


def _offers(name: str, wanted: Mapping[str, Iterable[str]], seen: Mapping[str, list[str]]) -> list[str]:
    found = []
    for who, ends in wanted.items():
        theirs = [end for full, ended in seen.items() if is_called(full, who) for end in ended]
        if theirs != list(ends):
            what = listed(theirs) or "they were offered none"
            found.append(f"Expected the offers to {who} on {name} to end {listed(ends)}, but: {what}.")
    return found
