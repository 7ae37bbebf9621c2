"""Keeping the figures of months that are over, before the rows that they were counted from may go."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Min

from backend.common.figures import next_month
from backend.meals.models import DinnerFigures, Evening, TurnedAway
from backend.meals.selectors.figures import counted
from backend.people.models import Organisation
from backend.people.selectors import local_date


@transaction.atomic
def keep_until(organisation: Organisation, until: date, now: datetime) -> date:
    """Keep the figures of every month that is over by the local date `until`; returns the first day not kept yet.

    Only what lies before that day may be removed. A month that was kept is never counted again: its rows may have gone
    in part.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    limit = min(until, local_date(organisation, now)).replace(day=1)
    month = _first_month(organisation)
    kept = set(DinnerFigures.objects.filter(organisation=organisation).values_list("month", flat=True))
    while month is not None and month < limit:
        if month not in kept:
            _keep(organisation, month, now)
        month = next_month(month)
    return limit


def _keep(organisation: Organisation, month: date, now: datetime) -> None:
    found = counted(organisation, month)
    rows = [(None, found.total), *((int(key), counts) for key, counts in found.restos.items())]
    DinnerFigures.objects.bulk_create(
        DinnerFigures(organisation=organisation, resto_id=resto, month=month, counts=dict(counts), frozen_at=now)
        for resto, counts in rows
    )


def _first_month(organisation: Organisation) -> date | None:
    held = Evening.objects.filter(resto__organisation=organisation).aggregate(first=Min("date"))["first"]
    asked = TurnedAway.objects.filter(resto__organisation=organisation).aggregate(first=Min("at"))["first"]
    days = [day for day in (held, asked and local_date(organisation, asked)) if day is not None]
    return min(days).replace(day=1) if days else None
