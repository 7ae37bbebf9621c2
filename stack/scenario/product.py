"""The product as the player sees it: the clock, what happens, and whether anything is still going on.

The player reads the rows directly, because asking through a new process each second would cost more than the whole
town. It writes nothing but the clock, and what a scenario's event says that a person does.

This module can be imported only once Django is set up on the town's database.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import OperationalError, close_old_connections, transaction

from backend.circles.models import Circle, Membership, Round, Seat
from backend.circles.services import practice, transferring
from backend.circles.services.on_paper import Result, Written, record_results
from backend.circles.services.setting_up import slug_of
from backend.common.actors import Actor
from backend.events import clock
from backend.events.models import Delivery, Event
from backend.incidents.models import Incident
from backend.notifications.models import Attempt, Callback, Letter, Message
from backend.people.services.absences import record_absence
from backend.people.services.registering import register_organisation
from stack.scenario import bus, resto
from stack.scenario.bus_model import BusEvent
from stack.scenario.names import is_called
from stack.scenario.programmes import EveningSeen, TripSeen
from stack.scenario.resto_model import RestoEvent

BY_OFFICE = Actor(who="system", channel="command")


@dataclass(frozen=True)
class News:
    """An event of the product: what happened, to which row, and when (UTC)."""

    number: int
    kind: str
    subject_id: int
    payload: Mapping[str, Any]
    at: datetime


class Product:
    """The product on the database that this process was set up for."""

    def __init__(self, *, day: date) -> None:
        """`day` is the local date that is played."""
        self._day = day
        self._bus = bus.Bus()

    def about_the_bus(self, event: BusEvent) -> str:
        """Planner, driver or host do something; returns what, in words. Raises RondjeError."""
        with transaction.atomic():
            return self._bus.carry_out(event)

    def about_the_dinner(self, event: RestoEvent) -> str:
        """Manager, cook, host or guests do something; returns what, in words. Raises RondjeError."""
        with transaction.atomic():
            return resto.carry_out(event)

    def run_clock(self, rate: float) -> dict[str, float]:
        """Let time go on at `rate` scenario seconds per second (0: stop it). Returns the anchor in unix seconds."""
        clock.set_clock(virtual=clock.now(), rate=rate)
        anchor = clock.anchor()
        return {"real": anchor.real.timestamp(), "virtual": anchor.virtual.timestamp(), "rate": anchor.rate}

    def now(self) -> datetime | None:
        """The instant (UTC) that it is for the product; None while its database does not answer."""
        try:
            return clock.now()
        except OperationalError:
            close_old_connections()
            return None

    def news(self, after: int) -> list[News]:
        """Events later than number `after`, in their order; nothing while the database does not answer."""
        try:
            return [
                News(event.pk, event.kind, event.subject_id, event.payload, event.recorded_at)
                for event in Event.objects.filter(pk__gt=after).order_by("pk")
            ]
        except OperationalError:
            close_old_connections()
            return []

    def is_at_rest(self) -> bool:
        """Whether nothing is going on and nothing waits: rounds closed, incidents ended, nothing queued."""
        try:
            return not any(busy.exists() for busy in self._busy())
        except OperationalError:
            close_old_connections()
            return False

    def _busy(self) -> list[Any]:
        return [
            Round.with_practice.filter(date=self._day).exclude(state=Round.State.CLOSED),
            Incident.objects.exclude(state=Incident.State.CLOSED),
            Message.objects.filter(state__in=Message.OPEN),
            Attempt.objects.filter(state__in=Attempt.LIVE),
            Callback.objects.filter(done=False),
            Delivery.objects.filter(done=False),
        ]

    def incidents(self) -> list[dict[str, Any]]:
        """All incidents: kind, about (full names), state, outcomes, claimed_by."""
        found = []
        for incident in Incident.objects.order_by("pk").prefetch_related("members__person", "steps"):
            members = sorted(incident.members.all(), key=lambda member: member.pk)
            recorded = [step.details["outcome"] for step in incident.steps.all() if step.what == "outcome"]
            found.append(
                {
                    "kind": incident.kind,
                    "about": tuple(member.person.name for member in members),
                    "state": incident.state,
                    "outcomes": tuple(member.outcome for member in members if member.outcome) or tuple(recorded[-1:]),
                    "claimed_by": incident.claimed_by_name,
                }
            )
        return found

    def trips(self) -> tuple[TripSeen, ...]:
        """The trips of the bus that the scenario describes."""
        return bus.trips_seen()

    def evenings(self) -> tuple[EveningSeen, ...]:
        """The dinners that the scenario describes."""
        return resto.evenings_seen()

    def closed_how(self) -> list[str]:
        """How each round of the day closed; an empty text for one that did not."""
        return list(Round.objects.filter(date=self._day).order_by("pk").values_list("closed_how", flat=True))

    def letters(self) -> Counter[str]:
        """How many mails went out to each address."""
        return Counter(Letter.objects.filter(state=Letter.State.SENT).values_list("address", flat=True))

    def practised(self) -> dict[str, str]:
        """How each member (full name) did in the day's practice morning."""
        seats = Seat.objects.filter(round__date=self._day, round__practice=True).select_related("person")
        return {seat.person.name: seat.standing for seat in seats}

    @property
    def organisation(self) -> str:
        """The short name of the organisation that the circle belongs to by now."""
        return self._circle().organisation.slug

    @staticmethod
    def _circle() -> Circle:
        return Circle.objects.select_related("organisation").get()

    def report_absence(self, member: str, reason: str) -> None:
        """Somebody rings the office: this member (full name) is away today."""
        person = next(one.person for one in Membership.objects.select_related("person") if one.person.name == member)
        record_absence(person=person, first_day=self._day, last_day=self._day, reason=reason, actor=BY_OFFICE)

    def practise(self, begins: time) -> None:
        """The coordinator plans a practice morning for today, at this wall time. Raises RondjeError."""
        practice.plan(self._circle(), self._day, begins, now=clock.now(), actor=BY_OFFICE)

    def transfer(self, to: str, *, number: str, duty_number: str) -> None:
        """The circle goes to a new organisation of this name, with these numbers (E.164). Raises RondjeError."""
        organisation = register_organisation(slug=slug_of(to), name=to, phone=number, duty_phone=duty_number)
        agreed = {"agreed_from": "coordinator", "agreed_to": "coordinator"}
        transferring.transfer(self._circle().pk, organisation, actor=BY_OFFICE, now=clock.now(), **agreed)

    def enter_paper(self, results: Mapping[str, str], rung_at: datetime) -> None:
        """What stands on the paper, by full or given name, all of them rung at one instant. Raises RondjeError."""
        round_ = Round.objects.get(date=self._day)
        seats = Membership.objects.select_related("person")
        written = [
            Written(seat.person_id, Result(result), rung_at)
            for name, result in results.items()
            for seat in seats
            if is_called(seat.person.name, name)
        ]
        record_results(round_.pk, written, actor=BY_OFFICE, name="Coördinator", now=clock.now())
