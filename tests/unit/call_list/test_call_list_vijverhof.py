"""The list of De Vijverhof as a coordinator handed it in, where that file is at hand."""

from pathlib import Path

import pytest

from backend.circles.domain.call_list import (
    MemberStatus,
    RowKind,
    compare,
    find_header,
    match_all,
    read_table,
    understand,
)

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
FILES = [DATA / "telefooncirkel_vijverhof.csv", DATA / "telefooncirkel_vijverhof.xlsx"]

pytestmark = pytest.mark.skipif(
    not all(file.exists() for file in FILES), reason="the Vijverhof list is not on this machine"
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.suffix)
def test_every_row_of_the_vijverhof_has_its_outcome(file: Path) -> None:
    table = read_table(file, file.name)
    read = understand(table, find_header(table))

    outcomes = [
        (r.row, r.kind.value, r.entry and r.entry.position, r.entry and [p.e164[-4:] for p in r.entry.phones])
        for r in read.rows
    ]
    assert outcomes == [
        (1, "not_a_row", None, None),
        (2, "not_a_row", None, None),
        (3, "member", 1, ["1211"]),
        (4, "member", 2, ["1213", "1002"]),
        (5, "member", 3, ["1214"]),
        (6, "member", 4, ["1216", "1005"]),
        (7, "member", 5, ["1006"]),
        (8, "member", 6, ["1218"]),
        (9, "member", 7, ["1220", "1008"]),
        (10, "member", 8, ["1221"]),
        (12, "waiting_list", None, ["1224"]),
        (13, "duplicate", None, ["1213"]),
        (14, "member", 9, []),
    ]
    entries = {r.row: r.entry for r in read.rows if r.entry}
    assert [row for row, entry in entries.items() if entry.ring_longer] == [3]
    assert [row for row, entry in entries.items() if not entry.can_ring] == [10]
    assert [row for row, entry in entries.items() if entry.status is MemberStatus.NEEDS_NUMBER] == [14]
    assert [len(entry.contacts) for entry in entries.values()] == [2, 1, 2, 1, 0, 2, 1, 2, 0, 0, 0]
    assert [len(entry.weekdays) for entry in entries.values()] == [7, 5, 7, 6, 7, 7, 3, 7, 7, 5, 7]
    assert entries[8].contacts[0].key_note == "kluisje 4-cijferig"
    assert [r.row for r in read.rows if r.needs_person] == [7, 13, 14]
    assert [r.repeats_row for r in read.rows if r.kind is RowKind.DUPLICATE] == [4]

    stored = [entry for _, entry in read.to_store()]
    assert match_all(stored, dict(enumerate(stored))) == tuple(range(len(stored)))
    assert [compare(entry, entry) for entry in stored] == [()] * len(stored)
