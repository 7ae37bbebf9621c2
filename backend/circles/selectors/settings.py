"""How a circle is set up: its zone, its policy, and what its duty shifts name."""

import logging
from datetime import date, datetime
from zoneinfo import ZoneInfo

from backend.circles.domain import schedule
from backend.circles.domain.policy import MorningPolicy, PolicyError
from backend.circles.models import Circle
from backend.people import selectors

log = logging.getLogger(__name__)


def zone_of(circle: Circle) -> ZoneInfo:
    """The zone in which the circle's wall times are meant."""
    return selectors.zone_of(circle.organisation)


def policy_of(circle: Circle) -> MorningPolicy:
    """How this circle's mornings are run: defaults, then the organisation's settings, then its own.

    Settings that could not work are refused where they are made. Should some be in a row all the same, the defaults
    serve: a wrong setting must not cost anybody their morning.
    """
    layers = circle.organisation.settings.get("morning", {}), circle.policy.get("morning", {})
    try:
        return MorningPolicy.of(*layers)
    except PolicyError:
        log.exception("Circle %s: its policy cannot be used; the defaults are.", circle.pk)
        return MorningPolicy()


def first_morning(circle: Circle, now: datetime) -> date:
    """The local date of the circle's first morning whose start has not passed at an instant (UTC)."""
    return schedule.first_morning(now, circle.starts_at, circle.weekdays, zone_of(circle))


def scope_of(circle: Circle) -> str:
    """What a duty shift for this circle names."""
    return f"circle:{circle.pk}"
