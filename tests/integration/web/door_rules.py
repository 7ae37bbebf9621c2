"""What a door of the circles, of a link or of the machine answers to whom. Which door is where: `doors.py`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.test import Client

from backend.people.models import Role, User

STAFF = {Role.Kind.COORDINATOR, Role.Kind.CIRCLE_VOLUNTEER}


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
    def hosts_dinner(self) -> bool:
        """Whether they are crew who host the dinner that everything here is about."""
        return self.name == "our dinner host"

    @property
    def is_staff(self) -> bool:
        """Whether they run the circle that everything here is about."""
        return self.is_ours and self.role in STAFF


Expected = Callable[[Asker, str], set[int]]


def anybody(_asker: Asker, method: str) -> set[int]:
    """Open to everyone; holds nothing personal."""
    return {200, 302} if method == "GET" else {200, 302, 405, 422}


def anybody_is_told(_asker: Asker, method: str) -> set[int]:
    """Says to everyone whether the machine is at work, and nothing personal."""
    return {200, 503} if method == "GET" else {405}


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
    return {200, 302, 403, 422} if asker.is_staff else {404}


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


def coordinator_of_it_fills_in(asker: Asker, method: str) -> set[int]:
    """A form about something of one organisation, which only its coordinators fill in."""
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


def link_reads_or_fills_in(_asker: Asker, _method: str) -> set[int]:
    """A form behind a link: without the button that opens it, it leads back to the page."""
    return {200, 302, 422}


def carrier_only(_asker: Asker, method: str) -> set[int]:
    """Only for the carrier, which signs what it asks."""
    return {405} if method == "GET" else {403}


def any_coordinator_fills_in(asker: Asker, method: str) -> set[int]:
    """A form about whatever organisation the asker coordinates."""
    if asker.user is None:
        return {302}
    if asker.role != Role.Kind.COORDINATOR:
        return {403}
    return {200} if method == "GET" else {302, 422}


def any_coordinator_reads(asker: Asker, method: str) -> set[int]:
    """About whatever organisation the asker coordinates, to read."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.role == Role.Kind.COORDINATOR else {403}


def any_staff_reads(asker: Asker, method: str) -> set[int]:
    """About whatever organisation the asker runs circles for, to read."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.role in STAFF else {403}


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


def coordinator_of_it_decides(asker: Asker, method: str) -> set[int]:
    """A button about something of one organisation, for its coordinators."""
    if asker.user is None:
        return {302}
    if method == "GET":
        return {405}
    return {302} if asker.is_ours and asker.role == Role.Kind.COORDINATOR else {404}
