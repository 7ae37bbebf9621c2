"""What a call list says, as values: its members, their contacts, and what became of each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from backend.circles.domain.call_list.findings import Finding, Findings
from backend.circles.domain.call_list.header import Columns
from backend.people.domain.names import Title
from backend.people.domain.telephone import Kind

EVERY_DAY = frozenset(range(7))


class MemberStatus(StrEnum):
    """Whether this entry can be rung: in the ring, waiting for a place, or without a usable number."""

    ACTIVE = "active"
    WAITING = "waiting"
    NEEDS_NUMBER = "needs_number"


class RowKind(StrEnum):
    """What became of one row. Only `MEMBER` and `WAITING_LIST` rows have something to store.

    `PERSON_NEEDED` is about somebody, but cannot be stored before a person completes it (a number without a
    name). A member without a usable number is a `MEMBER` with the status `needs_number`.
    """

    MEMBER = "member"
    WAITING_LIST = "waiting_list"
    DUPLICATE = "duplicate"
    PERSON_NEEDED = "person_needed"
    NOT_A_ROW = "not_a_row"


@dataclass(frozen=True, slots=True)
class PhoneEntry:
    """One telephone number in E.164, with the spelling of the list."""

    e164: str
    kind: Kind
    as_written: str


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """Somebody to be asked to go and look. `has_key` is None when the list does not say.

    Somebody with two numbers is listed twice, in the order in which the numbers are tried. `key_note` may
    hold how to get in ("kluisje"): show it only to whoever claimed an incident.
    """

    name: str
    relation: str = ""
    phone: PhoneEntry | None = None
    has_key: bool | None = None
    key_note: str = ""


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """One member as understood. Weekdays are 0 (Monday) to 6; `position` counts from 1 within the ring.

    `position` is None on the waiting list. `can_ring` False means that the member is rung but rings nobody;
    `ring_longer` asks for a longer ringing time. `notes` keeps everything that has no field of its own.
    """

    position: int | None = None
    title: Title | None = None
    given_name: str = ""
    family_name: str = ""
    phones: tuple[PhoneEntry, ...] = ()
    address: str = ""
    postcode: str = ""
    place: str = ""
    weekdays: frozenset[int] = EVERY_DAY
    contacts: tuple[ContactEntry, ...] = ()
    can_ring: bool = True
    ring_longer: bool = False
    notes: str = ""
    status: MemberStatus = MemberStatus.ACTIVE

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row of the file: its number there, what became of it, and what there is to say about it."""

    row: int
    kind: RowKind
    entry: MemberEntry | None
    findings: Findings
    repeats_row: int | None = None

    @property
    def understood(self) -> tuple[Finding, ...]:
        return self.findings.understood

    @property
    def assumed(self) -> tuple[Finding, ...]:
        return self.findings.assumed

    @property
    def needs_person(self) -> tuple[Finding, ...]:
        return self.findings.needs_person


@dataclass(frozen=True, slots=True)
class CallList:
    """A whole file: every non-empty row in file order, and findings about the file itself."""

    columns: Columns
    rows: tuple[RowReading, ...]
    findings: Findings

    def to_store(self) -> Iterator[tuple[RowReading, MemberEntry]]:
        """The rows that become members, on the waiting list or in the ring, in the order of the ring."""
        kept = [
            (row, row.entry)
            for row in self.rows
            if row.entry is not None and row.kind in {RowKind.MEMBER, RowKind.WAITING_LIST}
        ]
        last = len(self.rows) + 1
        return iter(sorted(kept, key=lambda pair: pair[1].position or last))

    @property
    def needs_a_person(self) -> bool:
        """Whether anything in the file waits for somebody's decision (exit status 1 of the import)."""
        return bool(self.findings.needs_person) or any(row.needs_person for row in self.rows)
