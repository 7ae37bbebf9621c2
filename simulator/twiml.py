"""TwiML: the part of it that this carrier plays. Everything else is refused loudly.

Source of the rules: Twilio's TwiML reference. Defaults (Gather 5 s, Dial 30 s, Pause 1 s) are Twilio's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args
from xml.etree import ElementTree

from simulator.errors import ScriptError

LARGEST_SCRIPT = 64 * 1024
CHARACTERS_PER_SECOND = 14.0
"""The pace of a calm voice: what a sentence takes on the telephone."""

Method = Literal["GET", "POST"]


@dataclass(frozen=True)
class Say:
    """Speech. `loop` 0 means: until the call ends."""

    text: str
    loop: int = 1

    @property
    def seconds(self) -> float:
        """How long saying it once takes."""
        return max(1.0, len(self.text) / CHARACTERS_PER_SECOND)


@dataclass(frozen=True)
class Play:
    """A sound file; the simulator journals its address and does not fetch it."""

    url: str
    loop: int = 1
    seconds: float = 3.0


@dataclass(frozen=True)
class Pause:
    """Silence, in seconds."""

    seconds: float = 1.0


@dataclass(frozen=True)
class Gather:
    """A question answered by keys. A time-out without keys goes on with the next verb."""

    prompts: tuple[Say | Play | Pause, ...] = ()
    action: str | None = None
    method: Method = "POST"
    num_digits: int | None = None
    finish_on_key: str = "#"
    timeout: float = 5.0
    action_on_empty_result: bool = False

    @property
    def prompt(self) -> str:
        """What is said while the question is open."""
        return " ".join(part.text for part in self.prompts if isinstance(part, Say))


@dataclass(frozen=True)
class Number:
    """Who is dialled; `url` is the screening script on the callee's side before the two are joined."""

    number: str
    url: str | None = None
    method: Method = "POST"
    status_callback: str | None = None
    status_callback_method: Method = "POST"
    status_callback_events: frozenset[str] = frozenset({"completed"})


@dataclass(frozen=True)
class Conference:
    """A room in which calls are put together. It holds those who are in it and hear each other once it has started.

    `start_on_enter`: it starts when this call enters. `end_on_exit`: it ends for everyone when this call leaves.
    """

    name: str
    start_on_enter: bool = True
    end_on_exit: bool = False
    waits_in_silence: bool = False
    """waitUrl="": otherwise whoever waits for the start, or for company, hears the carrier's music."""
    status_callback: str | None = None
    status_callback_method: Method = "POST"
    status_callback_events: frozenset[str] = frozenset({"start", "end"})


@dataclass(frozen=True)
class Dial:
    """Ring somebody and join them to this call, or put this call into a conference."""

    target: Number | Conference
    action: str | None = None
    method: Method = "POST"
    timeout: float = 30.0
    time_limit: float = 14_400.0
    hangup_on_star: bool = False
    answer_on_bridge: bool = False
    caller_id: str | None = None


@dataclass(frozen=True)
class Redirect:
    """Go on with the script at another address."""

    url: str
    method: Method = "POST"


@dataclass(frozen=True)
class Hangup:
    """End the call."""


@dataclass(frozen=True)
class Reject:
    """Refuse an inbound call unanswered."""

    reason: Literal["rejected", "busy"] = "rejected"


Verb = Say | Play | Pause | Gather | Dial | Redirect | Hangup | Reject

CALL_EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
CONFERENCE_EVENTS = frozenset({"start", "end", "join", "leave"})
LONGEST_ROOM_NAME = 128
_SPEECH_MARKUP = frozenset({"break", "emphasis", "p", "phoneme", "prosody", "s", "say-as", "sub", "w", "lang"})


def parse(document: str) -> tuple[Verb, ...]:
    """The verbs of a script. Raises ScriptError: 12100 (bad XML), 12200 (not what this carrier plays)."""
    root = _root(document)
    if root.tag != "Response":
        raise ScriptError(12200, f"TwiML starts with <Response>, not with <{root.tag}>.")
    return tuple(_verb(element) for element in root)


def parse_replies(document: str) -> tuple[str, ...]:
    """The texts that the answer to an inbound text sends back: <Response><Message>…; empty for no reply."""
    if not document.strip():
        return ()
    root = _root(document)
    wrong = [element.tag for element in root if element.tag != "Message"]
    if root.tag != "Response" or wrong:
        raise ScriptError(12200, "The answer to a text may hold <Message> only in this simulator.")
    return tuple(_text(element) for element in root)


def _root(document: str) -> ElementTree.Element:
    if len(document) > LARGEST_SCRIPT:
        raise ScriptError(11750, "The TwiML is larger than 64 kB.")
    if "<!DOCTYPE" in document or "<!ENTITY" in document:
        raise ScriptError(12100, "The TwiML declares a document type or entities; that is refused.")
    try:
        return ElementTree.fromstring(document.strip().encode())  # noqa: S314 - entities are refused above
    except ElementTree.ParseError as error:
        raise ScriptError(12100, f"The TwiML is not well-formed XML: {error}.") from error


def _verb(element: ElementTree.Element) -> Verb:
    reader = _READERS.get(element.tag)
    if reader is None:
        known = ", ".join(_READERS)
        raise ScriptError(12200, f"<{element.tag}> is not played by this simulator (it knows {known}).")
    return reader(_Attributes(element), element)


class _Attributes:
    """Reads an element's attributes and refuses those that would change what happens."""

    def __init__(self, element: ElementTree.Element) -> None:
        self._tag = element.tag
        self._values: Mapping[str, str] = element.attrib

    def only(self, *known: str, harmless: tuple[str, ...] = ()) -> None:
        unknown = sorted(set(self._values) - set(known) - set(harmless))
        if unknown:
            raise self._refusal(f"attribute {unknown[0]!r} is not supported by this simulator")

    def must_be(self, name: str, *allowed: str) -> None:
        value = self._values.get(name)
        if value is not None and value not in allowed:
            raise self._refusal(f"{name}={value!r} is not supported by this simulator")

    def text(self, name: str) -> str | None:
        return self._values.get(name)

    def number(self, name: str, default: float, lowest: float) -> float:
        value = self._values.get(name)
        try:
            number = default if value is None else float(value)
        except ValueError as error:
            raise self._refusal(f"{name}={value!r} is not a number") from error
        if not lowest <= number < float("inf"):
            raise self._refusal(f"{name}={value!r} is less than {lowest:g}")
        return number

    def whole(self, name: str, default: int) -> int:
        return int(self.number(name, default, 0))

    def truth(self, name: str, *, default: bool = False) -> bool:
        self.must_be(name, "true", "false")
        return self._values.get(name, str(default).lower()) == "true"

    def events(self, default: str, known: frozenset[str]) -> frozenset[str]:
        events = frozenset(self._values.get("statusCallbackEvent", default).split())
        if not events <= known:
            raise self._refusal(f"statusCallbackEvent knows only {', '.join(sorted(known))}")
        return events

    def method(self, name: str = "method") -> Method:
        value = self._values.get(name, "POST").upper()
        for method in get_args(Method):
            if value == method:
                return "GET" if method == "GET" else "POST"
        raise self._refusal(f"{name}={value!r} is neither GET nor POST")

    def _refusal(self, why: str) -> ScriptError:
        return ScriptError(12200, f"<{self._tag}>: {why}.")


def _text(element: ElementTree.Element) -> str:
    for child in element:
        if child.tag not in _SPEECH_MARKUP:
            raise ScriptError(12200, f"<{child.tag}> inside <{element.tag}> is not known.")
    return " ".join("".join(element.itertext()).split())


def _say(attributes: _Attributes, element: ElementTree.Element) -> Say:
    attributes.only("loop", harmless=("language", "voice"))
    return Say(_text(element), attributes.whole("loop", 1))


def _play(attributes: _Attributes, element: ElementTree.Element) -> Play:
    attributes.only("loop")
    return Play(_text(element), attributes.whole("loop", 1))


def _pause(attributes: _Attributes, _element: ElementTree.Element) -> Pause:
    attributes.only("length")
    return Pause(attributes.number("length", 1, 0))


def _gather(attributes: _Attributes, element: ElementTree.Element) -> Gather:
    attributes.only(
        "input", "action", "method", "numDigits", "finishOnKey", "timeout", "actionOnEmptyResult", "bargeIn",
        harmless=("language",),
    )  # fmt: skip
    attributes.must_be("input", "dtmf")
    attributes.must_be("bargeIn", "true")
    prompts = [_verb(child) for child in element]
    finish = attributes.text("finishOnKey")
    digits = attributes.whole("numDigits", 0)
    spoken: list[Say | Play | Pause] = []
    for prompt in prompts:
        if not isinstance(prompt, Say | Play | Pause):
            raise ScriptError(12200, f"<{type(prompt).__name__}> is not allowed inside <Gather>.")
        spoken.append(prompt)
    return Gather(
        prompts=tuple(spoken),
        action=attributes.text("action"),
        method=attributes.method(),
        num_digits=digits or None,
        finish_on_key="#" if finish is None else finish,
        timeout=attributes.number("timeout", 5, 0),
        action_on_empty_result=attributes.truth("actionOnEmptyResult"),
    )


def _number(element: ElementTree.Element) -> Number:
    attributes = _Attributes(element)
    attributes.only("url", "method", "statusCallback", "statusCallbackEvent", "statusCallbackMethod")
    return Number(
        number=_text(element),
        url=attributes.text("url"),
        method=attributes.method(),
        status_callback=attributes.text("statusCallback"),
        status_callback_method=attributes.method("statusCallbackMethod"),
        status_callback_events=attributes.events("completed", CALL_EVENTS),
    )


def _conference(element: ElementTree.Element) -> Conference:
    attributes = _Attributes(element)
    attributes.only(
        "startConferenceOnEnter", "endConferenceOnExit", "waitUrl", "beep", "record", "muted",
        "statusCallback", "statusCallbackEvent", "statusCallbackMethod",
    )  # fmt: skip
    attributes.must_be("waitUrl", "")
    attributes.must_be("beep", "true", "false", "onEnter", "onExit")
    attributes.must_be("record", "do-not-record")
    attributes.must_be("muted", "false")
    name = _text(element)
    if not 0 < len(name) <= LONGEST_ROOM_NAME:
        raise ScriptError(13233, f"<Conference>: the room's name has 1 to {LONGEST_ROOM_NAME} characters.")
    return Conference(
        name=name,
        start_on_enter=attributes.truth("startConferenceOnEnter", default=True),
        end_on_exit=attributes.truth("endConferenceOnExit"),
        waits_in_silence=attributes.text("waitUrl") == "",
        status_callback=attributes.text("statusCallback"),
        status_callback_method=attributes.method("statusCallbackMethod"),
        status_callback_events=attributes.events("start end", CONFERENCE_EVENTS),
    )


def _dial(attributes: _Attributes, element: ElementTree.Element) -> Dial:
    attributes.only(
        "action", "method", "timeout", "timeLimit", "hangupOnStar", "answerOnBridge", "callerId", "record",
        harmless=("ringTone",),
    )  # fmt: skip
    attributes.must_be("record", "do-not-record", "false")
    children = list(element)
    if len(children) > 1 or any(child.tag not in {"Number", "Conference"} for child in children):
        raise ScriptError(12200, "<Dial> holds one telephone number, <Number> or <Conference> in this simulator.")
    target: Number | Conference
    if children:
        target = _number(children[0]) if children[0].tag == "Number" else _conference(children[0])
    else:
        target = Number(_text(element))
    return Dial(
        target=target,
        action=attributes.text("action"),
        method=attributes.method(),
        timeout=attributes.number("timeout", 30, 1),
        time_limit=attributes.number("timeLimit", 14_400, 1),
        hangup_on_star=attributes.truth("hangupOnStar"),
        answer_on_bridge=attributes.truth("answerOnBridge"),
        caller_id=attributes.text("callerId"),
    )


def _redirect(attributes: _Attributes, element: ElementTree.Element) -> Redirect:
    attributes.only("method")
    return Redirect(_text(element), attributes.method())


def _hangup(attributes: _Attributes, _element: ElementTree.Element) -> Hangup:
    attributes.only()
    return Hangup()


def _reject(attributes: _Attributes, _element: ElementTree.Element) -> Reject:
    attributes.only("reason")
    attributes.must_be("reason", "rejected", "busy")
    return Reject("busy" if attributes.text("reason") == "busy" else "rejected")


_READERS: Mapping[str, Callable[[_Attributes, ElementTree.Element], Verb]] = {
    "Say": _say,
    "Play": _play,
    "Pause": _pause,
    "Gather": _gather,
    "Dial": _dial,
    "Redirect": _redirect,
    "Hangup": _hangup,
    "Reject": _reject,
}
