"""How a circle is set up: its zone, its policy, and what its duty shifts name."""

from zoneinfo import ZoneInfo

from backend.circles.domain.policy import MorningPolicy
from backend.circles.models import Circle


def zone_of(circle: Circle) -> ZoneInfo:
    """The zone in which the circle's wall times are meant."""
    return ZoneInfo(circle.organisation.timezone)


def policy_of(circle: Circle) -> MorningPolicy:
    """How this circle's mornings are run: defaults, then the organisation's settings, then its own."""
    return MorningPolicy.of(circle.organisation.settings.get("morning", {}), circle.policy.get("morning", {}))


def scope_of(circle: Circle) -> str:
    """What a duty shift for this circle names."""
    return f"circle:{circle.pk}"
