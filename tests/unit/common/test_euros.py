"""Amounts of money as people type them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.common.euros import NotAnAmount, cents_of


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("2,50", 250), ("2.5", 250), ("€ 3", 300), ("€3,-", 300), (" 0,05 ", 5), ("12", 1200), ("0", 0)],
)
def test_an_amount_is_read_as_people_type_it(typed: str, cents: int) -> None:
    assert cents_of(typed) == cents


@given(st.text(max_size=12))
def test_whatever_is_typed_is_an_amount_or_is_refused(typed: str) -> None:
    with suppress(NotAnAmount):
        assert cents_of(typed) >= 0


@pytest.mark.parametrize("typed", ["", "-2", "2,505", "twee", "1e3", "2,50 euro", "9999999"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAmount):
        cents_of(typed)
