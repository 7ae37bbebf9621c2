"""The demo: a sample organisation with a circle of eight, and a fresh morning to watch at every start."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from backend.circles.domain import schedule
from backend.circles.models import Circle, Round, Seat
from backend.circles.services import calls, planning
from backend.circles.services.demo_town import RESIDENTS, SETUP
from backend.circles.services.setting_up import set_up, slug_of
from backend.circles.services.state import locked_round
from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events import clock
from backend.events.models import Event
from backend.events.services import cancel_timer
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import claiming, closing
from backend.notifications.carriers import accounts, sender
from backend.notifications.models import Attempt
from backend.notifications.services import reporting
from backend.people.models import Organisation, Role, User
from backend.people.services.registering import give_role

USER, PASSWORD = "coordinator", "rondje-demo"

RATE = 20.0
"""Scenario seconds per second."""

AHEAD = 30.0
"""Real seconds between a start of the demo and the beginning of its morning: until then all parts must be at work."""

AHEAD_OF_TIME = timedelta(seconds=AHEAD * RATE)
"""The same on the demo's clock."""

BY_DEMO = Actor(who="system", channel="command")


@dataclass(frozen=True)
class DemoMorning:
    """A morning that is about to begin at the instant `starts_at` (UTC), on the local date `day`."""

    circle: Circle
    day: date
    starts_at: datetime


@transaction.atomic
def prepare_morning() -> DemoMorning:
    """Make what is missing, put away what an earlier start left unfinished, and stop the clock just before a morning.

    The morning is that of the next date on which the circle has not gone round; in a new demo it is today's. Call it
    while no worker runs: the clock has run on since the last stop, and whoever looked at it would find mornings on
    which nobody was rung. Raises RondjeError outside a demo.
    """
    if not settings.RONDJE_DEMO:
        raise RondjeError("The demo sets the clock and a known password; it is refused elsewhere (RONDJE_DEMO).")
    circle = _circle()
    day = _first_day(clock.now()) if circle is None else _next_day(circle)
    starts_at = _starts_at(day, SETUP.circle.start if circle is None else circle.start_time)
    begin = starts_at - AHEAD_OF_TIME
    clock.set_clock(virtual=begin, rate=0)
    if circle is None:
        circle = set_up(SETUP, day=day, now=begin)
    else:
        _put_away(circle.organisation, begin)
    planning.plan(begin)
    _staff(circle.organisation)
    return DemoMorning(circle=circle, day=day, starts_at=starts_at)


def let_time_go(morning: DemoMorning) -> None:
    """From here on time runs: until then it stood still, however long it took to make what else there is."""
    clock.set_clock(virtual=morning.starts_at - AHEAD_OF_TIME, rate=RATE)


def town_of(morning: DemoMorning) -> dict[str, Any]:
    """What the simulated town is told, by path of its control API, in this order."""
    begin = morning.starts_at - timedelta(seconds=AHEAD * RATE)
    organisation = morning.circle.organisation
    anchor = clock.anchor()
    return {
        "clock": {"real": anchor.real.timestamp(), "virtual": anchor.virtual.timestamp(), "rate": anchor.rate},
        "day": {"start": begin.timestamp(), "date": morning.day.isoformat(), "timezone": organisation.timezone},
        **{
            f"numbers?account={account}": [
                {
                    "number": sender(account) or organisation.phone,
                    "name": morning.circle.name,
                    "voice_url": f"{settings.RONDJE_PUBLIC_URL}/carrier/inbound/voice",
                    "sms_url": f"{settings.RONDJE_PUBLIC_URL}/carrier/inbound/text",
                }
            ]
            for account in accounts()
        },
        "residents": RESIDENTS,
    }


def _circle() -> Circle | None:
    found = Circle.objects.filter(organisation__slug=slug_of(SETUP.organisation.name))
    return found.select_related("organisation").order_by("pk").first()


def _first_day(now: datetime) -> date:
    return schedule.local_date(now, ZoneInfo(SETUP.organisation.timezone))


def _next_day(circle: Circle) -> date:
    begun = circle.rounds.exclude(state=Round.State.PLANNED).aggregate(last=Max("date"))["last"]
    day = begun + timedelta(days=1) if begun else _first_day(clock.now())
    happened = Event.objects.aggregate(last=Max("recorded_at"))["last"]
    # Who stopped just before a morning has had its first minutes: time never goes back behind what happened.
    if happened is None or happened <= _starts_at(day, circle.start_time) - AHEAD_OF_TIME:
        return day
    return max(day, _first_day(happened) + timedelta(days=1))


def _starts_at(day: date, start: time) -> datetime:
    return schedule.instant(day, start, ZoneInfo(SETUP.organisation.timezone))


def _put_away(organisation: Organisation, now: datetime) -> None:
    """End what was going on when the demo was last stopped: the town has forgotten its calls, and nobody waits."""
    running = Round.with_practice.filter(circle__organisation=organisation, state=Round.State.RUNNING)
    for round_id in running.values_list("pk", flat=True):
        _break_off(locked_round(round_id), now)
    unclosed = Incident.objects.filter(organisation=organisation).exclude(state=Incident.State.CLOSED)
    for incident_id in unclosed.values_list("pk", flat=True):
        closing.record_outcome(
            claiming.locked(incident_id),
            member_id=None,
            outcome=Outcome.FALSE_ALARM,
            actor=BY_DEMO,
            name="make run",
            now=now,
        )
    for attempt in Attempt.objects.filter(organisation=organisation, state__in=Attempt.LIVE):
        reporting.apply(attempt.pk, state=Attempt.State.FAILED, sid="", error_code="demo ended", now=now)


def _break_off(round_: Round, now: datetime) -> None:
    round_.seats.filter(standing=Seat.Standing.EXPECTED).update(
        standing=Seat.Standing.EXCUSED, how="demo_ended", at=now, next_try_at=None
    )
    round_.state, round_.closed_how, round_.closed_at = Round.State.CLOSED, Round.ClosedHow.NOT_HELD, now
    round_.save(update_fields=["state", "closed_how", "closed_at"])
    calls.call_off(round_, now)
    cancel_timer(kind=planning.TIMER, subject_id=round_.pk)


def _staff(organisation: Organisation) -> None:
    """The user whom the demo's sign-in is for. The password is set anew, so that what is printed holds."""
    user, _made = User.objects.get_or_create(username=USER)
    user.set_password(PASSWORD)
    user.save()
    for kind in (Role.Kind.COORDINATOR, Role.Kind.OPERATOR):
        give_role(user, organisation, kind)
