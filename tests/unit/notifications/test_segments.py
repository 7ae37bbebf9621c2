"""What a text counts for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.notifications.domain.segments import measure


@pytest.mark.parametrize(
    ("text", "segments", "strange"),
    [
        ("", 1, ""),
        ("a" * 160, 1, ""),
        ("a" * 161, 2, ""),
        ("a" * 306, 2, ""),
        ("a" * 307, 3, ""),
        ("€" * 80, 1, ""),
        ("€" * 81, 2, ""),
        ("a" * 152 + "€" + "a" * 152, 3, ""),  # the sign is not cut in two: 152, 1 + 151, 1
        ("coördinator à 5 £, één café", 1, ""),
        ("reünie in België", 1, "ë"),
        ("ş" * 70, 1, "ş"),
        ("ş" * 71, 2, "ş"),
        ("ş" + "a" * 133, 2, "ş"),
        ("ş" + "a" * 134, 3, "ş"),
        ("😀" * 35, 1, "😀"),
        ("😀" * 36, 2, "😀"),
        ("‘ja’ — “nee”", 1, "‘’—“”"),
        ("[`]", 1, "`"),
    ],
)
def test_table_of_the_alphabet_of_seven_bits(text: str, segments: int, strange: str) -> None:
    size = measure(text)
    assert (size.segments, "".join(size.strange)) == (segments, strange)


@given(st.text(max_size=1000))
def test_any_text_has_a_size_that_never_shrinks_when_more_is_said(text: str) -> None:
    assert 1 <= measure(text).segments <= measure(text + "a").segments
    assert not set(measure(text).strange) - set(text)
