"""Prices and passes of an organisation's bus; how a trip was paid, and what is in its cash box."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.common import actors
from backend.common.actors import Actor
from backend.common.keys import key_of
from backend.events import clock
from backend.people import doors
from backend.people.finding import find
from backend.people.models import Organisation, Person, User
from backend.people.selectors import local_date
from backend.people.web.choosing import Chosen, chosen
from backend.transport.models import Tariff, Trip
from backend.transport.selectors import money as read
from backend.transport.selectors.crew_access import trips_of_crew
from backend.transport.services import money
from backend.transport.web import trip_money
from backend.transport.web.forms.money import PassForm, TariffForm
from backend.transport.web.trip_money import Till

TRIPS = Trip.objects.select_related("organisation", "destination")


@require_http_methods(["GET", "HEAD", "POST"])
def prices(request: HttpRequest) -> HttpResponse:
    """The prices of an organisation's bus; and whose passes to look at."""
    own = chosen(request, *doors.PLANNERS)
    if request.method != "POST":
        return _prices(request, own, TariffForm())
    if (retired := key_of(request.POST.get("retire"))) is not None:
        tariff = doors.only(Tariff.objects.filter(organisation=own.organisation, pk=retired))
        money.retire_tariff(tariff, actor=_actor(request))
        messages.success(request, _("Nobody is charged this price any more."))
        return _to_prices(own.organisation)
    form = TariffForm(request.POST)
    if not form.is_valid():
        return _prices(request, own, form, status=422)
    money.set_tariff(own.organisation, **form.cleaned_data, actor=_actor(request))
    messages.success(request, _("The price has been saved."))
    return _to_prices(own.organisation)


def _to_prices(organisation: Organisation) -> HttpResponse:
    return redirect(f"{reverse('bus-money')}?organisation={organisation.slug}")


def _prices(request: HttpRequest, own: Chosen, form: TariffForm, status: int = 200) -> HttpResponse:
    asked = request.GET.get("q", "")[:80].strip()
    facts = {
        "organisation": own.organisation,
        "organisations": own.all,
        "tariffs": read.tariffs(own.organisation),
        "form": form,
        "asked": asked,
        "found": find(Person.objects.filter(organisation=own.organisation), asked) if asked else [],
    }
    return render(request, "transport/money.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def passes(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody's passes, and one more."""
    person = doors.enter(request.user, Person.objects.select_related("organisation"), pk, *doors.PLANNERS)
    now = clock.now()
    if request.method != "POST":
        first = {"valid_from": local_date(person.organisation, now), "trips": 10}
        return _passes(request, person, PassForm(initial=first))
    form = PassForm(request.POST)
    if not form.is_valid():
        return _passes(request, person, form, status=422)
    money.sell_pass(person, **form.cleaned_data, actor=_actor(request), now=now)
    messages.success(request, _("The pass has been sold. It can be used from its first day on."))
    return redirect("bus-passes", person.pk)


def _passes(request: HttpRequest, person: Person, form: PassForm, status: int = 200) -> HttpResponse:
    cards = read.passes_of([person.pk]).get(person.pk, [])
    today = local_date(person.organisation, clock.now())
    rows = [{"card": card, "why_not": card.facts.why_not(today)} for card in cards]
    facts = {"person": person, "organisation": person.organisation, "rows": rows, "form": form}
    return render(request, "transport/passes.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def trip(request: HttpRequest, pk: int) -> HttpResponse:
    """How everybody of a trip paid, and the cash box: for planners, and for driver and host of that trip."""
    now = clock.now()
    planned = doors.visible(request.user, TRIPS, *doors.PLANNERS).filter(pk=pk).first()
    if planned is not None:
        return trip_money.page(request, _till(request, planned, "bus-trip", "web/base_staff.html"), now)
    theirs = trips_of_crew(request.user, now).filter(pk=pk).select_related("organisation", "destination")
    return trip_money.page(request, _till(request, doors.only(theirs), "manifest", "transport/manifest_base.html"), now)


def _till(request: HttpRequest, trip: Trip, back: str, base: str) -> Till:
    return Till(
        trip=trip,
        actor=_actor(request),
        here=reverse("bus-trip-money", args=[trip.pk]),
        back=reverse(back, args=[trip.pk]),
        base=base,
        is_planner=back == "bus-trip",
    )


def _actor(request: HttpRequest) -> Actor:
    assert isinstance(request.user, User)
    return actors.user(request.user.pk)
