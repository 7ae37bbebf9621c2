"""A resto under way: eight weeks of evenings behind it and eight before it, each with its guests and its crew."""

from datetime import datetime, timedelta

from backend.meals.models import Course, CrewPlace, Evening, Plate, Reservation, Variant
from backend.people.models import Organisation, Person
from tests.support.restos import Table, a_resto_of

WEEKS = 8
CHAIRS = 60
PARTIES = 45
"""Of one; every third does not eat pork."""

CREW = ("cook", "kitchen", "kitchen", "serving", "serving", "till", "bar", "host", "host", "shopping")


def dine(organisation: Organisation, now: datetime) -> dict[str, int]:
    """Fill the organisation's resto with people that it has. The keys of tonight's dinner, a guest and a party.

    `now` is UTC; the evenings are on that local weekday and three days later, of every week.
    """
    table = a_resto_of(organisation, chairs=CHAIRS, tables=(10,) * 6)
    people = list(organisation.people.order_by("pk")[: PARTIES + len(CREW)])
    guests, helpers = people[:PARTIES], people[PARTIES:]
    days = [now.date() + timedelta(weeks=week, days=more) for week in range(-WEEKS, WEEKS) for more in (0, 3)]
    made = {day: table.evening(day) for day in days}
    for day, evening in made.items():
        _fill(evening, guests, helpers, came=day < now.date())
    tonight = made[now.date()]
    party = tonight.reservations.order_by("pk")[0]
    return {"evening": tonight.pk, "guest": party.person_id, "party": party.pk, "resto": _serve(table, tonight)}


def _fill(evening: Evening, guests: list[Person], helpers: list[Person], *, came: bool) -> None:
    rows = Reservation.objects.bulk_create(
        [
            Reservation(
                evening=evening,
                person=person,
                state=Reservation.State.RESERVED,
                covers=1,
                way=Reservation.Way.TELEPHONE,
                reserved_at=evening.cutoff_at - timedelta(days=1),
                arrived_at=evening.doors_at if came else None,
                arrived_covers=1 if came else None,
            )
            for person in guests
        ]
    )
    Plate.objects.bulk_create([Plate(reservation=row, without=["pork"]) for row in rows[::3]])
    CrewPlace.objects.bulk_create(
        [
            CrewPlace(evening=evening, job=job, number=number, state=CrewPlace.State.CONFIRMED, person=person)
            for number, (job, person) in enumerate(zip(CREW, helpers, strict=True))
        ]
    )
    if came:
        Evening.objects.filter(pk=evening.pk).update(state=Evening.State.CLOSED)


def _serve(table: Table, evening: Evening) -> int:
    """Its menu; the key of the resto."""
    for kind in Course.Kind:
        course = Course.objects.create(evening=evening, kind=kind, name=kind.label)
        Variant.objects.create(course=course, name="Vegetarisch", without=["meat"])
    return table.resto.pk
