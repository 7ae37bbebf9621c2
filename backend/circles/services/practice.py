"""Practice mornings: planned by a coordinator, run like real ones, and without alarms."""

from dataclasses import replace
from datetime import date, datetime, time

from django.db import transaction

from backend.circles.domain import morning, practice, schedule
from backend.circles.domain.morning import VOLUNTEER, Morning, Standing
from backend.circles.models import Circle, Round
from backend.circles.scripts.facts import Fact, WantsCall, Worried
from backend.circles.scripts.words import say
from backend.circles.selectors.settings import zone_of
from backend.circles.services import history, planning
from backend.common.actors import Actor
from backend.common.errors import Conflict, RondjeError
from backend.events.models import Lane
from backend.events.services import cancel_timer, set_timer
from backend.notifications.domain.prompts import Answered, Ask, Heard, Prompt

PLANNED = "circles.practice_planned"
"""The subject is the round. Payload: its date."""

CALLED_OFF = "circles.practice_called_off"


@transaction.atomic
def plan(circle: Circle, day: date, at: time, *, now: datetime, actor: Actor) -> Round:
    """A practice morning on a local date, at a local wall time; one that was planned for that date is moved.

    Raises RondjeError for a time at which people may not be disturbed, Conflict when that date has had its practice.
    """
    zone = zone_of(circle)
    if why := why_not(circle, day, at, now):
        raise RondjeError(f"A practice morning cannot begin then ({why}).")
    Circle.objects.select_for_update(no_key=True).get(pk=circle.pk)
    start = schedule.instant(day, at, zone)
    round_, is_new = Round.with_practice.get_or_create(
        circle=circle, date=day, practice=True, defaults={"planned_start": start}
    )
    round_ = Round.with_practice.select_for_update(of=("self",)).get(pk=round_.pk)
    if round_.state != Round.State.PLANNED and not _was_called_off(round_):
        raise Conflict("This circle has practised on that day already. Choose another day.")
    if not is_new:
        round_.state, round_.closed_at, round_.closed_how = Round.State.PLANNED, None, ""
        round_.planned_start = start
        round_.save()
    set_timer(kind=planning.TIMER, subject_id=round_.pk, due_at=start, lane=Lane.LIVE)
    history.of_round(round_, PLANNED, actor, date=round_.date.isoformat())
    return round_


def why_not(circle: Circle, day: date, at: time, now: datetime) -> str:
    """Why a practice morning cannot begin then: a code of `domain.practice.refusal`, or ""."""
    is_active = circle.status == Circle.Status.ACTIVE
    goes_round = practice.has_a_morning(day, is_active=is_active, weekdays=circle.weekdays, first_day=circle.first_day)
    return practice.refusal(day, at, local_now=now.astimezone(zone_of(circle)), goes_round=goes_round)


@transaction.atomic
def call_off(circle: Circle, round_id: int, *, now: datetime, actor: Actor) -> None:
    """Nobody is rung: the practice that was planned is not held. Calling off again, or too late, changes nothing."""
    round_ = (
        Round.with_practice.select_for_update(of=("self",))
        .filter(pk=round_id, circle=circle, practice=True, state=Round.State.PLANNED)
        .first()
    )
    if round_ is None:
        return
    end_unheld(round_, now)
    history.of_round(round_, CALLED_OFF, actor, date=round_.date.isoformat())


def end_unheld(round_: Round, now: datetime) -> None:
    """Close a practice morning that does not begin."""
    round_.state, round_.closed_how, round_.closed_at = Round.State.CLOSED, Round.ClosedHow.NOT_HELD, now
    round_.save(update_fields=["state", "closed_how", "closed_at"])
    cancel_timer(kind=planning.TIMER, subject_id=round_.pk)


def may_begin(round_: Round, now: datetime) -> bool:
    """Whether it is held: not when it is late, nor when the circle has been closed meanwhile."""
    is_late = now > round_.planned_start + practice.STARTS_LATE_WITHIN
    return not is_late and round_.circle.status != Circle.Status.CLOSED


def noted(current: Morning, fact: Fact, now: datetime) -> Morning | None:
    """A worry, or a wish to be rung: for the coordinator's list. None for what is the same on any morning."""
    match fact:
        case Worried(seat=key):
            return current if key == VOLUNTEER else did_not_manage(current, key, "worried", now)
        case WantsCall(seat=key):
            return did_not_manage(current, key, "wants_call", now)
        case _:
            return None


def did_not_manage(current: Morning, key: int, how: str, now: datetime) -> Morning:
    """Noted for the coordinator, unless there is a real case: somebody has asked for help."""
    if current.member(key).standing is Standing.INCIDENT:
        return current
    return morning.did_not_manage(current, key, how=how, at=now)


def announced(round_: Round | None, heard: Heard, prompt: Prompt, language: str) -> Prompt:
    """The first thing that is said on a line: that this is practice."""
    if round_ is None or not round_.practice or not isinstance(heard, Answered) or not isinstance(prompt, Ask):
        return prompt
    return replace(prompt, text=f"{say('practice', language)} {prompt.text}")


def _was_called_off(round_: Round) -> bool:
    return round_.closed_how == Round.ClosedHow.NOT_HELD
