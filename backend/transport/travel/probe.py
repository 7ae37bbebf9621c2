"""Whether the router answers, and knows a way to where the bus goes. Asked by the doctor; takes a second at most."""

from dataclasses import dataclass

from django.conf import settings

from backend.transport.domain.places import Place
from backend.transport.models import Destination, Vehicle
from backend.transport.travel.answers import NoAnswer
from backend.transport.travel.port import ROUTERS, STRAIGHT, router_in_use

MOST_PLACES = 50
"""OSRM answers for a hundred at once, unless told otherwise; this many are asked for."""

IN_A_TOWN = [("", Place(52.0907, 5.1214)), ("", Place(52.0892, 5.1101))]
"""Asked for while there is neither bus nor destination: two squares of Utrecht."""


@dataclass(frozen=True)
class Probe:
    """What was found: a code for what is wrong (empty: nothing), and the names of the places without a way."""

    trouble: str = ""
    off_road: tuple[str, ...] = ()


def probe() -> Probe:
    """Ask the router, if one is configured, for the drives between garages and destinations."""
    if settings.BUS_ROUTER == STRAIGHT:
        return Probe()
    if settings.BUS_ROUTER not in ROUTERS:
        return Probe("unknown")
    router = router_in_use()
    if router is None:
        return Probe("no address")
    asked = _places()
    try:
        roads = router.ask(router.address, [place for _name, place in asked])
    except NoAnswer as error:
        return Probe(error.code)
    # Who cannot be reached from anywhere is off the road; from the first place alone it could be that one's fault.
    columns = zip(asked, zip(*roads, strict=True), strict=True)
    others = len(asked) - 1
    return Probe(off_road=tuple(name for (name, _place), column in columns if column.count(None) == others))


def _places() -> list[tuple[str, Place]]:
    buses = Vehicle.objects.filter(in_use=True).order_by("pk")[: MOST_PLACES // 2]
    destinations = Destination.objects.filter(in_use=True).order_by("pk")[: MOST_PLACES - len(buses)]
    named = [(bus.name, Place.of(bus)) for bus in buses]
    named += [(destination.name, Place.of(destination)) for destination in destinations]
    return named if len(named) > 1 else IN_A_TOWN
