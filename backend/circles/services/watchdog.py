"""Finding what was forgotten. With timers in Postgres nothing should be; that is why somebody looks."""

import logging
from datetime import datetime, timedelta

from backend.circles.domain import schedule
from backend.circles.domain.tally import Status, count
from backend.circles.models import Circle, PaperList, Round
from backend.circles.selectors import accounting
from backend.circles.selectors.settings import zone_of
from backend.circles.services import life, outage, paper, planning
from backend.circles.services import stuck as stuck_rounds
from backend.events.models import Lane, Timer
from backend.events.running import poisoned
from backend.events.services import set_timer
from backend.incidents.models import Incident
from backend.incidents.services import escalating
from backend.notifications.running import poisoned as poisoned_messages
from backend.people.models import Organisation

log = logging.getLogger(__name__)

FORGOTTEN_AFTER = timedelta(minutes=2)
"""A round or incident whose timer is missing for so long (product's clock) is looked at again."""


def watch(now: datetime) -> int:
    """Set going what has no timer, and count who is unaccounted for; returns that number."""
    _wake_rounds(now)
    _wake_circles(now)
    _wake_incidents(now)
    stuck_rounds.watch(now)
    if outage.watch(now) is not None:
        paper.stand_still(PaperList.Reason.CARRIER, now)
    unaccounted = sum(_unaccounted(organisation, now) for organisation in Organisation.objects.all())
    stuck = poisoned() | poisoned_messages()
    if unaccounted:
        log.error("%s members are unaccounted for. Open the today board, or run: manage.py tally", unaccounted)
    if any(stuck.values()):
        log.error("Work fails again and again: %s. See the operator's pages.", stuck)
    return unaccounted


def _wake_rounds(now: datetime) -> None:
    """Rounds that should be going on, but that nothing would look at."""
    timed = Timer.objects.filter(kind=planning.TIMER).values("subject_id")
    due = Round.with_practice.exclude(state=Round.State.CLOSED).filter(planned_start__lte=now - FORGOTTEN_AFTER)
    for round_id in due.exclude(pk__in=timed).values_list("pk", flat=True):
        log.error("Round %s had no timer; it is looked at now.", round_id)
        set_timer(kind=planning.TIMER, subject_id=round_id, due_at=now, lane=Lane.LIVE)


def _wake_circles(now: datetime) -> None:
    """Pauses that are over, and that nothing would end."""
    timed = Timer.objects.filter(kind=life.TIMER).values("subject_id")
    asleep = Circle.objects.filter(status=Circle.Status.PAUSED, paused_until__lt=now.date()).exclude(pk__in=timed)
    for circle_id in asleep.values_list("pk", flat=True):
        log.error("The pause of circle %s had no timer; it is looked at now.", circle_id)
        set_timer(kind=life.TIMER, subject_id=circle_id, due_at=now, lane=Lane.LIVE)


def _wake_incidents(now: datetime) -> None:
    """Open incidents that nothing would make louder."""
    timed = Timer.objects.filter(kind=escalating.TIMER).values("subject_id")
    silent = Incident.objects.exclude(state=Incident.State.CLOSED).exclude(pk__in=timed)
    for incident_id in silent.values_list("pk", flat=True):
        log.error("Incident %s had no timer; it is looked at now.", incident_id)
        set_timer(kind=escalating.TIMER, subject_id=incident_id, due_at=now, lane=Lane.ALARM)


def _unaccounted(organisation: Organisation, now: datetime) -> int:
    """How many of an organisation's members nobody can account for today."""
    try:
        return _count_unaccounted(organisation, now)
    except Exception:
        log.exception("Organisation %s could not be counted; the others are.", organisation.pk)
        return 1


def _count_unaccounted(organisation: Organisation, now: datetime) -> int:
    circle = Circle.objects.filter(organisation=organisation).select_related("organisation").first()
    if circle is None:
        return 0
    today = schedule.local_date(now, zone_of(circle))
    return count(accounting.day_lines(today, [organisation], now))[Status.UNACCOUNTED]
