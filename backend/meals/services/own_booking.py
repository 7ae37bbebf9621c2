"""What guests do themselves by text or in the menu: reserve, wait, cancel; with the plates that are known of them."""

from datetime import datetime

from django.db.models import QuerySet

from backend.common.actors import Actor
from backend.meals.models import Evening, Reservation
from backend.meals.selectors.coming import coming
from backend.meals.selectors.habits import plates_of
from backend.meals.services import reserving
from backend.meals.services.wishes import No, PlateWish, Wish
from backend.people.models import Organisation, Person

ACTIVE = (Reservation.State.RESERVED, Reservation.State.WAITING)


def noted(person: Person, now: datetime) -> "QuerySet[Reservation]":
    """For which dinners that are still to come somebody has chairs or waits, the first in front."""
    rows = Reservation.objects.filter(
        person=person,
        state__in=ACTIVE,
        arrived_at=None,
        evening__state=Evening.State.PLANNED,
        evening__doors_at__gt=now,
    )
    return rows.select_related("evening__resto__organisation", "person").order_by("evening__doors_at", "pk")


def evenings_to_reserve(organisation: Organisation, now: datetime) -> list[Evening]:
    """Evenings for which one can reserve, the first in front."""
    return [one.evening for one in coming([organisation], now)]


def reserve(
    evening: Evening, person: Person, covers: int, way: Reservation.Way, *, actor: Actor, now: datetime
) -> Reservation | No:
    """As `reserving.reserve`."""
    return reserving.reserve(evening_id=evening.pk, wish=_wish(person, covers, way), actor=actor, now=now)


def wait(
    evening: Evening, person: Person, covers: int, way: Reservation.Way, *, actor: Actor, now: datetime
) -> Reservation | No:
    """As `reserving.wait`."""
    return reserving.wait(evening_id=evening.pk, wish=_wish(person, covers, way), actor=actor, now=now)


def must_ask_food(row: Reservation) -> bool:
    """Whether nobody has said what they do not eat: nothing is known of them, or they come with others."""
    return row.covers > 1 or not row.plates.exists()


def _wish(person: Person, covers: int, way: Reservation.Way) -> Wish:
    known = plates_of(person)[:covers]
    plates = tuple(PlateWish(one.without, one.own_plate, one.name, one.note) for one in known)
    return Wish(person, covers, plates, way)
