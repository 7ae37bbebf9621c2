"""Rows of a crew, under the evening's lock: a place and the questions about it, each with its one ending."""

from datetime import datetime

from backend.common import offer_rows
from backend.common.errors import NotAllowed, NotFound
from backend.common.offers import Ending
from backend.meals.models import CrewAsk, CrewHours, CrewPlace, Evening, GuestCall, MealVolunteer
from backend.meals.selectors import crew as reading
from backend.meals.services import crew_asking, evenings
from backend.people import calls_to_make
from backend.people.domain import crews as rules
from backend.people.domain.crews import Barred, CrewClosed, PlaceTaken
from backend.people.models import Person


def latest(place: CrewPlace, person: Person) -> CrewAsk | None:
    """What somebody was asked last about this job of the evening: meanwhile it may be about another place of it."""
    asks = CrewAsk.objects.filter(place__evening=place.evening, place__job=place.job, person=person)
    found = asks.select_related("place__person__organisation").order_by("offered_at", "pk").last()
    if found is not None:
        found.place.evening = place.evening
    return found


def locked_place(place_id: int) -> CrewPlace:
    """The place, its evening locked until the end of the transaction. Raises NotFound."""
    evening_id = CrewPlace.objects.filter(pk=place_id).values_list("evening_id", flat=True).first()
    if evening_id is None:
        raise NotFound("This place in the crew does not exist any more. Look at the roster again.")
    evening = evenings.locked(evening_id)
    place = CrewPlace.objects.select_related("person__organisation").get(pk=place_id)
    place.evening = evening
    return place


def end_all(place: CrewPlace, ending: Ending, now: datetime, *, code: str) -> None:
    """End what is still open about a place; those who were asked are told why (`code` of the words)."""
    for asked in place.asks.filter(state=CrewAsk.State.OPEN).select_related("person__organisation").order_by("pk"):
        asked.place = place
        offer_rows.end(asked, ending, now)
        crew_asking.take_back(asked, code, now)


def hasten(asked: CrewAsk, deadline_at: datetime, now: datetime) -> None:
    """The same question has become urgent: it rings as well, and is over at `deadline_at` if that is sooner.

    There is no second question: a yes to the text that they have counts, and they are not asked once more.
    """
    asked.offered_at, asked.deadline_at = now, min(asked.deadline_at, deadline_at)
    asked.save(update_fields=["offered_at", "deadline_at"])
    crew_asking.ring_as_well(asked, now)


def move(place: CrewPlace, person: Person | None, now: datetime) -> None:
    """The place is somebody's, or nobody's. Whoever comes instead is not here because the one before was.

    The hours of the one before stay theirs.
    """
    if person is None or person.pk != place.person_id:
        _keep_hours(place, now)
        place.came_at = place.left_at = None
    place.state = CrewPlace.State.OPEN if person is None else CrewPlace.State.CONFIRMED
    place.person, place.changed_at, place.reminded_at = person, now, None
    place.save(update_fields=["state", "person", "changed_at", "reminded_at", "came_at", "left_at"])


def _keep_hours(place: CrewPlace, now: datetime) -> None:
    if place.person is not None and place.came_at is not None:
        CrewHours.objects.create(
            evening=place.evening,
            place=place,
            person=place.person,
            job=place.job,
            came_at=place.came_at,
            left_at=place.left_at or now,
        )


def no_more_calls(evening: Evening, job: str, now: datetime) -> None:
    """Nobody has to be rung about a job any more; who may still be about another one stays on the list."""
    calls_to_make.settled(GuestCall.objects.filter(evening=evening, kind=GuestCall.Kind.CREW), "jobs", job, now)


def must_be_fit(place: CrewPlace, person: Person) -> None:
    """Raise NotAllowed for whoever does not do this job, and Barred when something stands in the way."""
    evening = place.evening
    organisation = evening.resto.organisation
    member = (
        MealVolunteer.objects.filter(person=person, job=place.job, organisation=organisation)
        .select_related("person")
        .first()
    )
    if member is None:
        raise NotAllowed("This person is not one of the volunteers for this job.")
    known = reading.volunteers(evening, place.job, [member])[person.pk]
    reason = rules.bars(known, place.job, evening.date, reading.policy_of(organisation))
    if reason is not None:
        raise Barred("This person cannot help on this evening. The reason stands beside the name.", reason)


def another(place: CrewPlace) -> CrewPlace:
    """Another place of the same job that is nobody's. Raises PlaceTaken."""
    free = reading.open_places(place.evening, place.job)
    if not free:
        raise PlaceTaken("We have somebody for this evening already. You need do nothing. Thank you.")
    free[0].evening = place.evening
    return free[0]


def accept(place: CrewPlace, person: Person, asked: CrewAsk | None, now: datetime) -> None:
    """Keep the yes on the question that it answers; or as one of its own: told to a manager, or after the deadline."""
    if asked is not None and asked.is_in_time(now):
        offer_rows.end(asked, Ending.ACCEPTED, now)
        CrewAsk.objects.filter(pk=asked.pk).update(place=place)
        return
    if asked is not None and asked.state == CrewAsk.State.OPEN:
        offer_rows.end(asked, Ending.EXPIRED, now)
    CrewAsk.objects.create(place=place, person=person, **offer_rows.answered_unasked(Ending.ACCEPTED, now))


def must_be_planned(evening: Evening, now: datetime) -> None:
    """Raise CrewClosed for an evening that is over or off."""
    if evening.state not in (Evening.State.PLANNED, Evening.State.OPEN) or now >= evening.ends_at:
        raise CrewClosed("This evening is over, or it is off: its crew cannot be changed any more.")
