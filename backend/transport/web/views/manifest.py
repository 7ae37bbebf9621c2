"""The list of a trip for who signs in: planners, and driver and host of that trip."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.common import actors
from backend.common.errors import Conflict, NotFound
from backend.events import clock
from backend.people import doors
from backend.people.models import User
from backend.transport.models import Trip
from backend.transport.printing import manifest as printing
from backend.transport.selectors.crew_access import trips_of_crew, trips_once_of_crew
from backend.transport.selectors.manifest import manifest_of
from backend.transport.services import manifest_links
from backend.transport.web import manifest_pages, paper_entries
from backend.transport.web.manifest_pages import Reader

TRIPS = Trip.objects.select_related("organisation", "destination", "vehicle")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The list."""
    reader, now = _reader(request, pk)
    return manifest_pages.show(request, reader, now)


@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """A button of the list, without a script."""
    return manifest_pages.tick(request, *_reader(request, pk))


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """The bus leaves."""
    return manifest_pages.start(request, *_reader(request, pk))


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody is home."""
    return manifest_pages.close(request, *_reader(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def entries(request: HttpRequest, pk: int) -> HttpResponse:
    """What a telephone ticked, and how the trip stands."""
    return manifest_pages.entries(request, *_sender(request, pk))


@require_POST
def send_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Text the link to the list to driver and host once more."""
    trip = doors.enter(request.user, TRIPS, pk, *doors.PLANNERS)
    try:
        told = manifest_links.send_again(trip_id=trip.pk, now=clock.now())
    except Conflict as error:
        messages.error(request, _(error.message))
    else:
        names = ", ".join(person.name for person in told)
        messages.success(request, _("The link has been texted to %(names)s.") % {"names": names})
    return redirect("manifest", trip.pk)


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The list on paper."""
    reader, now = _reader(request, pk)
    content = printing.as_pdf(manifest_of(reader.trip, now), now)
    named = f'inline; filename="bus-{reader.trip.date}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": named})


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """What was ticked on paper, entered afterwards with its true times."""
    trip = doors.enter(request.user, TRIPS, pk, *doors.PLANNERS)
    assert isinstance(request.user, User)
    actor = actors.Actor(who=f"user:{request.user.pk}", channel="paper")
    return paper_entries.page(request, trip, actor, clock.now())


@login_not_required
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The script that keeps lists on a telephone; it lies here because it may look after addresses below it only."""
    found: Any = finders.find("web/manifest_worker.js")
    if not found:
        raise NotFound("The script of the list is missing from this installation.")
    return HttpResponse(Path(found).read_bytes(), content_type="text/javascript; charset=utf-8")


def _sender(request: HttpRequest, pk: int) -> tuple[Reader, datetime]:
    """Who asks, also when somebody else has the duty by now. Raises NotFound for everybody else."""
    try:
        return _reader(request, pk)
    except NotFound:
        now = clock.now()
        assert isinstance(request.user, User)
        trip = doors.only(trips_once_of_crew(request.user, now).filter(pk=pk).select_related("organisation"))
        reader = manifest_pages.by_sign_in(trip, actors.user(request.user.pk), is_planner=False, is_crew=False)
        return replace(reader, only_sends=True), now


def _reader(request: HttpRequest, pk: int) -> tuple[Reader, datetime]:
    """Who asks, and now. Raises NotFound for everybody else."""
    now = clock.now()
    assert isinstance(request.user, User)
    planned = doors.visible(request.user, TRIPS, *doors.PLANNERS).filter(pk=pk).first()
    own = trips_of_crew(request.user, now).filter(pk=pk).select_related("organisation")
    trip = planned or doors.only(own)
    actor = actors.user(request.user.pk)
    return manifest_pages.by_sign_in(trip, actor, is_planner=planned is not None, is_crew=own.exists()), now
