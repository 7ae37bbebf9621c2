"""The end of an evening, read from rows: who stayed away, the till, and evenings that nobody closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, Sum

from backend.meals.domain.standing import holds_on
from backend.meals.domain.staying_away import REGULAR_WITHIN, is_regular
from backend.meals.models import CrewHours, CrewPlace, Evening, EveningCount, MealPayment, Reservation, Standing
from backend.people.models import Consent, Organisation, Person
from backend.people.selectors import consent_in_force, local_date


@dataclass(frozen=True)
class Till:
    """Payments of an evening, in euro cents; `counted` is None until somebody has counted what is in the till."""

    cash: int
    card: int
    counted: int | None

    @property
    def difference(self) -> int | None:
        """More than was paid in cash is positive."""
        return None if self.counted is None else self.counted - self.cash


def stayed_away(evening: Evening) -> "QuerySet[Reservation]":
    """Who had chairs and did not come."""
    return evening.reservations.filter(state=Reservation.State.RESERVED, arrived_at=None)


def till_of(evening: Evening) -> Till:
    """What should be in the till, and what is."""
    paid = MealPayment.objects.filter(reservation__evening=evening)
    by_way = dict(paid.values_list("way").annotate(sum=Sum("cents")).order_by())
    found = EveningCount.objects.filter(evening=evening).first()
    return Till(
        cash=by_way.get(MealPayment.Way.CASH, 0),
        card=by_way.get(MealPayment.Way.CARD, 0),
        counted=found.till_cents if found else None,
    )


def crew_there(evening: Evening) -> list[CrewPlace]:
    """Who has confirmed to help, by job."""
    places = evening.crew.filter(state=CrewPlace.State.CONFIRMED).select_related("person")
    return list(places.order_by("job", "number"))


def crew_before(evening: Evening) -> list[CrewHours]:
    """Who helped and does not any more, by job."""
    return list(evening.crew_hours.select_related("person").order_by("job", "came_at", "pk"))


def agreed_to_be_rung(person: Person) -> bool:
    """Whether somebody said that we may ring when they stay away, and has not taken it back."""
    return consent_in_force(person, Consent.Purpose.FOLLOW_UP) is not None


def was_regular(row: Reservation, evening: Evening) -> bool:
    """Whether whoever reserved comes every time (a standing reservation), or ate along often before this evening, at
    whichever resto of the organisation.
    """
    return row.way == Reservation.Way.STANDING or _comes_every_time(row, evening) or _came_often(row, evening)


def _comes_every_time(row: Reservation, evening: Evening) -> bool:
    theirs = Standing.objects.filter(person=row.person_id, series__resto__organisation=evening.resto.organisation_id)
    return any(holds_on(evening.date, one.first_day, one.last_day, one.paused_until) for one in theirs)


def _came_often(row: Reservation, evening: Evening) -> bool:
    came = Reservation.objects.filter(
        person=row.person_id,
        arrived_at__isnull=False,
        evening__resto__organisation=evening.resto.organisation_id,
        evening__date__gte=evening.date - REGULAR_WITHIN,
    )
    return is_regular(came.values_list("evening__date", flat=True), evening.date)


def unclosed(organisations: "Iterable[Organisation] | QuerySet[Organisation]", now: datetime) -> list[Evening]:
    """Evenings of days before today that nobody closed, the oldest first. `now` is UTC."""
    last: date = now.date()
    open_still = Q(state__in=(Evening.State.PLANNED, Evening.State.OPEN), date__lte=last, ends_at__lt=now)
    found = Evening.objects.filter(open_still, resto__organisation__in=organisations)
    found = found.select_related("resto__organisation").order_by("date", "pk")
    return [one for one in found if one.date < local_date(one.resto.organisation, now)]
