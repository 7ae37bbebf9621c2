"""Reading a list of postcodes: what can be used is used, and of the rest each line is named with its reason."""

import pytest

from backend.people.domain.postcodes import BadRow, Middle, read


def test_good_rows_are_kept_and_bad_ones_named() -> None:
    good, bad = read(
        [
            "postcode,latitude,longitude",
            "5041AB,51.5605,5.0700",
            "5041 ac,51.5606,5.0701",
            "",
            "0041AB,51.5,5.0",
            "5042AB,noord,5.0",
            "5043AB,151.5,5.0",
            "5044AB,51.5",
            "5041AB,51.6000,5.1000",
        ]
    )
    assert good == [Middle("5041AB", 51.6, 5.1), Middle("5041AC", 51.5606, 5.0701)], "the last one of a postcode counts"
    assert bad == [
        BadRow(5, "'0041AB' is no postcode such as 5041 or 5041AB"),
        BadRow(6, "'noord', '5.0' are no degrees"),
        BadRow(7, "151.5, 5.0 is no place on earth"),
        BadRow(8, "it has too few columns"),
    ]


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_what_is_no_number_is_no_place(number: str) -> None:
    good, bad = read(["postcode,latitude,longitude", f"5041AB,{number},5.0"])
    assert not good and bad[0].why.endswith("is no place on earth")


def test_a_spreadsheet_writes_semicolons_decimal_commas_and_a_mark_in_front() -> None:
    good, bad = read(["\ufeffLatitude;Postcode;Longitude", "51,5605;5041AB;5,0700"])
    assert (good, bad) == ([Middle("5041AB", 51.5605, 5.07)], [])


@pytest.mark.parametrize("lines", [[], ["5041AB,51.5,5.0"]])
def test_without_a_heading_nothing_is_guessed(lines: list[str]) -> None:
    good, bad = read(lines)
    assert not good
    assert bad[0].why.startswith("the heading lacks")
