"""Who may come in at which address. A new address without a line in ADDRESSES fails test_doors.py."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver

from backend.people.models import Role
from tests.integration.web import dinner_at_the_door, dinner_doors, dinner_public
from tests.integration.web.door_rules import (
    STAFF,
    Asker,
    Expected,
    any_coordinator_fills_in,
    any_coordinator_reads,
    anybody,
    anybody_is_told,
    carrier_only,
    coordinator_of_it_decides,
    coordinator_of_it_does,
    coordinator_of_it_fills_in,
    coordinator_of_it_reads,
    goes,
    link_changes,
    link_does,
    link_reads,
    link_reads_or_fills_in,
    operators_read,
    signed_in,
    staff_changes,
    staff_does,
    staff_fills_in,
    staff_reads,
)

API = (
    "circles",
    "members",
    "absences",
    "duties",
    "rounds",
    "incidents",
    "bus-trips",
    "bus-series",
    "bus-crew",
    "bus-bookings",
    "restos",
    "resto-crew",
    "resto-evenings",
    "resto-reservations",
)

PLANNERS = {Role.Kind.COORDINATOR, Role.Kind.BUS_PLANNER}


def planners_read(asker: Asker, method: str) -> set[int]:
    """About whatever organisation the asker runs a bus for, to read."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.role in PLANNERS else {403}


def figures_are_read(asker: Asker, method: str) -> set[int]:
    """Counts of the asker's own organisation; what they cost, planners fill in."""
    if asker.user is None:
        return {302}
    if asker.role not in {*PLANNERS, Role.Kind.READER}:
        return {403} if method == "GET" else {403, 405}
    if method == "GET":
        return {200}
    return {403, 405} if asker.role == Role.Kind.READER else {302, 405, 422}


def any_of_them_reads(asker: Asker, method: str) -> set[int]:
    """Where everything is that somebody of these roles looks after or reads."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.role in {*STAFF, *PLANNERS, Role.Kind.RESTO_MANAGER, Role.Kind.READER} else {403}


def planners_fill_in(asker: Asker, method: str) -> set[int]:
    """A form about whatever organisation the asker runs a bus for."""
    if asker.user is None:
        return {302}
    if asker.role not in PLANNERS:
        return {403}
    return {200} if method == "GET" else {302, 422}


def planner_of_it_reads(asker: Asker, method: str) -> set[int]:
    """Something of one organisation's bus, to read."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.is_ours and asker.role in PLANNERS else {404}


def planner_of_it_fills_in(asker: Asker, method: str) -> set[int]:
    """A form about something of one organisation's bus."""
    if asker.user is None:
        return {302}
    if not (asker.is_ours and asker.role in PLANNERS):
        return {404}
    return {200} if method == "GET" else {302, 422}


def planner_of_it_does(asker: Asker, method: str) -> set[int]:
    """A button, or a form on a page, about something of one organisation's bus."""
    if asker.user is None:
        return {302}
    if method == "GET":
        return {405}
    return {302, 409, 422} if asker.is_ours and asker.role in PLANNERS else {404}


def link_pays(_asker: Asker, _method: str) -> set[int]:
    """A page behind a link: without the one that opens it, it leads back."""
    return {302}


def planner_of_it_submits(asker: Asker, method: str) -> set[int]:
    """The same, which says about whom: an empty form is refused in words."""
    expected = planner_of_it_does(asker, method)
    return {400, 404} if expected == {302, 409, 422} else expected


def planner_of_it_exchanges(asker: Asker, method: str) -> set[int]:
    """What a telephone and one organisation's bus tell one another; nothing sent is no list of ticks."""
    if asker.user is None:
        return {302}
    if not (asker.is_ours and asker.role in PLANNERS):
        return {404}
    return {200} if method == "GET" else {422}


def link_exchanges(_asker: Asker, _method: str) -> set[int]:
    """The same behind a link: nothing for who has not pressed the button that opens it."""
    return {403}


def calendar_reads(_asker: Asker, method: str) -> set[int]:
    """An address that cannot be guessed; whoever was given it needs no account, and reads nobody's name."""
    return {200} if method == "GET" else {405}


def token_only(_asker: Asker, _method: str) -> set[int]:
    """Only for other systems, which bring a token."""
    return {401, 405}


ADDRESSES: dict[str, Expected] = {
    "healthz": anybody,
    "healthz-parts": anybody_is_told,
    "demo-clock": anybody,
    "banners": anybody,
    "sign-in": anybody,
    "set-language": anybody,
    "start": signed_in,
    "today": signed_in,
    "today-panels": signed_in,
    "sign-out": goes,
    "machine": operators_read,
    "machine-findings": operators_read,
    "manage": any_of_them_reads,
    "sent": any_coordinator_reads,
    "costs": any_coordinator_fills_in,
    "costs-download": any_coordinator_reads,
    "texts": any_coordinator_reads,
    "text-words": any_coordinator_fills_in,
    "connections": any_coordinator_fills_in,
    "connection-revoke": coordinator_of_it_fills_in,
    "api-schema": anybody,
    "api-docs": anybody,
    **{f"api-{thing}-{what}": token_only for thing in API for what in ("list", "detail")},
    "api-absences-withdraw": token_only,
    "api-bus-crew-confirm": token_only,
    "api-resto-crew-confirm": token_only,
    "api-bus-bookings-cancel": token_only,
    "api-resto-reservations-cancel": token_only,
    "inbox": signed_in,
    "absences": signed_in,
    "absence-end": staff_does,
    "transfers": any_coordinator_reads,
    "transfer": coordinator_of_it_fills_in,
    "transfer-decline": coordinator_of_it_decides,
    "transfer-withdraw": coordinator_of_it_decides,
    "circle-transfer": coordinator_of_it_fills_in,
    "circle-letters": staff_reads,
    "keeping": any_coordinator_reads,
    "people": any_coordinator_reads,
    "person-data": coordinator_of_it_reads,
    "person-wishes": staff_fills_in,
    "person-travel": planner_of_it_fills_in,
    "person-travel-consent": planner_of_it_fills_in,
    "person-travel-withdraw": planner_of_it_fills_in,
    "person-json": coordinator_of_it_reads,
    "person-erase": coordinator_of_it_does,
    "inbox-deal-with": staff_does,
    "circle": staff_reads,
    "circle-ring": staff_reads,
    "circle-absence": staff_fills_in,
    "capacity": operators_read,
    "new-circle": coordinator_of_it_fills_in,
    "new-policy-template": coordinator_of_it_fills_in,
    "policy-template": coordinator_of_it_fills_in,
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
    "bus-homes": planners_read,
    "bus-home": planner_of_it_fills_in,
    "bus-trip-route": planner_of_it_reads,
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
    "manifest": planner_of_it_reads,
    "manifest-tick": planner_of_it_does,
    "manifest-start": planner_of_it_does,
    "manifest-close": planner_of_it_does,
    "manifest-link": planner_of_it_does,
    "manifest-pdf": planner_of_it_reads,
    "manifest-paper": planner_of_it_fills_in,
    "manifest-entries": planner_of_it_exchanges,
    "manifest-worker": anybody,
    "crew-manifest": link_reads,
    "crew-manifest-open": link_does,
    "crew-manifest-tick": link_does,
    "crew-manifest-start": link_does,
    "crew-manifest-close": link_does,
    "crew-manifest-entries": link_exchanges,
    "crew-manifest-money": link_pays,
    "bus": planners_read,
    "bus-trip": planner_of_it_reads,
    "bus-figures": figures_are_read,
    "bus-figures-download": figures_are_read,
    "bus-money": planners_fill_in,
    "bus-passes": planner_of_it_fills_in,
    "bus-trip-money": planner_of_it_fills_in,
    "bus-book": planners_read,
    "bus-book-new": planners_fill_in,
    "bus-book-person": planner_of_it_fills_in,
    "bus-booking": planner_of_it_reads,
    "bus-booking-change": planner_of_it_fills_in,
    "bus-booking-cancel": planner_of_it_fills_in,
    "bus-calls": planners_read,
    "bus-call-finish": planner_of_it_submits,
    "bus-wrong": planner_of_it_fills_in,
    "bus-wrong-told": planner_of_it_submits,
    "bus-wrong-home": planner_of_it_submits,
    "bus-trip-cancel": planner_of_it_fills_in,
    "bus-trip-vehicle": planner_of_it_fills_in,
    "bus-trip-new": planner_of_it_fills_in,
    "bus-on-duty": planner_of_it_reads,
    "bus-on-duty-change": planner_of_it_does,
    "bus-programme": planner_of_it_reads,
    "bus-settings": planner_of_it_fills_in,
    "bus-area-new": planner_of_it_fills_in,
    "bus-area": planner_of_it_fills_in,
    "bus-leaflet": planner_of_it_reads,
    "bus-calendar": calendar_reads,
    "bus-destination-new": planner_of_it_fills_in,
    "bus-destination": planner_of_it_fills_in,
    "bus-series-new": planner_of_it_fills_in,
    "bus-series": planner_of_it_reads,
    "bus-series-change": planner_of_it_fills_in,
    "bus-series-except": planner_of_it_does,
    "bus-exception-drop": planner_of_it_does,
    "bus-fleet": planner_of_it_reads,
    "bus-vehicle-new": planner_of_it_fills_in,
    "bus-vehicle": planner_of_it_reads,
    "bus-vehicle-change": planner_of_it_fills_in,
    "bus-vehicle-add": planner_of_it_does,
    "bus-layout": planner_of_it_fills_in,
    "bus-put-back": planner_of_it_does,
    "bus-crew": planner_of_it_reads,
    "bus-crew-dates": planner_of_it_does,
    "bus-crew-new": planner_of_it_fills_in,
    "bus-crew-member": planner_of_it_reads,
    "bus-crew-change": planner_of_it_does,
    "bus-crew-when": planner_of_it_fills_in,
    "bus-roster": planner_of_it_reads,
    "bus-roster-print": planner_of_it_reads,
    "bus-duty": planner_of_it_reads,
    "bus-duty-act": planner_of_it_does,
    "bus-own": link_reads,
    "bus-own-open": link_does,
    "bus-own-when": link_reads_or_fills_in,
    "bus-own-act": link_changes,
    **dinner_doors.ADDRESSES,
    **dinner_public.ADDRESSES,
    **dinner_at_the_door.ADDRESSES,
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
