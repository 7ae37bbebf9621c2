"""It goes wrong: one page on which a planner acts, and sees who has been told."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.common import actors
from backend.common.actors import Actor
from backend.common.errors import Conflict, RondjeError
from backend.common.keys import key_of
from backend.events import clock
from backend.people import doors
from backend.people.models import User
from backend.transport.domain.disruption import Part
from backend.transport.models import Disruption, Trip
from backend.transport.selectors.disruption import last_of, other_buses, standings
from backend.transport.services import disruption, disruption_calls
from backend.transport.web import disruption as shown
from backend.transport.web.forms.disruption import BUS, SHIFT, STOP, DisruptionForm

TRIPS = Trip.objects.select_related("organisation", "area", "destination", "vehicle", "layout")


@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what is wrong, do it, and show the list that works itself off."""
    trip = doors.enter(request.user, TRIPS, pk, *doors.PLANNERS)
    now = clock.now()
    people = standings(trip, now)
    asked: dict[str, Any] = {"buses": other_buses(trip), "away": [one for one in people if one.is_from_home]}
    if request.method != "POST":
        return _show(request, trip, DisruptionForm(**asked))
    form = DisruptionForm(request.POST, **asked)
    if not form.is_valid():
        return _show(request, trip, form, status=422)
    try:
        _act(trip, form, _actor(request))
    except Conflict as refused:
        form.add_error(None, _(refused.message))
        return _show(request, trip, form, status=409)
    messages.success(
        request, _("It is done. Everybody whom it concerns is rung or texted now, in the order of the list.")
    )
    return redirect("bus-wrong", trip.pk)


def _act(trip: Trip, form: DisruptionForm, actor: Actor) -> None:
    given = form.cleaned_data
    cause = disruption.Cause(Disruption.Kind(given["kind"]), actor, clock.now(), given["seen"])
    minutes = given["minutes"] or 0
    if given["action"] == STOP:
        disruption.stop(trip.pk, cause, ways_home=form.ways_home())
    elif given["action"] == SHIFT:
        disruption.shift(trip.pk, cause, minutes=minutes, part=Part(given["part"] or Part.BOTH))
    elif given["action"] == BUS:
        disruption.replace_vehicle(trip.pk, cause, layout_id=given["layout"], minutes=minutes)
    else:
        disruption.replace_driver(trip.pk, cause, minutes=minutes)


@require_POST
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """One of us has spoken to somebody on the list."""
    trip = doors.enter(request.user, TRIPS, pk, *doors.PLANNERS)
    notice = _number(request, "notice")
    disruption_calls.told_by_a_person(trip_id=trip.pk, notice_id=notice, actor=_actor(request), now=clock.now())
    messages.success(request, _("Noted: they know."))
    return redirect("bus-wrong", trip.pk)


@require_POST
def way_home(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody gets home in another way."""
    trip = doors.enter(request.user, TRIPS, pk, *doors.PLANNERS)
    disruption.record_way_home(
        trip_id=trip.pk,
        booking_id=_number(request, "booking"),
        way=request.POST.get("way", ""),
        actor=_actor(request),
        now=clock.now(),
    )
    messages.success(request, _("Noted how they get home."))
    return redirect("bus-wrong", trip.pk)


def _number(request: HttpRequest, name: str) -> int:
    given = key_of(request.POST.get(name))
    if given is None:
        raise RondjeError(_("Choose somebody from the list."))
    return given


def _actor(request: HttpRequest) -> Actor:
    assert isinstance(request.user, User)
    return actors.user(request.user.pk)


def _show(request: HttpRequest, trip: Trip, form: DisruptionForm, status: int = 200) -> HttpResponse:
    listed = shown.rows(trip)
    facts = {
        "trip": trip,
        "organisation": trip.organisation,
        "form": form,
        "seen": last_of(trip),
        "is_open": trip.state in (Trip.State.PLANNED, Trip.State.UNDERWAY),
        "rows": listed,
        "told": shown.told(listed),
        "ways_home": shown.WAYS_HOME.items(),
    }
    return render(request, "transport/wrong.html", facts, status=status)
