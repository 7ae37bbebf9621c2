"""Single rows and cells: what is said about damaged text, odd rows, contacts, keys and places in the ring."""

from typing import Any

import pytest

from backend.circles.domain.call_list import Code, MemberStatus, RowKind, RowReading, say

HEADER = "Nr;Naam;Telefoon;Adres;Contactpersoon;Tel contact;Sleutel;Bijzonderheden\n"


@pytest.fixture
def rows(read_csv: Any) -> Any:
    return lambda *lines: read_csv(HEADER + "\n".join(lines) + "\n").rows[1:]


@pytest.fixture
def only(rows: Any) -> Any:
    def read(line: str) -> RowReading:
        (row,) = rows(line)
        return row

    return read


def assumed(row: RowReading) -> set[Code]:
    return {one.code for one in row.assumed}


def asked(row: RowReading) -> list[Code]:
    return [one.code for one in row.needs_person]


def test_invisible_signs_are_removed_and_said(only: Any) -> None:
    row = only("1;Ann\u200bie \u202eBakker\x07;\u200e013-0001211;Plein 1;Els;013-0001212;ja;")
    assert row.entry.full_name == "Annie Bakker"
    removed = [one for one in row.assumed if one.code is Code.INVISIBLE_SIGNS_REMOVED]
    assert [say(one, "en") for one in removed] == [
        "3 invisible characters were removed from ‘Naam’.",
        "1 invisible characters were removed from ‘Telefoon’.",
    ]


def test_a_very_long_cell_is_cut_and_a_person_is_asked(only: Any) -> None:
    row = only(f"1;Kok;013-0001211;Plein 1;Els;013-0001212;ja;{'a' * 2010}")
    assert row.entry.notes == "a" * 2000
    assert [say(one, "nl") for one in row.needs_person] == [
        "‘Bijzonderheden’ was te lang: 10 tekens zijn weggelaten. Kort de tekst in."
    ]


def test_letters_damaged_before_they_came_here_are_shown(only: Any) -> None:
    assert asked(only("1;Ã–zdemir;013-0001211;Plein 1;Els;013-0001212;ja;")) == [Code.TEXT_GARBLED]


def test_an_error_of_the_spreadsheet_is_not_a_number(only: Any) -> None:
    row = only("1;Kok;#N/A;Plein 1;Els;013-0001212;ja;")
    assert row.entry.status is MemberStatus.NEEDS_NUMBER
    assert asked(row) == [Code.SPREADSHEET_ERROR, Code.NO_USABLE_NUMBER]


@pytest.mark.parametrize("number", ["112", "0900-8844", "+31 113"])
def test_no_emergency_or_premium_number_is_ever_taken_for_a_members_line(only: Any, number: str) -> None:
    row = only(f"1;Kok;{number};Plein 1;Els;112;ja;")
    assert row.entry.phones == ()
    assert row.entry.contacts[0].phone is None
    assert asked(row) == [
        Code.NUMBER_REFUSED,
        Code.CONTACT_NUMBER_REFUSED,
        Code.NO_CONTACT,
        Code.NO_USABLE_NUMBER,
    ]
    assert "nood- en servicenummers worden nooit gebeld" in say(row.needs_person[0], "nl")


def test_one_bad_number_beside_a_good_one_is_asked_and_the_member_is_rung(only: Any) -> None:
    row = only("1;Kok;013-0001211 of 13 000 122;Plein 1;Els;013-0001212;ja;")
    assert (row.entry.status, len(row.entry.phones)) == (MemberStatus.ACTIVE, 1)
    assert asked(row) == [Code.NUMBER_REFUSED]
    assert row.entry.notes == "Telefoon: 13 000 122"


def test_a_number_without_a_name_cannot_be_stored(rows: Any) -> None:
    nameless, contact, footer = rows("3;;013-0001211;;;;;", ";;;;Els;013-0001212;;", ";;;;;;;bijgewerkt door Piet")
    assert (nameless.kind, nameless.entry, asked(nameless)) == (
        RowKind.PERSON_NEEDED,
        None,
        [Code.NUMBER_WITHOUT_NAME],
    )
    assert (contact.kind, asked(contact)) == (RowKind.PERSON_NEEDED, [Code.CONTACT_WITHOUT_MEMBER])
    assert (footer.kind, footer.needs_person) == (RowKind.NOT_A_ROW, ())


def test_a_name_without_anything_else_is_kept_and_asked(only: Any) -> None:
    row = only(";Kok;;;;;;")
    assert (row.kind, row.entry.status) == (RowKind.MEMBER, MemberStatus.NEEDS_NUMBER)


def test_a_household_in_one_row_is_for_a_person(only: Any) -> None:
    assert asked(only("1;Dhr. en Mw. Kok;013-0001211;Plein 1;Els;013-0001212;ja;")) == [Code.TWO_PEOPLE_IN_ONE_ROW]


def test_column_names_repeated_on_the_next_page_are_no_member(rows: Any) -> None:
    again = rows("1;Kok;013-0001211;Plein 1;Els;013-0001212;ja;", HEADER.strip())[1]
    assert (again.kind, [one.code for one in again.understood]) == (RowKind.NOT_A_ROW, [Code.REPEATED_HEADER])


def test_repeated_missing_and_unreadable_numbers_follow_the_order_of_the_file(rows: Any) -> None:
    line = "{};{};013-00012{};Plein 1;Els;013-0001299;ja;"
    read = rows(*(line.format(nr, name, i + 10) for i, (nr, name) in enumerate(zip("3113 ?", "ABCDEF", strict=True))))
    placed = {row.entry.family_name: row.entry.position for row in read}
    assert placed == {"B": 1, "C": 2, "A": 3, "D": 4, "E": 5, "F": 6}
    assert asked(read[5]) == [Code.POSITION_UNREADABLE]


@pytest.mark.parametrize(
    ("key", "has_key", "note"),
    [
        ("ja", True, ""),
        ("Ja, kluisje 4-cijferig", True, "kluisje 4-cijferig"),
        ("J", True, ""),
        ("x", True, ""),
        ("nee", False, ""),
        ("n", False, ""),
        ("", None, ""),
        ("-", None, ""),
        ("ligt bij receptie", None, "ligt bij receptie"),
    ],
)
def test_keys(only: Any, key: str, has_key: bool | None, note: str) -> None:
    row = only(f"1;Kok;013-0001211;Plein 1;Els;013-0001212;{key};")
    (contact,) = row.entry.contacts
    assert (contact.has_key, contact.key_note) == (has_key, note)
    assert (Code.NOBODY_WITH_KEY in assumed(row)) is (has_key is not True)


def test_a_contact_on_the_members_own_line_is_no_help(only: Any) -> None:
    row = only("1;Kok;013-0001211;Plein 1;man Wim;013 000 12 11;ja;")
    assert Code.CONTACT_ON_OWN_LINE in assumed(row)
    assert asked(row) == [Code.NO_CONTACT]


def test_a_contact_with_two_numbers_is_tried_on_both(only: Any) -> None:
    row = only("1;Kok;013-0001211;Plein 1;zoon Ad;013-0001212 / 06-00001007;ja;")
    assert [(c.name, c.phone.e164) for c in row.entry.contacts] == [("Ad", "+31130001212"), ("Ad", "+31600001007")]
    assert {Code.CONTACT_SECOND_NUMBER, Code.FEW_CONTACTS} <= assumed(row)


def test_home_care_on_an_organisations_line_may_be_a_contact_but_not_a_member(only: Any) -> None:
    row = only("1;Kok;088-0001211;Plein 1;thuiszorg;088-0001212;ja;")
    assert row.entry.contacts[0].phone.e164 == "+31880001212"
    assert row.entry.phones == ()
    assert Code.CONTACT_ORGANISATION_LINE in assumed(row)


@pytest.mark.parametrize("nobody", ["geen", "geen contactpersoon", "onbekend", "n.v.t.", "-"])
def test_words_for_nobody_are_no_contact(only: Any, nobody: str) -> None:
    row = only(f"1;Kok;013-0001211;Plein 1;{nobody};;;")
    assert row.entry.contacts == ()
    assert asked(row) == [Code.NO_CONTACT]


def test_a_remark_that_may_end_somebodys_place_is_asked_and_they_are_rung(only: Any) -> None:
    row = only("1;Kok;013-0001211;Plein 1;Els;013-0001212;ja;sinds maandag in ziekenhuis")
    assert row.entry.status is MemberStatus.ACTIVE
    assert asked(row) == [Code.REMARK_MAY_END_PLACE]


def test_a_remark_about_a_waiting_list_elsewhere_takes_nobody_out_of_the_ring(only: Any) -> None:
    row = only("1;Kok;013-0001211;Plein 1;Els;013-0001212;ja;wachtlijst verpleeghuis")
    assert (row.kind, asked(row)) == (RowKind.MEMBER, [Code.REMARK_MAY_END_PLACE])


def test_a_number_with_a_relative_beside_it_may_not_be_the_members_own(only: Any) -> None:
    row = only("1;Kok;06-00001001 (dochter);Plein 1;Els;013-0001212;ja;")
    assert [phone.e164 for phone in row.entry.phones] == ["+31600001001"]
    assert asked(row) == [Code.NUMBER_OF_SOMEBODY_ELSE]
    assert row.entry.notes == "Telefoon: dochter"


def test_a_lone_name_that_sounds_like_a_heading_is_still_somebody(rows: Any) -> None:
    ring, total, waiting, after = rows(
        "1;Mw. de Ring;;;;;;",
        ";Totaal 1;;;;;;",
        ";Wachtlijst (nog niet in de cirkel):;;;;;;",
        ";Post;013-0001214;Laan 1;Els;013-0001212;ja;",
    )
    assert (ring.kind, ring.entry.status) == (RowKind.MEMBER, MemberStatus.NEEDS_NUMBER)
    assert (total.kind, waiting.kind, after.kind) == (RowKind.NOT_A_ROW, RowKind.NOT_A_ROW, RowKind.WAITING_LIST)


def test_headings_that_say_two_things_at_once(read_csv: Any) -> None:
    read = read_csv(
        "Nr;Naam + voorletters;Tel.nr.;Straat;Nr;Postcode en plaats;Wachtlijst;Belt op\n"
        "1;Kok, A.;013-0001211;Plein;12 b;5021ab TILBURG;nee;ma-vr\n"
        "2;Post, B.;013-0001212;Plein;14;5021 AB Tilburg;ja;ma-vr\n"
    )
    kok, post = read.rows[1], read.rows[2]
    assert (kok.entry.given_name, kok.entry.family_name, kok.entry.address) == ("A.", "Kok", "Plein 12 b")
    assert (kok.entry.postcode, kok.entry.place, kok.entry.notes) == ("5021 AB", "Tilburg", "")
    assert (kok.kind, post.kind) == (RowKind.MEMBER, RowKind.WAITING_LIST)
