"""Keeping the figures of months that are over, before the rows that they were counted from may go."""

from datetime import date, datetime

from django.db import transaction

from backend.common.figures import next_month
from backend.people.models import Organisation
from backend.people.selectors import local_date
from backend.transport.models import MonthlyFigures, Trip, UnmetRequest
from backend.transport.selectors.figures import counted


@transaction.atomic
def keep_until(organisation: Organisation, until: date, now: datetime) -> date:
    """Keep the figures of every month that is over by the local date `until`; returns the first day not kept yet.

    Only what lies before that day may be removed. A month that was kept is never counted again: its rows may have gone
    in part.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    limit = min(until, local_date(organisation, now)).replace(day=1)
    first = _first_month(organisation)
    while first is not None and first < limit:
        if not MonthlyFigures.objects.filter(organisation=organisation, month=first).exists():
            _keep(organisation, first, now)
        first = next_month(first)
    return limit


def _keep(organisation: Organisation, first: date, now: datetime) -> None:
    found = counted(organisation, first)
    total = {name: value for name, value in found.total.items() if name != "costs_cents"}
    rows = [(None, total), *((int(key), counts) for key, counts in found.areas.items())]
    MonthlyFigures.objects.bulk_create(
        MonthlyFigures(organisation=organisation, area_id=area, month=first, counts=counts, frozen_at=now)
        for area, counts in rows
    )


def _first_month(organisation: Organisation) -> date | None:
    trip = Trip.objects.filter(organisation=organisation).order_by("date").values_list("date", flat=True).first()
    asked = UnmetRequest.objects.filter(organisation=organisation).order_by("at").values_list("at", flat=True).first()
    days = [day for day in (trip, asked and local_date(organisation, asked)) if day is not None]
    return min(days).replace(day=1) if days else None
