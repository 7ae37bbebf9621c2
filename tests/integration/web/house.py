"""Everything that is behind the doors, and everybody who might come along."""

import uuid
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db import transaction

from backend.circles.models import PolicyTemplate, TransferOffer
from backend.circles.services import membership, transfer_offers
from backend.common.actors import SYSTEM
from backend.events import clock
from backend.incidents.models import Incident
from backend.notifications.models import InboxItem
from backend.notifications.services import inbox, incoming
from backend.people.models import Absence, DutySwap, Integration, Role
from backend.people.services import duty_links, integrations
from backend.people.services.absences import record_absence
from tests.integration.web import mornings
from tests.integration.web.doors import Asker
from tests.integration.web.mornings import Morning

OUTSIDERS = ("nobody", "without a role", *(f"their {kind}" for kind in Role.Kind))
OURS = tuple(f"our {kind}" for kind in Role.Kind)


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
        contact = {"contact_pk": self.incident.members.get().person.contacts.get().pk}
        with_key = contact if name.endswith("key-note") else {}
        named: dict[str, dict[str, Any]] = {
            "volunteer": {"token": self.token, **with_key},
            "incident": {"pk": self.incident.pk, **with_key},
            "inbox-": {"pk": self.waiting.pk},
            "absence-": {"pk": self.absence.pk},
            "person-": {"pk": self.incident.members.get().person_id},
            "duties": {"token": self.duty_token, **self._of_duties(name)},
            "circle-consent": {"pk": self.morning.circle.pk, "member_pk": self.member_pk},
            "circle-card": {"pk": self.morning.circle.pk, "member_pk": self.member_pk},
            "circle-members": {"pk": self.morning.circle.pk},
            "circle-place": {"pk": self.morning.circle.pk, "member_pk": self.member_pk},
            "circle-leave": {"pk": self.morning.circle.pk, "member_pk": self.member_pk},
            "circle-withdraw": {"pk": self.morning.circle.pk, "member_pk": self.member_pk},
            "circle-step": {"pk": self.morning.circle.pk, "what": "resume"},
            "new-": {"pk": self.morning.organisation.pk},
            "policy-template": {"pk": self.template_pk},
            "circle-roster-change": {"pk": self.morning.circle.pk, "what": "weekday"},
            "transfer-withdraw": {"pk": self.offered_by_us.pk},
            "transfers": {},
            "transfer": {"pk": self.offered_to_us.pk},
            "circle": {"pk": self.morning.circle.pk},
            "carrier-voice": {"attempt": uuid.uuid4(), "what": "answer", "step": 0},
            "carrier-status": {"attempt": uuid.uuid4()},
            "connection-revoke": {"prefix": self.connection.prefix},
            "text-words": {"code": "incidents.alert", "language": "nl"},
        }
        if name.startswith("api-") and name.endswith(("-detail", "-withdraw")):
            return {"pk": self.morning.circle.pk}
        return next((kwargs for start, kwargs in named.items() if name.startswith(start)), {})

    @property
    def template_pk(self) -> int:
        """Named settings of the organisation."""
        return PolicyTemplate.objects.get_or_create(organisation=self.morning.organisation, name="Winter")[0].pk

    @property
    def member_pk(self) -> int:
        """Halil's place in the circle."""
        return self.morning.circle.memberships.get(person__given_name="Halil").pk

    def _of_duties(self, name: str) -> dict[str, Any]:
        if name == "duties-offer":
            return {"circle_pk": self.morning.circle.pk, "rank": "primary", "day": "2026-11-30"}
        return {"swap_pk": self.swap.pk} if name in ("duties-take", "duties-withdraw") else {}


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
    return House(morning, incident, token, waiting, absence, swap, duty_token, connection, *_offers(morning))


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
    whose, _, role = name.partition(" ")
    is_ours = whose == "our"
    organisation = morning.organisation if is_ours else mornings.an_organisation("anders", "Samen West")
    kind = Role.Kind(role)
    return Asker(name, mornings.a_user(f"{whose}-{kind}", organisation, kind), kind, is_ours)
