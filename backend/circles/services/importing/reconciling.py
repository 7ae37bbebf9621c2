"""Which rows of a list are new, which are there already, and what differs. Pure: entries in, verdicts out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from backend.circles.domain.call_list import (
    CallList,
    Difference,
    MemberEntry,
    MemberStatus,
    RowReading,
    compare,
    key_of,
    match_all,
)


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UNCHANGED = "unchanged"
    DIFFERENT = "different"
    HAS_LEFT = "has_left"
    FAILED = "failed"
    NO_MEMBER = "no_member"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row beside what is stored. `stored` is the key of the member it is; `perhaps` of who it might be."""

    reading: RowReading
    fate: Fate
    stored: int | None = None
    differences: tuple[Difference, ...] = ()
    perhaps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A verdict on each row that describes a member, in the order of the ring, and who is not in the list."""

    verdicts: tuple[Verdict, ...]
    vanished: tuple[int, ...]


def reconcile(
    call_list: CallList, present: Mapping[int, MemberEntry], left: Mapping[int, MemberEntry]
) -> Reconciliation:
    """Compares a list with the members of a circle (`present`, in ring order) and those who have left it.

    Identity is circle + normalised name + any number. Who is present goes before who has left.
    """
    rows = [row for row, _entry in call_list.to_store()]
    entries = [entry for _row, entry in call_list.to_store()]
    found = match_all(entries, present)
    strangers = [index for index, key in enumerate(found) if key is None]
    known_from_before = match_all([entries[index] for index in strangers], left)
    returning = dict(zip(strangers, known_from_before, strict=True))
    matched = {key: entries[index] for index, key in enumerate(found) if key is not None}
    vanished = {key: entry for key, entry in present.items() if key not in matched}
    places = _moved(present, matched)
    resemblance = _Resemblance(vanished)
    verdicts = []
    for index, (row, entry, key) in enumerate(zip(rows, entries, found, strict=True)):
        if key is not None:
            differences = _differences(present[key], entry, places.get(key))
            fate = Fate.DIFFERENT if differences else Fate.UNCHANGED
            verdicts.append(Verdict(row, fate, key, differences))
        elif returning[index] is not None:
            verdicts.append(Verdict(row, Fate.HAS_LEFT, returning[index]))
        else:
            verdicts.append(Verdict(row, Fate.NEW, perhaps=resemblance.to(entry)))
    return Reconciliation(tuple(verdicts), tuple(vanished))


class _Resemblance:
    """Members who are not in the list, by name and number: perhaps their name or number was corrected in it."""

    def __init__(self, vanished: Mapping[int, MemberEntry]) -> None:
        self._by_mark: defaultdict[str, list[int]] = defaultdict(list)
        for key, entry in vanished.items():
            for mark in _marks(entry):
                self._by_mark[mark].append(key)

    def to(self, entry: MemberEntry) -> tuple[int, ...]:
        return tuple(sorted({key for mark in _marks(entry) for key in self._by_mark.get(mark, ())}))


def _marks(entry: MemberEntry) -> set[str]:
    return {key_of(entry), *(phone.e164 for phone in entry.phones)}


def _differences(stored: MemberEntry, entry: MemberEntry, places: tuple[int, int] | None) -> tuple[Difference, ...]:
    differences = compare(stored, replace(entry, position=stored.position))
    if places is None:
        return differences
    return (Difference("position", *places), *differences)


def _moved(present: Mapping[int, MemberEntry], matched: Mapping[int, MemberEntry]) -> dict[int, tuple[int, int]]:
    """Members whose place is another in the list: (place in the circle, place in the list), both from 1.

    A place that changed only because others joined or went is none: what counts is who rings whom.
    """
    ring = [key for key, entry in present.items() if entry.position is not None]
    place_now = {key: place for place, key in enumerate(ring, start=1)}
    place_in_list = {
        key: entry.position
        for key, entry in matched.items()
        if entry.position is not None and entry.status is not MemberStatus.WAITING and key in place_now
    }
    now = sorted(place_in_list, key=place_now.__getitem__)
    if now == sorted(place_in_list, key=place_in_list.__getitem__):
        return {}
    return {key: (place_now[key], new) for key, new in place_in_list.items() if place_now[key] != new}
