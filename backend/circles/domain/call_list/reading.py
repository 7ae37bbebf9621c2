"""A whole call list: every row accounted for, repeats found, places in the ring decided."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from backend.circles.domain.call_list.cells import LONGEST_CELL
from backend.circles.domain.call_list.entries import CallList, MemberEntry, MemberStatus, RowKind, RowReading
from backend.circles.domain.call_list.findings import Code, Notebook
from backend.circles.domain.call_list.header import Columns, is_repeated_header
from backend.circles.domain.call_list.headings import Field
from backend.circles.domain.call_list.identity import Acquaintances, contradictions, key_of, numbers_of, same_person
from backend.circles.domain.call_list.rows import WAITING, RowReader
from backend.circles.domain.call_list.table import Table, TableRow
from backend.people.domain.names import strip_title
from backend.people.domain.telephone import read_numbers

_SECTION = re.compile(
    r"\b(?:leden|deelnemers|members|ring|wachtlijst|waiting list|wachtend\w*|reserve\w*|totaal|total|"
    r"bijgewerkt|updated|legenda|let op|nb|pagina|page|vrijwilligers|volunteers)\b",
    re.IGNORECASE,
)
_BACK_IN_THE_RING = re.compile(r"\b(?:leden|deelnemers|members|ring)\b", re.IGNORECASE)
_POSITION = re.compile(r"#?\s*(\d{1,3})\s*(?:[.):]|e|de|ste)?", re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    """A row on its way to its reading."""

    row: int
    kind: RowKind
    notebook: Notebook
    entry: MemberEntry | None = None
    written_position: str = ""
    repeats_row: int | None = None

    def closed(self) -> RowReading:
        return RowReading(self.row, self.kind, self.entry, self.notebook.closed(), self.repeats_row)


def understand(table: Table, columns: Columns, country: str = "NL") -> CallList:
    """Reads every row that is not empty; each is in the answer exactly once, in file order.

    `country` (ISO 3166 alpha-2) is where telephone numbers without a country code belong. Nothing is raised:
    what cannot be read is said, and a bad row never stops the good ones.
    """
    file_notebook = Notebook()
    file_notebook.add(table.findings)
    file_notebook.add(columns.findings)
    drafts: list[_Draft] = []
    in_waiting_section = False
    for row in table.rows:
        draft = _draft(row, columns, country, in_waiting_section)
        heading = draft.notebook.closed()
        if Code.WAITING_LIST_HEADING in heading.codes():
            in_waiting_section = True
        elif draft.kind is RowKind.NOT_A_ROW and _ends_waiting_section(row):
            in_waiting_section = False
        drafts.append(draft)
    _find_repeats(drafts)
    _find_shared_lines(drafts)
    _resolve_positions(drafts, numbered=bool(columns.of(Field.POSITION)))
    return CallList(columns, tuple(draft.closed() for draft in drafts), file_notebook.closed())


def _draft(row: TableRow, columns: Columns, country: str, in_waiting_section: bool) -> _Draft:
    if row.number == columns.row:
        draft = _Draft(row.number, RowKind.NOT_A_ROW, Notebook())
        draft.notebook.understand(Code.HEADER_FOUND, row=row.number)
        return draft
    if row.number < columns.row:
        return _not_a_row(row, Notebook())
    if is_repeated_header(row, columns):
        draft = _Draft(row.number, RowKind.NOT_A_ROW, Notebook())
        draft.notebook.understand(Code.REPEATED_HEADER)
        return draft
    reader = RowReader(row, columns, country)
    if len(reader.filled) == 1 and _is_section(reader.filled[0]):
        return _section(row, reader)
    if not re.search(r"\w", reader.name_text):
        return _without_name(row, reader)
    waiting = reader.says_waiting or in_waiting_section
    kind = RowKind.WAITING_LIST if waiting else RowKind.MEMBER
    return _Draft(row.number, kind, reader.notebook, reader.entry(waiting), reader.position_text)


def _is_section(text: str) -> bool:
    """Whether a lone text is a heading or a footer; "Mw. de Ring" is somebody whose number is missing."""
    addressed, _ = strip_title(text)
    return bool(_SECTION.search(text)) and addressed is None and not read_numbers(text).numbers


def _section(row: TableRow, reader: RowReader) -> _Draft:
    text = reader.filled[0]
    if not WAITING.match(text) and not (WAITING.search(text) and len(text.split()) <= 4):
        return _not_a_row(row, reader.notebook)
    reader.notebook.assume(Code.WAITING_LIST_HEADING, text=text)
    return _Draft(row.number, RowKind.NOT_A_ROW, reader.notebook)


def _ends_waiting_section(row: TableRow) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) == 1 and bool(_BACK_IN_THE_RING.search(filled[0])) and not WAITING.search(filled[0])


def _without_name(row: TableRow, reader: RowReader) -> _Draft:
    if reader.tells_of_somebody():
        reader.notebook.ask(Code.NUMBER_WITHOUT_NAME)
    elif reader.names_contact():
        reader.notebook.ask(Code.CONTACT_WITHOUT_MEMBER)
    else:
        return _not_a_row(row, reader.notebook)
    return _Draft(row.number, RowKind.PERSON_NEEDED, reader.notebook)


def _not_a_row(row: TableRow, notebook: Notebook) -> _Draft:
    """A title or a remark; a person looks when it holds a number beside other cells, as members' rows do."""
    filled = [" ".join(cell.split()) for cell in row.cells if cell.strip()]
    text = " | ".join(filled)[:LONGEST_CELL]
    if len(filled) > 1 and read_numbers(" ; ".join(filled)).numbers:
        notebook.ask(Code.NOT_ABOUT_A_MEMBER, text=text)
    else:
        notebook.understand(Code.NOT_ABOUT_A_MEMBER, text=text)
    return _Draft(row.number, RowKind.NOT_A_ROW, notebook)


def _find_repeats(drafts: list[_Draft]) -> None:
    """Keeps one row of each person. A row of the ring is kept rather than one of the waiting list."""
    kept: Acquaintances[int] = Acquaintances()
    for draft in sorted(drafts, key=lambda one: (one.kind is RowKind.WAITING_LIST, one.row)):
        entry = draft.entry
        if entry is None:
            continue
        original = next((pair for pair in kept.of(entry) if same_person(pair[1], entry)), None)
        if original is None:
            kept.add(draft.row, entry)
            continue
        draft.kind = RowKind.DUPLICATE
        draft.repeats_row = original[0]
        different = contradictions(original[1], entry)
        draft.notebook = Notebook()
        if not different and key_of(original[1]) != key_of(entry):
            different = ("given_name",)
        if different:
            draft.notebook.ask(Code.DIFFERS_FROM_ROW, other=original[0], fields=" ".join(different))
        else:
            draft.notebook.understand(Code.SAME_AS_ROW, other=original[0])


def _find_shared_lines(drafts: list[_Draft]) -> None:
    """Says who shares a telephone (a couple) and who shares a name (two people, or a changed number)."""
    before: Acquaintances[int] = Acquaintances()
    by_row = {draft.row: draft for draft in drafts}
    for draft in drafts:
        entry = draft.entry
        if entry is None or draft.kind is RowKind.DUPLICATE:
            continue
        for row, other in before.of(entry):
            if numbers_of(entry) & numbers_of(other):
                draft.notebook.understand(Code.SAME_LINE_AS_ROW, other=row)
                by_row[row].notebook.understand(Code.SAME_LINE_AS_ROW, other=draft.row)
            elif (entry.title or other.title) == (other.title or entry.title):
                same_address = entry.address and entry.address.casefold() == other.address.casefold()
                if same_address:
                    draft.notebook.ask(Code.SAME_NAME_AND_ADDRESS, other=row)
                else:
                    draft.notebook.assume(Code.SAME_NAME_OTHER_NUMBER, other=row)
        before.add(draft.row, entry)


def _resolve_positions(drafts: list[_Draft], *, numbered: bool) -> None:
    """Places 1, 2, … in the ring: by the written numbers, and by file order where these repeat or lack."""
    members = [d for d in drafts if d.kind is RowKind.MEMBER and d.entry is not None]
    ordered: list[tuple[int, int, _Draft]] = []
    last = 0
    for index, draft in enumerate(members):
        found = _POSITION.fullmatch(draft.written_position)
        last = int(found.group(1)) if found else last
        ordered.append((last, index, draft))
    for position, (_, _, draft) in enumerate(sorted(ordered, key=lambda one: one[:2]), start=1):
        if draft.entry is None:
            continue
        draft.entry = replace(draft.entry, position=position)
        written = draft.written_position
        found = _POSITION.fullmatch(written)
        if found and int(found.group(1)) != position:
            draft.notebook.assume(Code.POSITION_RESOLVED, written=written, position=position)
        elif not found and numbered:
            _report_unnumbered(draft, position)
    for draft in drafts:
        if draft.entry is not None and draft.kind is RowKind.WAITING_LIST:
            draft.entry = replace(draft.entry, position=None, status=MemberStatus.WAITING)


def _report_unnumbered(draft: _Draft, position: int) -> None:
    if draft.written_position:
        draft.notebook.ask(Code.POSITION_UNREADABLE, written=draft.written_position, position=position)
    else:
        draft.notebook.assume(Code.POSITION_RESOLVED, written="–", position=position)
