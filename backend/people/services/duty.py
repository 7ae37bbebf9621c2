"""Who is on duty: the weekday roster, its exceptions on a date, and duties that change hands.

Every change is an event of the organisation, so that whoever runs a programme can look at the roster again.
"""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict, NotAllowed, RondjeError
from backend.events import clock
from backend.events.services import record
from backend.people.models import DutyShift, DutySwap, Person
from backend.people.selectors import absent_on, on_roster
from backend.people.services import presence

DUTY_CHANGED = "people.duty_changed"
"""The subject is the organisation. Payload: what, scope, rank, weekday, date (ISO), person (keys), swap."""


@transaction.atomic
def put_on_duty(
    *,
    person: Person,
    scope: str,
    rank: DutyShift.Rank,
    weekday: int | None = None,
    day: date | None = None,
    actor: Actor = SYSTEM,
) -> DutyShift:
    """Somebody is on duty on a weekday (0 is Monday), or on one local date; who stood there before is replaced.

    Raises Erased.
    """
    presence.hold(person)
    shift, _made = DutyShift.objects.update_or_create(
        scope=scope,
        rank=rank,
        weekday=weekday,
        date=day,
        defaults={"person": person, "organisation": person.organisation},
    )
    _record("put_on", person, actor, scope=scope, rank=rank, weekday=weekday, date=_iso(day))
    if day is not None:
        _withdraw_swaps(scope, rank, day, keeper=person, actor=actor)
    return shift


@transaction.atomic
def set_duty(
    person: Person | None,
    *,
    scope: str,
    rank: DutyShift.Rank,
    weekday: int | None = None,
    day: date | None = None,
    actor: Actor,
) -> None:
    """Put somebody on a weekday (0 is Monday) or on one local date; None: whoever stands there is taken off."""
    if person is not None:
        put_on_duty(person=person, scope=scope, rank=rank, weekday=weekday, day=day, actor=actor)
        return
    standing = DutyShift.objects.filter(scope=scope, rank=rank, weekday=weekday, date=day)
    for shift in standing.select_related("person"):
        take_off_duty(shift, actor=actor)


@transaction.atomic
def take_off_duty(shift: DutyShift, *, actor: Actor) -> None:
    """Nobody has this duty from now on; an exception gone, the weekday's holds again."""
    person = shift.person
    DutyShift.objects.filter(pk=shift.pk).delete()
    _record(
        "taken_off",
        person,
        actor,
        scope=shift.scope,
        rank=shift.rank,
        weekday=shift.weekday,
        date=_iso(shift.date),
    )


@transaction.atomic
def offer_swap(
    *,
    owner: Person,
    scope: str,
    rank: DutyShift.Rank,
    day: date,
    deadline_at: datetime,
    asked: list[Person],
    now: datetime,
    actor: Actor,
) -> DutySwap:
    """`owner` asks others to take over their duty of a local date; they keep it until somebody does.

    Raises NotAllowed when it is not theirs, Conflict when it is being offered already.
    """
    if {**on_roster(scope, day)}.get(rank.value) != owner:
        raise NotAllowed("You are not on the roster for this day. Look at the roster, or ring the coordinator.")
    try:
        with transaction.atomic():
            swap = DutySwap.objects.create(
                organisation=owner.organisation,
                scope=scope,
                rank=rank,
                date=day,
                owner=owner,
                offered_at=now,
                deadline_at=deadline_at,
                asked=[person.pk for person in asked],
            )
    except IntegrityError as error:
        raise Conflict("The others have been asked already whether they can take this duty.") from error
    _record("swap_offered", owner, actor, scope=scope, rank=rank, date=_iso(day), swap=swap.pk)
    return swap


class SwapTaken(Conflict):
    """Somebody else was first."""


class SwapOver(Conflict):
    """The question is not open any more."""


def locked_swap(swap_id: int) -> DutySwap:
    """The swap, locked until the end of the transaction."""
    return DutySwap.objects.select_for_update(of=("self",)).select_related("owner", "organisation").get(pk=swap_id)


@transaction.atomic
def take_swap(swap_id: int, *, taker: Person, now: datetime, actor: Actor) -> DutySwap:
    """The first who says yes has the duty, on that date only; saying it again changes nothing.

    Raises SwapTaken and SwapOver, NotAllowed for the owner or a stranger to the organisation, and RondjeError for
    somebody who is away on that day.
    """
    swap = locked_swap(swap_id)
    if swap.state == DutySwap.State.TAKEN and swap.taken_by_id == taker.pk:
        return swap
    if swap.state == DutySwap.State.TAKEN:
        raise SwapTaken("Somebody else has taken this duty already. You need do nothing. Thank you.")
    if swap.state != DutySwap.State.OPEN or now >= swap.deadline_at:
        raise SwapOver("This question is not open any more. The roster stays as it is.")
    if taker.pk == swap.owner_id or taker.organisation_id != swap.organisation_id:
        raise NotAllowed("This is your own duty, or not one of your roster.")
    if taker.pk in absent_on(swap.date, [taker.pk]):
        raise RondjeError("You have told us that you are away on that day. Tell us first that you are back.")
    swap.state, swap.taken_by, swap.ended_at = DutySwap.State.TAKEN, taker, now
    swap.save(update_fields=["state", "taken_by", "ended_at"])
    put_on_duty(person=taker, scope=swap.scope, rank=DutyShift.Rank(swap.rank), day=swap.date, actor=actor)
    return swap


@transaction.atomic
def end_swap(swap_id: int, state: DutySwap.State, *, now: datetime, actor: Actor) -> bool:
    """Nobody has taken it in time (lapsed), or it is not needed any more (withdrawn): the owner keeps the duty.

    Says whether it was still open.
    """
    swap = locked_swap(swap_id)
    if swap.state != DutySwap.State.OPEN:
        return False
    swap.state, swap.ended_at = state, now
    swap.save(update_fields=["state", "ended_at"])
    _record(f"swap_{state}", swap.owner, actor, scope=swap.scope, rank=swap.rank, date=_iso(swap.date), swap=swap.pk)
    return True


def _withdraw_swaps(scope: str, rank: str, day: date, *, keeper: Person, actor: Actor) -> None:
    """Somebody else was put on this duty by hand: what was asked of the others is moot."""
    moot = DutySwap.objects.filter(scope=scope, rank=rank, date=day, state=DutySwap.State.OPEN).exclude(owner=keeper)
    for swap in moot.order_by("pk"):
        end_swap(swap.pk, DutySwap.State.WITHDRAWN, now=clock.now(), actor=actor)


def _record(what: str, person: Person, actor: Actor, **payload: Any) -> None:
    record(
        kind=DUTY_CHANGED,
        subject_kind="organisation",
        subject_id=person.organisation_id,
        organisation_id=person.organisation_id,
        actor=actor,
        payload={"what": what, "person": person.pk, **payload},
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
