"""From a file to a table, whatever its name says it is."""

from __future__ import annotations

from pathlib import Path

from backend.circles.domain.call_list.delimited import read_delimited
from backend.circles.domain.call_list.findings import Code
from backend.circles.domain.call_list.table import LARGEST_FILE_MB, Table, UnreadableFile
from backend.circles.domain.call_list.workbook import read_workbook

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and also an XLSX with a password
_OTHER_FILES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"PK", "archive"),
    (b"{\\rtf", "archive"),
)


def read_table(source: Path | bytes, filename: str) -> Table:
    """The rows of a CSV or XLSX file, recognised by its content; `filename` is used in sentences only.

    Raises UnreadableFile for anything else, for more than 5 MB and for more than 2,000 filled rows. A path
    that does not exist or may not be read raises OSError.
    """
    limit = LARGEST_FILE_MB * 1_000_000
    if isinstance(source, Path):
        with source.open("rb") as opened:
            data = opened.read(limit + 1)
    else:
        data = source
    if len(data) > limit:
        raise UnreadableFile(Code.TOO_LARGE, file=filename, limit=LARGEST_FILE_MB)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(Code.EMPTY_FILE, file=filename)
    if data.startswith(_ZIP):
        return read_workbook(data, filename)
    if data.startswith(_OLD_OFFICE):
        raise UnreadableFile(Code.OLD_OR_LOCKED_WORKBOOK, file=filename)
    for mark, seen in _OTHER_FILES:
        if data.startswith(mark):
            raise UnreadableFile(Code.NOT_A_SPREADSHEET, file=filename, seen=seen)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise UnreadableFile(Code.NOT_A_SPREADSHEET, file=filename, seen="web_page")
    return read_delimited(data, filename)
