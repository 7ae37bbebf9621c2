"""XLSX as rows of text: which sheet, and what numbers, dates and formulas looked like to the coordinator."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

from openpyxl import load_workbook

from backend.circles.domain.call_list.findings import Code, Notebook
from backend.circles.domain.call_list.header import has_header
from backend.circles.domain.call_list.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    Table,
    TableRow,
    UnreadableFile,
)

# Unpacked size beyond which a workbook is not a call list but an attack or a mistake.
LARGEST_UNPACKED_MB = 60


def read_workbook(data: bytes, filename: str) -> Table:
    """Reads the first sheet that holds a list with column names, else the first that holds anything.

    Other sheets that hold a list are reported as needing a person. Raises UnreadableFile.
    """
    _refuse_bomb(data, filename)
    try:
        sheets = _sheets(data, filename)
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged workbook makes its readers raise anything, from zlib.error to KeyError
        raise UnreadableFile(Code.DAMAGED_WORKBOOK, file=filename) from error
    filled = [(name, rows) for name, rows in sheets if rows]
    if not filled:
        raise UnreadableFile(Code.EMPTY_FILE, file=filename)
    lists = [name for name, rows in filled if has_header(rows)]
    chosen = lists[0] if lists else filled[0][0]
    notebook = Notebook()
    for name, _ in filled:
        if name in lists and name != chosen:
            notebook.ask(Code.OTHER_SHEET_WITH_LIST, sheet=name)
        elif name != chosen:
            notebook.assume(Code.OTHER_SHEET_SKIPPED, sheet=name)
    return Table(filename, dict(filled)[chosen], sheet=chosen, findings=notebook.closed())


def _refuse_bomb(data: bytes, filename: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
            names = packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        # zipfile answers what it cannot unpack (a strange method, a newer version) with the last of these.
        raise UnreadableFile(Code.DAMAGED_WORKBOOK, file=filename) from error
    if "mimetype" in names and "content.xml" in names:
        raise UnreadableFile(Code.NOT_A_SPREADSHEET, file=filename, seen="opendocument")
    if not any(name.startswith("xl/") for name in names):
        raise UnreadableFile(Code.NOT_A_SPREADSHEET, file=filename, seen="archive")
    if unpacked > LARGEST_UNPACKED_MB * 1_000_000:
        raise UnreadableFile(Code.TOO_LARGE, file=filename, limit=LARGEST_UNPACKED_MB)


def _sheets(data: bytes, filename: str) -> list[tuple[str, tuple[TableRow, ...]]]:
    """Every worksheet with its rows. Values as last calculated; a formula never calculated stays text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about styles and validation that we do not read
        values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        sheets = []
        for value_sheet, formula_sheet in zip(values.worksheets, formulas.worksheets, strict=True):
            # The stated dimensions of a sheet are often wrong, and rows outside them would be lost.
            value_sheet.reset_dimensions()
            formula_sheet.reset_dimensions()
            rows = tuple(
                _rows(
                    value_sheet.iter_rows(values_only=True),
                    formula_sheet.iter_rows(values_only=True),
                    filename,
                )
            )
            sheets.append((value_sheet.title, rows))
    return sheets


def _rows(values: Iterable[tuple[Any, ...]], formulas: Iterable[tuple[Any, ...]], filename: str) -> Iterator[TableRow]:
    found = 0
    for number, (value_row, formula_row) in enumerate(zip_longest(values, formulas, fillvalue=()), start=1):
        cells = [
            _text(formula if value is None else value)
            for value, formula in zip_longest(value_row, formula_row, fillvalue=None)
        ]
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        found += 1
        if found > MOST_ROWS:
            raise UnreadableFile(Code.TOO_MANY_ROWS, file=filename, limit=MOST_ROWS)
        if len(cells) > MOST_COLUMNS:
            raise UnreadableFile(Code.TOO_WIDE, file=filename, row=number, limit=MOST_COLUMNS)
        yield TableRow(number, tuple(cells))


def _text(value: object) -> str:
    """A cell as text: whole numbers without a fraction, dates as 2026-11-30, true and false as ja and nee."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)
