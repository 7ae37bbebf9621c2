"""Guests whom a person has to ring about an evening, and what came of it."""

from datetime import datetime
from typing import Any

from backend.common.actors import Actor
from backend.meals.models import Evening, GuestCall, Reservation
from backend.people import calls_to_make

ABOUT_COMING = (GuestCall.Kind.SILENT, GuestCall.Kind.SPEAK, GuestCall.Kind.NO_CHAIRS)
"""Calls that have to be made before a dinner, and not once its doors are open."""

ABOUT_WAITING = (GuestCall.Kind.CHAIRS, GuestCall.Kind.NO_CHAIRS)
"""Calls to who waits and has no number of their own; nothing to ring about once they have chairs."""


def to_make(
    evening: Evening, row: Reservation, kind: GuestCall.Kind, now: datetime, details: dict[str, Any] | None = None
) -> GuestCall:
    """Put somebody on the list of calls; once, however often it is said, and for all the reasons there are.

    Under the evening's lock.
    """
    call, is_new = GuestCall.objects.get_or_create(
        evening=evening,
        person=row.person,
        kind=kind,
        state=GuestCall.State.OPEN,
        defaults={
            "organisation": evening.resto.organisation,
            "reservation": row,
            "details": details or {},
            "created_at": now,
        },
    )
    if details and not is_new:
        call.details = {**call.details, **details}
        call.save(update_fields=["details"])
    return call


def about_plates(evening: Evening, row: Reservation, now: datetime) -> None:
    """Nobody knows any more what those who come do not eat: a person asks. Under the evening's lock."""
    to_make(evening, row, GuestCall.Kind.SPEAK, now, {"plates": True})


def they_come(evening: Evening, actor: Actor, now: datetime, *, person_id: int | None = None) -> None:
    """Nobody need be rung to hear whether they come: one guest, or anybody. Under the evening's lock.

    Who wrote something to the kitchen, or whose plates nobody knows, is to be rung all the same.
    """
    calls = evening.calls.filter(kind__in=ABOUT_COMING).exclude(details__has_any_keys=GuestCall.TO_ASK)
    if person_id is not None:
        calls = calls.filter(person=person_id)
    calls_to_make.lapse(calls, actor.who, now)


def lapse(
    evening: Evening, actor: Actor, now: datetime, *, person_id: int | None = None, kinds: tuple[str, ...]
) -> None:
    """Calls of these kinds need not be made any more: of one guest, or of all. Under the evening's lock."""
    calls = evening.calls.filter(kind__in=kinds)
    if person_id is not None:
        calls = calls.filter(person=person_id)
    calls_to_make.lapse(calls, actor.who, now)
