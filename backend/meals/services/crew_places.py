"""How many places an evening's crew has. Who helps eats along: a place takes a chair, counted under the lock."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.common.offers import Ending
from backend.meals.domain.crew import JOBS
from backend.meals.models import CrewPlace, Evening
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import crew, evenings
from backend.meals.services import crew_rows as rows


@transaction.atomic
def open_one(*, evening_id: int, job: str, actor: Actor, now: datetime, eats: bool = True) -> CrewPlace:
    """One more place of a job. Raises CrewClosed, and Conflict when no chair is left for who would eat along."""
    evening = evenings.locked(evening_id)
    rows.must_be_planned(evening, now)
    if job not in JOBS:
        raise Conflict("This is not one of the jobs of an evening.")
    if eats and chairs_of(evening, now).room_for(1):
        raise Conflict("All chairs are taken, and who helps eats along. Choose somebody who does not eat along.")
    numbers = evening.crew.filter(job=job).values_list("number", flat=True)
    place = CrewPlace.objects.create(
        evening=evening, job=job, number=max(numbers, default=-1) + 1, eats=eats, changed_at=now
    )
    evenings.changed(evening)
    evenings.tell(evening, "crew_place_opened", actor, place=place.pk, job=job)
    crew.look_soon(evening.pk, now)
    return place


@transaction.atomic
def close_one(*, place_id: int, actor: Actor, now: datetime) -> None:
    """A place that is not needed; its chair is free. Who was asked about it is told.

    Raises CrewClosed, and Conflict while it is somebody's.
    """
    place = rows.locked_place(place_id)
    rows.must_be_planned(place.evening, now)
    if place.person_id is not None:
        raise Conflict("Somebody has this place already. Take them off first.")
    rows.end_all(place, Ending.WITHDRAWN, now, code="not_needed")
    other = place.evening.crew.filter(job=place.job).exclude(pk=place.pk).first()
    if other is not None:
        # Who said no about this job is not asked about it again.
        place.asks.update(place=other)
    place.delete()
    evenings.changed(place.evening)
    evenings.tell(place.evening, "crew_place_closed", actor, job=place.job)
    crew.look_soon(place.evening_id, now)


def follow(evening: Evening, needs: Mapping[str, int], *, actor: Actor, now: datetime) -> bool:
    """As many places of each of these jobs as are needed; False when there were no chairs for all of them.

    Under the evening's lock. A place that somebody was asked for, or has, stays: nobody who said yes is sent away by a
    number. Raises CrewClosed.
    """
    fits = True
    for job, people in needs.items():
        places = list(evening.crew.filter(job=job).order_by("number"))
        unused = [one for one in places if one.state == CrewPlace.State.OPEN and not one.asks.exists()]
        for one in unused[::-1][: max(len(places) - people, 0)]:
            close_one(place_id=one.pk, actor=actor, now=now)
        for _missing in range(people - len(places)):
            if chairs_of(evening, now).room_for(1):
                fits = False
                break
            open_one(evening_id=evening.pk, job=job, actor=actor, now=now)
    return fits
