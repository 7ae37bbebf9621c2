"""Whatever the file: only the typed errors, every row accounted for, nobody with a forbidden number."""

import csv
import io

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backend.circles.domain.call_list import (
    CallList,
    CallListError,
    Code,
    MemberStatus,
    RowKind,
    compare,
    find_header,
    match_all,
    read_table,
    say,
    understand,
)
from backend.people.domain.telephone import is_forbidden

HEADINGS = [
    *("Nr", "Naam", "Achternaam", "Voornaam", "Telefoon", "Mobiel", "Vast nummer", "06", "Adres", "Straat", "Huisnr"),
    *("Postcode", "Plaats", "Dagen", "ma", "zo", "Contactpersoon 1", "Tel contact", "Relatie", "Sleutel", "Status"),
    *(
        "Sleutelhouder",
        "2e contactpersoon",
        "Telefoon contact 2",
        "Opmerkingen",
        "Tussenvoegsel",
        "Aanhef",
        "Kamer",
        "",
    ),
]
VALUES = [
    *("1", "2", "wachtlijst", "Mw. van den Heuvel", "Dhr. Kok", "Riet", "H.", "013-0001211", "06-00001001", "112"),
    *("13 000 122", "6.00001001E8", "013-0001216 / 06-00001005", "Plein 1", "5021 AA", "ma t/m vr", "om de week"),
    *("dochter Ria", "ja", "nee", "x", "kan zelf niet bellen", "overleden?", "=1+1", "#N/A", "geen", "Fam. Kok"),
]
CELL = st.one_of(st.sampled_from(VALUES), st.text(max_size=25), st.just(""))
TABLES = st.tuples(
    st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=12),
    st.lists(st.lists(CELL, max_size=13), max_size=8),
).map(lambda parts: [["Naam", "Telefoon", *parts[0]], *parts[1]])


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def understood(data: bytes) -> tuple[CallList, list[int]] | None:
    """The list and the numbers of the rows that are not empty; None when the file was refused."""
    try:
        table = read_table(data, "lijst.csv")
        return understand(table, find_header(table)), [row.number for row in table.rows]
    except CallListError as refused:
        assert say(refused.finding, "en") != say(refused.finding, "nl") == refused.message
        return None


def everyone_is_accounted_for(read: CallList, numbers: list[int]) -> None:
    assert [row.row for row in read.rows] == numbers
    for row in read.rows:
        assert list(row.findings), "a row about which nothing is said"
        assert (row.repeats_row is not None) == (row.kind is RowKind.DUPLICATE)
        if row.kind is RowKind.PERSON_NEEDED:
            assert row.needs_person
        for finding in row.findings:
            assert say(finding, "nl")
            assert say(finding, "en")
    stored = [(row, entry) for row, entry in read.to_store()]
    ring = [entry.position for row, entry in stored if row.kind is RowKind.MEMBER]
    assert ring == list(range(1, len(ring) + 1))
    for row, entry in stored:
        assert entry.family_name
        assert entry.weekdays
        lines = [*entry.phones, *(contact.phone for contact in entry.contacts if contact.phone)]
        assert not any(is_forbidden(phone.e164) for phone in lines)
        assert (entry.status is MemberStatus.ACTIVE) == (bool(entry.phones) and row.kind is RowKind.MEMBER)
        if not entry.phones:
            assert Code.NO_USABLE_NUMBER in [one.code for one in row.needs_person]


def fits_the_database(read: CallList) -> None:
    for _, entry in read.to_store():
        assert len(entry.given_name) <= 80
        assert len(entry.family_name) <= 120
        assert len(entry.address) <= 200
        assert len(entry.postcode) <= 12
        assert len(entry.place) <= 80
        assert len(entry.notes) <= 2000
        for contact in entry.contacts:
            assert len(contact.name) <= 120
            assert len(contact.relation) <= 60
            assert len(contact.key_note) <= 200
            assert contact.name


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TABLES)
@example([["Naam", "Telefoon", "Opmerkingen"], ["Kok" * 200, "013-0001211" * 9, "x" * 5000, "extra"]])
def test_any_table_below_a_header_is_accounted_for(rows: list[list[str]]) -> None:
    outcome = understood(as_csv(rows))
    if outcome is not None:
        everyone_is_accounted_for(*outcome)
        fits_the_database(outcome[0])


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TABLES)
def test_importing_any_list_again_finds_everyone_again_and_no_difference(rows: list[list[str]]) -> None:
    outcome = understood(as_csv(rows))
    if outcome is None:
        return
    entries = [entry for _, entry in outcome[0].to_store()]
    stored = dict(enumerate(entries))
    found = match_all(entries, stored)
    assert sorted(key for key in found if key is not None) == list(stored)
    assert all(compare(stored[key], entry) == () for key, entry in zip(found, entries, strict=True) if key is not None)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    outcome = understood(data)
    if outcome is not None:
        everyone_is_accounted_for(*outcome)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 5000))
def test_a_workbook_with_any_damage_is_read_or_refused_in_a_sentence(noise: bytes, at: int) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.worksheets[0].append(["Naam", "Telefoon"])
    book.worksheets[0].append(["Kok", "013-0001211"])
    packed = io.BytesIO()
    book.save(packed)
    whole = packed.getvalue()
    at %= len(whole)
    understood(whole[:at] + noise + whole[at + len(noise) :])
