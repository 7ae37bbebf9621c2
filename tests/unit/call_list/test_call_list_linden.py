# ruff: noqa: E501 - the rows of a list are as wide as they are
"""One difficult list from beginning to end, as a Windows CSV and as a workbook.

The list of De Linden in Breda is invented: title line, empty rows, two numbers in a cell, every way to write
days, a waiting-list row, a repeated row, an incomplete number, letters with accents.
"""

from collections.abc import Callable
from typing import Any

import pytest

from backend.circles.domain.call_list import (
    EVERY_DAY,
    CallList,
    Code,
    ContactEntry,
    MemberStatus,
    PhoneEntry,
    RowKind,
    RowReading,
    say,
)

HEADER = (
    "Nr;Naam;Voornaam;Telefoon (vast);Mobiel;Adres;Postcode;Plaats;Belt op;"
    "1e contactpersoon;Telefoon contact 1;Sleutel;2e contactpersoon;Telefoon contact 2;Sleutel 2;Bijzonderheden"
)
LINDEN = f"""Telefooncirkel De Linden - lijst van het najaar;;;;;;;;;;;;;;;
{HEADER}
1;Mw. van der Plas;Bep;013 - 000 31 11;;Lindelaan 4;4811 AA;Breda;alle dagen;dochter Ria;06-00003001;ja;buurman Cor (nr 6);013-0003112;ja;hardhorend, lang laten overgaan
2;Dhr. Çelik;Yusuf;(013) 000 31 13;06 0000 30 02;Lindelaan 18;4811 aa;Breda;ma t/m vr;zoon Can;+31 6 0000 3003;nee;;;;
4;De heer Jacobs;Toon;013-0003116 / 06-00003005;;Parkzicht 11 hs;4811AB;BREDA;niet op zondag;huismeester;013 000 31 17;ja;;;;zondag bij zus

5;Mw. Smit;Lenie;;06-0000 3006;Parkzicht 7;4811 BC;Breda;;geen;;;;;;
6;Mevr. Willems;Ans;013.000.3118;;Parkzicht 21;4811 BC;Breda;om de week;zoon Henk;06 00003007;Ja, kluisje links;buren Maas;0130003119;j;
7;Dhr. Willems;Gerard;013.000.3118;;Parkzicht 21;4811 BC;Breda;dagelijks;zoon Henk;06 00003007;ja;buren Maas;0130003119;j;kan zelf niet meer bellen, wordt gebeld
;;;;;;;;;;;;;;;
wachtlijst;Mw. Post;Jo;013-0003124;;Esdoornlaan 1;4811 AC;Breda;;;;;;;;wil graag vanaf januari
2;Dhr. Celik;Y.;013-0003113;;Lindelaan 18;4811 AA;Breda;ma t/m vr;;;;;;;dubbel?
9;Mw. Kok;Mien;13 000 312;;Esdoornlaan 5;4811;Breda;alle dagen;;;;;;;
"""


@pytest.fixture(params=["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "xlsx"])
def linden(request: pytest.FixtureRequest, read_csv: Any, read_xlsx: Any, workbook: Any) -> CallList:
    if request.param != "xlsx":
        return read_csv(LINDEN, request.param)
    lines = LINDEN.splitlines()
    return read_xlsx(workbook(Bellijst=[[cell or None for cell in line.split(";")] for line in lines]))


@pytest.fixture
def row(linden: CallList) -> Callable[[int], RowReading]:
    return lambda number: next(one for one in linden.rows if one.row == number)


def codes(findings: Any) -> list[Code]:
    return [one.code for one in findings]


def test_every_row_has_its_own_outcome(linden: CallList) -> None:
    assert [(one.row, one.kind) for one in linden.rows] == [
        (1, RowKind.NOT_A_ROW),
        (2, RowKind.NOT_A_ROW),
        (3, RowKind.MEMBER),
        (4, RowKind.MEMBER),
        (5, RowKind.MEMBER),
        (7, RowKind.MEMBER),
        (8, RowKind.MEMBER),
        (9, RowKind.MEMBER),
        (11, RowKind.WAITING_LIST),
        (12, RowKind.DUPLICATE),
        (13, RowKind.MEMBER),
    ]
    assert linden.needs_a_person
    assert [one.row for one in linden.rows if one.needs_person] == [7, 8, 12, 13]


def test_a_complete_member(row: Callable[[int], RowReading]) -> None:
    reading = row(3)
    entry = reading.entry
    assert entry is not None
    assert (entry.position, entry.title, entry.given_name, entry.family_name) == (
        1,
        "mevrouw",
        "Bep",
        "van der Plas",
    )
    assert entry.phones == (PhoneEntry("+31130003111", "landline", "013 - 000 31 11"),)
    assert (entry.address, entry.postcode, entry.place) == ("Lindelaan 4", "4811 AA", "Breda")
    assert entry.weekdays == EVERY_DAY
    assert entry.contacts == (
        ContactEntry("Ria", "dochter", PhoneEntry("+31600003001", "mobile", "06-00003001"), True),
        ContactEntry("Cor (nr 6)", "buurman", PhoneEntry("+31130003112", "landline", "013-0003112"), True),
    )
    assert entry.ring_longer
    assert entry.can_ring
    assert entry.notes == "hardhorend, lang laten overgaan"
    assert codes(reading.assumed) == [Code.RING_LONGER]
    assert reading.needs_person == ()


def test_both_numbers_of_a_cell_are_rung_and_the_gap_in_the_numbers_closes(
    row: Callable[[int], RowReading],
) -> None:
    reading = row(5)
    assert reading.entry is not None
    assert [phone.e164 for phone in reading.entry.phones] == ["+31130003116", "+31600003005"]
    assert (reading.entry.position, reading.entry.place) == (3, "Breda")
    assert reading.entry.weekdays == EVERY_DAY - {6}
    assert reading.entry.contacts[0].relation == reading.entry.contacts[0].name == "huismeester"
    assert set(codes(reading.assumed)) == {Code.FEW_CONTACTS, Code.POSITION_RESOLVED}


def test_without_anybody_to_ring_a_person_is_needed(row: Callable[[int], RowReading]) -> None:
    reading = row(7)
    assert codes(reading.needs_person) == [Code.NO_CONTACT]
    assert Code.DAYS_NOT_SAID in codes(reading.assumed)


def test_days_that_are_not_understood_are_every_day_and_kept_in_the_notes(
    row: Callable[[int], RowReading],
) -> None:
    reading = row(8)
    assert reading.entry is not None
    assert reading.entry.weekdays == EVERY_DAY
    assert reading.entry.notes == "Belt op: om de week"
    assert reading.entry.contacts[0].key_note == "kluisje links"
    (question,) = reading.needs_person
    assert say(question, "nl") == ("De dagen ‘om de week’ zijn niet begrepen; tot iemand kiest wordt elke dag gebeld.")


def test_a_couple_on_one_line_is_two_members(row: Callable[[int], RowReading]) -> None:
    her, his = row(8), row(9)
    assert (her.kind, his.kind) == (RowKind.MEMBER, RowKind.MEMBER)
    assert [one["other"] for one in his.understood if one.code is Code.SAME_LINE_AS_ROW] == [8]
    assert his.entry is not None
    assert not his.entry.can_ring
    assert Code.IS_RUNG_ONLY in codes(his.assumed)


def test_the_waiting_list_is_not_in_the_ring(row: Callable[[int], RowReading], linden: CallList) -> None:
    entry = row(11).entry
    assert entry is not None
    assert (entry.status, entry.position) == (MemberStatus.WAITING, None)
    ring = [entry.position for _, entry in linden.to_store()]
    assert ring == [1, 2, 3, 4, 5, 6, 7, None]


def test_a_repeated_row_is_kept_out_and_its_differences_are_asked(row: Callable[[int], RowReading]) -> None:
    reading = row(12)
    assert reading.repeats_row == 4
    (question,) = reading.needs_person
    assert say(question, "nl") == (
        "Dezelfde persoon als in rij 4, maar niet gelijk: voornaam, achternaam, bijzonderheden. "
        "Rij 4 geldt; kijk wat klopt."
    )


def test_a_member_without_a_usable_number_is_kept_and_not_rung(row: Callable[[int], RowReading]) -> None:
    reading = row(13)
    assert reading.entry is not None
    assert (reading.entry.status, reading.entry.phones) == (MemberStatus.NEEDS_NUMBER, ())
    assert reading.entry.notes == "Telefoon (vast): 13 000 312"
    assert codes(reading.needs_person) == [Code.NUMBER_REFUSED, Code.NO_CONTACT, Code.NO_USABLE_NUMBER]
    assert say(reading.needs_person[0], "en") == (
        "‘13 000 312’ is not a number to ring: digits are missing. Ask for the right number."
    )
    assert Code.POSTCODE_INCOMPLETE in codes(reading.assumed)
