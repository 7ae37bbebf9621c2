"""AFWEZIG and TERUG by text: by the person, somebody who shares their telephone, or family on their behalf.

The days that were understood are always told back. Whatever is not clear is asked; of an absence without days only
today is certain.
"""

from datetime import date, datetime
from typing import Any

from backend.common import actors
from backend.common.actors import Actor
from backend.notifications.domain.keywords import Keyword, plain
from backend.notifications.registry import IncomingText, TextAnswer
from backend.notifications.words import say
from backend.people.domain import days
from backend.people.domain.days import NoDays, Period, Unclear, spoken
from backend.people.domain.telephone import format_for_people
from backend.people.models import Absence, Person
from backend.people.selectors import local_date
from backend.people.services import absences

NAME = "absences"
WHAT = "absence"
"""What our question was about: `asks` holds "away", "back" or "days" under this name."""


def answer(text: IncomingText, now: datetime) -> TextAnswer | None:
    """The rule."""
    today = local_date(text.organisation, now)
    asked = text.earlier.get(WHAT, "")
    understood = days.understand(text.understood.plain, today)
    keyword = text.understood.keyword
    if keyword is Keyword.NUMBER and "who" in text.earlier and asked:
        return _chosen(text, today)
    if keyword is Keyword.AWAY or (keyword is None and asked == "days" and isinstance(understood, Period)):
        what = "away"
    elif keyword is Keyword.BACK:
        what = "back"
    else:
        return None
    candidates = people_of(text)
    if not candidates:
        return None
    person = _whom(text, candidates)
    if person is None:
        return _ask_who(text, candidates, what, understood)
    return _act(text, person, what, understood, today)


def people_of(text: IncomingText) -> list[Person]:
    """Whom a text from this number can be about: who has the number, then those whose contact it is."""
    found = [*text.people, *(contact.person for contact in text.contacts)]
    return list({person.pk: person for person in found}.values())


def _whom(text: IncomingText, candidates: list[Person]) -> Person | None:
    """Who it is about: the one who is named, else the only one who has this number, else the only one there is."""
    named = [person for person in candidates if _is_named(person, text.understood.words)]
    if len(named) == 1:
        return named[0]
    if named:
        return None
    asked = text.earlier.get("person")
    for group in ([one for one in candidates if one.pk == asked], list(text.people), candidates):
        if len(group) == 1:
            return group[0]
        if group:
            return None
    return None


def _is_named(person: Person, words: tuple[str, ...]) -> bool:
    return bool(set(plain(person.name).split()) & {word for word in words if len(word) > 2})


def _ask_who(
    text: IncomingText, candidates: list[Person], what: str, understood: Period | Unclear | NoDays
) -> TextAnswer:
    choices = ", ".join(f"{number} = {person.spoken_name}" for number, person in enumerate(candidates[:8], start=1))
    asks: dict[str, Any] = {WHAT: what, "who": [person.pk for person in candidates[:8]]}
    if isinstance(understood, Period):
        asks["first"] = understood.first.isoformat()
        asks["last"] = understood.last.isoformat() if understood.last else None
    elif isinstance(understood, Unclear):
        asks["unclear"] = True
    return TextAnswer(say("absence_who", text.language, choices=choices), asks=asks)


def _chosen(text: IncomingText, today: date) -> TextAnswer | None:
    """The answer to "about whom?"."""
    number, who = text.understood.number or 0, text.earlier["who"]
    person = next((one for one in people_of(text) if 1 <= number <= len(who) and one.pk == who[number - 1]), None)
    if person is None:
        return None
    understood: Period | Unclear | NoDays = Unclear() if text.earlier.get("unclear") else NoDays()
    if "first" in text.earlier:
        last = text.earlier["last"]
        understood = Period(date.fromisoformat(text.earlier["first"]), date.fromisoformat(last) if last else None)
    return _act(text, person, text.earlier[WHAT], understood, today)


def _act(
    text: IncomingText, person: Person, what: str, understood: Period | Unclear | NoDays, today: date
) -> TextAnswer:
    if what == "back":
        if not isinstance(understood, NoDays):
            return _not_clear(text, person)  # "terug op 3 dec" is not back yet
        actor, who = _actor(text, person), _who_is(text, person)
        return TextAnswer(
            come_back(person, today=today, actor=actor, who=who, phone=_phone(text), language=text.language)
        )
    if isinstance(understood, Unclear):
        return _not_clear(text, person)
    if isinstance(understood, NoDays):
        _record(text, person, today, today)
        words = say("away_today", text.language, who=_who_is(text, person), day=spoken(today, text.language))
        return TextAnswer(words, asks={WHAT: "days", "person": person.pk})
    _record(text, person, understood.first, understood.last)
    return TextAnswer(told_back(understood.first, understood.last, text.language, _who_is(text, person), _phone(text)))


def _not_clear(text: IncomingText, person: Person) -> TextAnswer:
    words = say("absence_unclear", text.language, phone=_phone(text))
    return TextAnswer(words, asks={WHAT: "days", "person": person.pk}, for_a_person=True)


def _record(text: IncomingText, person: Person, first: date, last: date | None) -> None:
    absences.record_absence(
        person=person, first_day=first, last_day=last, reason=Absence.Reason.AWAY, actor=_actor(text, person)
    )


def come_back(person: Person, *, today: date, actor: Actor, who: str, phone: str, language: str) -> str:
    """Somebody is home again: said back, with what still lies ahead. `who` is such as "U bent"."""
    done = absences.come_back(person=person, today=today, actor=actor)
    words = say("is_back" if done.ended else "was_not_away", language, who=who, phone=phone)
    ahead = [days_of(one.first_day, one.last_day, language, who) for one in done.ahead]
    return " ".join((words, *ahead))


def _actor(text: IncomingText, person: Person) -> Actor:
    """Who reports it: the person, the contact on their behalf, or somebody who shares the telephone."""
    if person in text.people:
        return actors.person(person.pk, "text")
    contact = next(contact for contact in text.contacts if contact.person_id == person.pk)
    return actors.contact(contact.pk, "text", on_behalf_of=f"person:{person.pk}")


def _who_is(text: IncomingText, person: Person) -> str:
    """ "U bent", or "Riet is": how the answer begins."""
    if text.people == (person,):
        return say("you_are", text.language)
    return say("they_are", text.language, name=person.spoken_name)


def _phone(text: IncomingText) -> str:
    return format_for_people(text.organisation.phone)


def days_of(first: date, last: date | None, language: str, who: str) -> str:
    """The days of an absence in full, as one says them. `who` is such as "U bent"."""
    if last is None:
        return say("away_open", language, who=who, first=spoken(first, language))
    if first == last:
        return say("away_day", language, who=who, first=spoken(first, language))
    return say("away_from_to", language, who=who, first=spoken(first, language), last=spoken(last, language))


def told_back(first: date, last: date | None, language: str, who: str, phone: str) -> str:
    """The days, and what to do when they are wrong."""
    return f"{days_of(first, last, language, who)} {say('away_wrong', language, phone=phone)}"
