"""How a number is confirmed: how long chairs are kept for it, and how often it may be tried. Pure.

A code of six digits that is guessed at five times an hour at most is guessed right once in 200,000 hours.
"""

from datetime import timedelta
from enum import StrEnum

HOLD = timedelta(minutes=15)
"""So long chairs are kept for who has not confirmed their number, and so long a code is good."""

WRONG_AT_MOST = 5
LOCKED = timedelta(hours=1)
"""After so many wrong codes within so much time a number cannot be confirmed for as long."""

CODES_AT_MOST = 3
CODES_WITHIN = timedelta(hours=1)
"""So many codes are sent to one number, within so much time."""

HELD_SHARE = 5
"""One in so many chairs may be kept for numbers that nobody has confirmed; one party always may."""


class Tried(StrEnum):
    """What became of a code."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"
    OVER = "over"
    """The chairs are not kept any more, or another code was sent since."""
    ALREADY = "already"
    """Whoever it is has places on this evening already."""


def may_hold(held: int, covers: int, chairs: int) -> bool:
    """Whether so many chairs may be kept beside those that are kept already: nobody fills a resto without a number."""
    return held == 0 or (held + covers) * HELD_SHARE <= chairs
