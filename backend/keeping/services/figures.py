"""Counting a day into its month, once, before anything of that day may go."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Min, Q

from backend.circles.models import Round, Seat
from backend.incidents.models import Incident, IncidentMember
from backend.keeping.models import Counted, MonthlyFigure
from backend.notifications.models import Attempt
from backend.people.models import Organisation
from backend.people.selectors import zone_of

DAYS_AT_ONCE = 400
"""In one run: who starts counting late catches up over several."""


def count_up_to(organisation: Organisation, now: datetime) -> datetime:
    """Count each whole local day that is over; returns the instant (UTC) up to which all is counted.

    Each day counts once, however often and by however many this is run.
    """
    zone = zone_of(organisation)
    today = now.astimezone(zone).date()
    with transaction.atomic():
        counted, is_new = Counted.objects.select_for_update().get_or_create(
            organisation=organisation, defaults={"until": today}
        )
        if is_new:
            counted.until = _first_day(organisation, zone) or today
        for _day in range(DAYS_AT_ONCE):
            if counted.until >= today:
                break
            _add(organisation, counted.until, zone)
            counted.until += timedelta(days=1)
        counted.save()
    return datetime.combine(counted.until, time(), zone)


def _first_day(organisation: Organisation, zone: ZoneInfo) -> date | None:
    rounds = Round.objects.filter(circle__organisation=organisation).aggregate(first=Min("date"))["first"]
    moments = [
        Attempt.objects.filter(organisation=organisation).aggregate(first=Min("created_at"))["first"],
        Incident.objects.filter(organisation=organisation).aggregate(first=Min("opened_at"))["first"],
    ]
    days = [moment.astimezone(zone).date() for moment in moments if moment is not None]
    return min([*days, *([rounds] if rounds else [])], default=None)


def _add(organisation: Organisation, day: date, zone: ZoneInfo) -> None:
    for name, value in figures_of(organisation, day, zone).items():
        figure, _made = MonthlyFigure.objects.get_or_create(
            organisation=organisation, month=day.replace(day=1), name=name
        )
        MonthlyFigure.objects.filter(pk=figure.pk).update(value=F("value") + value)


def figures_of(organisation: Organisation, day: date, zone: ZoneInfo) -> dict[str, int]:
    """What happened on a local date: mornings, members, calls, texts, cases and how they ended."""
    begin = datetime.combine(day, time(), zone)
    span = (begin, datetime.combine(day + timedelta(days=1), time(), zone))
    held = Round.objects.filter(circle__organisation=organisation, date=day, state=Round.State.CLOSED).exclude(
        closed_how=Round.ClosedHow.NOT_HELD
    )
    found = Counter({"rounds": held.count()})
    attempts = Attempt.objects.filter(organisation=organisation, created_at__gte=span[0], created_at__lt=span[1])
    opened = Incident.objects.filter(organisation=organisation, opened_at__gte=span[0], opened_at__lt=span[1])
    ended = IncidentMember.objects.filter(
        ~Q(outcome=""), incident__organisation=organisation, outcome_at__gte=span[0], outcome_at__lt=span[1]
    )
    for name, codes in (
        ("members", Seat.objects.filter(round__in=held).values_list("standing", flat=True)),
        ("attempts", attempts.values_list("kind", flat=True)),
        ("cases", opened.values_list("kind", flat=True)),
        ("outcome", ended.values_list("outcome", flat=True)),
    ):
        found.update(f"{name}:{code}" for code in codes)
    return {name: value for name, value in found.items() if value}
