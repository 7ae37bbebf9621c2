"""A resto, its evenings and its guests, made of rows: the one place for tests that need them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from backend.common.actors import user
from backend.meals.models import (
    CrewPlace,
    DiningTable,
    Evening,
    EveningSeries,
    MealVolunteer,
    Reservation,
    Resto,
    Room,
    SeatingWish,
    Standing,
)
from backend.meals.services import reserving
from backend.meals.services.wishes import No, Wish
from backend.people.models import Organisation, Person
from backend.people.services import registering

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
MANAGER = user(9)

LANDLINES = count(3000)


def at(wall: str, day: date = TUESDAY) -> datetime:
    """A wall time in Amsterdam as an instant (UTC)."""
    return datetime.combine(day, time.fromisoformat(wall), AMSTERDAM).astimezone(UTC)


@dataclass
class Table:
    """A resto with one room, and who eats there."""

    organisation: Organisation
    resto: Resto
    room: Room
    people: dict[str, Person] = field(default_factory=dict)

    def evening(self, day: date = TUESDAY, **more: object) -> Evening:
        """A dinner: cutoff 12:30, doors 17:30, dinner 18:00, over at 20:30 (domain text)."""
        return Evening.objects.create(
            **{
                "resto": self.resto,
                "date": day,
                "cutoff_at": at("12:30", day),
                "doors_at": at("17:30", day),
                "dinner_at": at("18:00", day),
                "ends_at": at("20:30", day),
                "chairs": self.resto.chairs,
                **more,
            }
        )

    def series(self, rule: str = "FREQ=WEEKLY;BYDAY=TU,TH", **more: object) -> EveningSeries:
        """Evenings that recur, with the same times, from this Monday on."""
        walls = {"cutoff": time(12, 30), "doors": time(17, 30), "dinner": time(18), "ends": time(20, 30)}
        return EveningSeries.objects.create(**{"resto": self.resto, "rule": rule, "first_day": MONDAY, **walls, **more})

    def guest(self, name: str) -> Person:
        """Somebody with a landline."""
        if name not in self.people:
            self.people[name] = registering.register_person(
                organisation=self.organisation,
                given_name=name,
                family_name="Linde",
                phones=(f"+3113000{next(LANDLINES)}",),
            )
        return self.people[name]

    def reserves(self, evening: Evening, name: str, now: datetime, **wish: object) -> Reservation:
        """Somebody rings and gets their chairs."""
        done = reserving.reserve(evening_id=evening.pk, wish=Wish(self.guest(name), **wish), actor=MANAGER, now=now)
        assert not isinstance(done, No), done
        return done

    def ate_before(self, *names: str, day: date = TUESDAY - timedelta(days=7)) -> None:
        """These people came to a dinner on an earlier day."""
        evening = self.evening(day, state=Evening.State.CLOSED)
        for name in names:
            Reservation.objects.create(
                evening=evening,
                person=self.guest(name),
                state=Reservation.State.RESERVED,
                covers=1,
                way=Reservation.Way.TELEPHONE,
                reserved_at=evening.cutoff_at - timedelta(hours=1),
                arrived_at=evening.doors_at,
                arrived_covers=1,
            )

    def waits(self, evening: Evening, name: str, now: datetime, **wish: object) -> Reservation:
        """Somebody rings and is put on the waiting list."""
        done = reserving.wait(evening_id=evening.pk, wish=Wish(self.guest(name), **wish), actor=MANAGER, now=now)
        assert not isinstance(done, No), done
        return done


def a_resto(chairs: int = 20, tables: tuple[int, ...] = (10, 10), slug: str = "oost") -> Table:
    """A resto of an organisation of its own, with these tables."""
    organisation = registering.register_organisation(
        slug=slug, name=f"Welzijn {slug.capitalize()}", phone="+31130009000", duty_phone="+31130009001"
    )
    return a_resto_of(organisation, chairs, tables)


def a_resto_of(organisation: Organisation, chairs: int = 20, tables: tuple[int, ...] = (10, 10)) -> Table:
    """A resto of this organisation, with these tables."""
    resto = Resto.objects.create(
        organisation=organisation, name="De Lange Tafel", slug=f"tafel-{organisation.slug}", chairs=chairs
    )
    room = Room.objects.create(resto=resto, name="Zaal")
    for number, size in enumerate(tables, start=1):
        DiningTable.objects.create(room=room, name=str(number), chairs=size, x=number * 30, y=30)
    return Table(organisation, resto, room)


def table_of(evening: Evening, **people: Person) -> Table:
    """The resto of an evening that is there already, and these people by their given names."""
    return Table(evening.resto.organisation, evening.resto, evening.resto.rooms.get(), people)


def a_helper(
    organisation: Organisation, name: str, *phones: str, jobs: tuple[str, ...] = ("kitchen",), standby: bool = False
) -> Person:
    """Somebody who helps at the dinners."""
    person = registering.register_person(
        organisation=organisation, given_name=name, family_name="Vrijwilliger", phones=phones
    )
    MealVolunteer.objects.bulk_create(
        [MealVolunteer(organisation=organisation, person=person, job=job, is_standby=standby) for job in jobs]
    )
    return person


def crew_places(evening: Evening, *jobs: str) -> list[CrewPlace]:
    """Places in an evening's crew, one for each job named, free."""
    numbers: dict[str, int] = {}
    made = []
    for job in jobs:
        numbers[job] = numbers.get(job, -1) + 1
        made.append(CrewPlace.objects.create(evening=evening, job=job, number=numbers[job]))
    return made


def a_series(resto: Resto, rule: str = "FREQ=WEEKLY;BYDAY=TU") -> EveningSeries:
    """Tuesdays at six, as `Table.evening`."""
    wall = {"cutoff": "12:30", "doors": "17:30", "dinner": "18:00", "ends": "20:30"}
    times = {name: time.fromisoformat(at_wall) for name, at_wall in wall.items()}
    return EveningSeries.objects.get_or_create(resto=resto, rule=rule, first_day=date(2026, 1, 6), defaults=times)[0]


def a_regular(evening: Evening, person: Person) -> Standing:
    """Somebody who comes every Tuesday."""
    series = a_series(evening.resto)
    return Standing.objects.get_or_create(series=series, person=person, first_day=TUESDAY)[0]


def a_wish(person: Person) -> SeatingWish:
    """They would like to sit with somebody, who is made if there is nobody else."""
    other = Person.objects.filter(organisation=person.organisation_id).exclude(pk=person.pk).order_by("pk").first()
    assert other is not None
    return SeatingWish.objects.get_or_create(person=person, other=other, kind="with")[0]
