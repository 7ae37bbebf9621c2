"""Everything that is behind the doors, and everybody who might come along."""

import uuid
from dataclasses import dataclass
from datetime import time
from functools import cached_property
from typing import Any

from django.db import transaction

from backend.circles.models import PolicyTemplate, TransferOffer
from backend.circles.services import membership, transfer_offers
from backend.common.actors import SYSTEM
from backend.events import clock
from backend.incidents.models import Incident
from backend.notifications.models import InboxItem
from backend.notifications.services import inbox, incoming
from backend.people.models import Absence, DutySwap, Integration, Person, Role, User
from backend.people.services import duty_links, integrations
from backend.people.services.absences import record_absence
from backend.transport.models import Booking, CallTask, Series, Trip
from backend.transport.services import manifest_links, planning
from backend.transport.web.views.leaflet import token_of
from tests.integration.web import dinner_at_the_door, dinner_doors, dinner_public, mornings
from tests.integration.web.door_rules import Asker
from tests.integration.web.mornings import Morning
from tests.support import buses

OUTSIDERS = ("nobody", "without a role", *(f"their {kind}" for kind in Role.Kind))
OURS = (*(f"our {kind}" for kind in Role.Kind), "our dinner host")


@dataclass
class House:
    """A circle with an open case, and what belongs to it."""

    morning: Morning
    incident: Incident
    token: str
    waiting: InboxItem
    absence: Absence
    swap: DutySwap
    duty_token: str
    connection: Integration
    offered_to_us: TransferOffer
    offered_by_us: TransferOffer

    def kwargs(self, name: str) -> dict[str, Any]:
        """What an address needs to name something that exists."""
        if name.startswith("api-"):
            return (
                {"pk": self.morning.circle.pk} if name.endswith(("-detail", "-withdraw", "-confirm", "-cancel")) else {}
            )
        named = next((kwargs for start, kwargs in self._named.items() if name.startswith(start)), {})
        return {**named, **self._besides(name)}

    @cached_property
    def _named(self) -> dict[str, dict[str, Any]]:
        """What each beginning of a name needs, looked up once. The more particular ones stand in front."""
        return {**self._of_the_circles, **self._of_the_bus, **self._of_the_dinners}

    def _besides(self, name: str) -> dict[str, Any]:
        """What only this one needs."""
        if name.startswith("crew-manifest"):
            return {"token": self.manifest_token}  # one that has not been opened on this telephone
        if name.endswith("key-note"):
            return {"contact_pk": self.incident.members.get().person.contacts.get().pk}
        if name == "duties-offer":
            return {"circle_pk": self.morning.circle.pk, "rank": "primary", "day": "2026-11-30"}
        return {"swap_pk": self.swap.pk} if name in ("duties-take", "duties-withdraw") else {}

    @property
    def _of_the_circles(self) -> dict[str, dict[str, Any]]:
        circle = {"pk": self.morning.circle.pk}
        member = {**circle, "member_pk": self.member_pk}
        return {
            "volunteer": {"token": self.token},
            "incident": {"pk": self.incident.pk},
            "inbox-": {"pk": self.waiting.pk},
            "absence-": {"pk": self.absence.pk},
            "person-": {"pk": self.incident.members.get().person_id},
            "duties": {"token": self.duty_token},
            "circle-consent": member,
            "circle-card": member,
            "circle-members": circle,
            "circle-place": member,
            "circle-leave": member,
            "circle-withdraw": member,
            "circle-step": {**circle, "what": "resume"},
            "new-": {"pk": self.morning.organisation.pk},
            "policy-template": {"pk": self.template_pk},
            "circle-roster-change": {**circle, "what": "weekday"},
            "transfer-withdraw": {"pk": self.offered_by_us.pk},
            "transfers": {},
            "transfer": {"pk": self.offered_to_us.pk},
            "circle": circle,
            "carrier-voice": {"attempt": uuid.uuid4(), "what": "answer", "step": 0},
            "carrier-status": {"attempt": uuid.uuid4()},
            "connection-revoke": {"prefix": self.connection.prefix},
            "text-words": {"code": "incidents.alert", "language": "nl"},
        }

    @property
    def _of_the_dinners(self) -> dict[str, dict[str, Any]]:
        morning = self.morning
        return {
            **dinner_at_the_door.named(
                morning.organisation, morning.person("Halil"), morning.volunteer, self.duty_token
            ),
            **dinner_doors.named(morning.organisation),
            **dinner_public.named(),
        }

    @property
    def trip(self) -> Trip:
        """A trip of the organisation's bus, on which Halil has booked."""
        return Trip.objects.get(organisation=self.morning.organisation, series=None)

    @property
    def _of_the_bus(self) -> dict[str, dict[str, Any]]:
        organisation = {"pk": self.morning.organisation.pk}
        series = self.bus_series
        exception = series.exceptions.get_or_create(date=mornings.MONDAY.date())[0]
        out, _made = series.vehicle.out_of_service.get_or_create(
            first_day=mornings.MONDAY.date(), last_day=mornings.MONDAY.date()
        )
        new = ("trip", "area", "destination", "series", "vehicle", "crew")
        trip, booking, person = self.trip, self.booking, self.incident.members.get().person_id
        otto = {"pk": trip.organisation.bus_crew.get().person_id}
        driving = trip.crew.get(task="driver").pk
        return {
            "bus-homes": {},
            "bus-home": {"person_pk": person},
            "manifest-worker": {},
            "manifest": {"pk": trip.pk},
            "bus-booking": {"pk": booking.pk},
            "bus-book-new": {},
            "bus-book-person": {"pk": booking.person_id},
            "bus-call-finish": {"pk": booking.call_tasks.get().pk},
            "bus-wrong": {"pk": trip.pk},
            "bus-figures-download": {"kind": "csv"},
            "bus-passes": {"pk": person},
            **{f"bus-{thing}-new": organisation for thing in new},
            "bus-programme": organisation,
            "bus-on-duty-change": {**organisation, "what": "weekday"},
            "bus-on-duty": organisation,
            "bus-fleet": organisation,
            "bus-settings": organisation,
            "bus-trip": {"pk": trip.pk},
            "bus-area": {"pk": series.area_id},
            "bus-leaflet": {"pk": series.area_id},
            "bus-calendar": {"token": token_of(series.area)},
            "bus-destination": {"pk": series.destination_id},
            "bus-series": {"pk": series.pk},
            "bus-exception-drop": {"pk": exception.pk},
            "bus-vehicle-add": {"pk": series.vehicle_id, "what": "paper"},
            "bus-vehicle": {"pk": series.vehicle_id},
            "bus-layout": {"pk": series.layout_id},
            "bus-put-back": {"pk": out.pk},
            "bus-crew-change": {**otto, "what": "link"},
            "bus-crew-member": otto,
            "bus-crew-when": otto,
            "bus-crew": organisation,
            "bus-roster": organisation,
            "bus-duty-act": {"pk": driving, "what": "ask"},
            "bus-duty": {"pk": driving},
            "bus-own-act": {"token": self.duty_token, "what": "yes", "duty_pk": driving},
            "bus-own": {"token": self.duty_token},
        }

    @property
    def bus_series(self) -> Series:
        """The trips to the market."""
        return Series.objects.get(organisation=self.morning.organisation)

    @property
    def booking(self) -> Booking:
        """Halil's, about which he has to be rung."""
        return self.trip.bookings.get()

    @property
    def manifest_token(self) -> str:
        """A new link of whoever drives that trip."""
        duty = self.trip.crew.get(task="driver")
        assert duty.person is not None
        return manifest_links.make(duty, duty.person, clock.now()).split("/")[-2]

    @property
    def template_pk(self) -> int:
        """Named settings of the organisation."""
        return PolicyTemplate.objects.get_or_create(organisation=self.morning.organisation, name="Winter")[0].pk

    @property
    def member_pk(self) -> int:
        """Halil's place in the circle."""
        return self.morning.circle.memberships.get(person__given_name="Halil").pk


def a_house(morning: Morning) -> House:
    """The house at 8:50: the round is under way, and there is a case about Halil."""
    mornings.set_time("08:30")
    morning.start()
    mornings.set_time("08:50")
    incident = morning.case_about("Halil")
    token = mornings.link_for(incident).split("/")[2]
    with transaction.atomic():
        text = incoming.receive(
            morning.organisation, sid="SM1", line="+31130001301", body="Is Halil daar?", now=clock.now()
        )
        waiting = inbox.show(morning.organisation, InboxItem.Kind.TEXT, line=text.line, text=text, now=clock.now())
    absence = record_absence(
        person=morning.person("Sjef"), first_day=mornings.MONDAY.date(), last_day=None, reason="away", actor=SYSTEM
    )
    swap = mornings.a_swap(morning)
    duty_token = duty_links.make(morning.volunteer, clock.now()).split("/")[-2]
    connection, _token = integrations.admit(
        organisation=morning.organisation, name="Het dossier", may_write=True, actor=SYSTEM
    )
    offers = _offers(morning)  # before Halil books and reserves: a circle that is counted on is not offered
    bus = buses.a_bus(morning.organisation)
    trip = buses.a_trip(bus, mornings.MONDAY.date())
    buses.a_series(bus)
    buses.a_volunteer(morning.organisation, "Otto")
    trip.crew.filter(task="driver").update(state="confirmed", person=morning.volunteer)
    halil = morning.person("Halil")
    buses.a_home(halil)
    booking = buses.a_booking(trip, halil)
    with transaction.atomic():
        dinner_doors.a_dinner(morning.organisation, halil)
    planning.call_to_make(trip, booking, CallTask.Kind.SPEAK, clock.now(), {})
    return House(morning, incident, token, waiting, absence, swap, duty_token, connection, *offers)


def _offers(morning: Morning) -> tuple[TransferOffer, TransferOffer]:
    """A third organisation offers its circle to us, and we offer ours to them."""
    third = mornings.an_organisation("derde", "Samen Zuid")
    circle = membership.create_circle(organisation=third, name="De Wilg", start=time(9), weekdays=[0])
    agreed = {"agreed": "M. Bos, manager", "actor": SYSTEM, "now": clock.now()}
    to_us = transfer_offers.offer(circle.pk, morning.organisation, **agreed)
    return to_us, transfer_offers.offer(morning.circle.pk, third, **agreed)


def an_asker(name: str, morning: Morning) -> Asker:
    """Somebody of OUTSIDERS or OURS comes to the door."""
    if name == "nobody":
        return Asker(name, None)
    if name == "without a role":
        return Asker(name, mornings.a_user("roelof", None))
    if name == "our dinner host":
        box = "gastvrouw@example.org"
        Person.objects.filter(pk=morning.volunteer.pk).update(email=box)
        hosts = mornings.a_user("hanna", morning.organisation, Role.Kind.CREW)
        User.objects.filter(pk=hosts.pk).update(email=box)
        return Asker(name, hosts, Role.Kind.CREW, is_ours=True)
    whose, _, role = name.partition(" ")
    is_ours = whose == "our"
    organisation = morning.organisation if is_ours else mornings.an_organisation("anders", "Samen West")
    kind = Role.Kind(role)
    return Asker(name, mornings.a_user(f"{whose}-{kind}", organisation, kind), kind, is_ours)
