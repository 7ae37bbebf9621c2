"""Mornings, and ends of pauses, that fail whenever they are looked at: what they cannot find out, people must."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from backend.circles.domain import failing
from backend.circles.domain.decisions import OpenUnclosed
from backend.circles.models import Circle, Round, Seat
from backend.circles.selectors.excuses import asked, excuses
from backend.circles.selectors.failing import failing_rounds
from backend.circles.selectors.members import expected_members
from backend.circles.services import cases, life, planning, state
from backend.events.claims import POISON_AFTER
from backend.events.models import Timer
from backend.incidents.models import Incident
from backend.people.models import Person

log = logging.getLogger(__name__)

REASON = "stuck"


def watch(now: datetime) -> None:
    """Open an incident for whatever has failed again and again, once. It is tried on and on all the same.

    Whatever is wrong, in its rows or in our code, the members are waiting for their telephone to ring. So are those
    for whom people were to be alerted, which failed.
    """
    _watch_mornings(now)
    _watch_pauses(now)


def _watch_mornings(now: datetime) -> None:
    due = Round.objects.exclude(state=Round.State.CLOSED).filter(
        pk__in=_failing(planning.TIMER), planned_start__lte=now
    )
    at_all = [(pk, _unknown) for pk in due.order_by("pk").values_list("pk", flat=True)]
    in_part = [(one.round_id, _without_a_case) for one in failing_rounds() if one.most_tries >= POISON_AFTER]
    for round_id, whom in [*at_all, *in_part]:
        try:
            with transaction.atomic():
                _open(round_id, whom, now)
        except Exception:
            log.exception("Round %s fails, and no incident could be opened for it.", round_id)


def _watch_pauses(now: datetime) -> None:
    """Members were told until when their circle does not go round: a circle that cannot be woken is a case."""
    asleep = Circle.objects.filter(pk__in=_failing(life.TIMER), status=Circle.Status.PAUSED, paused_until__isnull=False)
    for circle_id in asleep.order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                life.cannot_be_woken(circle_id, now)
        except Exception:
            log.exception("Circle %s cannot be woken, and no incident could be opened for it.", circle_id)


def _failing(kind: str) -> "QuerySet[Timer, Any]":
    return Timer.objects.filter(kind=kind, tries__gte=POISON_AFTER).values("subject_id")


def _open(round_id: int, whom: Callable[[Round], list[Person]], now: datetime) -> None:
    round_ = state.locked_round(round_id)
    known = Incident.objects.filter(cause=f"round:{round_.pk}:{REASON}").exists()
    if known or round_.state == Round.State.CLOSED:
        return
    people = whom(round_)
    if people:
        cases.open_case(round_, Incident.Kind.ROUND, people, cause=REASON, now=now, details={"reason": REASON})


def _without_a_case(round_: Round) -> list[Person]:
    """Members for whom people were to be alerted, which fails: alone, or with everybody of whom nothing is known."""
    failures = failing.from_json(round_.failing)
    keys = failing.without_a_case(failures)
    waiting = round_.seats.filter(standing=Seat.Standing.EXPECTED).select_related("person")
    if not any(key.startswith(OpenUnclosed.__name__) for key in failures):
        waiting = waiting.filter(pk__in=keys)
    return [seat.person for seat in waiting]


def _unknown(round_: Round) -> list[Person]:
    """Of whom nothing is known: of everybody who is expected, when the morning could not even begin."""
    if round_.state == Round.State.PLANNED:
        members = expected_members(round_.circle, round_.date)
        excused = excuses(asked(round_.circle, round_.date, members, start=round_.planned_start))
        return [member.person for member in members if member.person_id not in excused]
    waiting = round_.seats.filter(standing=Seat.Standing.EXPECTED).select_related("person")
    return [seat.person for seat in waiting]
