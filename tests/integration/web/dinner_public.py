"""What anybody may see of the dinners without an account, and their own reservation behind its link."""

from typing import Any

from backend.meals.models import Reservation
from backend.meals.services import reservation_links
from tests.integration.web.door_rules import Asker, Expected
from tests.support import restos


def everybody_reads(_asker: Asker, method: str) -> set[int]:
    """What hangs on the wall, for anybody: it names nobody."""
    return {200} if method == "GET" else {405}


def everybody_fills_in(_asker: Asker, method: str) -> set[int]:
    """A form for anybody: an empty one is sent back."""
    return {200} if method == "GET" else {422}


def link_holder_reads(_asker: Asker, method: str) -> set[int]:
    """Whoever has the link to a reservation sees it; it names nobody."""
    return {200} if method == "GET" else {405}


def link_holder_does(_asker: Asker, method: str) -> set[int]:
    """A button behind that link."""
    return {405} if method == "GET" else {302, 422}


ADDRESSES: dict[str, Expected] = {
    "dinner-programme": everybody_reads,
    "dinner-calendar": everybody_reads,
    "dinner-reserve": everybody_fills_in,
    "dinner-code": everybody_fills_in,
    "dinner-code-again": link_holder_does,
    "dinner-own": link_holder_reads,
    "dinner-own-people": link_holder_does,
    "dinner-own-cancel": link_holder_does,
}


def named() -> dict[str, dict[str, Any]]:
    """What each beginning of a name needs; the more particular ones stand in front.

    A resto of an organisation that nobody who asks belongs to: its pages are there for everybody.
    """
    row = Reservation.objects.filter(evening__resto__slug="tafel-openbaar").first() or _reserved()
    resto = {"slug": "tafel-openbaar"}
    return {
        "dinner-reserve": {**resto, "day": row.evening.date.isoformat()},
        "dinner-code": {**resto, "token": reservation_links.code_token_of(row)},
        "dinner-own": {"token": reservation_links.token_of(row)},
        "dinner-": resto,
    }


def _reserved() -> Reservation:
    table = restos.a_resto(slug="openbaar")
    return table.reserves(table.evening(), "Wil", restos.at("09:00", restos.MONDAY))
