"""Crew at the door: when they came and when they left, for their hours."""

from datetime import datetime

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.meals.models import CrewHours, CrewPlace, Evening
from backend.meals.services import evenings


@transaction.atomic
def came(*, place_id: int, actor: Actor, now: datetime) -> CrewPlace:
    """Somebody of the crew is here. Ticking it twice changes nothing; who had left is back.

    Raises:
        Conflict: nobody has this place; the evening is cancelled or closed.
    """
    evening, place = _locked(place_id)
    if place.came_at is not None and place.left_at is None:
        return place
    place.came_at, place.left_at = place.came_at or now, None
    return _save(evening, place, "crew_came", actor)


@transaction.atomic
def left(*, place_id: int, actor: Actor, now: datetime) -> CrewPlace:
    """Somebody of the crew goes home. Ticking it twice changes nothing.

    Raises:
        Conflict: they were not ticked as here; nobody has this place; the evening is cancelled or closed.
    """
    evening, place = _locked(place_id)
    if place.came_at is None:
        raise Conflict("Tick first that they came, then that they left.")
    if place.left_at is not None:
        return place
    place.left_at = now
    return _save(evening, place, "crew_left", actor)


@transaction.atomic
def was_not_here(*, place_id: int, actor: Actor) -> CrewPlace:
    """It was a mistake: they are not here.

    Raises:
        Conflict: nobody has this place; the evening is cancelled or closed.
    """
    evening, place = _locked(place_id)
    if place.came_at is None:
        return place
    place.came_at, place.left_at = None, None
    return _save(evening, place, "crew_not_here", actor)


@transaction.atomic
def had_not_been_here(*, hours_id: int, actor: Actor) -> None:
    """It was a mistake: who does not have the place any more had not been here. Saying it twice changes nothing.

    Raises:
        Conflict: the evening is cancelled or closed.
    """
    hours = CrewHours.objects.filter(pk=hours_id).first()
    if hours is None:
        return
    evening = _open(hours.evening_id)
    hours.delete()
    evenings.tell(evening, "crew_not_here", actor, place=hours.place_id)


def _open(evening_id: int) -> Evening:
    evening = evenings.locked(evening_id)
    if evening.state in (Evening.State.CANCELLED, Evening.State.CLOSED):
        raise Conflict("This evening is closed, or was cancelled. Who runs the dinners can open it again.")
    return evening


def _locked(place_id: int) -> tuple[Evening, CrewPlace]:
    evening = _open(CrewPlace.objects.values_list("evening_id", flat=True).get(pk=place_id))
    place = evening.crew.select_related("person").get(pk=place_id)
    if place.person is None or place.state != CrewPlace.State.CONFIRMED:
        raise Conflict("Nobody has confirmed this place. Load the page again.")
    return evening, place


def _save(evening: Evening, place: CrewPlace, what: str, actor: Actor) -> CrewPlace:
    place.save(update_fields=["came_at", "left_at"])
    evenings.tell(evening, what, actor, place=place.pk)
    return place
