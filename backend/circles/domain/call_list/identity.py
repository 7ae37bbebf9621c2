"""Who is the same person, in one file and on importing again: circle + normalised name + any number.

The circle is the caller's: compare members of one circle only. Two people are taken for one only where that
cannot leave somebody unrung: forms of address must agree, and a number or an address must be shared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from backend.circles.domain.call_list.entries import ContactEntry, MemberEntry, PhoneEntry
from backend.circles.domain.call_list.messages import Language, days_as_words, field_name
from backend.people.domain.names import normalised_name, same_name
from backend.people.domain.telephone import format_for_people

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same: what is stored, and what the file says."""

    field: str
    old: object
    new: object


def key_of(entry: MemberEntry) -> str:
    """The normalised name of a member, for the database."""
    return normalised_name(entry.given_name, entry.family_name)


def numbers_of(entry: MemberEntry) -> frozenset[str]:
    """The member's numbers in E.164."""
    return frozenset(phone.e164 for phone in entry.phones)


class Acquaintances(Generic[Key]):
    """Members by name and number, so that each is compared only with who shares one of them."""

    def __init__(self) -> None:
        self._members: dict[Key, MemberEntry] = {}
        self._order: dict[Key, int] = {}
        self._by_mark: defaultdict[str, set[Key]] = defaultdict(set)

    def add(self, key: Key, entry: MemberEntry) -> None:
        self._members[key] = entry
        self._order[key] = len(self._order)
        for mark in self._marks(entry):
            self._by_mark[mark].add(key)

    def remove(self, key: Key) -> None:
        for mark in self._marks(self._members.pop(key)):
            self._by_mark[mark].discard(key)

    def of(self, entry: MemberEntry) -> list[tuple[Key, MemberEntry]]:
        """Who has the same normalised name or shares a number, in the order in which they were added."""
        keys = {key for mark in self._marks(entry) for key in self._by_mark[mark]}
        return [(key, self._members[key]) for key in sorted(keys, key=self._order.__getitem__)]

    @staticmethod
    def _marks(entry: MemberEntry) -> frozenset[str]:
        return numbers_of(entry) | {key_of(entry)}


def same_person(one: MemberEntry, other: MemberEntry) -> bool:
    """Whether both entries are one person: names that can be the same, on a shared number.

    "Mw. J. Bakker" and "Dhr. J. Bakker" on one line are two. Without a number on either side, the full name
    and the address must be equal.
    """
    if one.title and other.title and one.title != other.title:
        return False
    if numbers_of(one) & numbers_of(other):
        return same_name(one.given_name, one.family_name, other.given_name, other.family_name)
    if one.phones and other.phones:
        return False
    return key_of(one) == key_of(other) and _address(one) == _address(other) != ""


def match(entry: MemberEntry, existing: Mapping[Key, MemberEntry]) -> Key | None:
    """The key of the stored member that this entry is, or None for somebody new."""
    return match_all([entry], existing)[0]


def match_all(entries: Iterable[MemberEntry], existing: Mapping[Key, MemberEntry]) -> tuple[Key | None, ...]:
    """For each entry the key of the stored member it is; nobody is matched twice.

    The surest matches come first: nothing differs at all; equal name on a shared number; `same_person`; equal
    name where neither ever had a usable number; equal name where one had none and only one member is left.
    """
    new = list(entries)
    found: list[Key | None] = [None] * len(new)
    free: Acquaintances[Key] = Acquaintances()
    for key, stored in existing.items():
        free.add(key, stored)
    for certainty in (_nothing_differs, _equal_on_shared_number, same_person, _no_numbers, _number_is_new):
        for index, entry in enumerate(new):
            if found[index] is not None:
                continue
            candidates = [key for key, stored in free.of(entry) if certainty(entry, stored)]
            if not candidates or (certainty is _number_is_new and len(candidates) > 1):
                continue
            found[index] = candidates[0]
            free.remove(candidates[0])
    return tuple(found)


def namesakes(entry: MemberEntry, existing: Mapping[Key, MemberEntry]) -> tuple[Key, ...]:
    """Stored members with the same name who are not this person: perhaps somebody whose number changed.

    By the rule of identity they are two people and both are rung; say so, and let a person decide.
    """
    return tuple(
        key for key, stored in existing.items() if key_of(stored) == key_of(entry) and not same_person(stored, entry)
    )


def compare(existing: MemberEntry, new: MemberEntry) -> tuple[Difference, ...]:
    """Every field in which the file differs from what is stored, old value first. Nothing is overwritten.

    How a telephone number is spelled makes no difference, nor does the order of equal contacts' numbers.
    """
    return tuple(
        Difference(field.name, getattr(existing, field.name), getattr(new, field.name))
        for field in fields(MemberEntry)
        if _comparable(getattr(existing, field.name)) != _comparable(getattr(new, field.name))
    )


def contradictions(kept: MemberEntry, repeated: MemberEntry) -> tuple[str, ...]:
    """The fields in which a repeated row says something that the kept row does not say."""
    return tuple(
        difference.field
        for difference in compare(kept, repeated)
        if difference.field not in {"position", "status"} and _adds(difference)
    )


def describe(difference: Difference, language: Language = "nl") -> str:
    """A difference in one line: "telefoonnummers: 013 000 12 11 → 013 000 12 12"."""
    old, new = _shown(difference.old, language), _shown(difference.new, language)
    return f"{field_name(difference.field, language)}: {old} → {new}"


def _equal_on_shared_number(one: MemberEntry, other: MemberEntry) -> bool:
    return key_of(one) == key_of(other) and same_person(one, other)


def _nothing_differs(one: MemberEntry, other: MemberEntry) -> bool:
    return not compare(one, other)


def _no_numbers(one: MemberEntry, other: MemberEntry) -> bool:
    return not one.phones and not other.phones and _number_is_new(one, other)


def _number_is_new(one: MemberEntry, other: MemberEntry) -> bool:
    """Equal names and no address that contradicts, where at least one side has no number to compare."""
    if (one.phones and other.phones) or (one.title and other.title and one.title != other.title):
        return False
    addresses = {_address(one), _address(other)} - {""}
    return key_of(one) == key_of(other) and len(addresses) < 2


def _address(entry: MemberEntry) -> str:
    return "".join(c for c in f"{entry.address} {entry.place}".casefold() if c.isalnum())


def _adds(difference: Difference) -> bool:
    if difference.field == "phones":
        return not _comparable(difference.new) <= _comparable(difference.old)  # type: ignore[operator]
    if difference.field in {"can_ring", "ring_longer"}:
        return difference.new != MemberEntry.__dataclass_fields__[difference.field].default
    return bool(difference.new)


def _comparable(value: object) -> object:
    if isinstance(value, tuple):
        if all(isinstance(part, PhoneEntry) for part in value):
            return frozenset(part.e164 for part in value)
        return tuple(_comparable(part) for part in value)
    if isinstance(value, ContactEntry):
        number = value.phone.e164 if value.phone else ""
        return (value.name, value.relation, number, value.has_key, value.key_note)
    return value


def _shown(value: object, language: Language) -> str:  # noqa: PLR0911 - one case a line
    match value:
        case None | "" | ():
            return "–"
        case bool():
            return {("nl", True): "ja", ("nl", False): "nee", ("en", True): "yes"}.get((language, value), "no")
        case frozenset():
            return days_as_words(frozenset(int(day) for day in value), language)
        case tuple():
            return ", ".join(_shown(part, language) for part in value)
        case PhoneEntry():
            return format_for_people(value.e164)
        case ContactEntry():
            number = f" {format_for_people(value.phone.e164)}" if value.phone else ""
            key = f"{'sleutel' if language == 'nl' else 'key'}: {_shown(value.has_key, language)}"
            return f"{value.relation} {value.name}".strip() + f"{number} ({key})"
        case _:
            return str(value)
