"""Asking and telling the crew of a dinner: what is said about an evening. How it goes out is in `crew_messages`."""

from datetime import datetime

from backend.incidents.services.ladders import dinner_scope
from backend.meals import crew_texts as texts
from backend.meals.models import CrewAsk, CrewPlace
from backend.meals.selectors.crew import in_words, times_of
from backend.meals.selectors.kitchen import managers_of
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.selectors.telling import by_call, way_to
from backend.notifications.services.crew_messages import CrewMessages, Question
from backend.people.domain.known import clock_time
from backend.people.domain.short_days import with_weekday
from backend.people.models import Organisation, Person
from backend.people.selectors import coordinators_on, local_date, mobile_of, on_duty, zone_of

HOST = "meals.crew"
"""The subject is the evening."""

MESSAGES = CrewMessages(host=HOST, page="resto/d")
link_for = MESSAGES.link_for


def ask(asked: CrewAsk, now: datetime, *, any_hour: bool, urgently: bool) -> bool:
    """Put the question; says whether there was a way to. Under the evening's lock.

    `any_hour`: a person wants it asked now, whatever the hour. `urgently`: by text and by call.
    """
    person, place = asked.person, asked.place
    found = way_to(person)
    if found is None:
        return False
    question = _question(asked, any_hour=any_hour)
    ringing = found if found.way == Way.CALL else by_call(person) if urgently else None
    if ringing is not None:
        MESSAGES.ask_by_call(question, ringing.line, now)
    if found.way == Way.TEXT:
        MESSAGES.ask_by_text(question, found.line, _asking(asked, place, now, urgently=urgently))
    return True


def _asking(asked: CrewAsk, place: CrewPlace, now: datetime, *, urgently: bool) -> str:
    person, owner = asked.person, place.person
    code = "asked_to_take_over" if owner is not None else "asked_urgently" if urgently else "asked"
    zone = zone_of(person.organisation)
    until = asked.deadline_at.astimezone(zone)
    places = {
        **in_words(place, person.language),
        "name": owner.spoken_name if owner is not None else "",
        "until": f"{with_weekday(until.date(), person.language)} {clock_time(until, zone)}",
        "link": link_for(person, now),
    }
    return texts.crew(person.organisation, code, person.language, **places)


def ring_again(message: Message, attempt: Attempt | None, now: datetime) -> None:
    """Nobody pressed a key: the same question once more after a while; three calls at most.

    Not about a place that was closed meanwhile: the question is gone with it.
    """
    known = CrewAsk.objects.filter(pk=message.reference["offer"])
    asked = known.select_related("person__organisation", "place").first()
    if asked is not None and asked.state == CrewAsk.State.OPEN:
        MESSAGES.ring_again(message, attempt, _question(asked, any_hour=message.any_hour), now)


def take_back(asked: CrewAsk, code: str, now: datetime) -> None:
    """The question is not open any more: what has not gone out is not sent, whoever got it is told why."""
    if MESSAGES.take_back(asked.place.evening_id, asked.pk):
        tell(asked.person, asked.place, code, now)


def ring_as_well(asked: CrewAsk, now: datetime) -> None:
    """Who was asked to take a place over is rung now that it is urgent; texted only if no text has gone out yet."""
    went_out = MESSAGES.take_back(asked.place.evening_id, asked.pk)
    ringing = by_call(asked.person)
    if not went_out:
        ask(asked, now, any_hour=True, urgently=True)
    elif ringing is not None:
        MESSAGES.ask_by_call(_question(asked, any_hour=True), ringing.line, now)


def was_rung_since(asked: CrewAsk, moment: datetime) -> bool:
    """Whether a telephone has rung with this question since a moment (UTC)."""
    return MESSAGES.was_rung_since(asked.place.evening_id, asked.pk, moment)


def tell(person: Person, place: CrewPlace, code: str, now: datetime, **names: str) -> None:
    """Tell somebody what became of a place; whoever has no mobile is rung and has it read out."""
    if way_to(person) is None:
        return
    places = {**in_words(place, person.language), **names, "link": link_for(person, now)}
    body = texts.crew(person.organisation, code, person.language, **places)
    MESSAGES.tell(person, body, subject_id=place.evening_id, begins_at=times_of(place)[0], now=now)


def tell_managers(place: CrewPlace, code: str, now: datetime, *, link: str = "", **names: str) -> int:
    """Text those who run the dinners about a place; returns how many. The board says it as well."""
    organisation = place.evening.resto.organisation
    told = 0
    for person in managers(organisation, now):
        places = {**in_words(place, person.language), **names, "link": link or texts.place_link(place)}
        body = texts.crew(organisation, code, person.language, **places)
        told += MESSAGES.tell_manager(
            person, body, subject_id=place.evening_id, expires_at=place.evening.ends_at, any_hour=code == "dropped"
        )
    return told


def managers(organisation: Organisation, now: datetime) -> list[Person]:
    """Who has duty for the dinners today; where nobody does, who runs the resto, or who coordinates."""
    today = local_date(organisation, now)
    first = on_duty(dinner_scope(organisation), today)["primary"]
    if first is not None:
        return [first]
    runs = [person for person in managers_of(organisation) if mobile_of(person) is not None]
    return runs or coordinators_on(organisation, today)


def send_link(person: Person, now: datetime) -> bool:
    """Text somebody a link to their own evenings; says whether they have a mobile."""
    if mobile_of(person) is None:
        return False
    places = {"organisation": person.organisation.name, "link": link_for(person, now)}
    return MESSAGES.send_link(person, texts.crew(person.organisation, "link", person.language, **places), now)


def _question(asked: CrewAsk, *, any_hour: bool) -> Question:
    return Question(asked.person, asked.place.evening_id, asked.pk, asked.deadline_at, any_hour=any_hour)
