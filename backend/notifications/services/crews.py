"""What a volunteer answers to a crew, by text or on the telephone: carried out, and said how it went.

What the bus and the dinners share. What a place in a crew is, and what happens to it, is each one's own.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from backend.common import actors
from backend.common.actors import Actor
from backend.common.errors import NotAllowed, RondjeError
from backend.notifications.domain.crew_call import Said, crew_call
from backend.notifications.domain.prompts import End, Heard, Prompt
from backend.notifications.models import Attempt
from backend.notifications.registry import IncomingText, TextAnswer
from backend.people.domain.crews import Barred, CrewClosed, PlaceTaken
from backend.people.domain.days import spoken
from backend.people.domain.short_days import names_a_day
from backend.people.domain.telephone import format_for_people
from backend.people.models import Organisation, Person
from backend.people.services.engagements import Engaged

Place = TypeVar("Place", bound=models.Model)


@dataclass(frozen=True)
class Asked:
    """A question to a volunteer (`key`: of the programme's row), or an evening or trip that is theirs.

    `day` is its local date, `begins_at` UTC.
    """

    crew: "Crew[Any]"
    key: int
    person: Person
    day: date
    begins_at: datetime


class Crew(ABC, Generic[Place]):
    """A programme's crew, whose places are rows of its own. `host` is that of its messages."""

    host: str

    @abstractmethod
    def open_questions(self, person: Person, now: datetime) -> list[Asked]:
        """What somebody was asked and may still answer."""

    @abstractmethod
    def ended_questions(self, person: Person, since: datetime) -> list[Asked]:
        """What somebody was asked and that is over since a moment (UTC), the latest first."""

    @abstractmethod
    def questions(self, keys: list[int]) -> list[Asked]:
        """The questions with these keys."""

    @abstractmethod
    def theirs(self, person: Person, now: datetime) -> list[Asked]:
        """Where somebody is in the crew, and that has not begun; the keys are those of their places."""

    @abstractmethod
    def places_of(self, person: Person, now: datetime) -> list[Place]:
        """Where somebody is in the crew, and that is not over."""

    @abstractmethod
    def place_of(self, asked: Asked) -> Place:
        """The place that a question is about."""

    @abstractmethod
    def helps(self, person: Person, place: Place) -> bool:
        """Whether somebody is in the crew of that evening or trip: a no is about what they have then."""

    @abstractmethod
    def facts(self, place: Place, language: str) -> dict[str, str]:
        """A place in words, for texts and calls."""

    @abstractmethod
    def say_yes(self, place: Place, person: Person, actor: Actor, now: datetime) -> None:
        """Somebody comes. Raises PlaceTaken, CrewClosed, Barred, Engaged, NotAllowed."""

    @abstractmethod
    def say_no(self, place: Place, person: Person, actor: Actor, now: datetime) -> None:
        """Somebody cannot, or drops out. Raises CrewClosed."""

    @abstractmethod
    def ask_others(self, place: Place, owner: Person, actor: Actor, now: datetime) -> None:
        """Ask the others to take a place over. Raises RondjeError when nobody can be asked."""

    @abstractmethod
    def text(self, organisation: Organisation, code: str, language: str, /, **places: str) -> str:
        """A text in the organisation's words."""

    @abstractmethod
    def say(self, code: str, language: str, **places: object) -> str:
        """A part of a text, or what is said in a call."""

    @abstractmethod
    def link(self, person: Person, now: datetime) -> str:
        """A link to somebody's own page."""

    def words(self, text: IncomingText, code: str, **places: str) -> str:
        """An answer to a text; the number that answers day and night is always known in it."""
        phone = format_for_people(text.organisation.duty_phone)
        return self.text(text.organisation, code, text.language, **{"phone": phone, **places})

    def in_words(self, asked: Asked, language: str) -> dict[str, str]:
        """The facts of a question, for the words of a text."""
        return self.facts(self.place_of(asked), language)

    def answer(self, asked: Asked, text: IncomingText, now: datetime, *, yes: bool) -> TextAnswer:
        """Carry a yes or a no out, and say how it went: a refusal is answered in words, never raised."""
        person, place = asked.person, self.place_of(asked)
        if not yes:
            return self._no(place, person, text, now)
        try:
            with transaction.atomic():
                self.say_yes(place, person, actors.person(person.pk, "text"), now)
        except PlaceTaken:
            return self._about(place, "taken_by_other", text)
        except CrewClosed:
            return self._about(place, "too_late", text)
        except (Barred, Engaged, NotAllowed):
            return self._about(place, "cannot_be", text)
        return self._about(place, "confirmed", text, link=self.link(person, now))

    def _no(self, place: Place, person: Person, text: IncomingText, now: datetime) -> TextAnswer:
        """Whoever helps already drops out by it. With more places, and no day named, it may be about another one."""
        helps = self.helps(person, place)
        if helps and len(self.places_of(person, now)) > 1 and not names_a_day(text.understood.plain):
            still = self._about(place, "still_yours", text, link=self.link(person, now))
            return replace(still, for_a_person=True)
        try:
            with transaction.atomic():
                self.say_no(place, person, actors.person(person.pk, "text"), now)
        except CrewClosed:
            return replace(self._about(place, "too_late", text), for_a_person=True)
        return self._about(place, "released", text) if helps else TextAnswer(self.words(text, "declined"))

    def swap(self, theirs: Asked, text: IncomingText, now: datetime) -> TextAnswer:
        """Ask the others to take over what is somebody's, and say how it went."""
        person = theirs.person
        place = next(one for one in self.places_of(person, now) if one.pk == theirs.key)
        try:
            with transaction.atomic():
                self.ask_others(place, person, actors.person(person.pk, "text"), now)
        except RondjeError:
            return self._about(place, "nobody_to_ask", text)
        return self._about(place, "others_asked", text)

    def by_call(self, asked: Asked, attempt: Attempt, heard: Heard, now: datetime, *, is_open: bool) -> Prompt:
        """What is said next on the telephone; a key is acted on at once. `is_open`: a yes would still be of use."""
        place, language = self.place_of(asked), attempt.language
        places = {**self.facts(place, language), "day": spoken(asked.day, language)}
        turn = crew_call(heard, language, places, is_open=is_open, say=self.say)
        if turn.said is None:
            return turn.prompt
        attempt.script = {"said": turn.said.value}
        does = self.say_yes if turn.said is Said.YES else self.say_no
        try:
            does(place, asked.person, actors.person(asked.person.pk, "call"), now)
        except PlaceTaken:
            return End(self.say("call_taken", language, **places))
        except CrewClosed:
            return End(self.say("call_over", language))
        except (Barred, Engaged, NotAllowed):
            return End(self.say("call_cannot_be", language, **places))
        return turn.prompt

    def _about(self, place: Place, code: str, text: IncomingText, **places: str) -> TextAnswer:
        return TextAnswer(self.words(text, code, **{**self.facts(place, text.language), **places}))
