"""Telling guests in writing what was noted about their places: reserved, more or fewer people, cancelled.

A text to whoever has a mobile and takes texts. Nobody is rung for it: who has only a landline was told on the line, and
is rung on the evening before. Only another time or address (`services.moving`), and a dinner that is off
(`services.off`), is told to everybody.
"""

from collections.abc import Sequence
from datetime import datetime

from backend.common.actors import Channel
from backend.events.models import Event
from backend.meals import texts
from backend.meals.domain.crew import HELPS
from backend.meals.domain.standing import Gone
from backend.meals.models import Evening, Reservation
from backend.meals.selectors import told
from backend.meals.services import evenings
from backend.notifications.models import Way
from backend.notifications.selectors.telling import WayTo, way_to
from backend.notifications.services import queueing, telling

HOST = "meals.guest"
"""The subject is the evening; a message's reference has the reservation."""

LINKS = "meals.link"
"""Links to one's own reservation, for whoever confirmed a number; otherwise as HOST.

What is told of the party goes out beside it, so that a guest for whom somebody else reserves hears of it as well.
"""

MOVED = "meals.moved"
"""The host of messages about another time (`services.moving`), with the same subject and reference."""

ELSEWHERE = "meals.elsewhere"
"""The same about another address."""

ANSWERED_IN_WRITING: tuple[Channel, ...] = ("text",)
"""Whoever asked by text has read the answer already."""

TOLD_ELSEWHERE = (Reservation.Way.STANDING, Reservation.Way.WALK_IN)
"""Standing places are made weeks ahead, many at once, and asked about on the evening before; who walks in is there."""


def reserved(event: Event, now: datetime) -> None:
    """A party has its chairs."""
    evening, row = _of(event)
    if row.state == Reservation.State.RESERVED and not _knows(event, row):
        tell(evening, row, "reserved", now)


def waiting(event: Event, now: datetime) -> None:
    """A party is on the waiting list."""
    evening, row = _of(event)
    if row.state == Reservation.State.WAITING and not _knows(event, row):
        tell(evening, row, "waiting", now)


def covers_changed(event: Event, now: datetime) -> None:
    """More or fewer people come."""
    evening, row = _of(event)
    if row.state == Reservation.State.RESERVED and event.channel not in ANSWERED_IN_WRITING:
        tell(evening, row, "changed", now)


def cancelled(event: Event, now: datetime) -> None:
    """A party does not come, or does not wait any more."""
    evening, row = _of(event)
    take_back(row)
    was = event.payload["was"]
    if event.channel in ANSWERED_IN_WRITING or was not in (Reservation.State.RESERVED, Reservation.State.WAITING):
        return
    if event.payload["because"] in (HELPS, *Gone):
        return  # Told once: when they were put on the roster, or when their standing places were talked about.
    tell(evening, row, "cancelled" if was == Reservation.State.RESERVED else "off_list", now)


def tell(evening: Evening, row: Reservation, code: str, now: datetime) -> None:
    """One text about a reservation instead of any that has not gone out. Under the evening's lock.

    That the evening is at another time or address is news all the same.
    """
    take_back(row, (HOST,))
    to = way_to(row.person)
    if to is None or to.way is not Way.TEXT or now >= evening.doors_at:
        return
    queue(evening, row, to, code, now, host=HOST)


def take_back(row: Reservation, hosts: Sequence[str] = (HOST, LINKS, MOVED, ELSEWHERE)) -> None:
    """What has not gone out about a reservation is not news any more. Under the evening's lock."""
    for host in hosts:
        queueing.cancel_queued(host=host, subject_id=row.evening_id, about={"reservation": row.pk})


def queue(
    evening: Evening, row: Reservation, to: WayTo, code: str, now: datetime, *, host: str, any_hour: bool = False
) -> None:
    """Tell a guest what was noted, or is otherwise than it was. Under the evening's lock."""
    person = row.person
    telling.reach(
        person,
        to,
        organisation=evening.resto.organisation,
        host=host,
        subject_id=evening.pk,
        reference={"reservation": row.pk},
        body=texts.text(
            texts.GUEST + code, evening, person, told.in_writing(evening, row.covers, person.language, now)
        ),
        expires_at=evening.doors_at,
        any_hour=any_hour,
    )


def _of(event: Event) -> tuple[Evening, Reservation]:
    evening = evenings.locked(event.subject_id)
    return evening, evening.reservations.select_related("person__organisation").get(pk=event.payload["reservation"])


def _knows(event: Event, row: Reservation) -> bool:
    """Whether they have it in writing already: a text that answers theirs, or the page on which they reserved."""
    on_their_page = row.way == Reservation.Way.PAGE and event.channel == "page" and event.actor.startswith("person:")
    return event.channel in ANSWERED_IN_WRITING or on_their_page or row.way in TOLD_ELSEWHERE
