"""Nobody sees what is not theirs: every address, asked for by everybody, by GET and by POST.

A new address without a line in ADDRESSES fails the test: whoever adds one says here who may come in.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from backend.circles.models import PolicyTemplate
from backend.common.actors import SYSTEM
from backend.events import clock
from backend.incidents.models import Incident, Step
from backend.notifications.models import InboxItem
from backend.notifications.services import inbox, incoming
from backend.people.models import Absence, DutySwap, Role, User
from backend.people.services import duty_links
from backend.people.services.absences import record_absence
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning

API = ("circles", "members", "absences", "duties", "rounds", "incidents")
STAFF = {Role.Kind.COORDINATOR, Role.Kind.CIRCLE_VOLUNTEER}
SECRETS = ("Halil", "Lindelaan", "Janssen", "regenpijp", "013 000", "De Linde", "Welzijn Oost")


@dataclass
class Asker:
    """Somebody at a door. `is_ours` tells whether the circle belongs to their organisation."""

    name: str
    user: User | None
    role: Role.Kind | None = None
    is_ours: bool = False
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def ask(self, method: str, address: str) -> HttpResponse:
        """One request; whoever signed out with the last one is signed in again."""
        if self.user is not None and "_auth_user_id" not in self.client.session:
            self.client.force_login(self.user)
        return self.client.get(address) if method == "GET" else self.client.post(address)

    @property
    def is_staff(self) -> bool:
        """Whether they run the circle that everything here is about."""
        return self.is_ours and self.role in STAFF


Expected = Callable[[Asker, str], set[int]]


def anybody(_asker: Asker, method: str) -> set[int]:
    """Open to everyone; holds nothing personal."""
    return {200, 302} if method == "GET" else {200, 302, 405, 422}


def goes(_asker: Asker, method: str) -> set[int]:
    """Leaving does no harm to anybody."""
    return {405} if method == "GET" else {302}


def signed_in(asker: Asker, method: str) -> set[int]:
    """For everyone who is signed in; shows them only what is theirs."""
    if asker.user is None:
        return {302}
    return {200, 302} if method == "GET" else {302, 405}


def staff_reads(asker: Asker, method: str) -> set[int]:
    """Something of an organisation, to read."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.is_staff else {404}


def staff_does(asker: Asker, method: str) -> set[int]:
    """Something of an organisation, to do."""
    if asker.user is None:
        return {302}
    if method == "GET":
        return {405}
    return {200, 302, 403, 409, 422} if asker.is_staff else {404}


def staff_changes(asker: Asker, method: str) -> set[int]:
    """The same, where what is asked may have become impossible."""
    return staff_does(asker, method) | ({409} if asker.is_staff and method == "POST" else set())


def staff_fills_in(asker: Asker, method: str) -> set[int]:
    """A form about something of an organisation."""
    if asker.user is None:
        return {302}
    if not asker.is_staff:
        return {404}
    return {200} if method == "GET" else {302, 422}


def coordinators_fill_in(asker: Asker, method: str) -> set[int]:
    """A form that only coordinators of the organisation fill in."""
    if asker.user is None:
        return {302}
    if not (asker.is_ours and asker.role == Role.Kind.COORDINATOR):
        return {404}
    return {200} if method == "GET" else {302, 422}


def operators_read(asker: Asker, method: str) -> set[int]:
    """For whoever looks after the machine."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.role == Role.Kind.OPERATOR else {403}


def link_reads(_asker: Asker, method: str) -> set[int]:
    """A link in a text: whoever holds it may look, and sees nothing personal before pressing the button."""
    return {200, 302} if method == "GET" else {302, 405}


def link_does(_asker: Asker, method: str) -> set[int]:
    """A button behind a link: without the one that opens it, it leads back to the page."""
    return {405} if method == "GET" else {302}


def link_changes(_asker: Asker, method: str) -> set[int]:
    """The same, by whoever has opened it: what is not theirs does not exist, and what is over is said to be so."""
    return {405} if method == "GET" else {302, 403, 404, 409}


def carrier_only(_asker: Asker, method: str) -> set[int]:
    """Only for the carrier, which signs what it asks."""
    return {405} if method == "GET" else {403}


def coordinator_fills_in(asker: Asker, method: str) -> set[int]:
    """A page of coordinators."""
    if asker.user is None:
        return {302}
    if asker.role != Role.Kind.COORDINATOR:
        return {403}
    return {200} if method == "GET" else {302, 422}


def coordinators_read(asker: Asker, method: str) -> set[int]:
    """A page of coordinators, to read."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.role == Role.Kind.COORDINATOR else {403}


def coordinator_closes(asker: Asker, method: str) -> set[int]:
    """A button on a page of coordinators, for something that is not theirs."""
    if asker.user is None:
        return {302}
    return {404}


def coordinator_of_it_reads(asker: Asker, method: str) -> set[int]:
    """One person's data: for coordinators of their organisation."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.is_ours and asker.role == Role.Kind.COORDINATOR else {404}


def coordinator_of_it_does(asker: Asker, method: str) -> set[int]:
    """A button about one person: an empty form is sent back."""
    if asker.user is None:
        return {302}
    if method == "GET":
        return {405}
    return {422} if asker.is_ours and asker.role == Role.Kind.COORDINATOR else {404}


def token_only(_asker: Asker, _method: str) -> set[int]:
    """Only for other systems, which bring a token."""
    return {401, 405}


ADDRESSES: dict[str, Expected] = {
    "healthz": anybody,
    "demo-clock": anybody,
    "banners": anybody,
    "sign-in": anybody,
    "set-language": anybody,
    "start": signed_in,
    "today": signed_in,
    "today-panels": signed_in,
    "sign-out": goes,
    "machine": operators_read,
    "manage": coordinators_read,
    "sent": coordinators_read,
    "costs": coordinator_fills_in,
    "costs-download": coordinators_read,
    "texts": coordinators_read,
    "text-words": coordinator_fills_in,
    "connections": coordinator_fills_in,
    "connection-revoke": coordinator_closes,
    "api-schema": anybody,
    "api-docs": anybody,
    **{f"api-{thing}-{what}": token_only for thing in API for what in ("list", "detail")},
    "api-absences-withdraw": token_only,
    "inbox": signed_in,
    "absences": signed_in,
    "absence-end": staff_does,
    "keeping": coordinators_read,
    "people": coordinators_read,
    "person-data": coordinator_of_it_reads,
    "person-json": coordinator_of_it_reads,
    "person-erase": coordinator_of_it_does,
    "inbox-deal-with": staff_does,
    "circle": staff_reads,
    "circle-ring": staff_reads,
    "circle-absence": staff_fills_in,
    "capacity": operators_read,
    "new-circle": coordinators_fill_in,
    "new-policy-template": coordinators_fill_in,
    "policy-template": coordinators_fill_in,
    "circle-results": staff_fills_in,
    "circle-paper": staff_fills_in,
    "circle-paper-pdf": staff_reads,
    "circle-members": staff_reads,
    "circle-join": staff_fills_in,
    "circle-consent": staff_fills_in,
    "circle-card": staff_reads,
    "circle-place": staff_changes,
    "circle-leave": staff_fills_in,
    "circle-withdraw": staff_fills_in,
    "circle-step": staff_changes,
    "circle-roster": staff_reads,
    "circle-roster-print": staff_reads,
    "circle-roster-change": staff_does,
    "duties": link_reads,
    "duties-open": link_does,
    "duties-offer": link_changes,
    "duties-take": link_changes,
    "duties-withdraw": link_changes,
    "circle-mode": staff_fills_in,
    "circle-practice": staff_fills_in,
    "incident": staff_reads,
    "incident-panel": staff_reads,
    "incident-claim": staff_does,
    "incident-decline": staff_does,
    "incident-arrived": staff_does,
    "incident-outcome": staff_does,
    "incident-key-note": staff_does,
    "volunteer": link_reads,
    "volunteer-open": link_does,
    "volunteer-claim": link_does,
    "volunteer-decline": link_does,
    "volunteer-arrived": link_does,
    "volunteer-outcome": link_reads,
    "volunteer-key-note": link_does,
    "carrier-voice": carrier_only,
    "carrier-status": carrier_only,
    "carrier-inbound-voice": carrier_only,
    "carrier-inbound-text": carrier_only,
}


def addresses(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the product, by its full name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


@dataclass
class House:
    """Everything behind the doors: a circle with an open case, and everybody who might come along."""

    morning: Morning
    incident: Incident
    token: str
    waiting: InboxItem
    absence: Absence
    askers: list[Asker]
    swap: DutySwap
    duty_token: str

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
            "circle": {"pk": self.morning.circle.pk},
            "carrier-voice": {"attempt": uuid.uuid4(), "what": "answer", "step": 0},
            "carrier-status": {"attempt": uuid.uuid4()},
            "connection-revoke": {"prefix": "unknown"},
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
            return {"circle_pk": self.morning.circle.pk, "rank": "primary", "ahead": 7}
        return {"swap_pk": self.swap.pk} if name in ("duties-take", "duties-withdraw") else {}


@pytest.fixture
def house(morning: Morning) -> House:
    mornings.set_time("08:30")
    morning.start()
    mornings.set_time("08:50")
    incident = morning.case_about("Halil")
    other = mornings.an_organisation("anders", "Samen West")
    askers = [Asker("nobody", None), Asker("without a role", mornings.a_user("roelof", None))]
    for kind in Role.Kind:
        askers.append(Asker(f"their {kind}", mornings.a_user(f"their-{kind}", other, kind), kind))
    for kind in Role.Kind:
        user = mornings.a_user(f"our-{kind}", morning.organisation, kind)
        askers.append(Asker(f"our {kind}", user, kind, is_ours=True))
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
    return House(morning, incident, token, waiting, absence, askers, swap, duty_token)


def test_every_address_says_who_may_come_in() -> None:
    product = {name for name, _pattern in addresses(get_resolver().url_patterns) if not name.startswith("admin:")}
    assert product == set(ADDRESSES)


def test_every_address_answers_everybody_as_it_should(house: House) -> None:
    wrong = []
    for name, expected in ADDRESSES.items():
        address = reverse(name, kwargs=house.kwargs(name))
        for asker in house.askers:
            for method in ("GET", "POST"):
                status = asker.ask(method, address).status_code
                if status not in expected(asker, method):
                    wrong.append(f"{method} {name} as {asker.name}: {status}, not {expected(asker, method)}")
    assert wrong == []


def test_nobody_from_outside_reads_a_word_of_it_or_changes_anything(house: House) -> None:
    before = Step.objects.count()
    leaks = []
    for name in ADDRESSES:
        if name.startswith(("volunteer", "duties")):
            continue  # who holds the link may know the circle; its page has tests of its own
        address = reverse(name, kwargs=house.kwargs(name))
        for asker in [one for one in house.askers if not one.is_ours]:
            for method in ("GET", "POST"):
                page = asker.ask(method, address).content.decode()
                leaks += [f"{method} {name} tells {asker.name}: {secret}" for secret in SECRETS if secret in page]
    assert leaks == []
    assert Step.objects.count() == before
    assert Absence.objects.count() == Absence.objects.filter(withdrawn_at=None).count() == 1
    assert DutySwap.objects.get().state == "open"


def test_a_reader_and_other_programmes_of_the_same_organisation_see_no_names(house: House) -> None:
    for asker in [one for one in house.askers if one.is_ours and not one.is_staff]:
        page = asker.ask("GET", "/today/").content.decode()
        assert "Halil" not in page, asker.name


def test_the_operators_administration_lets_no_role_in(house: House) -> None:
    wrong = []
    for name, pattern in addresses(get_resolver().url_patterns):
        if not name.startswith("admin:") or name in ("admin:login", "admin:None"):
            continue
        values = {"app_label": "auth", "url": "x", "content_type_id": "1", "object_id": "1"}
        kwargs = {key: values.get(key, "1") for key in pattern.pattern.converters}
        if pattern.pattern.regex.groupindex and not kwargs:
            kwargs = {key: values[key] for key in pattern.pattern.regex.groupindex}
        address = reverse(name, kwargs=kwargs)
        for asker in [one for one in house.askers if one.role in (None, Role.Kind.OPERATOR, Role.Kind.COORDINATOR)]:
            for method in ("GET", "POST"):
                answer = asker.ask(method, address)
                if answer.status_code not in (302, 403, 404, 405):
                    wrong.append(f"{method} {address} as {asker.name}: {answer.status_code}")
    assert wrong == []
