"""The residents' format: what `PUT /town/residents` and a scenario file may say. See docs/simulator.md."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    NonNegativeFloat,
    PositiveInt,
    Tag,
    TypeAdapter,
    model_validator,
)

from simulator.numbers import is_telephone_number


def _known_number(number: str) -> str:
    if not is_telephone_number(number):
        raise ValueError(f"{number!r} is not a telephone number like +31130001211")
    return number


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is not a regular expression: {error}") from error
    return text


def _keys(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _moment(value: object) -> object:
    if isinstance(value, str):
        try:
            return time.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"{value!r} is neither seconds nor a wall time such as '09:05'") from error
    return value


Telephone = Annotated[str, AfterValidator(_known_number)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Keys = Annotated[str, BeforeValidator(_keys), Field(pattern=r"^[0-9*#]+$")]
At = Annotated[time | NonNegativeFloat, BeforeValidator(_moment)]
"""Scenario seconds since the day's start, or wall time of the day's date."""


class Strict(BaseModel):
    """Refuses what it does not know, so that a misspelt habit is not silently ignored."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _yaml_reads_on_as_true(cls, data: Any) -> Any:
        """An unquoted `on:` is the truth value in YAML 1.1; here it can only mean the rules."""
        if isinstance(data, dict) and True in data:
            return {("on" if key is True else key): value for key, value in data.items()}
        return data


class Between(Strict):
    """A number of seconds drawn from the seed each time it is needed."""

    between: tuple[NonNegativeFloat, NonNegativeFloat]


Delay = NonNegativeFloat | Between


class Rule(Strict):
    """What a person does when they hear something; matched without regard to case, anywhere in the text."""

    hears: Pattern
    press: Keys | None = None
    after: Delay | None = None
    times: PositiveInt | None = None
    hang_up: bool = False
    stay_silent: bool = False

    @model_validator(mode="after")
    def _does_one_thing(self) -> Rule:
        if (self.press is not None) + self.hang_up + self.stay_silent != 1:
            raise ValueError("a rule says exactly one of press, hang_up and stay_silent")
        return self


class Manners(Strict):
    """How a person behaves on a line, whoever rang whom. Delays in scenario seconds.

    `end`: what they do when they have talked long enough. Without it, who may end the talk by `*` presses that, and the
    other one hangs up; in a conference the other one stays on the line, as they were asked to.
    """

    press: Keys | None = None
    press_after: Delay = 3
    on: list[Rule] = Field(default_factory=list)
    talk: Delay = 60
    end: Literal["star", "hang_up", "stay"] | None = None
    hang_up_after: Delay | None = None


class Answer(Manners):
    """Picks up after so many seconds of ringing."""

    pick_up: Delay = 6


class VoicemailTiming(Strict):
    """Seconds of ringing before the voicemail answers."""

    after: Delay = 20


class Voicemail(Strict):
    """A voicemail: answers, plays its greeting, beeps, never presses a key."""

    voicemail: VoicemailTiming


def _habit_kind(value: Any) -> str:
    if isinstance(value, str):
        return "plain"
    if isinstance(value, Voicemail) or (isinstance(value, dict) and "voicemail" in value):
        return "voicemail"
    return "answer"


PlainHabit = Literal["no_answer", "busy", "phone_off", "voicemail", "manual"]
Habit = Annotated[
    Annotated[PlainHabit, Tag("plain")] | Annotated[Voicemail, Tag("voicemail")] | Annotated[Answer, Tag("answer")],
    Discriminator(_habit_kind),
]


def habit_name(habit: Habit) -> str:
    """The habit in a word, for the journal."""
    if isinstance(habit, str):
        return habit
    return "voicemail" if isinstance(habit, Voicemail) else "answer"


Withheld = Literal["anonymous", "restricted", "unknown", "unavailable"]


class RingIn(Manners):
    """Rings one of the carrier's numbers at a moment of the day, with the number withheld if that is said."""

    at: At
    to: Telephone
    withheld: Withheld | None = None


class Sends(Strict):
    """Sends a text at a moment of the day."""

    at: At
    to: Telephone
    body: str


class Visit(Strict):
    """Submits the form with this id on the page at hand, after so many seconds."""

    submit: str
    after: NonNegativeFloat = 0
    fields: dict[str, str] = Field(default_factory=dict)


class TextHabit(Strict):
    """What a person does with a text that arrives."""

    hears: Pattern
    after: Delay = 0
    reply: str | None = None
    visits: list[Visit] = Field(default_factory=list)


class Resident(Strict):
    """One person (or one couple on one line). Without `calls` it rings until picked up by hand."""

    name: str = Field(min_length=1)
    display: str | None = None
    phones: list[Telephone] = Field(min_length=1)
    calls: list[Habit] = Field(default=["manual"], min_length=1)
    call_waiting: bool = False
    rings_in: list[RingIn] = Field(default_factory=list)
    sends: list[Sends] = Field(default_factory=list)
    texts: list[TextHabit] = Field(default_factory=list)


RESIDENTS: TypeAdapter[list[Resident]] = TypeAdapter(list[Resident])
"""Validates the whole list; raises pydantic.ValidationError."""
