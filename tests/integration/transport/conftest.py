"""What tests of the bus share."""

import pytest

from backend.events import clock
from backend.transport.models import Trip
from tests.support.road import FRIDAY, Road, a_road


@pytest.fixture
def bus(settings, db: None) -> Road:
    """A bus with two seats beside the host's, some days before it leaves."""
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=FRIDAY, rate=0)
    return a_road(seats=3)


@pytest.fixture
def trip(bus: Road) -> Trip:
    """It goes to the market once."""
    return bus.trip(max_rounds=1)
