"""Guests who come every Tuesday, and what somebody does not eat every time."""

from datetime import date, timedelta

from backend.events import clock
from backend.meals.models import Evening, Standing
from backend.meals.services import guests, standing
from backend.meals.services.guests import Diet
from backend.people.models import Consent, Person
from backend.people.services import consents
from tests.support.restos import MANAGER, TUESDAY, Table, a_series

NEXT = TUESDAY + timedelta(weeks=1)


def a_tuesday(table: Table, day: date = TUESDAY, **more: object) -> Evening:
    """A dinner of the series of Tuesdays."""
    return table.evening(day, series=a_series(table.resto), **more)


def begins(table: Table, name: str, covers: int = 1) -> Standing:
    """From now on they come every Tuesday."""
    return standing.begin(
        person=table.guest(name),
        series=a_series(table.resto),
        covers=covers,
        first_day=TUESDAY,
        actor=MANAGER,
        now=clock.now(),
    )


def keeps(person: Person, diet: Diet) -> None:
    """With consent, what somebody does not eat every time."""
    now = clock.now()
    consents.give(person=person, purpose=Consent.Purpose.DIET, given_at=now, how="call", actor=MANAGER, now=now)
    guests.keep_diet(person, diet, actor=MANAGER)
