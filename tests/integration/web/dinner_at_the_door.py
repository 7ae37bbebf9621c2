"""Who may come in at the addresses of the door of a dinner, and what they name: an evening on which Halil eats."""

from typing import Any

from backend.events import clock
from backend.meals.models import CrewPlace, Evening, Reservation
from backend.people.models import Organisation, Person
from tests.integration.web.dinner_doors import MANAGERS
from tests.integration.web.door_rules import Asker, Expected, link_does, link_reads, link_reads_or_fills_in


def reads(asker: Asker, method: str) -> set[int]:
    """The evening of one organisation, to read; crew who do not help that evening see nothing of it."""
    if asker.user is None:
        return {302}
    if not (asker.is_ours and asker.role in MANAGERS):
        return {404}
    return {405} if method == "POST" else {200}


def fills_in(asker: Asker, method: str) -> set[int]:
    """A form about it."""
    if asker.user is None:
        return {302}
    if not (asker.is_ours and asker.role in MANAGERS):
        return {404}
    return {200} if method == "GET" else {302, 422}


def presses(asker: Asker, method: str) -> set[int]:
    """A button of it."""
    if asker.user is None:
        return {302}
    if not (asker.is_ours and asker.role in MANAGERS):
        return {404}
    return {302} if method == "POST" else {405}


def link_presses(_asker: Asker, _method: str) -> set[int]:
    """A button behind a link: without the one that opens it, it leads back to the page."""
    return {302}


ADDRESSES: dict[str, Expected] = {
    "resto-door": reads,
    "resto-door-party": reads,
    "resto-door-walk-in": fills_in,
    "resto-door-do": presses,
    "resto-door-end": fills_in,
    "resto-door-paper": reads,
    "resto-door-tables": reads,
    "resto-door-tables-do": presses,
    "crew-door-tables": link_reads,
    "crew-door-tables-do": link_presses,
    "crew-door": link_reads,
    "crew-door-party": link_reads,
    "crew-door-walk-in": link_reads_or_fills_in,
    "crew-door-do": link_presses,
    "crew-door-end": link_reads_or_fills_in,
    "crew-door-paper": link_reads,
    "crew-door-open": link_does,
}


def named(organisation: Organisation, halil: Person, host: Person, token: str) -> dict[str, dict[str, Any]]:
    """What each beginning of a name needs; the more particular ones stand in front."""
    evening = Evening.objects.filter(resto__organisation=organisation).earliest("pk")
    row = evening.reservations.filter(person=halil).exclude(state="cancelled").first() or Reservation.objects.create(
        evening=evening, person=halil, state="reserved", covers=1, way="telephone", reserved_at=clock.now()
    )
    CrewPlace.objects.get_or_create(
        evening=evening, job="host", number=9, defaults={"person": host, "state": "confirmed"}
    )
    of_it = {"pk": evening.pk}
    by_link = {"token": token, "pk": evening.pk}
    return {
        "resto-door-party": {**of_it, "row_pk": row.pk},
        "resto-door-do": {**of_it, "what": "open"},
        "resto-door-tables-do": {**of_it, "what": "plan"},
        "resto-door": of_it,
        "crew-door-open": by_link,
        "crew-door-party": {**by_link, "row_pk": row.pk},
        "crew-door-do": {**by_link, "what": "open"},
        "crew-door-tables-do": {**by_link, "what": "plan"},
        "crew-door": by_link,
    }
