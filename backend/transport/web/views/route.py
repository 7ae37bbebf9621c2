"""The route of a trip: drawn, on a map, and as a list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.people import doors
from backend.transport.models import Ride, Trip
from backend.transport.selectors.routes import route_of, says_who
from backend.transport.web import route as drawn
from backend.transport.web.tiles import guarded, tiles


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the bus goes on one trip; the map shows the way that is asked for, there first."""
    trips = Trip.objects.select_related("organisation", "vehicle", "destination")
    trip = doors.enter(request.user, trips, pk, *doors.PLANNERS)
    route = route_of(trip)
    shown = route.home if request.GET.get("way") == Ride.Way.HOME else route.there
    facts = {
        "trip": trip,
        "organisation": trip.organisation,
        "ways": drawn.ways_of(route),
        "unconfirmed": route.unconfirmed,
        "tiles": tiles(),
        "shown": shown,
        "on_map": drawn.on_map(route, shown),
        "source": says_who(route),
    }
    return guarded(render(request, "transport/route.html", facts))
