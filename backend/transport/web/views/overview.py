"""The bus at a glance, and one trip."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.events import clock
from backend.people import doors
from backend.people.models import User
from backend.transport.models import Trip
from backend.transport.selectors.overview import glances
from backend.transport.selectors.run import may_be_on_the_road
from backend.transport.web import duty, overview, parts

TRIPS = Trip.objects.select_related("organisation", "area", "destination", "vehicle", "layout", "series")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Today and the coming two weeks."""
    doors.require_somewhere(request.user, *doors.PLANNERS)
    organisations = list(doors.organisations_of(request.user, *doors.PLANNERS).order_by("name"))
    now = clock.now()
    facts = {
        "organisations": organisations,
        "days": overview.days(organisations, now),
        "gaps": duty.uncovered(organisations, now),
        "link_days": True,
    }
    return render(request, "transport/overview.html", facts)


@require_safe
def trip(request: HttpRequest, pk: int) -> HttpResponse:
    """One trip: what it is, how it stands, and the parts that belong to it."""
    found = doors.enter(request.user, TRIPS, pk, *doors.PLANNERS)
    assert isinstance(request.user, User)
    now = clock.now()
    facts = {
        "trip": found,
        "organisation": found.organisation,
        "row": overview.row(glances([found])[0]),
        "parts": parts.shown(found, request.user, now),
        "may_cancel": found.state == Trip.State.PLANNED and not may_be_on_the_road(found, now),
        "may_book": found.state == Trip.State.PLANNED and found.leaves_at > now,
        "now": now,
    }
    return render(request, "transport/trip.html", facts)
