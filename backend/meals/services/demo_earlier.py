"""The demo's dinners before the first that is played: who came, who helped, and what was left.

Rows only: they are over, so nobody is told of them and no timer is set.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from backend.common import recurrence
from backend.meals.domain.setup import EveningSetup, ReservedSetup
from backend.meals.models import CrewPlace, Evening, EveningCount, EveningSeries, MealPayment, Reservation
from backend.meals.selectors.series import moments_of
from backend.meals.services.planning import set_moments
from backend.meals.services.setting_up import BY_COMMAND, Made, party_of

HELD = 2
"""How many evenings there were."""

NEWCOMERS = {"Mien de Graaf", "Leo Timmer", "Dora Kuipers"}
"""Who were at none of them: tonight is their first."""

STAYED_AWAY = {"Cor Wieringa"}
"""Who had a chair at the last of them and did not come."""

PORTIONS_LEFT = 3
CREW_COMES_EARLIER = timedelta(hours=2)
GUESTS_COME_LATER = timedelta(minutes=10)


def hold_earlier_dinners(made: Made, tonight: EveningSetup, *, day: date) -> list[Evening]:
    """The last evenings of the resto's series before `day` (local), with tonight's crew and guests.

    Runs in a transaction. Raises RuleError for a series whose rule cannot be read.
    """
    series = made.resto.series.get()
    since = day - timedelta(weeks=2)
    days = list(recurrence.dates(series.rule, since, since, day - timedelta(days=1)))[-HELD:]
    return [_held(made, series, tonight, on, away=STAYED_AWAY if on == days[-1] else set()) for on in days]


def _held(made: Made, series: EveningSeries, tonight: EveningSetup, on: date, *, away: set[str]) -> Evening:
    evening = Evening(resto=made.resto, series=series, date=on, chairs=made.resto.chairs, state=Evening.State.CLOSED)
    set_moments(evening, moments_of(series, on))
    evening.pots_on_at, evening.opened_at, evening.closed_at = evening.doors_at, evening.doors_at, evening.ends_at
    evening.save()
    CrewPlace.objects.bulk_create(_crew(evening, made, tonight))
    guests = [one for one in tonight.reserved if one.guest not in NEWCOMERS]
    rows = Reservation.objects.bulk_create(
        [_reserved(evening, made, one, came=one.guest not in away) for one in guests]
    )
    paid = MealPayment.objects.bulk_create(_paid(evening, (row for row in rows if row.arrived_at is not None)))
    EveningCount.objects.create(
        evening=evening,
        cooked=evening.crew.count() + sum(row.covers for row in rows) + 1,
        left=PORTIONS_LEFT,
        till_cents=sum(one.cents for one in paid),
        at=evening.ends_at,
        by=BY_COMMAND.who,
    )
    return evening


def _crew(evening: Evening, made: Made, tonight: EveningSetup) -> list[CrewPlace]:
    return [
        CrewPlace(
            evening=evening,
            job=job,
            number=number,
            state=CrewPlace.State.CONFIRMED,
            person=made.people[name],
            came_at=evening.doors_at - CREW_COMES_EARLIER,
            left_at=evening.ends_at,
        )
        for job, names in tonight.crew.items()
        for number, name in enumerate(names)
    ]


def _reserved(evening: Evening, made: Made, setup: ReservedSetup, *, came: bool) -> Reservation:
    return Reservation(
        evening=evening,
        person=made.people[setup.guest],
        state=Reservation.State.RESERVED,
        covers=setup.covers,
        way=setup.way,
        party=party_of(evening, setup.party) if setup.party else None,
        reserved_at=evening.cutoff_at - timedelta(days=2),
        reserved_by=BY_COMMAND.who,
        arrived_at=evening.doors_at + GUESTS_COME_LATER if came else None,
        arrived_covers=setup.covers if came else None,
    )


def _paid(evening: Evening, came: Iterable[Reservation]) -> list[MealPayment]:
    """Everybody paid the first price of the resto, in cash."""
    tariff = evening.resto.tariffs.order_by("pk")[0]
    return [
        MealPayment(
            reservation=row,
            tariff=tariff,
            covers=row.covers,
            way=MealPayment.Way.CASH,
            cents=row.covers * tariff.cents,
            at=evening.doors_at + GUESTS_COME_LATER,
            by=BY_COMMAND.who,
        )
        for row in came
    ]
