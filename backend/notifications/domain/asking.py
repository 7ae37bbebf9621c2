"""Calls that ask somebody one thing: are you coming tomorrow, would you like what has become free? Pure scripts.

Nobody has said yes but by a key: an answering machine presses none, and its call counts as not answered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Prompt

SECONDS = 10
"""Older people need time to find the key (carrier text: 8 to 10 s, everything said twice)."""

ASKED_AT_MOST = 2


class Came(StrEnum):
    """What came of a call."""

    YES = "yes"
    NO = "no"
    SPEAK = "speak"


@dataclass(frozen=True)
class Script:
    """What is asked. A key at a question leads to another (`following`), or to the end with what came of it."""

    say: Callable[..., str]
    following: Mapping[tuple[str, str], str]
    ends: Mapping[tuple[str, str], tuple[str, Came | None]]


def about_coming(say: Callable[..., str]) -> Script:
    """Do you come? That somebody does not is asked once more: what was given away is gone."""
    return Script(
        say=say,
        following={("who", "1"): "ask", ("ask", "2"): "sure"},
        ends={
            ("who", "2"): ("not_there", None),
            ("ask", "1"): ("yes", Came.YES),
            ("sure", "1"): ("cancelled", Came.NO),
            ("sure", "2"): ("yes", Came.YES),
        },
    )


def about_offer(say: Callable[..., str]) -> Script:
    """Would you like what has become free?"""
    return Script(
        say=say,
        following={("who", "1"): "ask"},
        ends={
            ("who", "2"): ("not_there", None),
            ("ask", "1"): ("yes", Came.YES),
            ("ask", "2"): ("declined", Came.NO),
        },
    )


@dataclass(frozen=True)
class View:
    """A call as its script sees it. `shares_line`: somebody else is reached on this number, so that it asks for whom.

    `about` fills the places of a programme's own words; `is_open` is False when there is nothing to answer any more.
    """

    organisation: str
    name: str
    about: Mapping[str, str]
    shares_line: bool
    is_open: bool
    language: str


@dataclass(frozen=True)
class Place:
    """Where the call is. `asked` counts how often the open question was put."""

    phase: str = "begin"
    asked: int = 0


@dataclass(frozen=True)
class Turn:
    """What is said, where the call is then, and what came of it, if anything. SPEAK is answered by the services."""

    prompt: Prompt
    place: Place
    came: Came | None = None


def turn(script: Script, view: View, place: Place, heard: Heard) -> Turn:
    """One turn of a call."""
    if place.phase == "over" or not view.is_open:
        return _end(script, "" if place.phase == "over" else "over", view)
    if isinstance(heard, Answered) or place.phase == "begin":
        return _put(script, view, "who" if view.shares_line else "ask", 1)
    answer = (place.phase, heard.digit if isinstance(heard, Key) else "")
    if answer in script.ends:
        return _end(script, script.ends[answer][0], view, script.ends[answer][1])
    if answer in script.following:
        return _put(script, view, script.following[answer], 1)
    if heard == Key("3"):
        return Turn(End(), Place("speak"), Came.SPEAK)
    is_put_again = place.asked < ASKED_AT_MOST
    return _put(script, view, place.phase, place.asked + 1) if is_put_again else _end(script, "", view)


def _put(script: Script, view: View, code: str, asked: int) -> Turn:
    words = script.say(code, view.language, organisation=view.organisation, name=view.name, **view.about)
    return Turn(Ask(words, seconds=SECONDS), Place(code, asked))


def _end(script: Script, code: str, view: View, came: Came | None = None) -> Turn:
    words = script.say(code, view.language, organisation=view.organisation) if code else ""
    return Turn(End(words), Place("over"), came)
