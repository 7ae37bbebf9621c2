"""The crew of the dinners for what all crews share: what they were asked, what they have, what they answer."""

from datetime import datetime

from backend.common.actors import Actor
from backend.meals import crew_texts as texts
from backend.meals.crew_words import say
from backend.meals.models import CrewAsk, CrewPlace
from backend.meals.selectors import crew as reading
from backend.meals.services import crew, crew_asking, crew_swaps
from backend.notifications.services.crews import Asked, Crew
from backend.people.models import Organisation, Person


class DinnerVolunteers(Crew[CrewPlace]):
    """Who helps on an evening."""

    host = crew_asking.HOST

    def open_questions(self, person: Person, now: datetime) -> list[Asked]:
        return [self.asked(ask) for ask in reading.open_questions(person, now)]

    def ended_questions(self, person: Person, since: datetime) -> list[Asked]:
        return [self.asked(ask) for ask in reading.ended_questions(person, since)]

    def questions(self, keys: list[int]) -> list[Asked]:
        return [self.asked(ask) for ask in reading.with_evening(CrewAsk.objects.filter(pk__in=keys))]

    def theirs(self, person: Person, now: datetime) -> list[Asked]:
        found = [(place, reading.times_of(place)[0]) for place in reading.places_of(person, now)]
        return [Asked(self, place.pk, person, place.evening.date, begins) for place, begins in found if begins > now]

    def places_of(self, person: Person, now: datetime) -> list[CrewPlace]:
        return reading.places_of(person, now)

    def place_of(self, asked: Asked) -> CrewPlace:
        return reading.with_evening(CrewAsk.objects.filter(pk=asked.key)).get().place

    def helps(self, person: Person, place: CrewPlace) -> bool:
        return place.evening.crew.filter(person=person).exists()

    def facts(self, place: CrewPlace, language: str) -> dict[str, str]:
        return reading.in_words(place, language)

    def say_yes(self, place: CrewPlace, person: Person, actor: Actor, now: datetime) -> None:
        crew.say_yes(place_id=place.pk, person=person, actor=actor, now=now)

    def say_no(self, place: CrewPlace, person: Person, actor: Actor, now: datetime) -> None:
        crew.say_no(place_id=place.pk, person=person, actor=actor, now=now)

    def ask_others(self, place: CrewPlace, owner: Person, actor: Actor, now: datetime) -> None:
        crew_swaps.ask_others(place_id=place.pk, owner=owner, actor=actor, now=now)

    def text(self, organisation: Organisation, code: str, language: str, /, **places: str) -> str:
        return texts.crew(organisation, code, language, **places)

    def say(self, code: str, language: str, **places: object) -> str:
        return say(code, language, **places)

    def link(self, person: Person, now: datetime) -> str:
        return crew_asking.link_for(person, now)

    def asked(self, ask: CrewAsk) -> Asked:
        """A question as the rules want it."""
        return Asked(self, ask.pk, ask.person, ask.place.evening.date, ask.place.evening.doors_at)


VOLUNTEERS = DinnerVolunteers()
