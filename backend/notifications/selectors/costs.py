"""What was rung and texted, by organisation, programme and month: one query over the attempts, however many."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Count, F, Func, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Ceil, Coalesce, Extract, TruncMonth

from backend.notifications.domain.costs import Prices, Use, amount, cost
from backend.notifications.models import Attempt
from backend.people.models import Organisation
from backend.people.selectors import zone_of

SORT = Case(
    When(kind=Attempt.Kind.TEXT, then=Value("text")),
    When(kind=Attempt.Kind.INBOUND, then=Value("inbound")),
    When(Q(line__startswith="+31") & ~Q(line__startswith="+316"), then=Value("landline")),
    default=Value("mobile"),
    output_field=CharField(),
)

SECONDS = Coalesce(F("seconds"), Cast(Extract(F("ended_at") - F("answered_at"), "epoch"), IntegerField()), Value(0))
"""The carrier's own count; ours from answer to end where it said nothing."""

PROGRAMME = Func(F("host"), Value("."), Value(1), function="SPLIT_PART", output_field=CharField())


def months(organisation: Organisation, now: datetime, *, back: int = 12) -> dict[date, list[Use]]:
    """What was used in each of the last months, this one included, the newest first. Months are local."""
    zone = zone_of(organisation)
    first = _month_start(now, zone)
    for _again in range(back):
        first = _month_start(first - timedelta(days=1), zone)
    asked = _asked().filter(organisation=organisation, created_at__gte=first)
    rows = _grouped(asked.annotate(month=TruncMonth("created_at", tzinfo=zone)), "month")
    found: dict[date, list[Use]] = {}
    for month, use in rows:
        found.setdefault(month.astimezone(zone).date(), []).append(use)
    return dict(sorted(found.items(), reverse=True))


def spent_this_month(organisations: Iterable[Organisation], now: datetime) -> dict[int, Decimal]:
    """What each organisation has spent since its local month began, in euros, by its own prices. One query."""
    known = {one.pk: one for one in organisations}
    since = Q(pk=None)
    for one in known.values():
        since |= Q(organisation=one, created_at__gte=_month_start(now, zone_of(one)))
    spent = dict.fromkeys(known, Decimal(0))
    for pk, use in _grouped(_asked().filter(since), "organisation_id"):
        spent[pk] += cost(use, prices_of(known[pk]))
    return spent


def prices_of(organisation: Organisation) -> Prices:
    """An organisation's own prices."""
    return Prices.of(organisation.settings.get("prices", {}))


def budget_of(organisation: Organisation) -> Decimal | None:
    """Euros a month, or None when nobody has set any."""
    return amount(organisation.settings.get("budget"))


def _asked() -> "QuerySet[Attempt]":
    """What the carrier took or brought: of what it never accepted nothing is billed."""
    return Attempt.objects.filter(~Q(sid="") | Q(kind=Attempt.Kind.DIALLED))


def _grouped(attempts: "QuerySet[Attempt]", by: str) -> list[tuple[Any, Use]]:
    rows = (
        attempts.annotate(programme=PROGRAMME, sort=SORT, lasted=SECONDS)
        .order_by()
        .values_list(by, "programme", "sort")
        .annotate(
            number=Count("pk"),
            minutes=Cast(Sum(Ceil(F("lasted") / 60.0), default=0.0), IntegerField()),
            used=Sum("segments", default=0),
        )
    )
    return [(key, Use(*values)) for key, *values in rows]


def _month_start(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
