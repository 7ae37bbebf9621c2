"""A place in the crew of an evening: asked, confirmed, declined, dropped out. Always under the evening's lock.

Whatever changes sets the evening's timer, so that `crew_watch.look` goes on from there: asks the next, tells the
manager.
"""

from datetime import datetime

from django.db import transaction

from backend.common import offer_rows
from backend.common.actors import Actor
from backend.common.errors import Conflict, NotAllowed, NotFound
from backend.common.offers import Ending
from backend.events.models import Lane
from backend.events.services import set_timer
from backend.meals.domain.crew import HELPS
from backend.meals.models import CrewAsk, CrewPlace, Evening, Reservation
from backend.meals.selectors import crew as reading
from backend.meals.services import crew_asking, evenings, guest_calls, reserving
from backend.meals.services import crew_rows as rows
from backend.people.domain.crews import PlaceTaken
from backend.people.models import Engagement, Person
from backend.people.services import engagements

TIMER = "meals.crew"
"""The subject is the evening."""

CONFIRMED, DROPPED, ASKED = "crew_confirmed", "crew_dropped", "crew_asked"
"""Events of the evening (with "meals." before them). Payload: place, job, person (keys)."""


def look_soon(evening_id: int, now: datetime) -> None:
    """Something has changed: look at the evening's crew at once."""
    set_timer(kind=TIMER, subject_id=evening_id, due_at=now, lane=Lane.ALARM)


@transaction.atomic
def ask(*, place_id: int, person: Person, actor: Actor, now: datetime) -> CrewAsk:
    """A manager asks somebody, whoever's turn it is; who was being asked for it hears that it is not needed any more.

    Raises CrewClosed, Barred, and Conflict when somebody is confirmed already or there is no way to ask.
    """
    place = rows.locked_place(place_id)
    rows.must_be_planned(place.evening, now)
    if place.person_id is not None:
        raise Conflict("Somebody has this place already. Take them off first.")
    rows.must_be_fit(place, person)
    same = CrewAsk.objects.filter(place__evening=place.evening, place__job=place.job, person=person)
    known = same.filter(state=CrewAsk.State.OPEN).first()
    if known is not None:
        return known
    rows.end_all(place, Ending.WITHDRAWN, now, code="not_needed")
    policy, begins_at = reading.policy_for(place.evening), reading.times_of(place)[0]
    cutoff = max(policy.last_offer_at(begins_at), now + policy.patience.shortest)
    terms = reading.terms_of(place.evening, 1, min(cutoff, place.evening.ends_at))
    asked = offer_to(place, person, terms.deadline(now), now, any_hour=True)
    if asked is None:
        raise Conflict("There is no telephone number on which this person could be asked.")
    evenings.tell(place.evening, ASKED, actor, place=place.pk, job=place.job, person=person.pk)
    look_soon(place.evening_id, now)
    return asked


def offer_to(
    place: CrewPlace,
    person: Person,
    deadline_at: datetime,
    now: datetime,
    *,
    any_hour: bool = False,
    urgently: bool = False,
) -> CrewAsk | None:
    """Put the question; None, and nothing has changed, when there is no way to.

    `any_hour`: a person wants it asked now, whatever the hour. `urgently`: by text and by call.
    """
    with transaction.atomic():
        asked = CrewAsk.objects.create(place=place, person=person, offered_at=now, deadline_at=deadline_at)
        if not crew_asking.ask(asked, now, any_hour=any_hour, urgently=urgently):
            transaction.set_rollback(True)
            return None
    return asked


@transaction.atomic
def say_yes(*, place_id: int, person: Person, actor: Actor, now: datetime) -> CrewPlace:
    """Somebody who was asked helps. Saying it twice changes nothing.

    A yes after the deadline is welcome as long as there is a place in that job. A yes to somebody who hands their
    evening over takes it from them.

    Raises NotAllowed for whoever was not asked, PlaceTaken, CrewClosed, Barred.
    """
    place = rows.locked_place(place_id)
    theirs = place.evening.crew.filter(job=place.job, person=person).first()
    if theirs is not None:
        return theirs
    asked = rows.latest(place, person)
    if asked is None:
        raise NotAllowed("You have not been asked about this evening.")
    place = asked.place
    rows.must_be_planned(place.evening, now)
    owner = place.person if place.person_id is not None and asked.is_in_time(now) else None
    if place.person_id is not None and owner is None:
        place = rows.another(place)
    rows.must_be_fit(place, person)
    rows.accept(place, person, asked, now)
    _confirm(place, person, actor, now)
    if owner is not None:
        crew_asking.tell(owner, place, "taken_over", now, name=person.spoken_name)
    return place


@transaction.atomic
def say_no(*, place_id: int, person: Person, actor: Actor, now: datetime) -> bool:
    """Somebody who was asked cannot; the next is asked. Whoever has said yes meanwhile drops out by it.

    Says whether anything has changed. Raises CrewClosed for whoever helped on an evening that is over.
    """
    place = rows.locked_place(place_id)
    theirs = place.evening.crew.filter(person=person).first()
    if theirs is not None:
        return drop_out(place_id=theirs.pk, actor=actor, now=now, because="dropped_out")
    asked = rows.latest(place, person)
    if asked is None or not asked.is_in_time(now):
        return False
    offer_rows.end(asked, Ending.DECLINED, now)
    evenings.tell(place.evening, "crew_declined", actor, place=place.pk, job=place.job, person=person.pk)
    look_soon(place.evening_id, now)
    return True


@transaction.atomic
def confirm(*, place_id: int, person: Person, actor: Actor, now: datetime) -> CrewPlace:
    """A manager has heard from somebody that they help. Whoever stood there is told that they do not any more.

    Also while the evening goes on: who falls ill is replaced.

    Raises CrewClosed, Barred, and NotAllowed for whoever is not one of the organisation's volunteers for this job.
    """
    place = rows.locked_place(place_id)
    if place.person_id == person.pk:
        return place
    rows.must_be_planned(place.evening, now)
    rows.must_be_fit(place, person)
    owner = place.person
    asked = place.asks.filter(person=person, state=CrewAsk.State.OPEN).first()
    rows.accept(place, person, asked, now)
    _confirm(place, person, actor, now)
    if owner is not None:
        crew_asking.tell(owner, place, "released", now)
    return place


@transaction.atomic
def sign_up(*, evening_id: int, job: str, person: Person, actor: Actor, now: datetime) -> CrewPlace:
    """Somebody says by themselves that they help: they have the first place of that job that is free.

    Raises PlaceTaken when there is none any more, CrewClosed, Barred, and NotAllowed for a job that is not theirs.
    """
    evening = evenings.locked(evening_id)
    if evening.resto.organisation_id != person.organisation_id:
        raise NotFound("This evening does not exist any more. Look at the list again.")
    theirs = evening.crew.filter(person=person, job=job).first()
    if theirs is not None:
        return theirs
    rows.must_be_planned(evening, now)
    free = reading.open_places(evening, job)
    if not free:
        raise PlaceTaken("Somebody else has just taken this place. Thank you all the same.")
    place = free[0]
    place.evening = evening
    rows.must_be_fit(place, person)
    asked = CrewAsk.objects.filter(
        place__evening=evening, place__job=job, person=person, state=CrewAsk.State.OPEN
    ).first()
    rows.accept(place, person, asked, now)
    _confirm(place, person, actor, now)
    return place


@transaction.atomic
def drop_out(*, place_id: int, actor: Actor, now: datetime, because: str = "") -> bool:
    """Whoever is confirmed cannot come after all: others are asked. `because` is a code.

    Whom they had asked to take it over is asked about the free place now, by the same question. When it is about to
    begin, all others who could are asked at once, and the manager is told. Says whether anybody was confirmed.

    Raises CrewClosed when the evening is over.
    """
    place = rows.locked_place(place_id)
    if place.person is None:
        return False
    evening, person = place.evening, place.person
    rows.must_be_planned(evening, now)
    engagements.release(reading.source_of(place))
    rows.move(place, None, now)
    evenings.changed(evening)
    evenings.tell(evening, DROPPED, actor, place=place.pk, job=place.job, person=person.pk, because=because)
    if actor.who != f"person:{person.pk}":
        crew_asking.tell(person, place, "released", now)
    if now >= reading.policy_for(evening).hurry_at(reading.times_of(place)[0]):
        crew_asking.tell_managers(place, "dropped", now, name=person.spoken_name)
    look_soon(evening.pk, now)
    return True


def _confirm(place: CrewPlace, person: Person, actor: Actor, now: datetime) -> None:
    evening = place.evening
    was_guest = _gives_up_chair(evening, person, actor, now)
    begins_at, ends_at = reading.times_of(place)
    engagements.release(reading.source_of(place))
    engagements.engage(
        person,
        programme=Engagement.Programme.DINNER_CREW,
        source=reading.source_of(place),
        starts_at=begins_at,
        ends_at=ends_at,
    )
    rows.move(place, person, now)
    _what_was_asked(place, person, now)
    evenings.changed(evening)
    evenings.tell(
        evening, CONFIRMED, actor, place=place.pk, job=place.job, person=person.pk, was_guest=was_guest is not None
    )
    if was_guest is not None or actor.who != f"person:{person.pk}":
        crew_asking.tell(person, place, "confirmed_no_guest" if was_guest else "confirmed", now)
    look_soon(evening.pk, now)


def _what_was_asked(place: CrewPlace, person: Person, now: datetime) -> None:
    """What others were asked about this place is about the next free one of that job, or not needed any more."""
    others = CrewAsk.objects.filter(place__evening=place.evening, person=person, state=CrewAsk.State.OPEN)
    for asked in others.select_related("place", "person__organisation"):
        asked.place.evening = place.evening
        offer_rows.end(asked, Ending.WITHDRAWN, now)
        crew_asking.take_back(asked, "not_needed", now)
    free = reading.open_places(place.evening, place.job)
    if free:
        asked_already = CrewAsk.objects.filter(place=free[0], state=CrewAsk.State.OPEN).values("person_id")
        place.asks.filter(state=CrewAsk.State.OPEN).exclude(person__in=asked_already).update(place=free[0])
    rows.end_all(place, Ending.WITHDRAWN, now, code="taken_by_other")
    if not free:
        rows.no_more_calls(place.evening, place.job, now)


def _gives_up_chair(evening: Evening, person: Person, actor: Actor, now: datetime) -> Reservation | None:
    """Who helps holds no guest's chair: their own is free in the same moment. Of a party the others still come.

    What somebody who came alone does not eat, the kitchen goes on reading from what they gave up, and of a party each
    of whom has a plate as well: the first is theirs. Otherwise nobody can know which was, and either way a person asks.
    """
    found = evening.reservations.filter(person=person, arrived_at=None).exclude(state=Reservation.State.CANCELLED)
    row = found.first()
    if row is None:
        return None
    if row.covers == 1:
        reserving.cancel(reservation_id=row.pk, because=HELPS, actor=actor, now=now)
    else:
        if row.plates.exists():
            guest_calls.about_plates(evening, row, now)
        _takes_their_plate_along(row, now)
        reserving.change_covers(reservation_id=row.pk, covers=row.covers - 1, actor=actor, now=now)
    return row


def _takes_their_plate_along(row: Reservation, now: datetime) -> None:
    """Where each of a party has a plate, the first goes with the chair that whoever reserved gave up."""
    plates = list(row.plates.order_by("pk"))
    if len(plates) != row.covers:
        return
    given_up = Reservation.objects.create(
        evening=row.evening,
        person=row.person,
        covers=1,
        state=Reservation.State.CANCELLED,
        way=row.way,
        reserved_at=row.reserved_at,
        reserved_by=row.reserved_by,
        on_behalf_of=row.on_behalf_of,
        cancelled_at=now,
        cancelled_because=HELPS,
    )
    row.plates.filter(pk=plates[0].pk).update(reservation=given_up)
