"""CSV as spreadsheets write it: its encoding, its delimiter, and quotation marks that may be broken."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass

from charset_normalizer import from_bytes

from backend.circles.domain.call_list.findings import Code, Notebook
from backend.circles.domain.call_list.table import Table, UnreadableFile, rows_of

DELIMITERS = (";", "\t", ",", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class _Records:
    rows: list[list[str]]
    quotes_literal: bool


def read_delimited(data: bytes, filename: str) -> Table:
    """Reads CSV in UTF-8, UTF-16, Windows-1252 or, failing these, what charset-normalizer recognises.

    Row numbers count records, as a spreadsheet does: a line break within quotation marks begins no row.
    Raises UnreadableFile.
    """
    notebook = Notebook()
    text, encoding = _decoded(data, filename)
    if encoding not in {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"} and not text.isascii():
        notebook.assume(Code.ENCODING_ASSUMED, encoding=encoding)
    text, delimiter = _announced_delimiter(text)
    records, delimiter = _records(text, delimiter)
    if records.quotes_literal:
        notebook.assume(Code.QUOTES_TAKEN_LITERALLY)
    rows = rows_of(records.rows, filename)
    if not rows:
        raise UnreadableFile(Code.EMPTY_FILE, file=filename)
    return Table(filename, rows, encoding=encoding, delimiter=delimiter, findings=notebook.closed())


def _decoded(data: bytes, filename: str) -> tuple[str, str]:
    """The text and its encoding. UTF-8 proves itself; otherwise Dutch spreadsheets write Windows-1252."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_or_refuse(data, encoding, filename), encoding
    if unmarked := _utf16_without_mark(data):
        return _decode_or_refuse(data, unmarked, filename), unmarked
    _refuse_binary(data, filename)
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    best = from_bytes(data).best()
    if best is None:
        return data.decode("latin-1"), "latin-1"
    return str(best), best.encoding


def _decode_or_refuse(data: bytes, encoding: str, filename: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(Code.NOT_TEXT, file=filename) from error


def _utf16_without_mark(data: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in nearly every second byte."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes, filename: str) -> None:
    control = sum(data.count(byte) for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1a\x1b")
    if control > max(8, len(data) // 50):
        raise UnreadableFile(Code.NOT_TEXT, file=filename)


def _announced_delimiter(text: str) -> tuple[str, str | None]:
    """Excel's first line "sep=;" says the delimiter and is no row."""
    first, _, rest = text.partition("\n")
    announced = first.strip().strip('"')
    if announced.casefold().startswith("sep=") and len(announced) == 5:
        return rest, announced[4]
    return text, None


def _records(text: str, announced: str | None) -> tuple[_Records, str]:
    candidates = (announced,) if announced else DELIMITERS
    parsed = [(_parsed(text, delimiter), delimiter) for delimiter in candidates]
    return max(parsed, key=lambda pair: _regularity(pair[0].rows))


def _regularity(rows: list[list[str]]) -> int:
    """How much like a table the rows are: how many share the commonest width, times that width."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0
    return max(count * (width - 1) for width, count in widths.items())


def _parsed(text: str, delimiter: str) -> _Records:
    if '"' not in text:
        return _Records(_lines_as_rows(text, delimiter), quotes_literal=False)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return _Records(_lines_as_rows(text, delimiter), quotes_literal=True)
    if _swallowed_rows(rows, delimiter):
        return _Records(_lines_as_rows(text, delimiter), quotes_literal=True)
    return _Records(rows, quotes_literal=False)


def _swallowed_rows(rows: list[list[str]], delimiter: str) -> bool:
    """Whether one cell holds whole rows: two stray quotation marks would make members disappear in it."""
    width = max((len(row) for row in rows), default=0)
    few = max(2, (width - 1) // 2)
    return any(
        line.count(delimiter) >= few
        for row in rows
        for cell in row
        if "\n" in cell or "\r" in cell
        for line in cell.splitlines()
    )


def _lines_as_rows(text: str, delimiter: str) -> list[list[str]]:
    """Each line as a row, with quotation marks taken off only where they enclose a whole cell."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [[_unquoted(cell) for cell in line.split(delimiter)] for line in lines]


def _unquoted(cell: str) -> str:
    bare = cell.strip()
    if len(bare) >= 2 and bare[0] == bare[-1] == '"':
        bare = bare[1:-1]
    return bare.replace('""', '"')
