"""What is told of an evening's chairs: in words, never in numbers."""

import pytest

from backend.meals.domain.chairs import Chairs, Refusal
from backend.meals.domain.programme import FEW, Left, left


@pytest.mark.parametrize(
    ("guests", "late", "is_cancelled", "expected"),
    [
        (0, None, False, Left.FREE),
        (20 - FEW - 1, None, False, Left.FREE),
        (20 - FEW, None, False, Left.FEW),
        (19, None, False, Left.FEW),
        (20, None, False, Left.FULL),
        (22, None, False, Left.FULL),
        (0, Refusal.TOO_LATE, False, Left.TOO_LATE),
        (20, Refusal.TOO_LATE, False, Left.TOO_LATE),
        (0, Refusal.CLOSED, True, Left.CANCELLED),
    ],
)
def test_chairs_in_words(guests: int, late: Refusal | None, is_cancelled: bool, expected: Left) -> None:
    assert left(Chairs(chairs=20, speakers=0, crew=0, guests=guests), late, is_cancelled=is_cancelled) is expected
