"""Which row names the columns, and what each column holds.

Columns are recognised by their names in any order, by their place beside a contact's column, and, for
telephone numbers without a known name, by their content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from backend.circles.domain.call_list.cells import heading_key
from backend.circles.domain.call_list.findings import NOTHING_TO_SAY, Code, Findings, Notebook
from backend.circles.domain.call_list.headings import (
    KEY_HOLDER,
    KNOWN_HEADINGS,
    LONGEST_HEADING,
    NAME_FIELDS,
    PHONE_FIELDS,
    Field,
    Heading,
    read_heading,
)
from backend.circles.domain.call_list.table import NoHeader, Table, TableRow
from backend.circles.domain.call_list.weekdays import DaysRead, read_weekdays
from backend.people.domain.telephone import read_numbers

# A header further down than this many filled rows is no header of a list.
ROWS_SEARCHED = 40
MANY = frozenset({Field.PHONE, Field.LANDLINE, Field.MOBILE, Field.HOUSE_NUMBER, Field.WEEKDAY, Field.NOTES})


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `contact` counts contacts from 1 and is 0 for the member; `index` counts from 0."""

    index: int
    heading: str
    field: Field
    contact: int = 0
    weekday: int | None = None

    @property
    def label(self) -> str:
        """The heading, or the number of the column where it has none."""
        return self.heading or str(self.index + 1)


@dataclass(frozen=True, slots=True)
class Columns:
    """The header: its row in the file, its columns, and what was assumed about them."""

    row: int
    columns: tuple[Column, ...]
    findings: Findings = NOTHING_TO_SAY

    def of(self, *fields: Field, contact: int = 0) -> tuple[Column, ...]:
        """The member's (or one contact's) columns with these fields, in the order of the file."""
        return tuple(c for c in self.columns if c.field in fields and c.contact == contact)

    @property
    def contacts(self) -> tuple[int, ...]:
        """The numbers of the contacts that have columns."""
        return tuple(sorted({column.contact for column in self.columns if column.contact}))

    @property
    def unknown(self) -> tuple[Column, ...]:
        """Columns whose content is kept in the notes under their own name."""
        return tuple(column for column in self.columns if column.field is Field.UNKNOWN)


def has_header(rows: Sequence[TableRow]) -> bool:
    """Whether these rows hold a list with column names."""
    return _best(rows) is not None


def find_header(table: Table) -> Columns:
    """The header line of a call list, wherever it stands below title lines.

    Raises NoHeader, with what was seen and which names are understood.
    """
    best = _best(table.rows)
    if best is None:
        seen = "; ".join(" | ".join(cell[:30] for cell in row.cells if cell) for row in table.rows[:3])
        raise NoHeader(Code.NO_HEADER, seen=seen[:300] or "nothing", known=KNOWN_HEADINGS)
    return best


def _best(rows: Sequence[TableRow]) -> Columns | None:
    candidates = []
    for position, row in enumerate(rows[:ROWS_SEARCHED]):
        above = rows[position - 1] if position else None
        columns = _understood(row, above, rows[position + 1 :])
        if columns is not None:
            recognised = sum(column.field is not Field.UNKNOWN for column in columns.columns)
            candidates.append((recognised, -position, columns))
    return max(candidates, key=lambda one: one[:2])[2] if candidates else None


def _understood(row: TableRow, above: TableRow | None, below: Sequence[TableRow]) -> Columns | None:
    """The row as a header, or None when it names no name or has no column with telephone numbers."""
    if sum(bool(cell) and len(cell) <= LONGEST_HEADING for cell in row.cells) < 2:
        return None
    if read_numbers(" ; ".join(row.cells)).numbers:
        return None
    notebook = Notebook()
    headings = [read_heading(cell) for cell in row.cells]
    if not any(heading.field in NAME_FIELDS for heading in headings):
        return None
    width = max([len(row.cells), *(len(other.cells) for other in below)])
    grouped = _with_groups(headings, row, above)
    columns = _Assigner(notebook).assign(row, grouped)
    columns += [Column(index, "", Field.UNKNOWN) for index in range(len(row.cells), width)]
    columns = _by_content(columns, below, notebook)
    fields = {column.field for column in columns if not column.contact}
    if not fields & NAME_FIELDS or not fields & PHONE_FIELDS:
        return None
    columns = [c for c in columns if c.field is not Field.UNKNOWN or any(r.cell(c.index).strip() for r in below)]
    for column in columns:
        if column.field is Field.UNKNOWN:
            notebook.assume(Code.COLUMN_TO_NOTES, heading=column.label)
    if Field.POSITION not in fields:
        notebook.assume(Code.NO_POSITIONS)
    notebook.understand(Code.HEADER_FOUND, row=row.number)
    return Columns(row.number, tuple(columns), notebook.closed())


def _with_groups(headings: list[Heading], row: TableRow, above: TableRow | None) -> list[Heading]:
    """Headings completed by a line of merged cells above them ("Contactpersoon 1" over Naam, Telefoon)."""
    if above is None or above.cell(0).strip():
        return headings
    grouped: list[Heading] = []
    group = ""
    for index, heading in enumerate(headings):
        group = above.cell(index).strip() or group
        over = read_heading(group)
        together = read_heading(f"{group} {row.cells[index]}") if over.contact is not None else heading
        grouped.append(together if together.contact is not None else heading)
    return grouped


@dataclass(slots=True)
class _Assigner:
    """Gives each column its owner, from left to right: the member, a contact, or somebody else."""

    notebook: Notebook
    owner: int = 0
    somebody_else: bool = False
    contacts: int = 0
    previous: Field = Field.UNKNOWN
    taken: set[tuple[Field, int]] = field(default_factory=set)

    def assign(self, row: TableRow, headings: list[Heading]) -> list[Column]:
        columns = []
        # A number of the contact that is named as such further on leaves plain "Telefoon" to the member.
        self.taken_ahead = {heading.contact or 1 for heading in headings if heading.field is Field.CONTACT_PHONE}
        for index, heading in enumerate(headings):
            column = self._column(index, row.cells[index].strip(), heading)
            if column.field is not Field.UNKNOWN:
                self.taken.add((column.field, column.contact))
            columns.append(column)
            self.previous = column.field
        return columns

    taken_ahead: set[int] = field(default_factory=set)

    def _column(self, index: int, text: str, heading: Heading) -> Column:  # noqa: PLR0911 - the order is the rule
        if heading.other_person:
            self.somebody_else = True
            return Column(index, text, Field.UNKNOWN)
        if heading.contact is not None:
            return self._of_contact(index, text, heading)
        if heading.field is Field.KEY:
            owner = heading.number if heading.number and self.contacts else self.owner
            return self._once(Column(index, text, Field.KEY, owner))
        if heading.field in PHONE_FIELDS:
            return self._phone(index, text, heading)
        if heading.field is Field.POSITION and self.previous in {Field.STREET, Field.ADDRESS}:
            return self._once(Column(index, text, Field.HOUSE_NUMBER))
        if heading.field is Field.NAME and self._member_has(NAME_FIELDS - {Field.GIVEN_NAME}):
            return self._of_contact(index, text, Heading(Field.CONTACT_NAME, contact=0))
        return self._once(Column(index, text, heading.field, weekday=heading.weekday))

    def _of_contact(self, index: int, text: str, heading: Heading) -> Column:
        number = heading.contact or 0
        if heading.field is Field.CONTACT_NAME:
            number = number or self.contacts + 1
        number = number or self.owner or max(self.contacts, 1)
        self.owner, self.somebody_else = number, False
        if number != KEY_HOLDER:
            self.contacts = max(self.contacts, number)
        return self._once(Column(index, text, heading.field, number))

    def _phone(self, index: int, text: str, heading: Heading) -> Column:
        """A plain "Telefoon" is the member's, until the member has one and the contact beside it has none."""
        if self.somebody_else and self._member_has(PHONE_FIELDS):
            return Column(index, text, Field.UNKNOWN)
        contact_lacks_one = (
            self.owner and (Field.CONTACT_PHONE, self.owner) not in self.taken and self.owner not in self.taken_ahead
        )
        if contact_lacks_one and self._member_has(PHONE_FIELDS):
            self.notebook.assume(Code.COLUMN_OF_CONTACT, heading=text, column=index + 1, contact=self.owner)
            return Column(index, text, Field.CONTACT_PHONE, self.owner)
        repeated = (heading.field, 0) in self.taken and heading.number is None
        return Column(index, text, Field.UNKNOWN if repeated else heading.field)

    def _once(self, column: Column) -> Column:
        """A second column for what can be there once is kept under its own name."""
        if column.field in MANY or (column.field, column.contact) not in self.taken:
            return column
        return replace(column, field=Field.UNKNOWN, contact=0)

    def _member_has(self, fields: frozenset[Field]) -> bool:
        return any((one, 0) in self.taken for one in fields)


def _by_content(columns: list[Column], below: Sequence[TableRow], notebook: Notebook) -> list[Column]:
    """Corrects columns whose content says something else than their name, or that have no name."""
    has_phone = any(c.field in PHONE_FIELDS for c in columns)
    corrected = []
    for column in columns:
        values = [row.cell(column.index) for row in below if row.cell(column.index).strip()][:50]
        new = column.field
        nameless = column.field is Field.UNKNOWN and not has_phone and not read_heading(column.heading).other_person
        if (nameless or column.field is Field.POSITION) and _mostly_numbers(values):
            new, has_phone = Field.PHONE, True
        elif column.field is Field.WEEKDAYS and len(values) >= 3 and not _any_days(values):
            new = Field.UNKNOWN
        if new is not column.field and new is not Field.UNKNOWN:
            notebook.assume(Code.COLUMN_BY_CONTENT, heading=column.label, field=new.value)
        corrected.append(replace(column, field=new))
    return corrected


def _mostly_numbers(values: list[str]) -> bool:
    return bool(values) and sum(bool(read_numbers(value).numbers) for value in values) * 5 >= len(values) * 3


def _any_days(values: list[str]) -> bool:
    return any(read_weekdays(value).how is DaysRead.READ for value in values)


def is_repeated_header(row: TableRow, columns: Columns) -> bool:
    """Whether a row says the column names once more, as on the second page of a print."""
    named = [column for column in columns.columns if column.heading]
    return len(named) > 1 and all(
        heading_key(row.cell(column.index)) == heading_key(column.heading) for column in named
    )
