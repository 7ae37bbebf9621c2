"""People whom somebody has to ring about a trip: ended by who rang them, or when it is not needed any more.

They are opened by `planning.call_to_make`, under the trip's lock.
"""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.notifications.domain.asking import Came
from backend.people import calls_to_make
from backend.transport.models import Booking, CallTask, Trip
from backend.transport.selectors.answering import No
from backend.transport.selectors.journeys import has_place
from backend.transport.selectors.told import party_of, times_as_json, times_of
from backend.transport.services import booking, trips

FINISHED = "call_finished"
"""The event's kind. Payload: task, call (its kind) and outcome; the subject is the trip."""

ANSWERED = "evening_answered"
"""The event's kind. Payload: booking, came (a code of `Came`), and what they were told (as `told.times_as_json`)."""


class Outcome(StrEnum):
    """What came of ringing somebody."""

    AGREED = "agreed"
    CANCELS = "cancels"
    NOT_REACHED = "not_reached"
    DONE = "done"


@transaction.atomic
def finish(task_id: int, outcome: Outcome, *, actor: Actor, now: datetime) -> CallTask:
    """Say what came of ringing. `now` is UTC.

    Who was not reached stays on the list, behind those who have not been tried. Who agreed has said yes; who cancels
    gives up their place.

    Raises:
        CallOver: the task has been finished, or is not needed any more.
        Conflict: who cancels is in the bus already; the seat for who waits, or who agreed, is not free any more.
    """
    trip = trips.locked(CallTask.objects.values_list("trip_id", flat=True).get(pk=task_id))
    task = trip.call_tasks.select_related("booking", "person").get(pk=task_id)
    calls_to_make.must_be_open(task)
    trips.tell(trip, FINISHED, actor, task=task.pk, call=task.kind, outcome=outcome.value)
    if outcome is Outcome.NOT_REACHED:
        calls_to_make.not_reached(task, now)
        return task
    calls_to_make.made(task, outcome.value, actor, now)
    if task.booking is not None and task.booking.state != Booking.State.CANCELLED:
        _follow(task.booking, outcome, actor, now)
    return task


def _follow(one: Booking, outcome: Outcome, actor: Actor, now: datetime) -> None:
    """What was agreed on the telephone becomes so; friends who wait together come along together, or not at all."""
    waited = one.state == Booking.State.WAITING
    party = party_of(one) if waited else [one]
    if outcome is Outcome.CANCELS:
        for each in party:
            booking.cancel(booking_id=each.pk, because="by_telephone", actor=actor, now=now)
    elif outcome is Outcome.AGREED:
        if waited and isinstance(booking.promote(booking_ids=[each.pk for each in party], actor=actor, now=now), No):
            raise Conflict("The seat is not free any more. Tell them so, and choose “something else”.")
        for each in party:
            each.refresh_from_db()
            says_yes(each, actor, now)


def says_yes(one: Booking, actor: Actor, now: datetime) -> None:
    """A passenger has said that they come along: nobody has to ring them about that any more. Under the trip's lock.

    Raises:
        Conflict: the bus has no place for them any more.
    """
    if not has_place(one):
        raise Conflict(
            f"The bus has no place for {one.person.name} any more. Tell them so: they wait in case a place comes free, "
            "or cancel."
        )
    answered(one.trip, one, Came.YES, actor)
    one.answer, one.answered_at = Booking.Answer.YES, now
    one.save(update_fields=["answer", "answered_at"])
    asked = (CallTask.Kind.SILENT, CallTask.Kind.MOVED)
    for task in CallTask.objects.filter(booking=one, kind__in=asked, state=CallTask.State.OPEN):
        calls_to_make.made(task, Outcome.AGREED, actor, now)


def are_told(one: Booking) -> None:
    """They are told the times as they are planned now, by the machine or by whoever rings them."""
    one.rides.update(told_from=None, told_until=None)


def answered(trip: Trip, one: Booking, came: Came, actor: Actor) -> None:
    """Keep which times they were told when they answered, the machine or a person: these are what they count on."""
    are_told(one)
    trips.tell(trip, ANSWERED, actor, booking=one.pk, came=came.value, told=times_as_json(times_of(one)))
