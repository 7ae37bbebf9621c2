"""Figures that cannot be worked out: small cells are hidden, and nothing that is shown gives them away."""

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.common.figures import SMALL, Hidden, hide, safe_cell

AREAS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=1)


def may_be(cells: Mapping[str, int], total: int, mask: Hidden, key: str) -> tuple[int, int | None]:
    """What somebody who sees the rest can say of a hidden cell: its least and its greatest value (None: no limit).

    They know that a hidden cell is not nought, and what the hidden ones add up to when the total is shown.
    """
    if mask.total:
        return 1, None
    rest = total - sum(value for other, value in cells.items() if other not in mask.cells)
    others = len(mask.cells) - 1
    return (rest if others == 0 else 1), rest - others


@given(AREAS, st.integers(2, 12))
@example({"a": 3, "b": 20}, 5)
@example({"a": 1, "b": 1, "c": 40}, 5)
@example({"a": 3, "b": 0}, 5)
@example({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}, 5)
def test_no_hidden_cell_can_be_worked_out_from_what_is_shown(cells: dict[str, int], small: int) -> None:
    total = sum(cells.values())
    mask = hide(cells, total, small)
    assert {key for key, value in cells.items() if 0 < value < small} <= mask.cells
    assert not 0 < total < small or mask.total
    for key in mask.cells:
        least, greatest = may_be(cells, total, mask, key)
        assert least == 1
        assert greatest is None or greatest >= small
    assert mask.cells or not mask.total


@given(AREAS)
def test_nothing_is_hidden_that_need_not_be(cells: dict[str, int]) -> None:
    if all(value == 0 or value >= SMALL for value in cells.values()):
        assert hide(cells, sum(cells.values())) == Hidden()


@pytest.mark.parametrize(
    ("cells", "hidden", "total"),
    [
        ({"a": 3, "b": 20, "c": 9}, {"a", "c"}, False),
        ({"a": 3, "b": 0}, {"a"}, True),
        ({"a": 3, "b": 4}, {"a", "b"}, False),
        ({"a": 1, "b": 1, "c": 40}, {"a", "b", "c"}, False),
        ({"a": 5, "b": 5}, set(), False),
    ],
)
def test_the_smallest_others_are_hidden_with_a_small_one_and_the_total_last(
    cells: dict[str, int], hidden: set[str], total: bool
) -> None:
    assert hide(cells, sum(cells.values())) == Hidden(frozenset(hidden), total)


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "  =1"])
def test_a_text_is_never_a_formula(text: str) -> None:
    assert safe_cell(text).startswith("'")
    assert safe_cell("Oost") == "Oost"
