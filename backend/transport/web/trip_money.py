"""Payments and the cash box of a trip as a page: the same for planners, and for driver and host of that trip."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from backend.common.actors import Actor
from backend.common.errors import Conflict, RondjeError
from backend.transport.domain.money import CashBox
from backend.transport.models import CashCount, Trip
from backend.transport.selectors import money as read
from backend.transport.selectors.money import Due
from backend.transport.services import money
from backend.transport.web.forms.money import CashForm, PaymentForm


@dataclass(frozen=True)
class Till:
    """Who sits at it. `here` is the page's own address, `back` where it leads back to, `base` what it extends."""

    trip: Trip
    actor: Actor
    here: str
    back: str
    base: str
    is_planner: bool


def page(request: HttpRequest, till: Till, now: datetime) -> HttpResponse:
    """Show it; keep payments, also what comes in late; or what was counted."""
    if request.method != "POST":
        return _show(request, till, CashForm())
    if "counted" in request.POST:
        return _count(request, till, now)
    return _pay(request, till, now)


def _count(request: HttpRequest, till: Till, now: datetime) -> HttpResponse:
    form = CashForm(request.POST)
    if form.is_valid():
        try:
            money.count_cash(trip_id=till.trip.pk, **form.cleaned_data, actor=till.actor, now=now)
        except RondjeError as refused:
            form.add_error("note", _(refused.message))
        else:
            messages.success(request, _("The cash box has been counted."))
            return redirect(till.here)
    return _show(request, till, form, status=422)


def _pay(request: HttpRequest, till: Till, now: datetime) -> HttpResponse:
    """Everything that was chosen is kept, also when one of the choices is refused; what was left as it was is not."""
    tariffs, refused = list(read.tariffs(till.trip.organisation)), False
    for due in read.dues_of(till.trip):
        form = PaymentForm(request.POST, due=due, tariffs=tariffs)
        how = request.POST.get(form.add_prefix("how"), "")
        if not how or how in (form.was, form.initial["how"]):
            continue
        try:
            if form.was != form.initial["how"]:
                raise Conflict("Somebody chose another way meanwhile. It is shown here: choose again if it is wrong.")
            if not form.is_valid():
                raise RondjeError("Choose how it is paid.")
            _keep(due, form.cleaned_data["how"], actor=till.actor, at=now)
        except RondjeError as error:
            refused = True
            messages.error(request, f"{due.booking.person.name}: {_(error.message)}")
    if refused:
        return _show(request, till, CashForm(), status=409)
    messages.success(request, _("The payments have been saved."))
    return redirect(till.here)


def _keep(due: Due, how: str, *, actor: Actor, at: datetime) -> None:
    """Keep a payment as one of the form's choices says it: pass:3, cash:2, free."""
    way, _colon, key = how.partition(":")
    if way == "pass":
        money.pay_by_pass(due.booking.pk, pass_id=int(key), actor=actor, at=at)
    elif way == "cash":
        money.pay_cash(due.booking.pk, tariff_id=int(key), actor=actor, at=at)
    else:
        money.ride_free(due.booking.pk, actor=actor, at=at)


def _show(request: HttpRequest, till: Till, cash: CashForm, status: int = 200) -> HttpResponse:
    return render(request, "transport/trip_money.html", {**_facts(till), "cash": cash}, status=status)


def _facts(till: Till) -> Mapping[str, Any]:
    trip = till.trip
    tariffs = list(read.tariffs(trip.organisation))
    count = CashCount.objects.filter(trip=trip).first()
    return {
        "till": till,
        "trip": trip,
        "organisation": trip.organisation,
        "rows": [{"due": due, "form": PaymentForm(due=due, tariffs=tariffs)} for due in read.dues_of(trip)],
        "tariffs": tariffs,
        "expected": read.expected_cash(trip),
        "count": count,
        "difference": CashBox(count.expected_cents, count.counted_cents).difference if count else 0,
        "to_pay_back": read.to_pay_back(trip),
    }
