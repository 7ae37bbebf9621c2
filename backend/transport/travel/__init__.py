"""How long the bus drives from one place to another: a small port, and who stands behind it."""

from backend.transport.domain.places import Place
from backend.transport.domain.straight import Table
from backend.transport.travel.port import TravelTimes, source_of, travel_times
from backend.transport.travel.roads import Source

__all__ = ["Place", "Source", "Table", "TravelTimes", "source_of", "travel_times"]
