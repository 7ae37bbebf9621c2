"""How a circle is set up: its zone, its policy, and what its duty shifts name."""

import logging
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.circles.domain.policy import MorningPolicy, PolicyError
from backend.circles.models import Circle
from backend.people.models import Organisation

log = logging.getLogger(__name__)

DEFAULT_ZONE = "Europe/Amsterdam"


def zone_of(circle: Circle) -> ZoneInfo:
    """The zone in which the circle's wall times are meant; that of Amsterdam when the organisation's is no zone."""
    return zone_of_organisation(circle.organisation)


def zone_of_organisation(organisation: Organisation) -> ZoneInfo:
    """The same, of an organisation."""
    try:
        return ZoneInfo(organisation.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        log.exception("Organisation %s has a time zone that does not exist.", organisation.pk)
        return ZoneInfo(DEFAULT_ZONE)


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


def scope_of(circle: Circle) -> str:
    """What a duty shift for this circle names."""
    return f"circle:{circle.pk}"
