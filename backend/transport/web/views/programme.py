"""The programme of an organisation: series, areas, destinations, single trips."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.events import clock
from backend.people import doors
from backend.people.models import Organisation
from backend.people.selectors import local_date
from backend.people.web import recurring
from backend.transport.models import Area, Destination, Series, Trip
from backend.transport.selectors.settings import programme_settings
from backend.transport.services import programme, series
from backend.transport.services.settings import set_programme
from backend.transport.web import saving, words
from backend.transport.web.forms.programme import (
    AreaForm,
    CancelForm,
    DestinationForm,
    LeafletForm,
    TripForm,
    VehicleChoiceForm,
)
from backend.transport.web.forms.settings import SettingsForm
from backend.transport.web.views.leaflet import token_of
from backend.transport.web.views.overview import TRIPS

ALL = Organisation.objects.all()


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What recurs, where trips go, and for whom."""
    organisation = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk")
    destinations = Destination.objects.filter(organisation=organisation).order_by("-in_use", "name")
    facts = {
        "organisation": organisation,
        "series": _series(organisation, clock.now()),
        "areas": [
            {
                "area": area,
                "form": LeafletForm(area, local_date(organisation, clock.now())),
                "calendar": reverse("bus-calendar", args=[token_of(area)]),
            }
            for area in Area.objects.filter(organisation=organisation).select_related("organisation").order_by("name")
        ],
        "destinations": [(one, words.DESTINATIONS[Destination.Kind(one.kind)]) for one in destinations],
    }
    return render(request, "transport/programme.html", facts)


def _series(organisation: Organisation, now: datetime) -> list[dict[str, Any]]:
    today = local_date(organisation, now)
    known = Series.objects.filter(organisation=organisation).select_related("destination", "area", "vehicle")
    coming: dict[int, list[Trip]] = {}
    for trip in Trip.objects.filter(
        organisation=organisation, state=Trip.State.PLANNED, leaves_at__gt=now, series__isnull=False
    ).order_by("leaves_at"):
        coming.setdefault(trip.series_id or 0, []).append(trip)
    return [
        {
            "series": one,
            "when": recurring.in_words(one.rule),
            "next": next(iter(coming.get(one.pk, [])), None),
            "is_over": one.last_day is not None and one.last_day < today,
        }
        for one in known.order_by("leaves_at", "pk")
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def new_area(request: HttpRequest, pk: int) -> HttpResponse:
    """A new area."""
    return _area(request, doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk"), None)


@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an area."""
    found = doors.enter(request.user, Area.objects.select_related("organisation"), pk, *doors.PLANNERS)
    return _area(request, found.organisation, found)


def _area(request: HttpRequest, organisation: Organisation, known: Area | None) -> HttpResponse:
    form = AreaForm(request.POST) if request.method == "POST" else AreaForm.of(known) if known else AreaForm()
    made = (
        saving.done(
            form,
            lambda: programme.save_area(
                organisation, **form.cleaned_data, pk=known.pk if known else None, actor=saving.actor(request)
            ),
        )
        if form.is_bound
        else None
    )
    if made is not None:
        messages.success(request, _("The area has been saved."))
        return redirect("bus-programme", organisation.pk)
    title = known.name if known else _("A new area")
    return _form(request, form, organisation, title, _("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
def new_destination(request: HttpRequest, pk: int) -> HttpResponse:
    """A new destination."""
    return _destination(request, doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk"), None)


@require_http_methods(["GET", "HEAD", "POST"])
def destination(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a destination."""
    found = doors.enter(request.user, Destination.objects.select_related("organisation"), pk, *doors.PLANNERS)
    return _destination(request, found.organisation, found)


def _destination(request: HttpRequest, organisation: Organisation, known: Destination | None) -> HttpResponse:
    form = (
        DestinationForm(request.POST)
        if request.method == "POST"
        else DestinationForm.of(known)
        if known
        else DestinationForm()
    )
    made = (
        saving.done(
            form,
            lambda: programme.save_destination(
                organisation, form.cleaned_data, pk=known.pk if known else None, actor=saving.actor(request)
            ),
        )
        if form.is_bound
        else None
    )
    if made is not None:
        messages.success(request, _("The destination has been saved."))
        return redirect("bus-programme", organisation.pk)
    title = known.name if known else _("A new destination")
    return _form(request, form, organisation, title, _("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
def new_trip(request: HttpRequest, pk: int) -> HttpResponse:
    """A single trip, of no series."""
    organisation = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk")
    form = TripForm(request.POST if request.method == "POST" else None, organisation=organisation)
    made = saving.done(form, lambda: _added(request, organisation, form)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("The trip is in the programme."))
        return redirect("bus-trip", made.pk)
    return _form(request, form, organisation, _("A single trip"), _("Add the trip"))


def _added(request: HttpRequest, organisation: Organisation, form: TripForm) -> Trip:
    return programme.add_trip(
        organisation,
        form.facts,
        day=form.cleaned_data["day"],
        times=form.times,
        actor=saving.actor(request),
        now=clock.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_trip(request: HttpRequest, pk: int) -> HttpResponse:
    """A trip is not driven: who is told, and why."""
    trip = doors.enter(request.user, TRIPS, pk, *doors.PLANNERS)
    form = CancelForm(request.POST if request.method == "POST" else None)
    made = (
        saving.done(
            form,
            lambda: series.cancel_trip(
                pk, because=form.cleaned_data["because"], actor=saving.actor(request), now=clock.now()
            ),
        )
        if form.is_bound
        else None
    )
    if made is not None:
        messages.success(request, _("The trip is cancelled. Whoever had booked stands on the list of calls."))
        return redirect("bus-trip", pk)
    booked = trip.bookings.filter(state="booked").count()
    return saving.page(
        request,
        form,
        organisation=trip.organisation,
        title=_("Cancel the trip to %(name)s") % {"name": trip.name},
        button=_("Cancel the trip"),
        back=(reverse("bus-trip", args=[pk]), trip.name),
        note=_("Booked: %(n)s. Each of them has to be rung, and is free again at that time.") % {"n": booked},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def other_vehicle(request: HttpRequest, pk: int) -> HttpResponse:
    """Another bus drives a trip."""
    trip = doors.enter(request.user, TRIPS, pk, *doors.PLANNERS)
    form = VehicleChoiceForm(
        request.POST if request.method == "POST" else None,
        organisation=trip.organisation,
        initial={"layout": trip.layout_id},
    )
    made = (
        saving.done(
            form,
            lambda: programme.give_other_vehicle(
                pk, form.cleaned_data["layout"], actor=saving.actor(request), now=clock.now()
            ),
        )
        if form.is_bound
        else None
    )
    if made is not None:
        messages.success(request, _("The trip has another bus. Whoever is fetched at another time has to be rung."))
        return redirect("bus-trip", pk)
    return saving.page(
        request,
        form,
        organisation=trip.organisation,
        title=_("Another bus for %(name)s") % {"name": trip.name},
        button=_("Choose this bus"),
        back=(reverse("bus-trip", args=[pk]), trip.name),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Cutoff, weeks ahead, holidays, and the number of the leaflet."""
    organisation = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk")
    if request.method == "POST":
        form = SettingsForm(request.POST)
        if form.is_valid():
            set_programme(organisation, **form.cleaned_data, actor=saving.actor(request))
            messages.success(request, _("Saved. It holds for trips that are made from now on."))
            return redirect("bus-programme", pk)
    else:
        form = SettingsForm.of(programme_settings(organisation))
    return _form(request, form, organisation, _("Settings of the programme"), _("Save"))


def _form(request: HttpRequest, form: Any, organisation: Organisation, title: str, button: str) -> HttpResponse:
    back = (reverse("bus-programme", args=[organisation.pk]), _("Programme"))
    return saving.page(request, form, organisation=organisation, title=title, button=button, back=back)
