"""Reading the call list that a coordinator keeps in a spreadsheet.

    table = read_table(Path("bellijst.xlsx"), "bellijst.xlsx")
    call_list = understand(table, find_header(table))
    for row in call_list.rows:
        for one in row.needs_person:
            print(row.row, say(one, "nl"))

Pure: files in, values out. Storing the members is for the caller; `match_all` and `compare` tell who is
already there and what differs. Errors: `UnreadableFile` and `NoHeader`, both `CallListError`.
"""

from backend.circles.domain.call_list.entries import (
    EVERY_DAY,
    CallList,
    ContactEntry,
    MemberEntry,
    MemberStatus,
    PhoneEntry,
    RowKind,
    RowReading,
)
from backend.circles.domain.call_list.files import read_table
from backend.circles.domain.call_list.findings import Code, Finding, Findings
from backend.circles.domain.call_list.header import Column, Columns, find_header
from backend.circles.domain.call_list.identity import (
    Difference,
    compare,
    describe,
    key_of,
    match,
    match_all,
    namesakes,
    same_person,
)
from backend.circles.domain.call_list.messages import Language, days_as_words, field_name, say
from backend.circles.domain.call_list.reading import understand
from backend.circles.domain.call_list.table import CallListError, NoHeader, Table, TableRow, UnreadableFile

__all__ = [
    "EVERY_DAY",
    "CallList",
    "CallListError",
    "Code",
    "Column",
    "Columns",
    "ContactEntry",
    "Difference",
    "Finding",
    "Findings",
    "Language",
    "MemberEntry",
    "MemberStatus",
    "NoHeader",
    "PhoneEntry",
    "RowKind",
    "RowReading",
    "Table",
    "TableRow",
    "UnreadableFile",
    "compare",
    "days_as_words",
    "describe",
    "field_name",
    "find_header",
    "key_of",
    "match",
    "match_all",
    "namesakes",
    "read_table",
    "same_person",
    "say",
    "understand",
]
