"""Names in a list: forms of address, prefixes, and spellings that are one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.people.domain.names import (
    LONGEST_KEY,
    names_two_people,
    normalised_name,
    read_full_name,
    read_name,
    read_title,
    same_name,
    strip_title,
)


@pytest.mark.parametrize(
    ("written", "title", "rest"),
    [
        ("Mw. van den Heuvel", "mevrouw", "van den Heuvel"),
        ("Mevr. Verhoeven", "mevrouw", "Verhoeven"),
        ("mevrouw Bakker", "mevrouw", "Bakker"),
        ("MW Bakker", "mevrouw", "Bakker"),
        ("Bakker (mw)", "mevrouw", "Bakker"),
        ("Dhr. Özdemir", "meneer", "Özdemir"),
        ("De heer Peeters", "meneer", "Peeters"),
        ("Hr Peeters", "meneer", "Peeters"),
        ("Mrs Brown", "mevrouw", "Brown"),
        ("Mr. Brown", "meneer", "Brown"),
        ("Hrvatin", None, "Hrvatin"),
        ("de Heer", None, "de Heer"),
    ],
)
def test_the_form_of_address_comes_off_the_name(written: str, title: str | None, rest: str) -> None:
    assert strip_title(written) == (title, rest)


def test_a_column_of_its_own_may_hold_the_form_of_address() -> None:
    assert [read_title(cell) for cell in ("V", "man", "Dhr.", "mw", "")] == [
        *("mevrouw", "meneer", "meneer", "mevrouw"),
        None,
    ]


@pytest.mark.parametrize(
    ("written", "given_name", "family_name"),
    [
        ("Riet van den Heuvel", "Riet", "van den Heuvel"),
        ("Heuvel, van den, Riet", "Riet", "van den Heuvel"),
        ("Heuvel, Riet van den", "Riet", "van den Heuvel"),
        ("van den Heuvel, Riet", "Riet", "van den Heuvel"),
        ("Mw. A. de Vries-Bakker", "A.", "de Vries-Bakker"),
        ("Fatima El Amrani", "Fatima", "El Amrani"),
        ("Özdemir, H.", "H.", "Özdemir"),
        ("J. P. Janssen", "J. P.", "Janssen"),
        ("Mw. van Dijk", "", "van Dijk"),
        ("Bakker", "", "Bakker"),
    ],
)
def test_one_column_with_the_whole_name_is_split(written: str, given_name: str, family_name: str) -> None:
    name = read_full_name(written)
    assert (name.given, name.family) == (given_name, family_name)
    assert name.split is bool(given_name)


def test_a_family_name_beside_a_given_name_stays_as_written() -> None:
    assert read_name("Mevr. Janssen-de Wit", "Truus").family == "Janssen-de Wit"
    assert read_name("Garcia Lopez", "").family == "Garcia Lopez"
    assert read_name("Berg", "Jo", "van den").family == "van den Berg"


@pytest.mark.parametrize("text", ["Dhr. en Mw. Bakker", "Mw./Dhr. Bakker", "Fam. Bakker", "Mr. and Mrs. Brown"])
def test_a_household_in_one_cell_is_recognised(text: str) -> None:
    assert names_two_people(text)
    assert not names_two_people("Mw. van Famke")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Halil", "Özdemir"), ("H.", "Ozdemir")),
        (("Riet", "van den Heuvel"), ("RIET", "v.d. Heuvel")),
        (("Riet", "van den Heuvel"), ("Riet", "Heuvel, van den")),
        (("Riet", "van den Berg"), ("R", "Vandenberg")),
        (("Truus", "Janssen-de Wit"), ("Truus", "Janssen de Wit")),
        (("H.J.", "Prins"), ("Hendrik Jan", "Prins")),
        (("", "Prins"), ("Jan", "Prins")),
    ],
)
def test_spellings_that_can_be_one_person(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert same_name(*one, *other)
    assert same_name(*other, *one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Jan", "Bakker"), ("Jo", "Bakker")),
        (("J.", "Bakker"), ("K.", "Bakker")),
        (("Jan", "Bakker"), ("Jan", "Bakkers")),
        (("H.J.", "Prins"), ("H.K.", "Prins")),
    ],
)
def test_names_that_are_two_people(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not same_name(*one, *other)


def test_the_key_ignores_spelling_and_keeps_the_person() -> None:
    assert normalised_name("Halil", "Özdemir") == normalised_name("HALIL", "Ozdemir") == "ozdemir|halil"
    assert normalised_name("Riet", "van den Heuvel") == normalised_name("Riet", "Heuvel, v.d.")
    assert normalised_name("Riet", "Heuvel") != normalised_name("Riet", "van den Heuvel")


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_has_a_key_that_fits_and_equals_itself(given_name: str, family_name: str) -> None:
    key = normalised_name(given_name, family_name)
    assert len(key) <= LONGEST_KEY
    assert key == normalised_name(given_name, family_name)
    assert same_name(given_name, family_name, given_name, family_name)
    read_full_name(family_name)
