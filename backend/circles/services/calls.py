"""The calls that a round asks for: placing, connecting, taking back."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from backend.circles.domain.decisions import Ring
from backend.circles.domain.morning import VOLUNTEER, Role
from backend.circles.domain.policy import MorningPolicy
from backend.circles.models import Leg, Round, Seat
from backend.circles.scripts.view import ToConnect
from backend.circles.selectors.settings import scope_of
from backend.circles.texts import BACKUP
from backend.events.models import Lane
from backend.incidents.targets import person_target
from backend.notifications.domain.prompts import Connect
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.selectors import texts
from backend.notifications.services import conversation, queueing
from backend.notifications.services.reach import ForbiddenLine
from backend.people.models import Person
from backend.people.selectors import on_duty

HOST = "circles.round"

CALL_LIVES = timedelta(minutes=4)
"""A call of a round is refused when it could not be placed for so long: what it was for has moved on."""


def place(round_: Round, ring: Ring, now: datetime) -> Leg:
    """Queue a call and write down what it is for."""
    seats = {seat.pk: seat for seat in round_.seats.select_related("person")}
    leg = Leg.objects.create(
        round=round_,
        role=ring.role.value,
        caller=seats.get(ring.caller or VOLUNTEER) if ring.role is Role.CALLER else None,
        target=seats.get(ring.target),
        placed_at=now,
    )
    rung = ring.target if ring.caller is None else ring.caller
    person = seats[rung].person if rung != VOLUNTEER else round_.volunteer
    policy = MorningPolicy.of(round_.policy["morning"])
    longer = rung != VOLUNTEER and seats[rung].ring_longer
    start = now + timedelta(seconds=ring.after_seconds)
    message = queueing.queue(
        organisation=round_.circle.organisation,
        person=person,
        way=Way.CALL,
        line=ring.line,
        lane=Lane.LIVE,
        host=HOST,
        subject_id=round_.pk,
        reference={"leg": leg.pk},
        language=person.language if person else round_.circle.organisation.language,
        ring_seconds=policy.ring_longer_seconds if longer else policy.ring_seconds,
        not_before=start,
        expires_at=start + CALL_LIVES,
    )
    leg.message_id = message.pk
    leg.save(update_fields=["message_id"])
    return leg


def connect(round_: Round, parent: Attempt, leg: Leg, asked: ToConnect, now: datetime) -> Connect | None:
    """The dialled leg that joins somebody to a call, or None when their line is in use already."""
    seat = round_.seats.filter(pk=asked.seat).select_related("person").first()
    person: Person | None = seat.person if seat else round_.volunteer
    lines = list(seat.lines) if seat else list(round_.volunteer_state.get("lines", ()))
    if not lines:
        return None
    policy = MorningPolicy.of(round_.policy["morning"])
    line = lines[(seat.misses + seat.busy_times) % len(lines)] if seat else lines[0]
    try:
        with transaction.atomic():
            dialled = conversation.dial(
                parent,
                person_id=person.pk if person else None,
                line=line,
                language=person.language if person else parent.language,
                reference={"leg": leg.pk, "seat": asked.seat},
                now=now,
            )
    except (IntegrityError, ForbiddenLine, conversation.LineIsInUse):
        return None
    longer = seat is not None and seat.ring_longer
    return Connect(
        text=asked.text,
        line=line,
        leg=str(dialled.pk),
        ring_seconds=policy.ring_longer_seconds if longer else policy.ring_seconds,
        limit_seconds=policy.leg_minutes * 60,
    )


def take_back(leg: Leg) -> bool:
    """Cancel a leg's call if it has not gone out; says whether it was taken back."""
    message = Message.objects.filter(pk=leg.message_id or 0, state=Message.State.QUEUED).first()
    if message is None:
        return False
    queueing.cancel(message)
    Leg.objects.filter(pk=leg.pk).update(state=Leg.State.ENDED)
    return True


def call_off(round_: Round, now: datetime) -> None:
    """The round is closed: what has not gone out is taken back, and no leg holds anything up any more."""
    queueing.cancel_queued(host=HOST, subject_id=round_.pk)
    round_.legs.filter(state__in=Leg.LIVE).update(state=Leg.State.ENDED, ended_at=now)


def tell_backup(round_: Round, now: datetime) -> None:
    """Ring and text the backup of today: the volunteer was absent at the start."""
    backup = person_target(on_duty(scope_of(round_.circle), round_.date)["backup"])
    if backup is None or not backup.lines:
        return
    ways = [(Way.CALL, backup.lines[0]), *((Way.TEXT, mobile) for mobile in backup.mobiles)]
    for way, line in ways:
        queueing.queue(
            organisation=round_.circle.organisation,
            person=None,
            way=way,
            line=line,
            lane=Lane.ALARM,
            host=HOST,
            subject_id=round_.pk,
            reference={"backup": True},
            body=_backup_text(round_, backup.language) if way == Way.TEXT else "",
            language=backup.language,
            expires_at=now + timedelta(minutes=20),
        )


def _backup_text(round_: Round, language: str) -> str:
    return texts.text(round_.circle.organisation, BACKUP, language, circle=round_.circle.name)


def seat_of(round_: Round, key: int) -> Seat | None:
    """The seat with this key; None for the volunteer."""
    return round_.seats.select_related("person").filter(pk=key).first()
