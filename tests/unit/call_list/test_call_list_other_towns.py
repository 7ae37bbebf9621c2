# ruff: noqa: E501 - the rows of a list are as wide as they are
"""Three other towns, three other layouts: names, orders and habits of their own. All invented."""

from typing import Any

import pytest

from backend.circles.domain.call_list import Code, ContactEntry, NoHeader, PhoneEntry, RowKind, say

OISTERWIJK = """sep=,
Achternaam,Tussenvoegsel,Roepnaam,06,Vast nummer,Straat,Huisnr,PC,Woonplaats,Bel-dagen,Contactpersoon,Relatie,Telefoon,Sleutelhouder,Huisarts,Tel huisarts,Opmerkingen,Kamer
Berg,van den,Jo,600001101,,Dorpsstraat,3,5061AA,OISTERWIJK,,Kees,zoon,600001102,ja,Praktijk Noord,013-0001299,,12
Wit,de,An,,130001230,Dorpsstraat,4,5061AA,OISTERWIJK,wo,Mia 06-00001103,dochter,,buurvrouw Bep 013-0001231,,,=1+1,
Wachtlijst,,,,,,,,,,,,,,,,,
Vos,,Ria,6.00001104E8,,Dorpsstraat,5,,,weekend,,,,,,,,
"""


def test_oisterwijk_splits_names_and_lost_its_zeros(read_csv: Any) -> None:
    read = read_csv(OISTERWIJK)
    jo, an = read.rows[1], read.rows[2]

    assert (jo.entry.given_name, jo.entry.family_name) == ("Jo", "van den Berg")
    assert jo.entry.phones == (PhoneEntry("+31600001101", "mobile", "600001101"),)
    assert (jo.entry.address, jo.entry.postcode, jo.entry.place) == ("Dorpsstraat 3", "5061 AA", "Oisterwijk")
    assert jo.entry.contacts == (
        ContactEntry("Kees", "zoon", PhoneEntry("+31600001102", "mobile", "600001102"), has_key=True),
    )
    assert jo.entry.notes == "Huisarts: Praktijk Noord\nTel huisarts: 013-0001299\nKamer: 12"
    assert Code.ZERO_RESTORED in [one.code for one in jo.assumed]

    assert [(c.relation, c.name, c.has_key) for c in an.entry.contacts] == [
        ("dochter", "Mia", None),
        ("buurvrouw", "Bep", True),
    ]
    assert an.entry.notes == "=1+1"
    assert Code.FORMULA_AS_TEXT in [one.code for one in an.assumed]


def test_oisterwijk_says_what_it_made_of_its_columns(read_csv: Any) -> None:
    said = [say(one, "en") for one in read_csv(OISTERWIJK).findings.assumed]
    assert said == [
        "Column ‘Telefoon’ (column 13) belongs to contact 1, because of its place.",
        "Column ‘Huisarts’ is unknown; its content is kept in the notes.",
        "Column ‘Tel huisarts’ is unknown; its content is kept in the notes.",
        "Column ‘Kamer’ is unknown; its content is kept in the notes.",
        "The list has no numbers; the order is that of the file.",
    ]


def test_what_stands_below_the_heading_waiting_list_waits(read_csv: Any) -> None:
    heading, ria = read_csv(OISTERWIJK).rows[3:]
    assert [one.code for one in heading.assumed] == [Code.WAITING_LIST_HEADING]
    assert (heading.kind, ria.kind) == (RowKind.NOT_A_ROW, RowKind.WAITING_LIST)
    assert ria.entry.phones[0].e164 == "+31600001104"


def test_goirle_has_merged_headings_a_column_per_day_and_numbers_as_numbers(workbook: Any, read_xlsx: Any) -> None:
    data = workbook(
        Uitleg=[["Deze lijst is van de telefooncirkel."]],
        Lijst=[
            ["", "", "", "", "", "", "Contactpersoon 1", "", "", "Contactpersoon 2", ""],
            ["#", "Naam", "Tel.", "ma", "wo", "vr", "Naam", "Tel.", "Sleutel", "Naam", "Tel."],
            [
                2,
                "Heuvel, van den, Riet",
                130004001,
                "x",
                None,
                "x",
                "Els (nicht)",
                600004002,
                True,
                None,
                None,
            ],
            [1, "Jan Prins", 31130004003, None, None, None, "Bas", "06-00004004", False, "Leo", 130004005],
        ],
    )
    read = read_xlsx(data)
    riet, jan = read.rows[2].entry, read.rows[3].entry

    assert (riet.position, riet.given_name, riet.family_name) == (2, "Riet", "van den Heuvel")
    assert riet.weekdays == {0, 4}
    assert riet.contacts == (
        ContactEntry("Els", "nicht", PhoneEntry("+31600004002", "mobile", "600004002"), has_key=True),
    )
    assert (jan.position, jan.given_name, jan.phones[0].e164) == (1, "Jan", "+31130004003")
    assert len(jan.weekdays) == 7
    assert [(c.name, c.has_key) for c in jan.contacts] == [("Bas", False), ("Leo", None)]
    assert [one.code for one in read.findings.assumed] == [Code.OTHER_SHEET_SKIPPED]
    assert Code.NO_ADDRESS in [one.code for one in read.rows[2].needs_person]


def test_an_english_list_in_another_order_with_tabs(read_csv: Any) -> None:
    read = read_csv(
        "Notes\tDays\tPhone\tMobile\tName\tFirst name\tAddress\tEmergency contact\tContact phone\tKey\n"
        "hard of hearing\tMon-Fri\t\t+46 70 174 06 05\tMrs Brown\tAnn\tPark Road 1\tdaughter Sue\t+46 8 465 004 00\tyes\n"
        "\tdaily\t013 000 50 01 or 06 0000 50 02\t\tMr Green\tTom\tPark Road 2\tson Max\t06 0000 50 03\tno\n"
    )
    ann, tom = read.rows[1].entry, read.rows[2].entry
    assert (ann.title, ann.full_name, ann.phones[0].e164) == ("mevrouw", "Ann Brown", "+46701740605")
    assert (ann.weekdays, ann.ring_longer) == ({0, 1, 2, 3, 4}, True)
    assert ann.contacts == (
        ContactEntry("Sue", "daughter", PhoneEntry("+46846500400", "landline", "+46 8 465 004 00"), has_key=True),
    )
    assert [phone.e164 for phone in tom.phones] == ["+31130005001", "+31600005002"]


def test_one_column_for_everything_about_the_contacts(read_csv: Any) -> None:
    read = read_csv(
        "Naam;Telefoon;Adres;Contactpersonen;Sleutel bij\n"
        "Mw. A. Kok;013-0006001;Plein 1, 5021 AA TILBURG;dochter Ina 06-00006002 / buurman Wil 013-0006003;buurman Wil\n"
    )
    entry = read.rows[1].entry
    assert (entry.address, entry.postcode, entry.place) == ("Plein 1", "5021 AA", "Tilburg")
    assert [(c.relation, c.name, c.phone.e164, c.has_key) for c in entry.contacts] == [
        ("dochter", "Ina", "+31600006002", None),
        ("buurman", "Wil", "+31130006003", True),
    ]


def test_a_telephone_column_without_a_known_name_is_found_by_its_content(read_csv: Any) -> None:
    read = read_csv("Naam;Thuis\nKok;013-0006001\nPost;013-0006002\n")
    assert read.rows[1].entry.phones[0].e164 == "+31130006001"
    assert [one.code for one in read.findings.assumed][:1] == [Code.COLUMN_BY_CONTENT]


@pytest.mark.parametrize("text", ["Beste allen;\nhierbij de lijst;\n", "1;2;3\n4;5;6\n", "Kok;013-0006001\n"])
def test_a_file_without_column_names_is_refused_with_what_was_seen(read_csv: Any, text: str) -> None:
    with pytest.raises(NoHeader) as refused:
        read_csv(text)
    assert refused.value.message.startswith("Er is geen regel met kolomnamen gevonden. Gezien: ")
    assert "Achternaam" in say(refused.value.finding, "en")


def test_the_number_of_the_doctor_is_not_taken_for_the_members_second_number(read_csv: Any) -> None:
    read = read_csv("Naam;Telefoon;Huisarts;Mobiel\nKok;013-0006001;Praktijk Noord;06-00006009\n")
    entry = read.rows[1].entry
    assert [phone.e164 for phone in entry.phones] == ["+31130006001"]
    assert entry.notes == "Huisarts: Praktijk Noord\nMobiel: 06-00006009"
