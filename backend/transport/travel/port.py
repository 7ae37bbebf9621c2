"""The port: whoever knows how long a bus drives from one place to another."""

import logging
from collections.abc import Sequence
from typing import Protocol

from django.conf import settings

from backend.common.errors import RondjeError
from backend.people.models import Organisation
from backend.transport.domain.places import Place
from backend.transport.domain.straight import Pace, StraightLine, Table
from backend.transport.travel import osrm, valhalla
from backend.transport.travel.roads import Roads, Router, Source

log = logging.getLogger(__name__)

STRAIGHT = "straight"
ROUTERS = {"osrm": osrm.ask, "valhalla": valhalla.ask}
"""What BUS_ROUTER may say besides, and who is asked then."""


class TravelTimes(Protocol):
    """Knows how long the bus drives. Answers in well under a second, and raises nothing: somebody is on the line."""

    def table(self, places: Sequence[Place]) -> Table:
        """Seconds between all places: `table[a][b]` is the drive from place a to place b."""
        ...


def travel_times(organisation: Organisation) -> TravelTimes:
    """How an organisation's bus drives: as the configured router says, or in straight lines."""
    pace, router = pace_of(organisation), router_in_use()
    return Roads(router, pace) if router else StraightLine(pace)


def source_of(organisation: Organisation, places: Sequence[Place]) -> Source:
    """Who says how long the drives between these places take: for a page that shows them."""
    router = router_in_use()
    return Roads(router, pace_of(organisation)).told(places)[1] if router else Source()


def router_in_use() -> Router | None:
    """The router of this installation, if one is configured as it should be (the doctor says so when it is not)."""
    ask, address = ROUTERS.get(settings.BUS_ROUTER), settings.BUS_ROUTER_URL
    return Router(settings.BUS_ROUTER, address, ask) if ask and address else None


def pace_of(organisation: Organisation) -> Pace:
    """How fast an organisation's bus gets somewhere; the default one, and a line in the log, for settings out of
    bounds.
    """
    try:
        return Pace.of(organisation.settings.get("travel") or {})
    except (RondjeError, AttributeError, TypeError):
        log.error("Organisation %s has travel settings that make no sense; the default is used.", organisation.pk)
        return Pace()
