"""Single evenings, and what changes about one: its times, its chairs, its theme, who speaks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict, RondjeError
from backend.meals.domain.chairs import Chairs, TooFewChairs
from backend.meals.domain.diets import codes
from backend.meals.domain.series import Moments, Times, moments
from backend.meals.models import Evening, Reservation, Resto, SpeakerPlate
from backend.meals.selectors.counting import chairs_of
from backend.meals.selectors.series import moments_as_they_are
from backend.meals.services import evenings
from backend.meals.services.planning import make_evening, set_moments
from backend.meals.services.wishes import PlateWish
from backend.people.models import Engagement
from backend.people.selectors import zone_of
from backend.people.services import engagements

EVENING_MOVED = "evening_moved"
"""The subject is the evening: its times are others now. Payload: reservations (whom it concerns)."""

EVENING_CHANGED = "evening_changed"
"""The subject is the evening: its chairs, its theme, or who speaks."""


@dataclass(frozen=True)
class Facts:
    """What is particular about one evening. `speaker` is a role; who speaks eats along: `speakers` chairs.

    `plates`: of those who speak and do not eat everything, without names.
    """

    times: Times
    chairs: int
    theme: str = ""
    speaker: str = ""
    speakers: int = 0
    plates: tuple[PlateWish, ...] = ()


@transaction.atomic
def add(resto: Resto, day: date, facts: Facts, *, needs: dict[str, int], actor: Actor, now: datetime) -> Evening:
    """An evening on one local date, of no series. `needs`: people of the crew by job.

    Raises RondjeError when it lies in the past, or its times are not in order; Conflict when there is one that day, or
    more plates than people who speak.
    """
    found = _moments(resto, day, facts)
    if found.doors_at <= now:
        raise RondjeError("The doors would have opened already. Choose a later day or time.")
    evening = Evening(resto=resto, date=day, **_kept(facts))
    try:
        with transaction.atomic():
            made = make_evening(evening, found, needs, actor)
            _set_plates(made, facts)
            return made
    except IntegrityError as error:
        raise Conflict(
            "There is a dinner on that day already, or there was one that was cancelled. Look at the programme, or "
            "choose another day."
        ) from error


@transaction.atomic
def change(evening_id: int, facts: Facts, *, actor: Actor, now: datetime) -> Evening:
    """Another time, theme or speaker, or more or fewer chairs. Whoever has reserved is told of another time.

    Raises:
        Conflict: it has begun, is over or cancelled; more people come than there would be chairs; there are more plates
            than people who speak.
        RondjeError: the times are not in order, or lie in the past.
    """
    evening = evenings.locked(evening_id)
    if evening.state != Evening.State.PLANNED or evening.doors_at <= now:
        raise Conflict("This evening has begun, is over, or was cancelled: it cannot be changed any more.")
    found = _moments(evening.resto, evening.date, facts)
    if found.doors_at <= now:
        raise RondjeError("The doors would have opened already. Choose a later day or time.")
    _check_chairs(chairs_of(evening, now), facts)
    was = moments_as_they_are(evening)
    for name, value in _kept(facts).items():
        setattr(evening, name, value)
    set_moments(evening, found)
    evening.save()
    _set_plates(evening, facts)
    evenings.changed(evening)
    evenings.tell(evening, EVENING_CHANGED, actor)
    if was != found:
        _moved(evening, actor)
    return evening


def _set_plates(evening: Evening, facts: Facts) -> None:
    """What those who speak do not eat, instead of what was known. Under the evening's lock."""
    if len(facts.plates) > facts.speakers:
        raise Conflict("There are more plates than people who speak. Leave some out, or let more people speak.")
    rows = [
        SpeakerPlate(evening=evening, without=codes(plate.without), own_plate=plate.own_plate, note=plate.note)
        for plate in facts.plates
    ]
    evening.speaker_plates.all().delete()
    SpeakerPlate.objects.bulk_create(rows)


def _moved(evening: Evening, actor: Actor) -> None:
    """Under the evening's lock: whoever comes is with us at the new time, and an event says so."""
    rows = evening.reservations.filter(state=Reservation.State.RESERVED).select_related("person").order_by("pk")
    for row in rows:
        engagements.engage(
            row.person,
            programme=Engagement.Programme.DINNER,
            source=evenings.source_of(row),
            starts_at=evening.doors_at,
            ends_at=evening.ends_at,
        )
    evenings.tell(evening, EVENING_MOVED, actor, reservations=[row.pk for row in rows])


def _check_chairs(count: Chairs, facts: Facts) -> None:
    taken = count.chairs - count.free
    if facts.speakers > count.speakers and taken - count.speakers + facts.speakers > facts.chairs:
        raise TooFewChairs(
            "There is no chair for who speaks: %(taken)s of %(chairs)s are taken or promised. Add a chair, or wait "
            "until somebody cancels.",
            taken=taken,
            chairs=count.chairs,
        )
    if facts.chairs < count.chairs and taken - count.speakers + facts.speakers > facts.chairs:
        raise TooFewChairs(
            "%(taken)s people have a chair this evening, or one is kept for them. Give at least as many chairs, or "
            "cancel with some of them first.",
            taken=taken,
        )


def _moments(resto: Resto, day: date, facts: Facts) -> Moments:
    facts.times.check()
    return moments(day, facts.times, zone_of(resto.organisation))


def _kept(facts: Facts) -> dict[str, object]:
    return {
        "chairs": facts.chairs,
        "theme": facts.theme,
        "speaker": facts.speaker,
        "speakers": facts.speakers,
    }
