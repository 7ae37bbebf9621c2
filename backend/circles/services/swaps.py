"""Duties that change hands: asked of the others by text, taken by the first who says yes, on a page or by text."""

from datetime import date, datetime, timedelta

from django.db import transaction

from backend.circles import texts
from backend.circles.models import Circle
from backend.circles.selectors import duty as rosters
from backend.circles.selectors.settings import scope_of, zone_of
from backend.circles.services.duty_watch import roster_link, text
from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict, NotFound
from backend.events.models import Lane
from backend.events.services import cancel_timer, set_timer
from backend.people.domain.duty import swap_deadline
from backend.people.domain.short_days import short, with_weekday
from backend.people.domain.telephone import format_for_people
from backend.people.models import DutyShift, DutySwap, Person
from backend.people.selectors import absent_on, mobile_of, volunteers_of
from backend.people.services import duty, duty_links

TIMER = "circles.swap"

NEWS_LIVES = timedelta(days=2)
"""What became of a swap is worth telling for so long, but never after the duty."""


@transaction.atomic
def offer(
    circle: Circle, *, owner: Person, rank: DutyShift.Rank, day: date, actor: Actor, now: datetime
) -> tuple[DutySwap, int]:
    """`owner` asks the others of the circle's roster to take a duty over; returns the question and how many were asked.

    They are asked by text: who has no mobile is not asked. Raises Conflict when the morning has begun, when there is
    nobody to ask or they have been asked already, and NotAllowed when the duty is not theirs.
    """
    if rosters.starts(circle, day) <= now:
        raise Conflict("This morning has begun already. Ring the coordinator.")
    others = [person for person in candidates(circle, owner, day) if mobile_of(person) is not None]
    if not others:
        raise Conflict("There is nobody else on this roster whom we could ask. Ring the coordinator.")
    deadline = min(
        swap_deadline(day, now, rosters.duty_policy_of(circle.organisation), zone_of(circle)),
        rosters.starts(circle, day),
    )
    swap = duty.offer_swap(
        owner=owner,
        scope=scope_of(circle),
        rank=rank,
        day=day,
        deadline_at=deadline,
        asked=others,
        now=now,
        actor=actor,
    )
    set_timer(kind=TIMER, subject_id=swap.pk, due_at=deadline, lane=Lane.NOTICE)
    asked = sum(_ask(circle, swap, person, now) for person in others)
    return swap, asked


def candidates(circle: Circle, owner: Person, day: date) -> list[Person]:
    """Everybody of the circle's roster but the owner and those who are away that day."""
    people = [person for person in volunteers_of(scope_of(circle)) if person != owner]
    away = absent_on(day, [person.pk for person in people])
    return [person for person in people if person.pk not in away]


def _ask(circle: Circle, swap: DutySwap, person: Person, now: datetime) -> bool:
    body = texts.about_duty(
        circle.organisation,
        "asked",
        person.language,
        circle=circle.name,
        day=with_weekday(swap.date, person.language),
        short=short(swap.date, person.language),
        link=duty_links.make(person, now),
    )
    return text(circle.organisation, person, body, expires_at=swap.deadline_at)


@transaction.atomic
def take(swap_id: int, *, taker: Person, actor: Actor, now: datetime) -> DutySwap:
    """`taker` has the duty on that date; the owner and the others are told. Saying it twice changes nothing.

    Raises what `people.services.duty.take_swap` raises.
    """
    before = duty.locked_swap(swap_id).state
    swap = duty.take_swap(swap_id, taker=taker, now=now, actor=actor)
    if before != DutySwap.State.OPEN:
        return swap
    cancel_timer(kind=TIMER, subject_id=swap.pk)
    _tell(swap, swap.owner, "taken_over", now, name=taker.spoken_name)
    for person in _asked(swap):
        if person.pk != taker.pk:
            _tell(swap, person, "taken_by_other", now)
    return swap


@transaction.atomic
def withdraw(swap_id: int, *, actor: Actor, now: datetime) -> None:
    """The owner can be there after all; the others are told. A question that is over stays as it is."""
    if duty.end_swap(swap_id, DutySwap.State.WITHDRAWN, now=now, actor=actor):
        cancel_timer(kind=TIMER, subject_id=swap_id)
        swap = duty.locked_swap(swap_id)
        for person in _asked(swap):
            _tell(swap, person, "withdrawn", now)


def lapse(swap_id: int, now: datetime) -> None:
    """The timer's handler: nobody has taken it in time. The owner keeps it, and the coordinator is told."""
    swap = duty.locked_swap(swap_id)
    if swap.state == DutySwap.State.OPEN and now < swap.deadline_at:
        set_timer(kind=TIMER, subject_id=swap_id, due_at=swap.deadline_at, lane=Lane.NOTICE)
        return
    if not duty.end_swap(swap_id, DutySwap.State.LAPSED, now=now, actor=SYSTEM):
        return
    circle = circle_of(swap.scope)
    _tell(swap, swap.owner, "lapsed_owner", now)
    for person in rosters.coordinators(circle, now.astimezone(zone_of(circle)).date()):
        if person.pk != swap.owner_id:
            _tell(swap, person, "lapsed_coordinator", now, name=swap.owner.name)


def circle_of(scope: str) -> Circle:
    """The circle that a duty is for. Raises NotFound when it is for something else."""
    kind, _, pk = scope.partition(":")
    found = Circle.objects.filter(pk=pk).select_related("organisation").first() if kind == "circle" else None
    if found is None:
        raise NotFound("This duty is not for a telephone circle.")
    return found


def open_for(person: Person, now: datetime) -> list[DutySwap]:
    """The questions that somebody was asked and may still answer, the soonest duty first."""
    swaps = DutySwap.objects.filter(
        organisation_id=person.organisation_id,
        state=DutySwap.State.OPEN,
        deadline_at__gt=now,
        asked__contains=[person.pk],
    )
    return list(swaps.select_related("owner").order_by("date", "pk"))


def _asked(swap: DutySwap) -> list[Person]:
    return list(Person.objects.filter(pk__in=swap.asked).prefetch_related("phones").order_by("pk"))


def _tell(swap: DutySwap, person: Person, code: str, now: datetime, **names: str) -> None:
    circle = circle_of(swap.scope)
    body = texts.about_duty(
        circle.organisation,
        code,
        person.language,
        circle=circle.name,
        day=with_weekday(swap.date, person.language),
        phone=format_for_people(circle.organisation.duty_phone),
        link=roster_link(circle),
        **names,
    )
    useful_until = max(rosters.starts(circle, swap.date), now + timedelta(hours=1))
    text(circle.organisation, person, body, expires_at=min(now + NEWS_LIVES, useful_until))
