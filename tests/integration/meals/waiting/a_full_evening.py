"""An evening without a free chair, and who waits for one."""

from datetime import date, datetime, timedelta

from backend.common import actors
from backend.common.offers import Ending
from backend.events import clock
from backend.meals.models import Evening, Reservation
from backend.meals.services import (
    reserving,
    waiting,
)
from backend.meals.services.waiting import Became
from backend.meals.services.wishes import No, Wish
from tests.support.restos import MANAGER, Table, at

FRIDAY = at("11:00", date(2026, 11, 20))
SOON = timedelta(minutes=1)


def waits(table: Table, evening: Evening, name: str, covers: int = 1, now: datetime = FRIDAY) -> Reservation:
    found = reserving.wait(evening_id=evening.pk, wish=Wish(table.guest(name), covers), actor=MANAGER, now=now)
    assert not isinstance(found, No), found
    return found


def gives_up(row: Reservation, now: datetime = FRIDAY) -> None:
    """Somebody cancels, and the list is looked at."""
    clock.set_clock(virtual=now, rate=0)
    reserving.cancel(reservation_id=row.pk, because="telephone", actor=MANAGER, now=now)
    waiting.look(row.evening_id, now)


def looks(evening: Evening, now: datetime) -> None:
    clock.set_clock(virtual=now, rate=0)
    waiting.look(evening.pk, now)


def offered(evening: Evening) -> list[tuple[str, str]]:
    rows = evening.offers.select_related("reservation__person").order_by("pk")
    return [(row.reservation.person.given_name, row.state) for row in rows]


def states(evening: Evening) -> dict[str, str]:
    return {row.person.given_name: row.state for row in evening.reservations.select_related("person")}


def says(evening: Evening, name: str, ending: Ending, now: datetime) -> Became:
    row = evening.offers.select_related("reservation").filter(reservation__person__given_name=name).latest("pk")
    return waiting.answer(row.pk, ending, actor=actors.person(row.reservation.person_id, "call"), now=now)
