"""Drivers and hosts for what all crews share: what they were asked, what they have, what they answer."""

from datetime import datetime

from backend.common.actors import Actor
from backend.notifications.services.crews import Asked, Crew
from backend.people.models import Organisation, Person
from backend.transport import texts
from backend.transport.models import CrewDuty, CrewOffer
from backend.transport.selectors import crew as reading
from backend.transport.services import crew, crew_asking, crew_swaps
from backend.transport.words_crew import say


class BusVolunteers(Crew[CrewDuty]):
    """Who drives or hosts a trip."""

    host = crew_asking.HOST

    def open_questions(self, person: Person, now: datetime) -> list[Asked]:
        return [self.asked(offer) for offer in reading.open_questions(person, now)]

    def ended_questions(self, person: Person, since: datetime) -> list[Asked]:
        return [self.asked(offer) for offer in reading.ended_questions(person, since)]

    def questions(self, keys: list[int]) -> list[Asked]:
        return [self.asked(offer) for offer in reading.with_trips(CrewOffer.objects.filter(pk__in=keys))]

    def theirs(self, person: Person, now: datetime) -> list[Asked]:
        return [
            Asked(self, duty.pk, person, duty.trip.date, duty.trip.leaves_at)
            for duty in reading.duties_of(person, now)
            if duty.trip.leaves_at > now
        ]

    def places_of(self, person: Person, now: datetime) -> list[CrewDuty]:
        return reading.duties_of(person, now)

    def place_of(self, asked: Asked) -> CrewDuty:
        return reading.with_trips(CrewOffer.objects.filter(pk=asked.key)).get().duty

    def helps(self, person: Person, place: CrewDuty) -> bool:
        return place.state == CrewDuty.State.CONFIRMED and place.person_id == person.pk

    def facts(self, place: CrewDuty, language: str) -> dict[str, str]:
        return reading.in_words(place, language)

    def say_yes(self, place: CrewDuty, person: Person, actor: Actor, now: datetime) -> None:
        crew.say_yes(duty_id=place.pk, person=person, actor=actor, now=now)

    def say_no(self, place: CrewDuty, person: Person, actor: Actor, now: datetime) -> None:
        crew.say_no(duty_id=place.pk, person=person, actor=actor, now=now)

    def ask_others(self, place: CrewDuty, owner: Person, actor: Actor, now: datetime) -> None:
        crew_swaps.ask_others(duty_id=place.pk, owner=owner, actor=actor, now=now)

    def text(self, organisation: Organisation, code: str, language: str, /, **places: str) -> str:
        return texts.crew(organisation, code, language, **places)

    def say(self, code: str, language: str, **places: object) -> str:
        return say(code, language, **places)

    def link(self, person: Person, now: datetime) -> str:
        return crew_asking.link_for(person, now)

    def asked(self, offer: CrewOffer) -> Asked:
        """A question as the rules want it."""
        return Asked(self, offer.pk, offer.person, offer.duty.trip.date, offer.duty.trip.leaves_at)


VOLUNTEERS = BusVolunteers()
