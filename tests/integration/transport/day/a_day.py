"""A day of the bus in rows: its trip, what its crew ticks, and what became of it."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime

import pytest

from backend.common import actors
from backend.events import clock
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import closing
from backend.people.models import Absence, Person
from backend.transport.domain.run import Answer, Missing, What, Why
from backend.transport.models import Ride, Trip
from backend.transport.services import day, watching
from backend.transport.services.day import NotHome, Tick
from tests.integration.web import mornings
from tests.support.buses import TUESDAY, a_booking, a_bus, a_crew, a_passenger, a_trip, wall

DRIVER = actors.Actor(who="user:7", channel="page")


def at(clock_: str) -> datetime:
    return wall(TUESDAY, clock_)


@dataclass
class Day:
    """A trip to the market at 9:30 with a crew; Riet has a mobile, Truus a landline."""

    trip: Trip = field(init=False)

    def __post_init__(self) -> None:
        organisation = mornings.an_organisation()
        self.trip = a_trip(a_bus(organisation))
        for name, phone in (("Riet", "+31600000110"), ("Truus", "+31130001310")):
            a_booking(self.trip, a_passenger(organisation, name, phones=[phone]))
        a_crew(self.trip)

    def ride(self, name: str, way: str = "there") -> Ride:
        return Ride.objects.get(trip=self.trip, booking__person__given_name=name, way=way)

    def person(self, name: str) -> Person:
        return Person.objects.get(given_name=name)

    def tick(self, name: str, what: What, clock_: str, way: str = "there", **more: object) -> Tick:
        known: dict[str, object] = {"key": uuid.uuid4(), "plan_version": self.trip.plan_version, **more}
        return Tick(ride=self.ride(name, way).pk, what=what, at=at(clock_), **known)  # type: ignore[arg-type]

    def sends(self, *ticks: Tick, now: str, device_now: str | None = None) -> list[tuple[Answer, Why | None]]:
        taken = day.record(
            trip_id=self.trip.pk, ticks=ticks, device_now=at(device_now or now), actor=DRIVER, now=self.is_now(now)
        )
        return [(one.answer, one.why) for one in taken]

    def is_now(self, clock_: str) -> datetime:
        clock.set_clock(virtual=at(clock_), rate=0)
        return at(clock_)

    def looked_at(self, clock_: str) -> None:
        watching.look(self.trip.pk, self.is_now(clock_))

    def everybody(self, what: What, clock_: str, way: str = "there") -> list[Tick]:
        return [self.tick(name, what, clock_, way) for name in ("Riet", "Truus")]

    def is_driven(self) -> None:
        """Everybody is fetched, and is at the market."""
        day.start(trip_id=self.trip.pk, actor=DRIVER, now=self.is_now("9:30"))
        self.sends(*self.everybody(What.ON_BOARD, "9:45"), *self.everybody(What.AT_DESTINATION, "10:15"), now="10:15")

    def goes_home(self) -> None:
        """Everybody is brought home."""
        self.sends(*self.everybody(What.ON_BOARD, "12:30", "home"), now="12:30")
        self.sends(*self.everybody(What.HOME_INSIDE, "12:45", "home"), now="12:45")

    def close(self, clock_: str = "13:00") -> Trip:
        return day.close(trip_id=self.trip.pk, actor=DRIVER, now=self.is_now(clock_))

    def cases(self) -> list[tuple[str, str, list[str]]]:
        return [
            (one.details["reason"], one.state, [member.person.given_name for member in one.members.order_by("pk")])
            for one in Incident.objects.order_by("pk")
        ]

    def ends(self, reason: str, clock_: str) -> None:
        """A person has found everybody of the open case well."""
        case = Incident.objects.exclude(state="closed").get(details__reason=reason)
        now = self.is_now(clock_)
        closing.record_outcome(case, member_id=None, outcome=Outcome.FOUND_WELL, actor=DRIVER, name="", now=now)

    def not_home(self) -> dict[str, Missing]:
        with pytest.raises(NotHome) as refused:
            self.close()
        return {Person.objects.get(pk=one.person).given_name: one.what for one in refused.value.reasons}


def is_away(bus: Day, name: str = "Riet") -> None:
    """Noted this morning: away for the week."""
    Absence.objects.create(
        person=bus.person(name),
        first_day=date(2026, 11, 23),
        last_day=date(2026, 11, 29),
        reported_by="person:1",
        channel="call",
        recorded_at=at("9:00"),
    )
