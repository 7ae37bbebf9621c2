"""A file as rows of text with their numbers in the file, and the errors of files that are not a call list."""

from __future__ import annotations

from dataclasses import dataclass

from backend.circles.domain.call_list.findings import (
    NOTHING_TO_SAY,
    Code,
    Finding,
    Findings,
    Parameter,
    finding,
)
from backend.circles.domain.call_list.messages import say
from backend.common.errors import RondjeError

LARGEST_FILE_MB = 5
MOST_ROWS = 2000
MOST_COLUMNS = 200


class CallListError(RondjeError):
    """A file of which nothing can be imported. `message` is Dutch; `say(error.finding, "en")` is English."""

    def __init__(self, code: Code, **parameters: Parameter) -> None:
        self.finding: Finding = finding(code, **parameters)
        super().__init__(say(self.finding, "nl"))


class UnreadableFile(CallListError):
    """The file is no readable CSV or XLSX."""


class NoHeader(CallListError):
    """No row names a column with names and a column with telephone numbers."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row that is not empty. `number` is the row as a spreadsheet shows it, from 1."""

    number: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """The text in a column, empty where the row is shorter."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that are not empty, and what had to be assumed to read the file."""

    filename: str
    rows: tuple[TableRow, ...]
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    findings: Findings = NOTHING_TO_SAY


def rows_of(records: list[list[str]], filename: str) -> tuple[TableRow, ...]:
    """Numbers the records from 1 and keeps those with text in them.

    Raises UnreadableFile when there are too many rows or columns.
    """
    rows = []
    for number, record in enumerate(records, start=1):
        cells = tuple(record)
        while cells and not cells[-1].strip():
            cells = cells[:-1]
        if len(cells) > MOST_COLUMNS:
            raise UnreadableFile(Code.TOO_WIDE, file=filename, row=number, limit=MOST_COLUMNS)
        if cells:
            rows.append(TableRow(number, cells))
        if len(rows) > MOST_ROWS:
            raise UnreadableFile(Code.TOO_MANY_ROWS, file=filename, limit=MOST_ROWS)
    return tuple(rows)
