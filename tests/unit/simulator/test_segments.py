"""Into how many parts a text is cut: alphabets, limits, characters that count double and are never torn in two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.segments import GSM_7, GSM_7_EXTENSION, as_sent, segments


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("é" * 160, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 152, 2),  # 76 euros, 152 septets, in each part: the 153rd septet cannot hold half of one
        ("€" * 153, 3),
        ("`" * 70, 1),  # a backtick is in ASCII and not in GSM-7
        ("`" * 71, 2),
        ("ç" * 71, 2),  # only the capital is in GSM-7
        ("م" * 70, 1),
        ("م" * 134, 2),
        ("م" * 135, 3),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
        ("🙂" * 66, 2),  # 33 of them, 66 units, in each part
        ("🙂" * 67, 3),
        ("a" * 69 + "🙂", 2),
    ],
)
def test_how_many_parts_a_text_has(body: str, parts: int) -> None:
    assert segments(body) == parts


def test_the_alphabet_is_that_of_the_standard() -> None:
    assert (len(GSM_7), len(GSM_7_EXTENSION)) == (127, 10), "128 places, one of which is the escape to the extension"


def test_a_text_of_ten_parts_is_sent_as_it_is() -> None:
    assert as_sent("a" * 1530) == ["a" * 1530]
    assert as_sent("a" * 1531) == ["a" * 1530, "a"]


@given(st.text(max_size=5000))
def test_nothing_of_a_long_text_is_lost_and_each_piece_fits(body: str) -> None:
    pieces = as_sent(body)
    assert "".join(pieces) == body
    assert all(segments(piece) <= 10 and len(piece) <= 1600 for piece in pieces)
