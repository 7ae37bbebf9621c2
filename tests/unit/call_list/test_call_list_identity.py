"""Who is the same person, within a file and on importing it again."""

from dataclasses import replace
from typing import Any

from backend.circles.domain.call_list import (
    Code,
    ContactEntry,
    Difference,
    MemberEntry,
    PhoneEntry,
    RowKind,
    compare,
    describe,
    match,
    match_all,
    namesakes,
)


def line(last: str) -> PhoneEntry:
    return PhoneEntry(f"+3113000{last}", "landline", f"013-000{last}")


HALIL = MemberEntry(
    position=2,
    title="meneer",
    given_name="Halil",
    family_name="Özdemir",
    phones=(line("1213"), PhoneEntry("+31600001002", "mobile", "06 0000 10 02")),
    address="Vijverlaan 18",
    place="Tilburg",
)
ANNIE = MemberEntry(position=5, title="mevrouw", given_name="Annie", family_name="Bakker", phones=(line("1299"),))


def test_the_same_list_again_is_the_same_people_and_no_difference() -> None:
    existing = {"halil": HALIL, "annie": ANNIE}
    assert match_all([ANNIE, HALIL], existing) == ("annie", "halil")
    assert compare(HALIL, HALIL) == ()


def test_another_spelling_on_a_shared_number_is_the_same_person() -> None:
    spelled = replace(HALIL, given_name="H.", family_name="Ozdemir", phones=(line("1213"),))
    assert match(spelled, {"halil": HALIL}) == "halil"


def test_a_couple_on_one_line_is_two_people() -> None:
    wife = replace(HALIL, title="mevrouw", given_name="Hatice")
    assert match(wife, {"halil": HALIL}) is None
    initials = replace(HALIL, title="mevrouw", given_name="H.")
    assert match(initials, {"halil": HALIL}) is None


def test_the_same_name_on_another_number_is_somebody_else() -> None:
    moved = replace(ANNIE, phones=(line("1000"),))
    assert match(moved, {"annie": ANNIE}) is None
    assert namesakes(moved, {"annie": ANNIE, "halil": HALIL}) == ("annie",)
    assert namesakes(ANNIE, {"annie": ANNIE}) == ()


def test_a_member_who_had_no_number_is_found_again_when_it_is_mended() -> None:
    without = replace(ANNIE, phones=())
    assert match(without, {"annie": without}) == "annie"
    assert match(ANNIE, {"annie": without}) == "annie"
    assert match(ANNIE, {1: without, 2: replace(without, address="elders")}) is None


def test_the_exact_name_goes_before_a_name_that_could_be_it() -> None:
    jan, unknown = replace(ANNIE, title=None, given_name="Jan"), replace(ANNIE, title=None, given_name="")
    existing = {"unknown": unknown, "jan": jan}
    assert match_all([jan, unknown], existing) == ("jan", "unknown")
    assert match_all([unknown, jan], existing) == ("unknown", "jan")


def test_namesakes_without_a_number_find_their_own_record_again() -> None:
    one = replace(ANNIE, phones=(), notes="hoek")
    other = replace(ANNIE, phones=(), notes="flat")
    assert match_all([other, one], {"one": one, "other": other}) == ("other", "one")


def test_differences_show_old_and_new_and_spelling_of_a_number_is_none() -> None:
    new = replace(
        HALIL,
        phones=(replace(HALIL.phones[0], as_written="0130001213"),),
        weekdays=frozenset({0, 1}),
        contacts=(ContactEntry("Emre", "zoon", line("1003"), has_key=False),),
    )
    differences = compare(HALIL, new)
    assert [one.field for one in differences] == ["phones", "weekdays", "contacts"]
    assert [describe(one, "nl") for one in differences] == [
        "telefoonnummers: 013 000 12 13, 06 0000 10 02 → 013 000 12 13",
        "dagen: elke dag → ma, di",
        "contactpersonen: – → zoon Emre 013 000 10 03 (sleutel: nee)",
    ]
    respelled = replace(HALIL, phones=tuple(replace(phone, as_written="anders") for phone in HALIL.phones))
    assert compare(HALIL, respelled) == ()
    assert compare(HALIL, replace(HALIL, place="Goirle")) == (Difference("place", "Tilburg", "Goirle"),)


HEADER = "Nr;Naam;Voornaam;Telefoon;Adres;Contact;Tel contact\n"


def test_a_row_that_says_the_same_twice_needs_nobody(read_csv: Any) -> None:
    row = "1;Mw. Kok;Bep;013-0001211;Plein 1;Els;013-0001212\n"
    repeated = read_csv(HEADER + row + row).rows[2]
    assert (repeated.kind, repeated.repeats_row, repeated.needs_person) == (RowKind.DUPLICATE, 2, ())


def test_a_member_who_is_also_on_the_waiting_list_is_rung(read_csv: Any) -> None:
    waiting = "wachtlijst;Mw. Kok;Bep;013-0001211;Plein 1;Els;013-0001212\n"
    first, second = read_csv(HEADER + waiting + waiting.replace("wachtlijst", "1")).rows[1:]
    assert (first.kind, first.repeats_row, second.kind) == (RowKind.DUPLICATE, 3, RowKind.MEMBER)


def test_one_name_on_two_numbers_is_two_people_and_said(read_csv: Any) -> None:
    read = read_csv(
        HEADER
        + "1;Mw. Kok;Bep;013-0001211;Plein 1;Els;013-0001213\n"
        + "2;Mw. Kok;Bep;013-0001212;Laan 2;Els;013-0001213\n"
        + "3;Mw. Kok;Bep;013-0001214;Laan 2;Els;013-0001213\n"
    )
    assert [row.kind for row in read.rows[1:]] == [RowKind.MEMBER] * 3
    assert Code.SAME_NAME_OTHER_NUMBER in [one.code for one in read.rows[2].assumed]
    assert [one.code for one in read.rows[3].needs_person] == [Code.SAME_NAME_AND_ADDRESS]
