"""For whom an evening is the first at which they eat along: read from who came, never noted beforehand."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from backend.meals.models import Reservation

CAME_BEFORE = Exists(
    Reservation.objects.filter(
        person=OuterRef("person"), arrived_at__isnull=False, evening__date__lt=OuterRef("evening__date")
    )
)
"""Of a reservation: on a day before that of its evening this person came to one."""


def marked(rows: "QuerySet[Reservation]") -> "QuerySet[Reservation]":
    """The same rows, with whether it is their first evening (`is_new`)."""
    mark: dict[str, Any] = {"is_new": ~CAME_BEFORE}
    return rows.annotate(**mark)
