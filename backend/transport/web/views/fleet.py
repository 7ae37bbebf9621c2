"""Vehicles, their layouts and papers, and the days in the garage."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.common.errors import NotFound
from backend.events import clock
from backend.people import doors
from backend.people.models import Organisation
from backend.people.selectors import local_date
from backend.transport.models import Layout, OutOfService, Vehicle
from backend.transport.selectors import fleet as selectors
from backend.transport.services import fleet
from backend.transport.web import saving, words
from backend.transport.web.forms.fleet import FORMS, LayoutForm, VehicleForm

ALL = Organisation.objects.all()
VEHICLES = Vehicle.objects.select_related("organisation")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The vehicles of an organisation, and what a planner has to see to."""
    organisation = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk")
    now = clock.now()
    facts = {
        "organisation": organisation,
        "vehicles": [described(vehicle, now) for vehicle in selectors.vehicles_of(organisation)],
        "stranded": [(one.trip, words.why_left_out(one.why)) for one in selectors.stranded([organisation], now)],
    }
    return render(request, "transport/fleet.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new vehicle."""
    organisation = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk")
    form = VehicleForm(request.POST if request.method == "POST" else None)
    made = saving.done(form, lambda: _saved(request, organisation, form, None)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("The bus has been added. Now say how it is furnished, and enter its papers."))
        return redirect("bus-vehicle", made.pk)
    return saving.page(
        request,
        form,
        organisation=organisation,
        title=_("A new bus"),
        button=_("Add the bus"),
        back=(reverse("bus-fleet", args=[pk]), _("Buses")),
    )


@require_safe
def vehicle(request: HttpRequest, pk: int) -> HttpResponse:
    """One vehicle, with the forms that change it."""
    return _page(request, doors.enter(request.user, VEHICLES, pk, *doors.PLANNERS))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, garage and telephone of a vehicle."""
    found = doors.enter(request.user, VEHICLES, pk, *doors.PLANNERS)
    form = VehicleForm(request.POST) if request.method == "POST" else VehicleForm.of(found)
    made = saving.done(form, lambda: _saved(request, found.organisation, form, pk)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("The bus has been changed."))
        return redirect("bus-vehicle", pk)
    return saving.page(
        request,
        form,
        organisation=found.organisation,
        title=found.name,
        button=_("Save"),
        back=(reverse("bus-vehicle", args=[pk]), found.name),
    )


@require_POST
def add(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A layout, a paper, or days in the garage."""
    found = doors.enter(request.user, VEHICLES, pk, *doors.PLANNERS)
    if what not in FORMS:
        raise NotFound("This page does not exist")
    form = FORMS[what][0](request.POST, auto_id=f"{what}-%s")
    if saving.done(form, lambda: _carry_out(request, found, what, form.cleaned_data)) is None:
        return _page(request, found, what, form)
    messages.success(request, _("The bus has been changed."))
    return redirect("bus-vehicle", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def layout(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a layout."""
    known = Layout.objects.select_related("vehicle__organisation")
    found = doors.enter(request.user, known, pk, *doors.PLANNERS, path="vehicle__organisation")
    form = LayoutForm(request.POST) if request.method == "POST" else LayoutForm.of(found)
    made = saving.done(form, lambda: _layout(request, found.vehicle, form.cleaned_data, pk)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("The layout has been changed."))
        return redirect("bus-vehicle", found.vehicle_id)
    return saving.page(
        request,
        form,
        organisation=found.vehicle.organisation,
        title=f"{found.vehicle.name}, {found.name}",
        button=_("Save the layout"),
        back=(reverse("bus-vehicle", args=[found.vehicle_id]), found.vehicle.name),
    )


@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The vehicle is not in the garage on those days after all."""
    known = OutOfService.objects.select_related("vehicle")
    found = doors.enter(request.user, known, pk, *doors.PLANNERS, path="vehicle__organisation")
    fleet.put_back(found, actor=saving.actor(request))
    messages.success(request, _("The bus can be used on those days."))
    return redirect("bus-vehicle", found.vehicle_id)


def described(found: Vehicle, now: datetime) -> dict[str, Any]:
    """A vehicle in words: its layouts, its papers, and its days in the garage that are not over."""
    today = local_date(found.organisation, now)
    return {
        "vehicle": found,
        "layouts": list(found.layouts.all()),
        "papers": [
            {
                "name": words.PAPERS[paper.Kind(paper.kind)],
                "paper": paper,
                "is_over": paper.valid_until < today,
                "ends_soon": today <= paper.valid_until < today + selectors.SOON,
            }
            for paper in found.papers.all()
        ],
        "out": [span for span in found.out_of_service.all() if span.last_day >= today],
    }


def _page(request: HttpRequest, found: Vehicle, open_form: str = "", bound: forms.Form | None = None) -> HttpResponse:
    shown = {what: form(auto_id=f"{what}-%s") for what, (form, _title, _button) in FORMS.items()}
    if bound is not None:
        shown[open_form] = bound
    facts = {
        "organisation": found.organisation,
        "row": described(found, clock.now()),
        "forms": [(what, FORMS[what][1], FORMS[what][2], form) for what, form in shown.items()],
        "open_form": open_form,
    }
    return render(request, "transport/vehicle.html", facts, status=422 if bound is not None else 200)


def _saved(request: HttpRequest, organisation: Organisation, form: VehicleForm, pk: int | None) -> Vehicle:
    return fleet.save_vehicle(organisation, form.cleaned_data, pk=pk, actor=saving.actor(request))


def _layout(request: HttpRequest, found: Vehicle, asked: dict[str, Any], pk: int | None) -> Layout:
    return fleet.save_layout(found, **asked, pk=pk, actor=saving.actor(request), now=clock.now())


def _carry_out(request: HttpRequest, found: Vehicle, what: str, asked: dict[str, Any]) -> object:
    if what == "layout":
        return _layout(request, found, asked, None)
    if what == "paper":
        return fleet.set_paper(found, **asked, actor=saving.actor(request))
    return fleet.take_out(found, **asked, actor=saving.actor(request))
