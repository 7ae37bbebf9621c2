"""One ring a morning: ringing the target by a call of its own, and letting each side know of the other."""

from datetime import datetime, timedelta

from django.db.models import Q

from backend.circles.domain.decisions import Ring
from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import VOLUNTEER
from backend.circles.domain.policy import ONE_RING, MorningPolicy
from backend.circles.models import Leg, Round
from backend.circles.scripts.one_ring import IN_TOUCH
from backend.circles.services import calls
from backend.events.models import Lane
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.services import moving, queueing

TO_HANG_UP = timedelta(seconds=6)
"""Who was asked to stay on the line has so long to hang up instead, before the next one is rung."""

SOMEBODY_WAITS = timedelta(seconds=90)
"""The target's call is refused when it could not be placed for so long: their caller is on the line."""

BY_THEMSELVES = timedelta(seconds=4)
"""So long a line has to leave its room by itself when the talk is over, before we have it moved."""


def is_so(round_: Round) -> bool:
    """Whether this morning's members are rung once each."""
    return round_.mode == Mode.BRIDGED and MorningPolicy.of(round_.policy.get("morning", {})).joining == ONE_RING


def legs_of(message_id: int) -> list[Leg]:
    """The legs in which this call is one side, in the order in which they were placed."""
    sides = Leg.objects.filter(Q(message_id=message_id) | Q(target_message_id=message_id))
    return list(sides.select_related("caller__person", "target__person").order_by("pk"))


def leg_of(attempt: Attempt) -> tuple[Leg, bool]:
    """The leg that a call is a side of now, and whether it still is: its leg may have gone on to somebody else."""
    legs = legs_of(attempt.message_id or 0)
    if legs:
        return legs[-1], True
    return Leg.objects.select_related("caller__person", "target__person").get(pk=attempt.reference["leg"]), False


def hand_on(round_: Round, ring: Ring, now: datetime) -> Leg:
    """Place a leg whose caller is on the line already: only the target is rung."""
    seats = {seat.pk: seat for seat in round_.seats.all()}
    leg = Leg.objects.create(
        round=round_,
        role=ring.role.value,
        caller=seats[ring.caller or VOLUNTEER],
        target=seats.get(ring.target),
        state=Leg.State.PROVEN,
        message_id=ring.on_line,
        placed_at=now,
    )
    ring_target(round_, leg, ring.target, now, after=TO_HANG_UP)
    return leg


def was_handed_on(leg: Leg) -> bool:
    """Whether its caller had been on the line before."""
    return legs_of(leg.message_id or 0)[0].pk != leg.pk


def ring_target(round_: Round, leg: Leg, key: int, now: datetime, *, after: timedelta = timedelta(0)) -> None:
    """Have the target rung by a call of its own. Raises ForbiddenLine."""
    seat = calls.seat_of(round_, key)
    person = seat.person if seat else round_.volunteer
    lines = list(seat.lines) if seat else list(round_.volunteer_state.get("lines", ()))
    line = lines[(seat.misses + seat.busy_times) % len(lines)] if seat else lines[0]
    policy = MorningPolicy.of(round_.policy["morning"])
    longer = seat is not None and seat.ring_longer
    message = queueing.queue(
        organisation=round_.circle.organisation,
        person=person,
        way=Way.CALL,
        line=line,
        lane=Lane.LIVE,
        host=calls.HOST,
        subject_id=round_.pk,
        reference={"leg": leg.pk, "seat": key},
        language=person.language if person else round_.circle.organisation.language,
        ring_seconds=policy.ring_longer_seconds if longer else policy.ring_seconds,
        not_before=now + after,
        expires_at=now + after + SOMEBODY_WAITS,
    )
    leg.target_message_id, leg.target_rung_at, leg.target_outcome = message.pk, now, ""
    leg.save(update_fields=["target_message_id", "target_rung_at", "target_outcome"])


def take_back(leg: Leg, now: datetime) -> bool:
    """Cancel the target's call if it has not gone out, and let the caller know; says whether it was taken back."""
    message = Message.objects.filter(pk=leg.target_message_id or 0, state=Message.State.QUEUED).first()
    if message is None:
        return False
    queueing.cancel(message)
    Leg.objects.filter(pk=leg.pk).update(target_outcome="cancelled")
    tell_other(leg, message.pk, now)
    return True


def other_side(leg: Leg, message_id: int) -> Attempt | None:
    """The live call at the other side of a leg; None when it is over, or has gone on to another leg."""
    other_id = leg.message_id if message_id == leg.target_message_id else leg.target_message_id
    other = Attempt.objects.filter(message_id=other_id or 0, state__in=Attempt.LIVE).first()
    if other is None or leg_of(other)[0].pk != leg.pk:
        return None
    return other


def is_in_touch(other: Attempt | None) -> bool:
    """Whether the other side waits for this one, or talks with it."""
    return other is not None and other.script.get("phase") in IN_TOUCH


def tell_other(leg: Leg, message_id: int, now: datetime) -> None:
    """One side has come further, or is off: who waits at the other is moved at once, who talks if they do not leave."""
    other = other_side(leg, message_id)
    if other is not None and is_in_touch(other):
        waits = other.script["phase"] == "dialling"
        moving.move(other, now, after=timedelta(0) if waits else BY_THEMSELVES)
