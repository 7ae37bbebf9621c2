"""Asking and telling drivers and hosts: what is said about a trip. How it goes out is in `crew_messages`."""

from datetime import datetime

from backend.incidents.services.ladders import bus_scope
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.selectors.telling import way_to
from backend.notifications.services.crew_messages import CrewMessages, Question
from backend.people.domain.short_days import with_weekday
from backend.people.models import Organisation, Person
from backend.people.selectors import coordinators_on, local_date, mobile_of, on_duty, zone_of
from backend.transport import texts
from backend.transport.models import CrewDuty, CrewOffer
from backend.transport.selectors.crew import clock_time, in_words

HOST = "transport.crew"
"""The subject is the trip."""

MESSAGES = CrewMessages(host=HOST, page="bus/d")
link_for = MESSAGES.link_for


def ask(offer: CrewOffer, now: datetime, *, any_hour: bool) -> bool:
    """Put the question; says whether there was a way to. Under the trip's lock.

    `any_hour`: a person wants it asked now, whatever the hour.
    """
    person, duty = offer.person, offer.duty
    found = way_to(person)
    if found is None:
        return False
    question = _question(offer, any_hour=any_hour)
    if found.way == Way.CALL:
        MESSAGES.ask_by_call(question, found.line, now)
        return True
    owner = duty.person if duty.state == CrewDuty.State.CONFIRMED else None
    code = "asked_to_take_over" if owner is not None else "asked"
    until = offer.deadline_at.astimezone(zone_of(person.organisation))
    places = {
        **in_words(duty, person.language),
        "name": owner.spoken_name if owner is not None else "",
        "until": f"{with_weekday(until.date(), person.language)} {clock_time(until)}",
        "link": link_for(person, now),
    }
    MESSAGES.ask_by_text(question, found.line, texts.crew(person.organisation, code, person.language, **places))
    return True


def ring_again(message: Message, attempt: Attempt | None, now: datetime) -> None:
    """Nobody pressed a key: the same question once more after a while; three calls at most."""
    offer = CrewOffer.objects.select_related("person__organisation", "duty").get(pk=message.reference["offer"])
    if offer.state == CrewOffer.State.OPEN:
        MESSAGES.ring_again(message, attempt, _question(offer, any_hour=message.any_hour), now)


def take_back(offer: CrewOffer, code: str, now: datetime) -> None:
    """The question is not open any more: what has not gone out is not sent, whoever got it is told why."""
    if MESSAGES.take_back(offer.duty.trip_id, offer.pk):
        tell(offer.person, offer.duty, code, now)


def tell(person: Person, duty: CrewDuty, code: str, now: datetime, **names: str) -> None:
    """Tell somebody what became of a duty; whoever has no mobile is rung and has it read out."""
    if way_to(person) is None:
        return
    places = {**in_words(duty, person.language), **names, "link": link_for(person, now)}
    body = texts.crew(person.organisation, code, person.language, **places)
    MESSAGES.tell(person, body, subject_id=duty.trip_id, begins_at=duty.trip.leaves_at, now=now)


def tell_planners(duty: CrewDuty, link: str, now: datetime) -> int:
    """Text those who run the bus that nobody is left to ask; returns how many. The board says it as well."""
    organisation = duty.trip.organisation
    told = 0
    for person in planners(organisation, now):
        body = texts.crew(organisation, "gap", person.language, **in_words(duty, person.language), link=link)
        told += MESSAGES.tell_manager(person, body, subject_id=duty.trip_id, expires_at=duty.trip.leaves_at)
    return told


def planners(organisation: Organisation, now: datetime) -> list[Person]:
    """Who has bus duty today; where nobody does, who coordinates."""
    today = local_date(organisation, now)
    first = on_duty(bus_scope(organisation), today)["primary"]
    return [first] if first is not None else coordinators_on(organisation, today)


def send_link(person: Person, now: datetime) -> bool:
    """Text somebody a link to their own trips and dates; says whether they have a mobile."""
    if mobile_of(person) is None:
        return False
    body = texts.crew(person.organisation, "link", person.language, link=link_for(person, now))
    return MESSAGES.send_link(person, body, now)


def _question(offer: CrewOffer, *, any_hour: bool) -> Question:
    return Question(offer.person, offer.duty.trip_id, offer.pk, offer.deadline_at, any_hour=any_hour)
