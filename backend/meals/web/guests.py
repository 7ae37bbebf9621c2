"""What the page of a guest shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.meals.domain.standing import Skip
from backend.meals.models import Guest, Reservation, Standing, StandingSkip
from backend.meals.web import reserved_words, words
from backend.people.models import Consent, Person
from backend.people.selectors import consent_in_force, local_date

EVENINGS_SHOWN = 30

SKIPPED = {
    Skip.AWAY: gettext_lazy("away on that day"),
    Skip.NO_TABLE: gettext_lazy("no table is large enough"),
    Skip.ELSEWHERE: gettext_lazy("at another dinner at that time"),
    Skip.HELPS: gettext_lazy("helps on that evening, and eats along with the crew"),
}


@dataclass(frozen=True)
class Regular:
    """A standing reservation in words. `state` is "on", "paused" or "over"."""

    standing: Standing
    series: str
    people: str
    state: str
    skips: list[tuple[StandingSkip, str]]


def facts(person: Person, now: datetime) -> dict[str, Any]:
    """All that the page shows besides its forms."""
    guest = Guest.objects.filter(person=person).first()
    rows = Reservation.objects.filter(person=person).select_related("evening__resto")
    shown = rows.order_by("-evening__doors_at", "-pk")[:EVENINGS_SHOWN]
    return {
        "person": person,
        "organisation": person.organisation,
        "guest": guest,
        "foods": reserved_words.foods_in_words(guest.without) if guest else "",
        "diet_agreed": consent_in_force(person, Consent.Purpose.DIET),
        "follow_up_agreed": consent_in_force(person, Consent.Purpose.FOLLOW_UP),
        "wishes": person.seating_wishes.select_related("other").order_by("kind", "pk"),
        "regulars": _regulars(person, now),
        "evenings": [
            {
                "row": row,
                "state": _("came") if row.arrived_at else words.RESERVATIONS[Reservation.State(row.state)],
                "look": words.RESERVATION_LOOKS[Reservation.State(row.state)],
                "people": reserved_words.people_in_words(row.covers),
            }
            for row in shown
        ],
    }


def _regulars(person: Person, now: datetime) -> list[Regular]:
    today = local_date(person.organisation, now)
    rows = person.standing_reservations.select_related("series__resto").order_by("pk")
    skips = StandingSkip.objects.filter(standing__in=rows, evening__date__gte=today)
    by_standing: dict[int, list[tuple[StandingSkip, str]]] = {}
    for skip in skips.select_related("evening").order_by("evening__date"):
        by_standing.setdefault(skip.standing_id, []).append((skip, str(SKIPPED[Skip(skip.reason)])))
    found = []
    for one in rows:
        is_over = one.last_day is not None and one.last_day < today
        is_paused = one.paused_until is not None and one.paused_until >= today
        state = "over" if is_over else "paused" if is_paused else "on"
        people = reserved_words.people_in_words(one.covers)
        found.append(
            Regular(one, reserved_words.series_in_words(one.series), people, state, by_standing.get(one.pk, []))
        )
    return found
