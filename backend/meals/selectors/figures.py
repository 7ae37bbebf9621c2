"""Counting what was eaten at the restos in a month: from rows, or from what was kept of it when they went."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, IntegerField, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce

from backend.common.figures import Counts, next_month
from backend.events.models import Event
from backend.meals.domain.figures import BOOKED, CENTS, INCOME, NO_SHOW, TARIFF, UNMET
from backend.meals.models import (
    CrewHours,
    CrewPlace,
    DinnerFigures,
    Evening,
    EveningCount,
    MealPayment,
    Reservation,
    Resto,
    Tariff,
    TurnedAway,
)
from backend.meals.selectors.newcomers import CAME_BEFORE
from backend.people.models import Organisation
from backend.people.months import span_of
from backend.people.selectors import local_date

Tally = dict[str, Counter[str]]
"""Counts by the key of the resto as text."""

CAME = Coalesce("arrived_covers", 0)


@dataclass(frozen=True)
class Month:
    """The counts of a month: by resto (its key as text), and of all together."""

    first: date
    restos: Mapping[str, Counts]
    total: Counts


def month_of(organisation: Organisation, first: date) -> Month:
    """The counts of the month that begins on `first` (local)."""
    kept = list(DinnerFigures.objects.filter(organisation=organisation, month=first))
    if not kept:
        return counted(organisation, first)
    restos = {str(one.resto_id): one.counts for one in kept if one.resto_id is not None}
    return Month(first, restos, next((one.counts for one in kept if one.resto_id is None), {}))


def counted(organisation: Organisation, first: date) -> Month:
    """The same, counted from rows. A constant number of queries."""
    tally: Tally = defaultdict(Counter)
    for pk in Resto.objects.filter(organisation=organisation).values_list("pk", flat=True):
        tally[str(pk)] = Counter()
    month = Evening.objects.filter(resto__organisation=organisation, date__gte=first, date__lt=next_month(first))
    held = month.filter(state__in=(Evening.State.OPEN, Evening.State.CLOSED))
    guests = Reservation.objects.filter(evening__in=held, state=Reservation.State.RESERVED)
    _count_evenings(tally, month, held)
    _count_guests(tally, guests)
    _count_crew(tally, held)
    _count_kitchen(tally, held)
    _count_money(tally, held)
    _count_turned_away(tally, organisation, first)
    _count_waiting(tally, month)
    total: Counter[str] = Counter()
    for counts in tally.values():
        total.update(counts)
    total["people"] = guests.filter(arrived_at__isnull=False).values("person").distinct().count()
    return Month(first, {key: dict(counts) for key, counts in tally.items()}, dict(total))


def _count_evenings(tally: Tally, month: "QuerySet[Evening]", held: "QuerySet[Evening]") -> None:
    off = month.filter(state=Evening.State.CANCELLED)
    for resto, count in off.order_by().values_list("resto").annotate(n=Count("pk")):
        tally[str(resto)]["evenings_cancelled"] += count
    for resto, count, chairs, speakers in (
        held.order_by().values_list("resto").annotate(n=Count("pk"), chairs_=Sum("chairs"), speakers_=Sum("speakers"))
    ):
        counts = tally[str(resto)]
        counts["evenings_held"] += count
        counts["chairs_offered"] += chairs
        counts["chairs_used"] += speakers


def _count_guests(tally: Tally, guests: "QuerySet[Reservation]") -> None:
    """Who came is counted by head; of a party of which fewer came, the others stayed away."""
    sums = (
        guests.order_by()
        .values("evening__resto")
        .annotate(
            came=Sum(CAME),
            people=Count("person", distinct=True, filter=Q(arrived_at__isnull=False)),
        )
    )
    for row in sums:
        counts = tally[str(row["evening__resto"])]
        counts["covers"] += row["came"] or 0
        counts["chairs_used"] += row["came"] or 0
        counts["people"] += row["people"]
    first = guests.filter(~CAME_BEFORE, arrived_at__isnull=False).order_by()
    for resto, people in first.values_list("evening__resto").annotate(n=Count("person", distinct=True)):
        tally[str(resto)]["first_timers"] += people
    booked = guests.exclude(way=Reservation.Way.WALK_IN).order_by().values("evening__resto", "way")
    for by_way in booked.annotate(booked=Sum("covers"), away=Sum(F("covers") - CAME, filter=Q(covers__gt=CAME))):
        counts, way, away = tally[str(by_way["evening__resto"])], by_way["way"], by_way["away"] or 0
        counts["booked"] += by_way["booked"]
        counts[f"{BOOKED}{way}"] += by_way["booked"]
        counts["no_shows"] += away
        if away:
            counts[f"{NO_SHOW}{way}"] += away


def _count_crew(tally: Tally, held: "QuerySet[Evening]") -> None:
    """Hours of who came, until they left; of who did not say when, until the evening was over.

    Also of who was replaced; the chair is counted once, whoever had it.
    """
    places = CrewPlace.objects.filter(evening__in=held, came_at__isnull=False).select_related("evening")
    for place in places:
        counts, evening = tally[str(place.evening.resto_id)], place.evening
        assert place.came_at is not None
        left = place.left_at or min(evening.closed_at or evening.ends_at, evening.ends_at)
        counts["crew_minutes"] += max(0, round((left - place.came_at).total_seconds() / 60))
        counts["chairs_used"] += place.eats
    left_empty = set()
    for before in CrewHours.objects.filter(evening__in=held).select_related("evening", "place"):
        counts, theirs = tally[str(before.evening.resto_id)], before.place
        counts["crew_minutes"] += round((before.left_at - before.came_at).total_seconds() / 60)
        if theirs is not None and theirs.came_at is None and theirs.pk not in left_empty:
            left_empty.add(theirs.pk)
            counts["chairs_used"] += theirs.eats


def _count_kitchen(tally: Tally, held: "QuerySet[Evening]") -> None:
    counted = EveningCount.objects.filter(evening__in=held).order_by().values_list("evening__resto")
    for resto, cooked, left in counted.annotate(cooked_=Sum("cooked"), left_=Sum("left")):
        tally[str(resto)]["portions_cooked"] += cooked
        tally[str(resto)]["portions_left"] += left


def _count_money(tally: Tally, held: "QuerySet[Evening]") -> None:
    paid = MealPayment.objects.filter(reservation__evening__in=held).order_by()
    rows = paid.values_list("reservation__evening__resto", "tariff").annotate(n=Sum("covers"), sum=Sum("cents"))
    for resto, tariff, covers, cents in rows:
        counts = tally[str(resto)]
        counts[INCOME] += cents
        counts[f"{TARIFF}{tariff}"] += covers
        counts[f"{CENTS}{tariff}"] += cents


def _count_turned_away(tally: Tally, organisation: Organisation, first: date) -> None:
    begin, end = span_of(organisation, first)
    asked = TurnedAway.objects.filter(resto__organisation=organisation, at__gte=begin, at__lt=end).order_by()
    for resto, reason, covers in asked.values_list("resto", "reason").annotate(n=Sum("covers")):
        tally[str(resto)]["unmet"] += covers
        tally[str(resto)][f"{UNMET}{reason}"] += covers


def _count_waiting(tally: Tally, month: "QuerySet[Evening]") -> None:
    """Parties that were put on a waiting list, and those of them that got their chairs."""
    events = Event.objects.filter(kind="meals.waiting", subject_kind="evening", subject_id__in=month.values("pk"))
    waited = events.annotate(party=Cast("payload__reservation", IntegerField())).values("party")
    rows = Reservation.objects.filter(pk__in=waited).order_by().values_list("evening__resto")
    seated = Count("pk", filter=Q(state=Reservation.State.RESERVED))
    for resto, parties, got in rows.annotate(n=Count("pk"), got=seated):
        tally[str(resto)]["waited"] += parties
        tally[str(resto)]["waited_seated"] += got


def months(organisation: Organisation, now: datetime, *, only_over: bool) -> list[date]:
    """Months with evenings, the latest first; `only_over`: what changes every day could tell who ate today."""
    this = local_date(organisation, now).replace(day=1)
    held = Evening.objects.filter(resto__organisation=organisation).dates("date", "month")
    found = {day.replace(day=1) for day in held if day <= this} | {this}
    return sorted((first for first in found if first < this or not only_over), reverse=True)


def resto_names(organisation: Organisation) -> dict[str, str]:
    """Names of restos by key."""
    return {str(one.pk): one.name for one in Resto.objects.filter(organisation=organisation)}


def tariff_names(organisation: Organisation) -> dict[str, str]:
    """Names of tariffs by key; with that of the resto, where there are several."""
    rows = list(Tariff.objects.filter(resto__organisation=organisation).select_related("resto"))
    several = len({row.resto_id for row in rows}) > 1
    return {str(row.pk): f"{row.name} ({row.resto.name})" if several else row.name for row in rows}
