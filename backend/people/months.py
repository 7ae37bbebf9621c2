"""Months of an organisation, and below which number its counts are hidden: for figures of every programme."""

from datetime import date, datetime, time

from backend.common.figures import SMALL, next_month
from backend.people.models import Organisation
from backend.people.selectors import zone_of


def span_of(organisation: Organisation, first: date) -> tuple[datetime, datetime]:
    """The local month that begins on `first`, as instants: from and until."""
    zone = zone_of(organisation)
    return datetime.combine(first, time(), zone), datetime.combine(next_month(first), time(), zone)


def small_of(organisation: Organisation) -> int:
    """Below which number cells are hidden: the organisation's setting `small_cells`, 3 to 50; 5 when there is none."""
    chosen = organisation.settings.get("small_cells", SMALL)
    return chosen if isinstance(chosen, int) and 3 <= chosen <= 50 else SMALL
