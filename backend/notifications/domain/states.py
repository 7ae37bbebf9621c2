"""The life of a call or text with a carrier: which state may follow which."""

from enum import StrEnum


class CarrierState(StrEnum):
    """What a carrier says of a call or text, in our words."""

    QUEUED = "queued"
    RINGING = "ringing"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    CANCELED = "canceled"
    FAILED = "failed"


_RANK = {"sending": 0, "undecided": 1, "queued": 2, "ringing": 3, "in_progress": 4}
_TERMINAL = 9


def is_terminal(state: str) -> bool:
    """True for a state that is never left."""
    return state not in _RANK


def follows(new: str, old: str) -> bool:
    """Whether a report of `new` changes an attempt that is in `old`.

    Reports come late, twice and out of order (carrier text): only one that is further on counts, and a terminal
    state is never left.
    """
    return _RANK.get(new, _TERMINAL) > _RANK.get(old, _TERMINAL)
