"""Planning mornings ahead, and starting them: order, absences and policy are frozen at the start, not before."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from backend.circles.domain import schedule
from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import MorningPolicy
from backend.circles.models import Circle, Membership, Round, Seat
from backend.circles.selectors.excuses import Asked, excuses, may_ring_until
from backend.circles.selectors.members import chosen_times, everybody, expected_members
from backend.circles.selectors.settings import policy_of, scope_of, zone_of
from backend.circles.services import duty_watch, history, paper, spreading
from backend.common.actors import SYSTEM
from backend.common.clock import whole_seconds
from backend.events.models import Lane
from backend.events.services import set_timer
from backend.people.selectors import on_duty, usable_lines

TIMER = "circles.round"

log = logging.getLogger(__name__)

LOOK_BACK = timedelta(days=7)
"""So far back a missed day is still worth an incident of its own."""

DAYS_AHEAD = 1
"""Today and tomorrow are planned; more would only have to be changed again."""


def plan(now: datetime) -> int:
    """Plan the mornings of today and tomorrow for every active circle; returns how many were new.

    Any number of planners may run at once, any number of times: a round is unique per circle and local date.
    """
    _keep_watch(now)
    known = _planned(now)
    planned = 0
    active = Circle.objects.filter(status=Circle.Status.ACTIVE).annotate(
        latest=Max("rounds__date", filter=Q(rounds__practice=False))
    )
    for circle in active.select_related("organisation"):
        try:
            for day in _days_to_plan(circle, circle.latest, now):
                if not _is_settled(known.get((circle.pk, day)), circle, day):
                    planned += plan_day(circle, day, now)
        except Exception:
            log.exception("Circle %s could not be planned; the others are.", circle.pk)
    return planned


def _keep_watch(now: datetime) -> None:
    """Look ahead on rosters and starts. Whatever goes wrong there must not keep mornings from being planned."""
    try:
        duty_watch.keep_watch(now)
        spreading.keep_spreading(now)
    except Exception:
        log.exception("Rosters or starts could not be watched; mornings are planned all the same.")


def _days_to_plan(circle: Circle, latest: date | None, now: datetime) -> list[date]:
    """Today and tomorrow; and the days since the last round that a long downtime left without one.

    Those become incidents: nobody rang, and nobody knows how the members were.
    """
    today = schedule.local_date(now, zone_of(circle))
    first = today
    if latest is not None and latest < today:
        first = max(latest + timedelta(days=1), today - LOOK_BACK)
    return [first + timedelta(days=ahead) for ahead in range((today - first).days + DAYS_AHEAD + 1)]


def _planned(now: datetime) -> dict[tuple[int, date], tuple[datetime, str]]:
    """Start and state of what is planned around now, in one query: an idle planner shall cost nothing."""
    around = (now.date() - LOOK_BACK - timedelta(days=1), now.date() + timedelta(days=DAYS_AHEAD + 1))
    rows = Round.objects.filter(date__range=around).values_list("circle_id", "date", "planned_start", "state")
    return {(circle_id, day): (start, state) for circle_id, day, start, state in rows}


def _is_settled(known: tuple[datetime, str] | None, circle: Circle, day: date) -> bool:
    """Whether nothing is to be planned: the morning stands at its circle's start, or has begun and moves no more."""
    if known is None:
        return False
    start, state = known
    return state != Round.State.PLANNED or start == schedule.instant(day, circle.starts_at, zone_of(circle))


@transaction.atomic
def plan_day(circle: Circle, day: date, now: datetime) -> int:
    """Plan one circle's morning on a local date; 1 when it is new. A start time that was changed moves it."""
    if not schedule.goes_round(day, circle.weekdays, circle.first_day):
        return 0
    start = schedule.instant(day, circle.starts_at, zone_of(circle))
    round_, is_new = Round.objects.get_or_create(circle=circle, date=day, defaults={"planned_start": start})
    if is_new:
        set_timer(kind=TIMER, subject_id=round_.pk, due_at=start, lane=Lane.LIVE)
        paper.set_evening(round_, now)
        history.of_round(round_, "circles.round_planned", SYSTEM)
        return 1
    if round_.planned_start != start:
        round_ = Round.objects.select_for_update().get(pk=round_.pk)
        if round_.state == Round.State.PLANNED:
            round_.planned_start = start
            round_.save(update_fields=["planned_start"])
            set_timer(kind=TIMER, subject_id=round_.pk, due_at=max(start, now), lane=Lane.LIVE)
    return 0


def freeze(round_: Round, now: datetime) -> None:
    """Start the round: its order, absences, policy and volunteer are from here on its own. Under its lock."""
    circle = round_.circle
    policy = policy_of(circle)
    expected = _seat_members(round_, policy, now)
    volunteer = on_duty(scope_of(circle), round_.date)["primary"]
    round_.state = Round.State.RUNNING
    round_.mode = circle.mode
    round_.started_at = now
    if circle.mode == Mode.OWN_PHONE:
        # It began when it was planned to, whether or not we were there to see it.
        round_.check_in_at = schedule.deadline(round_.planned_start, expected=expected, policy=policy)
    latest = round_.seats.aggregate(latest=Max("not_before"))["latest"]
    base = max(now, round_.check_in_at or now, latest or now)
    round_.deadline_at = schedule.deadline(base, expected=expected, policy=policy)
    round_.policy = {"morning": policy.as_json()}
    round_.volunteer = volunteer
    round_.volunteer_state = {"lines": usable_lines(volunteer) if volunteer else []}
    round_.save()
    history.of_round(
        round_, "circles.round_started", SYSTEM, expected=expected, late=whole_seconds(now - round_.planned_start)
    )


def _seat_members(round_: Round, policy: MorningPolicy, now: datetime) -> int:
    """A seat for everybody who takes part on the round's date; returns how many are to be rung, the others excused.

    Who has no number that may be rung has a seat as well: the round opens a case for them instead of ringing.
    """
    members = everybody(round_.circle) if round_.practice else expected_members(round_.circle, round_.date)
    chosen = _chosen_times(round_, members, policy)
    members = sorted(members, key=lambda member: chosen.get(member.pk, round_.planned_start))
    excused = excuses(_asked(round_, members, policy, max(chosen.values(), default=now), now))
    expected = 0
    for position, member in enumerate(members, start=1):
        lines, excuse = usable_lines(member.person), excused.get(member.person_id)
        expected += excuse is None and bool(lines)
        Seat.objects.create(
            round=round_,
            person=member.person,
            position=position,
            lines=lines,
            can_ring=member.can_ring,
            ring_longer=member.person.ring_longer,
            not_before=chosen.get(member.pk),
            standing=Seat.Standing.EXCUSED if excuse else Seat.Standing.EXPECTED,
            how=excuse.how if excuse else "",
            at=(excuse.at or now) if excuse else None,
        )
    return expected


def _asked(round_: Round, members: list[Membership], policy: MorningPolicy, latest: datetime, now: datetime) -> Asked:
    """The morning as it begins now. Own telephones began when they were to: they need nobody to start them."""
    circle, start = round_.circle, round_.planned_start
    end = may_ring_until(circle.mode, start, expected=len(members), policy=policy, latest=max(latest, now))
    return Asked(circle, round_.date, start if circle.mode == Mode.OWN_PHONE else max(start, now), end, members)


def _chosen_times(round_: Round, members: list[Membership], policy: MorningPolicy) -> dict[int, datetime]:
    """When members chose to be rung, by membership. Nobody waits on a practice morning, which has a time of its own."""
    if round_.practice:
        return {}
    return chosen_times(round_.circle, round_.date, round_.planned_start, members, policy)
