"""What came of ringing somebody about a dinner."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.meals.models import GuestCall, Reservation
from backend.meals.services import evenings, guest_calls, kitchen, reserving, waiting
from backend.meals.services.wishes import No
from backend.people import calls_to_make

FINISHED = "call_finished"
"""The subject is the evening. Payload: task, call (its kind) and outcome."""


class Outcome(StrEnum):
    """What came of ringing somebody."""

    COMES = "comes"
    CANCELS = "cancels"
    NOT_REACHED = "not_reached"
    DONE = "done"


class NoChairs(Conflict):
    """Whoever waits would like to come, and there are no chairs: `refused` says why."""

    def __init__(self, refused: No) -> None:
        super().__init__("There are no chairs for them. They stay on the waiting list.")
        self.refused = refused


@transaction.atomic
def finish(call_id: int, outcome: Outcome, *, actor: Actor, now: datetime) -> GuestCall:
    """Say what came of ringing. `now` is UTC.

    Who was not reached stays on the list, behind those who have not been tried. Who comes has said yes, and has chairs
    from then on when they waited; who does not gives up their chairs. A cook who was rung knows the numbers of it.

    Raises:
        CallOver: the call has been made, or is not needed any more.
        NoChairs: they waited, and there is no room; the call stays on the list.
        Conflict: who cancels is at the dinner already.
    """
    evening = evenings.locked(GuestCall.objects.values_list("evening_id", flat=True).get(pk=call_id))
    call = evening.calls.select_related("reservation", "person").get(pk=call_id)
    calls_to_make.must_be_open(call)
    evenings.tell(evening, FINISHED, actor, task=call.pk, call=call.kind, outcome=outcome.value)
    if outcome is Outcome.NOT_REACHED:
        calls_to_make.not_reached(call, now)
        return call
    calls_to_make.made(call, outcome.value, actor, now)
    if call.kind == GuestCall.Kind.KITCHEN and outcome is Outcome.DONE:
        kitchen.cook_knows(evening, call.details["count"], actor, now)
    if call.reservation is not None and call.reservation.state != Reservation.State.CANCELLED:
        _follow(call.reservation, outcome, actor, now)
    return call


def _follow(row: Reservation, outcome: Outcome, actor: Actor, now: datetime) -> None:
    """What was agreed on the telephone becomes so."""
    if outcome is Outcome.CANCELS:
        reserving.cancel(reservation_id=row.pk, because="by_telephone", actor=actor, now=now)
    elif outcome is Outcome.COMES:
        if row.state == Reservation.State.WAITING:
            found = waiting.seat_by_hand(row.pk, actor=actor, now=now)
            if isinstance(found, No):
                raise NoChairs(found)
        row.answer, row.answered_at = Reservation.Answer.YES, now
        row.save(update_fields=["answer", "answered_at"])
        guest_calls.they_come(row.evening, actor, now, person_id=row.person_id)
