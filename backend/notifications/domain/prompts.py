"""What can be said and asked on a telephone, and what can be heard: values that no carrier is named in.

A call script is a pure function of a state and of what was heard; it answers with a prompt.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ask:
    """Say something twice and wait for one key."""

    text: str
    seconds: int


@dataclass(frozen=True)
class AskDigits:
    """Say something twice and wait for up to `most` keys; # ends them sooner."""

    text: str
    seconds: int
    most: int


@dataclass(frozen=True)
class Connect:
    """Say something, ring another line and join the two once that side has proven itself.

    `leg` is the id of the dialled attempt; its own questions are asked on the other side before the two are
    joined. The talk ends after `limit_seconds`, when somebody hangs up, or when the caller presses the star key.
    """

    text: str
    line: str
    leg: str
    ring_seconds: int
    limit_seconds: int


@dataclass(frozen=True)
class Hold:
    """Say something, and let the line wait: for a key, for us to move it, or until `seconds` of silence have passed.

    Whoever waits asks again after each silence, so that nobody hangs on a line that we forgot.
    """

    text: str
    seconds: int


@dataclass(frozen=True)
class Room:
    """Say something, then let this line talk with whoever is in the room of this name.

    The talk ends for all in the room when one of them hangs up or is moved, when the time is over, or when somebody
    whose line has `star_ends` presses the star key. `name` tells nothing about anybody.
    """

    text: str
    name: str
    seconds: int
    star_ends: bool


@dataclass(frozen=True)
class Join:
    """The side that was rung has proven itself: let the two talk."""


@dataclass(frozen=True)
class End:
    """Say something, or nothing, and hang up."""

    text: str = ""


Prompt = Ask | AskDigits | Connect | Hold | Room | Join | End


@dataclass(frozen=True)
class Answered:
    """The line was picked up. By a person, an answering machine or a child: nobody knows yet."""


@dataclass(frozen=True)
class Key:
    """Somebody pressed a key."""

    digit: str


@dataclass(frozen=True)
class Keyed:
    """Somebody keyed in several digits."""

    digits: str


@dataclass(frozen=True)
class Silence:
    """Nobody pressed a key in time."""


@dataclass(frozen=True)
class TalkOver:
    """The line that was to be connected is off again: never reached, refused, or the talk (in a room, too) is over.

    `was_busy` is all that is taken from the carrier's word for it; proof is never derived from that (carrier text).
    """

    was_busy: bool = False


@dataclass(frozen=True)
class Moved:
    """We had this line moved: something has changed for whoever waits or talks on it."""


Heard = Answered | Key | Keyed | Silence | TalkOver | Moved

_KINDS: dict[str, type[Prompt]] = {
    "ask": Ask,
    "ask_digits": AskDigits,
    "connect": Connect,
    "hold": Hold,
    "room": Room,
    "join": Join,
    "end": End,
}


def prompt_as_json(prompt: Prompt) -> dict[str, Any]:
    """For the row that remembers what was answered last."""
    kind = next(name for name, cls in _KINDS.items() if isinstance(prompt, cls))
    return {"kind": kind, **vars(prompt)}


def prompt_from_json(stored: dict[str, Any]) -> Prompt:
    """The prompt that was answered last. Raises KeyError when nothing was."""
    values = dict(stored)
    return _KINDS[values.pop("kind")](**values)


def heard_as_text(heard: Heard) -> str:
    """What was heard, in a word: to tell a repeated request from a new one."""
    if isinstance(heard, Keyed):
        return f"keyed {heard.digits}"
    return f"key {heard.digit}" if isinstance(heard, Key) else type(heard).__name__.lower()
