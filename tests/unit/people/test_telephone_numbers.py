"""Telephone numbers as coordinators write them. All numbers are from ranges that nobody has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.people.domain.telephone import (
    Refusal,
    format_for_people,
    is_forbidden,
    kind_of,
    read_numbers,
)


def numbers(cell: str, country: str = "NL") -> list[str]:
    return [one.e164 for one in read_numbers(cell, country).numbers]


def refusals(cell: str, country: str = "NL") -> list[Refusal]:
    return [one.reason for one in read_numbers(cell, country).refused]


@pytest.mark.parametrize(
    "written",
    [
        "013 - 000 12 11",
        "(013) 000 12 11",
        "013-000 1211",
        "0130001211",
        "013.000.1211",
        "013/0001211",
        "+31130001211",
        "+31 13 000 12 11",
        "+31 (0)13 000 12 11",
        "+31(0)130001211",
        "0031 13 0001211",
        "0031 (0)13 000 12 11",
        "tel. 013-0001211",
        "013\u00a0000\u201312 11",
        "０１３０００１２１１",
    ],
)
def test_every_way_to_write_one_number_is_that_number(written: str) -> None:
    reading = read_numbers(written)
    assert [(one.e164, one.kind) for one in reading.numbers] == [("+31130001211", "landline")]
    assert reading.refused == ()
    assert reading.remark == ""


@pytest.mark.parametrize(
    "cell",
    [
        "013-0001216 / 06-00001005",
        "013-0001216/06-00001005",
        "013-0001216 of 06-00001005",
        "013-0001216 en 06 0000 10 05",
        "013-0001216; 06-00001005",
        "013-0001216\n06-00001005",
        "013 000 12 16 06 0000 10 05",
        "0130001216-0600001005",
        "0130001216, 0600001005",
        "+31130001216 +31600001005",
    ],
)
def test_two_numbers_in_one_cell_are_two_numbers_in_that_order(cell: str) -> None:
    assert numbers(cell) == ["+31130001216", "+31600001005"]
    assert refusals(cell) == []


def test_the_same_number_twice_is_one_number() -> None:
    assert numbers("06 00001001 / +31600001001") == ["+31600001001"]


def test_words_around_a_number_are_kept_as_a_remark() -> None:
    assert read_numbers("06-00001001 (dochter)").remark == "dochter"
    assert read_numbers("06-00001001 na 18 uur").remark == "na 18 uur"
    assert read_numbers("06-00001001 (vanaf 01-12-2026)").remark == "vanaf 01-12-2026"
    assert read_numbers("06-00001001 toestel 12").remark == "toestel 12"
    assert read_numbers("geen telefoon").remark == "geen telefoon"


@pytest.mark.parametrize(
    ("cell", "e164", "restored"),
    [
        ("130001211", "+31130001211", "zero"),
        ("600001001", "+31600001001", "zero"),
        ("600001001.0", "+31600001001", "zero"),
        ("6.00001001E8", "+31600001001", "zero"),
        ("6,00001001E+08", "+31600001001", "zero"),
        ("31130001221", "+31130001221", "country_code"),
        ("0130001211", "+31130001211", None),
    ],
)
def test_what_a_spreadsheet_took_away_is_put_back_and_said(cell: str, e164: str, restored: str | None) -> None:
    (number,) = read_numbers(cell).numbers
    assert (number.e164, number.restored) == (e164, restored)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("13 000 122", Refusal.TOO_SHORT),
        ("013-00012", Refusal.TOO_SHORT),
        ("013-00012111", Refusal.TOO_LONG),
        ("6E+08", Refusal.ROUNDED),
        ("3,113E+10", Refusal.ROUNDED),
        ("112", Refusal.SERVICE),
        ("0900-8844", Refusal.SERVICE),
        ("+31 900 8844", Refusal.SERVICE),
        ("0800-0113", Refusal.SERVICE),
        ("088-0001234", Refusal.ORGANISATION),
        ("084-0001234", Refusal.MACHINE),
        ("097012345678", Refusal.MACHINE),
        ("+0 123456789", Refusal.NOT_POSSIBLE),
    ],
)
def test_what_may_not_or_cannot_be_rung_is_refused_with_the_reason(cell: str, reason: Refusal) -> None:
    assert (numbers(cell), refusals(cell)) == ([], [reason])


def test_one_bad_number_does_not_spoil_the_good_one_beside_it() -> None:
    reading = read_numbers("06-00001001 of 13 000 122")
    assert [one.e164 for one in reading.numbers] == ["+31600001001"]
    assert [(one.as_written, one.reason) for one in reading.refused] == [("13 000 122", Refusal.TOO_SHORT)]
    assert refusals("013-0001216/17") == [Refusal.TOO_SHORT]


def test_an_emergency_number_among_words_is_refused_not_overlooked() -> None:
    reading = read_numbers("06-00001001 (bij nood 112)")
    assert [one.e164 for one in reading.numbers] == ["+31600001001"]
    assert [one.reason for one in reading.refused] == [Refusal.SERVICE]


@pytest.mark.parametrize(
    "number",
    [
        *("112", "0112", "144", "113", "116000", "116111", "911", "999", "0900-8844", "09008844", "0906123"),
        *("+31112", "+31144", "+31113", "+31116000", "+319008844", "+31 800 0113", "0031112", "+46112"),
        *("+44999", "+1911", "+32112", "+31343578844", "0343-578844"),
    ],
)
def test_emergency_help_and_premium_lines_are_never_rung(number: str) -> None:
    assert is_forbidden(number)
    assert numbers(number) == []


@pytest.mark.parametrize("number", ["+31113000000", "+31114000000", "+31600001001", "+46701740605", "+46846500400"])
def test_ordinary_numbers_that_begin_like_an_emergency_number_are_not_forbidden(number: str) -> None:
    assert not is_forbidden(number)
    assert numbers(number) == [number]


def test_foreign_numbers_are_read_and_swedes_write_theirs_as_at_home() -> None:
    assert numbers("+46 70 174 06 05") == ["+46701740605"]
    assert numbers("0046 8 465 004 00") == ["+46846500400"]
    assert numbers("08-465 004 00", "SE") == ["+46846500400"]
    assert kind_of("+46701740605") == "mobile"
    assert kind_of("+46846500400") == "landline"


def test_numbers_are_shown_as_people_write_them() -> None:
    assert format_for_people("+31130001211") == "013 000 12 11"
    assert format_for_people("+31600001002") == "06 0000 10 02"
    assert format_for_people("+31113000000") == "0113 00 00 00"
    assert format_for_people("+31600001002", "SE") == "+31 6 0000 10 02"
    assert format_for_people("+46701740605") == "+46 70 174 06 05"


def test_the_kind_of_something_else_than_a_number_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"E\.164"):
        kind_of("0600001001")


@given(st.integers(0, 9999), st.sampled_from(["+316 0000 ", "06-0000", "(06) 0000 ", "00316 0000", "60000"]))
def test_every_fake_mobile_is_found_again_in_what_is_shown(last: int, start: str) -> None:
    (e164,) = numbers(f"{start}{last:04}")
    assert numbers(format_for_people(e164)) == [e164] == [f"+3160000{last:04}"]


@given(st.text(alphabet="0123456789+()-/ .,;\naeofntl", max_size=60))
def test_no_reading_ever_gives_a_forbidden_or_malformed_number(cell: str) -> None:
    for number in read_numbers(cell).numbers:
        assert not is_forbidden(number.e164)
        assert number.kind == kind_of(number.e164)


@given(st.text(max_size=80), st.sampled_from(["NL", "SE", "BE"]))
def test_any_text_can_be_read(cell: str, country: str) -> None:
    read_numbers(cell, country)
