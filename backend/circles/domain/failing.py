"""What failed when it was to be done in a morning: tried again with a growing delay while all else goes on. Pure.

An action fails when carrying it out raises: a row that cannot be used, a defect of ours. Whoever it was about is not
forgotten for it, and nobody else waits for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from backend.circles.domain import morning as mornings
from backend.circles.domain.decisions import Action, OpenNoAnswer, OpenNotReceived, OpenUnclosed, Pass, Ring
from backend.circles.domain.morning import VOLUNTEER, Miss, Morning

SLOWEST = timedelta(seconds=64)
"""The delay grows 2, 4, 8, … seconds, and no further than this."""

RINGS_FAIL_AT_MOST = 3
"""So often in a row the same call cannot even be asked for: then the chain goes on without it."""


@dataclass(frozen=True)
class Failure:
    """An action that failed so many times in a row, and when it is tried again (UTC)."""

    tries: int
    again_at: datetime
    error: str


Failures = dict[str, Failure]
"""By `key_of` the action."""


def key_of(action: Action) -> str:
    """The same for the same action, however often it is decided anew."""
    match action:
        case Ring(role=role, caller=caller, target=target):
            return f"ring:{role}:{'' if caller is None else caller}:{target}"
        case OpenNoAnswer(member=key) | Pass(member=key):
            return f"{type(action).__name__}:{key}"
        case _:
            return type(action).__name__


def opens_a_case(action: Action) -> bool:
    """Whether people are to be alerted by this action: while it fails the round stays open."""
    return isinstance(action, OpenNoAnswer | OpenNotReceived | OpenUnclosed)


def still_decided(failures: Failures, actions: Iterable[Action]) -> Failures:
    """Those failures whose action is still to be done: what has lost its reason meanwhile is forgotten."""
    keys = {key_of(action) for action in actions}
    return {key: failure for key, failure in failures.items() if key in keys}


def waits(failures: Failures, action: Action, now: datetime) -> bool:
    """Whether the action has failed, and its time has not come again."""
    failure = failures.get(key_of(action))
    return failure is not None and now < failure.again_at


def failed(failures: Failures, action: Action, error: str, now: datetime) -> Failures:
    """One more failure of this action."""
    before = failures.get(key_of(action))
    tries = 1 if before is None else before.tries + 1
    again_at = now + min(timedelta(seconds=2 ** min(tries, 10)), SLOWEST)
    return {**failures, key_of(action): Failure(tries, again_at, error)}


def without(failures: Failures, action: Action) -> Failures:
    """The action has been done, or has been given up."""
    return {key: failure for key, failure in failures.items() if key != key_of(action)}


def is_to_go_round(failures: Failures, action: Action) -> bool:
    """Whether the morning goes on without a call that cannot be asked for."""
    failure = failures.get(key_of(action))
    return isinstance(action, Ring) and failure is not None and failure.tries >= RINGS_FAIL_AT_MOST


def without_a_case(failures: Failures) -> tuple[int, ...]:
    """Members for whom people were to be alerted, which failed."""
    opening = f"{OpenNoAnswer.__name__}:"
    return tuple(int(key.removeprefix(opening)) for key in failures if key.startswith(opening))


def taking_in(action: Action, failures: Failures) -> Action:
    """At the deadline whoever has no case of their own, because opening it fails, is in the case of the round."""
    if not isinstance(action, OpenUnclosed):
        return action
    return OpenUnclosed(members=tuple(dict.fromkeys((*action.members, *without_a_case(failures)))))


def gone_round(morning: Morning, ring: Ring, *, at: datetime) -> Morning:
    """The morning without a call that could not be asked for, as if a line could not be rung.

    A caller who was to be rung does not ring others; a target has been missed, is rung again and looked for.
    """
    if ring.caller is not None and not ring.on_line:
        out = mornings.caller_out(morning, ring.caller)
        return replace(out, callers_tried=out.callers_tried + 1)
    if ring.target == VOLUNTEER:
        return mornings.not_received(morning, why=Miss.NOT_PLACED, at=at)
    return mornings.missed(morning, ring.target, why=Miss.NOT_PLACED, at=at)


def next_look(failures: Failures, otherwise: datetime | None, now: datetime) -> datetime | None:
    """When to decide again: at what is due next, or when the first of the failures is tried again.

    A failed action leaves its own due time behind; that is no reason to look at once.
    """
    agains = [failure.again_at for failure in failures.values()]
    if not agains:
        return otherwise
    return min([*agains, otherwise] if otherwise is not None and otherwise > now else agains)


def as_json(failures: Failures) -> dict[str, Any]:
    """For the round's row."""
    return {
        key: {"tries": failure.tries, "again_at": failure.again_at.isoformat(), "error": failure.error}
        for key, failure in failures.items()
    }


def from_json(stored: dict[str, Any]) -> Failures:
    """From the round's row."""
    return {
        key: Failure(one["tries"], datetime.fromisoformat(one["again_at"]), one["error"]) for key, one in stored.items()
    }
