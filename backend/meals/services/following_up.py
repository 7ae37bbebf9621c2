"""The morning after: a regular who stayed away, and agreed to it, is rung by a person. Nobody else is."""

from datetime import datetime

from backend.meals.models import Evening, GuestCall, Reservation
from backend.meals.selectors.closing import agreed_to_be_rung, stayed_away, was_regular
from backend.meals.services import evenings
from backend.people import calls_to_make


def look(evening_id: int, now: datetime) -> None:
    """The timer's handler. Runs in a transaction, and any number of times: everybody is on the list once."""
    evening = evenings.locked(evening_id)
    if evening.state != Evening.State.CLOSED:
        return
    asked = GuestCall.objects.filter(evening=evening, kind=GuestCall.Kind.STAYED_AWAY)
    for row in stayed_away(evening).exclude(person__in=asked.values("person_id")).select_related("person"):
        if agreed_to_be_rung(row.person) and was_regular(row, evening):
            GuestCall.objects.create(
                organisation=evening.resto.organisation,
                evening=evening,
                reservation=row,
                person=row.person,
                kind=GuestCall.Kind.STAYED_AWAY,
                created_at=now,
            )


def came_after_all(row: Reservation, who: str, now: datetime) -> None:
    """They were there, as is ticked later: nobody need ring."""
    calls_to_make.lapse(GuestCall.objects.filter(reservation=row, kind=GuestCall.Kind.STAYED_AWAY), who, now)
