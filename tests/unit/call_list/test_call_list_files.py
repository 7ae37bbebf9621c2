"""Files as they come: encodings, delimiters, quotation marks, workbooks, and what is no call list at all."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from backend.circles.domain.call_list import Code, RowKind, UnreadableFile, read_table, say

PLAIN = "Naam;Telefoon\nMw. Çelik;013-0001211\nDhr. Müller;013-0001212\n"


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_letters_with_accents_survive_every_encoding(encoding: str, read_as: str) -> None:
    table = read_table(PLAIN.encode(encoding), "lijst.csv")
    assert [row.cells[0] for row in table.rows] == ["Naam", "Mw. Çelik", "Dhr. Müller"]
    assert table.encoding == read_as
    assumed = [Code.ENCODING_ASSUMED] if read_as == "cp1252" else []
    assert [one.code for one in table.findings.assumed] == assumed


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, line_end: str) -> None:
    text = PLAIN.replace(";", delimiter).replace("\n", line_end)
    table = read_table(text.encode(), "lijst.csv")
    assert table.delimiter == delimiter
    assert [row.cells for row in table.rows][1] == ("Mw. Çelik", "013-0001211")


def test_row_numbers_are_those_that_a_spreadsheet_shows() -> None:
    text = (
        'sep=;\r\nTitel\r\n\r\nNaam;Telefoon;Notities\r\nKok;013-0001211;"een\r\ntwee"\r\n;;\r\nPost;013-0001212;\r\n'
    )
    table = read_table(text.encode(), "lijst.csv")
    assert [(row.number, row.cells[0]) for row in table.rows] == [(1, "Titel"), (3, "Naam"), (4, "Kok"), (6, "Post")]


def test_stray_quotation_marks_swallow_nobody(read_csv: Any) -> None:
    read = read_csv(
        'Naam;Telefoon;Adres;Notitie\n"Kok;013-0001211;Plein 1;\nVos;013-0001212;Plein 2;\nPost;013-0001213;Hof 3;"\n'
    )
    assert [row.entry.family_name for row in read.rows if row.kind is RowKind.MEMBER] == ['"Kok', "Vos", "Post"]
    assert Code.QUOTES_TAKEN_LITERALLY in read.findings.codes()


def test_a_nickname_in_quotation_marks_is_only_a_nickname(read_csv: Any) -> None:
    read = read_csv('Naam;Telefoon\n"Jo" Smulders;013-0001211\nVos;013-0001212\n')
    assert [row.kind for row in read.rows] == [RowKind.NOT_A_ROW, RowKind.MEMBER, RowKind.MEMBER]


def test_a_workbook_with_two_lists_says_which_was_not_read(workbook: Any, read_xlsx: Any) -> None:
    rows = [["Naam", "Telefoon"], ["Kok", "013-0001211"]]
    read = read_xlsx(workbook(Noord=rows, Zuid=rows, Leeg=[]))
    assert [say(one, "nl") for one in read.findings.needs_person] == [
        "Het tabblad ‘Zuid’ bevat ook een lijst en is niet gelezen. Importeer het apart."
    ]
    assert read.needs_a_person


def test_a_formula_that_was_never_calculated_is_text_and_not_lost(workbook: Any, read_xlsx: Any) -> None:
    read = read_xlsx(workbook(Lijst=[["Naam", "Telefoon", "Notities"], ["Kok", "013-0001211", "=1+1"]]))
    assert read.rows[1].entry.notes == "=1+1"
    assert [one.code for one in read.rows[1].assumed if one.code is Code.FORMULA_AS_TEXT]


def zipped(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.EMPTY_FILE),
        (b"\xef\xbb\xbf \r\n", Code.EMPTY_FILE),
        (b";;;\n;;;\n", Code.EMPTY_FILE),
        (b"%PDF-1.7 ...", Code.NOT_A_SPREADSHEET),
        (b"\x89PNG\r\n\x1a\n....", Code.NOT_A_SPREADSHEET),
        (b"<html><table><tr><td>Naam</td></tr></table></html>", Code.NOT_A_SPREADSHEET),
        (zipped(mimetype="application/vnd.oasis", **{"content.xml": "<x/>"}), Code.NOT_A_SPREADSHEET),
        (zipped(**{"foto.txt": "x"}), Code.NOT_A_SPREADSHEET),
        (zipped(**{"xl__workbook.xml": "<kapot"}), Code.DAMAGED_WORKBOOK),
        (b"PK\x03\x04 afgebroken", Code.DAMAGED_WORKBOOK),
        (zipped(**{"xl__big.xml": "0" * 61_000_000}), Code.TOO_LARGE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Code.OLD_OR_LOCKED_WORKBOOK),
        (bytes(range(256)) * 20, Code.NOT_TEXT),
        (b"\xff\xfe" + b"\x00\xd8" * 40 + b"x", Code.NOT_TEXT),
        (b"a;b\n" * 1_300_000, Code.TOO_LARGE),
        (b"Naam;Telefoon\n" + b"Kok;013-0001211\n" * 2001, Code.TOO_MANY_ROWS),
        (b"Naam" + b";x" * 300, Code.TOO_WIDE),
    ],
    ids=lambda value: value.value if isinstance(value, Code) else "",
)
def test_what_is_no_call_list_is_refused_in_a_sentence(data: bytes, code: Code) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_table(data, "lijst.csv")
    assert refused.value.finding.code is code
    assert "lijst.csv" in say(refused.value.finding, "nl")
    assert "lijst.csv" in say(refused.value.finding, "en")


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    file = tmp_path / "lijst.txt"
    file.write_bytes(PLAIN.encode())
    assert len(read_table(file, file.name).rows) == 3


def test_a_half_workbook_is_refused_wherever_it_was_cut(workbook: Any) -> None:
    whole = workbook(Lijst=[["Naam", "Telefoon"], ["Kok", "013-0001211"]])
    for length in range(4, len(whole) - 30, 197):
        with pytest.raises(UnreadableFile):
            read_table(whole[:length], "lijst.xlsx")
