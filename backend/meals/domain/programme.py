"""What anybody may know of the chairs of an evening: some, few or none, never how many. Pure."""

from enum import StrEnum

from backend.meals.domain.chairs import Chairs, Refusal

FEW = 5
"""So many chairs or fewer are few: who comes with a party had better ring."""


class Left(StrEnum):
    """Whether one can still come. Codes: what is said is in the words of the page."""

    FREE = "free"
    FEW = "few"
    FULL = "full"
    """No chair that can be given away now: one can wait for one."""
    TOO_LATE = "too_late"
    """The kitchen has had its final count: ring, or come and see."""
    CANCELLED = "cancelled"


def left(count: Chairs, late: Refusal | None, *, is_cancelled: bool) -> Left:
    """What the page says of an evening's chairs. `late`: why nobody can reserve any more (`chairs.when`)."""
    if is_cancelled:
        return Left.CANCELLED
    if late is not None:
        return Left.TOO_LATE
    if count.free < 1:
        return Left.FULL
    return Left.FEW if count.free <= FEW else Left.FREE
