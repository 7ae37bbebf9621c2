"""What an organisation chose for asking guests of its dinners: its setting "resto_asking"."""

import logging
from datetime import datetime, time, timedelta

from backend.meals.models import Evening
from backend.notifications.selectors.asking_settings import AskingSettings
from backend.people.selectors import zone_of

log = logging.getLogger(__name__)

ASKING = AskingSettings("resto_asking")
"""Such as {"evening_at": "18:30", "offer_minutes": 60, "reminder_at": "10:00"}."""

patience_of, evening_times = ASKING.patience_of, ASKING.evening_times

REMINDER_AT = time(10, 0)


def asking_begins(evening: Evening) -> datetime:
    """When (UTC) the guests of an evening are asked: on the evening before, or the last one on which people may be."""
    organisation = evening.resto.organisation
    at = evening_times(organisation).at
    day_before = datetime.combine(evening.date - timedelta(days=1), at, tzinfo=zone_of(organisation))
    return ASKING.begins(organisation, evening.date, day_before)


def reminder_at(evening: Evening) -> datetime:
    """When (UTC) who booked on the public page is reminded, on the day itself."""
    organisation = evening.resto.organisation
    try:
        at = time.fromisoformat(ASKING.of(organisation).get("reminder_at", REMINDER_AT.isoformat()))
    except (ValueError, TypeError):
        log.exception("Organisation %s has a reminder_at that cannot be read; the default is used.", organisation.pk)
        at = REMINDER_AT
    return datetime.combine(evening.date, at, tzinfo=zone_of(organisation))
