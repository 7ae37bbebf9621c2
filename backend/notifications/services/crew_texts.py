"""Volunteers by text: JA and NEE to what they were asked, RUIL 3 dec to ask the others.

Whoever is asked by two programmes answers by day, or is asked back which: what each asks is registered here. Where they
were asked something else as well, such as whether they come along, a bare yes is left to the rule for all questions.
"""

from datetime import datetime, timedelta
from typing import Any

from backend.notifications import registry
from backend.notifications.domain.asking import Came
from backend.notifications.domain.keywords import Keyword
from backend.notifications.models import Message, Way
from backend.notifications.registry import IncomingText, OpenQuestion, TextAnswer
from backend.notifications.services.crews import Asked, Crew
from backend.people.domain.short_days import days_meant, names_a_day
from backend.people.models import Person
from backend.people.selectors import local_date

NAME = "notifications.crew"
ORDER = 44

REMEMBERED = timedelta(days=3)
"""Whoever answers late may still come, or is told what became of it, for so long."""


_crews: dict[str, Crew[Any]] = {}


def register_crew(crew: Crew[Any]) -> None:
    """Let volunteers of a programme answer by text."""
    _crews[crew.host] = crew


def understand(text: IncomingText, now: datetime) -> TextAnswer | None:
    """The rule for texts. Declines what is not about something that the sender was asked about, or has."""
    keyword = text.understood.keyword
    if keyword is Keyword.NUMBER and "crew" in text.earlier:
        return _numbered(text, now)
    if keyword not in (Keyword.YES, Keyword.NO, Keyword.SWAP):
        return None
    for person in text.people:
        answer = _swap(person, text, now) if keyword is Keyword.SWAP else _answer(person, text, now)
        if answer is not None:
            return answer
    return None


def _answer(person: Person, text: IncomingText, now: datetime) -> TextAnswer | None:
    found = [asked for crew in _crews.values() for asked in crew.open_questions(person, now)]
    questions = sorted(found, key=lambda asked: asked.begins_at)
    if not questions:
        return _late(person, text, now)
    yes = text.understood.keyword is Keyword.YES
    named = _named(questions, text, now)
    if not named and "crew" in text.earlier and text.understood.number is not None:
        return _numbered(text, now)
    if not named and names_a_day(text.understood.plain):
        return _about_another_day(person, questions, text, now, yes=yes)
    if not named and _is_asked_something_else(text, now):
        return None
    meant = named or questions
    return _which(meant, text, yes=yes) if len(meant) > 1 else meant[0].crew.answer(meant[0], text, now, yes=yes)


def open_to(text: IncomingText, now: datetime) -> list[OpenQuestion]:
    """What crews have asked whoever sends a text, for the rule that answers questions of every kind."""
    found = [asked for person in text.people for crew in _crews.values() for asked in crew.open_questions(person, now)]
    return [_as_question(asked, text, now) for asked in found]


def _as_question(asked: Asked, text: IncomingText, now: datetime) -> OpenQuestion:
    def answer(came: Came) -> TextAnswer:
        if came is Came.SPEAK:
            return TextAnswer(for_a_person=True)
        return asked.crew.answer(asked, text, now, yes=came is Came.YES)

    said = asked.crew.in_words(asked, text.language)
    return OpenQuestion(
        key=f"{asked.crew.host}:{asked.key}",
        at=asked.begins_at,
        name=asked.person.spoken_name,
        about=f"{said['role']}, {said['day']}",
        answer=answer,
    )


def nothing_late(_text: IncomingText, _came: Came, _now: datetime) -> None:
    """What became of a question that is over has been said by the rule of crews, which is asked first."""


def _is_asked_something_else(text: IncomingText, now: datetime) -> bool:
    others = (of for name, (of, _late) in registry.questions.items() if name != NAME)
    return any(one.waits for of in others for one in of(text, now))


def _named(questions: list[Asked], text: IncomingText, now: datetime) -> list[Asked]:
    """Those about a day that the text names."""
    days = days_meant(text.understood.plain, [asked.day for asked in questions], local_date(text.organisation, now))
    return [asked for asked in questions if asked.day in days]


def _numbered(text: IncomingText, now: datetime) -> TextAnswer | None:
    """The answer to "JA 1 of JA 2?"."""
    listed: list[list[Any]] = text.earlier["crew"]
    number = text.understood.numbers[-1]
    keys = {person.pk for person in text.people}
    known: dict[tuple[str, int], Asked] = {}
    for host, crew in _crews.items():
        found = crew.questions([key for its_host, key in listed if its_host == host])
        known |= {(host, asked.key): asked for asked in found if asked.person.pk in keys}
    in_order = [known.get((host, key)) for host, key in listed]
    keyword = text.understood.keyword
    yes = keyword is Keyword.YES or (keyword is not Keyword.NO and text.earlier["do"] == "yes")
    chosen = in_order[number - 1] if 1 <= number <= len(in_order) else None
    if chosen is None:
        left = [asked for asked in in_order if asked is not None]
        return _which(left, text, yes=yes) if left else None
    return chosen.crew.answer(chosen, text, now, yes=yes)


def _which(questions: list[Asked], text: IncomingText, code: str = "which", *, yes: bool) -> TextAnswer:
    """ "JA 1 of JA 2?", and what each is."""
    language, first, do = text.language, questions[0].crew, "yes" if yes else "no"
    numbers = range(1, len(questions) + 1)
    choices = f" {first.say('or', language)} ".join(
        first.say(f"{do}_number", language, number=number) for number in numbers
    )
    items = [
        asked.crew.say("item", language, number=number, **asked.crew.in_words(asked, language))
        for number, asked in zip(numbers, questions, strict=True)
    ]
    asks: dict[str, Any] = {"crew": [[asked.crew.host, asked.key] for asked in questions], "do": do}
    return TextAnswer(first.words(text, code, list=" ".join(items), choices=choices), asks=asks)


def _about_another_day(
    person: Person, questions: list[Asked], text: IncomingText, now: datetime, *, yes: bool
) -> TextAnswer:
    """A day of which nothing is asked (any more): it is never taken for the day that is asked."""
    over = _named(_ended(person, now), text, now)
    if over:
        return over[0].crew.answer(over[0], text, now, yes=yes)
    return _which(questions, text, "not_asked_then", yes=yes)


def _ended(person: Person, now: datetime) -> list[Asked]:
    return [asked for crew in _crews.values() for asked in crew.ended_questions(person, now - REMEMBERED)]


def _late(person: Person, text: IncomingText, now: datetime) -> TextAnswer | None:
    """An answer to a question that is over, if the last text to this number came from the crew that asked it."""
    host = _last_host(text, now)
    over = [asked for asked in _ended(person, now) if asked.crew.host == host]
    if not over:
        return None
    named = _named(over, text, now)
    if not named and (names_a_day(text.understood.plain) or _is_asked_something_else(text, now)):
        return None
    chosen = (named or over)[0]
    return chosen.crew.answer(chosen, text, now, yes=text.understood.keyword is Keyword.YES)


def _last_host(text: IncomingText, now: datetime) -> str:
    gone = Message.objects.filter(organisation=text.organisation, way=Way.TEXT, line=text.line)
    gone = gone.filter(created_at__gte=now - REMEMBERED).exclude(
        state__in=(Message.State.QUEUED, Message.State.CANCELLED)
    )
    last = gone.order_by("-pk").first()
    return last.host if last is not None else ""


def _swap(person: Person, text: IncomingText, now: datetime) -> TextAnswer | None:
    """Ask the others to take over what was named."""
    theirs = [place for crew in _crews.values() for place in crew.theirs(person, now)]
    if not theirs:
        return None
    chosen = _named(theirs, text, now)
    if len(chosen) != 1:
        crew = (chosen or theirs)[0].crew
        return TextAnswer(crew.words(text, "which_day", link=crew.link(person, now)))
    return chosen[0].crew.swap(chosen[0], text, now)
