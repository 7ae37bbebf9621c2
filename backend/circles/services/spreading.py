"""Spreading the starts of circles when the carrier cannot start all at once. One plan for the whole installation."""

from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q

from backend.circles.domain.capacity import Account, Plan, Verdict, as_planned, spread
from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import policy_of
from backend.common.actors import SYSTEM
from backend.events.models import Lane, Timer
from backend.events.services import record, set_timer
from backend.notifications.models import CarrierAccount

TIMER = "circles.spread"
ALL = 1
"""The timer's subject: there is one plan."""

MOVED = "circles.start_moved"
"""The subject is the circle. Payload: minutes after (or before) its own start."""

DAILY = time(15, 0)
"""UTC: in the afternoon, long before and after any morning."""


def keep_spreading(now: datetime) -> None:
    """See that the plan is made. Called by planners, as often as they like."""
    if not Timer.objects.filter(kind=TIMER, subject_id=ALL).exists():
        set_timer(kind=TIMER, subject_id=ALL, due_at=now, lane=Lane.NOTICE)


def look(_subject_id: int, now: datetime) -> None:
    """The timer's handler: spread, and look again tomorrow."""
    known = plans()
    _apply(_verdict(known, account()), known)
    following = datetime.combine(now.date(), DAILY, UTC)
    set_timer(
        kind=TIMER,
        subject_id=ALL,
        due_at=following if following > now else following + timedelta(days=1),
        lane=Lane.NOTICE,
    )


def plans() -> list[tuple[Plan, Circle]]:
    """Every circle that goes round, as if all did so on the same day: a time that changed by the day would confuse."""
    members = Count("memberships", filter=Q(memberships__status=Membership.Status.ACTIVE))
    circles = Circle.objects.filter(status=Circle.Status.ACTIVE).select_related("organisation").annotate(n=members)
    return [
        (Plan(circle.pk, circle.start_time, circle.n, circle.mode, policy_of(circle).spread_minutes), circle)
        for circle in circles.order_by("pk")
    ]


def account() -> Account:
    """What the first carrier account takes."""
    row = CarrierAccount.objects.order_by("pk").first()
    return Account(row.calls_per_second, row.calls_at_once) if row else Account()


def verdict() -> Verdict:
    """When each circle starts, and which cannot be carried."""
    return _verdict(plans(), account())


def outlook() -> tuple[Account, Verdict, Verdict]:
    """The account; how it would do if every circle began at its own time; and how it does as they are spread."""
    known, has = plans(), account()
    return has, as_planned([plan for plan, _circle in known], has), _verdict(known, has)


def apply(found: Verdict) -> int:
    """Write down who starts later or earlier; planning moves rounds that have not begun. Returns how many changed."""
    return _apply(found, plans())


def _verdict(known: list[tuple[Plan, Circle]], has: Account) -> Verdict:
    current = {circle.pk: plan.minute + circle.shift_minutes for plan, circle in known}
    return spread([plan for plan, _circle in known], has, current)


@transaction.atomic
def _apply(found: Verdict, known: list[tuple[Plan, Circle]]) -> int:
    changed = 0
    for plan, circle in known:
        shift = found.starts.get(plan.key, plan.minute) - plan.minute
        if shift == circle.shift_minutes:
            continue
        # Somebody else may have spread since this was read: a move that is no news is not recorded.
        if not Circle.objects.filter(pk=circle.pk).exclude(shift_minutes=shift).update(shift_minutes=shift):
            continue
        changed += 1
        record(
            kind=MOVED,
            subject_kind="circle",
            subject_id=circle.pk,
            organisation_id=circle.organisation_id,
            actor=SYSTEM,
            payload={"minutes": shift},
        )
    return changed
