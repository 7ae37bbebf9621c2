"""Homes on the map: who has none yet, and where somebody's door is."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.common import actors
from backend.events import clock
from backend.people import doors
from backend.people.finding import find
from backend.people.models import Home, Person, User
from backend.people.selectors import local_date
from backend.people.services import homes
from backend.transport.domain.places import Place
from backend.transport.selectors.homes import away_from, drawn, farthest_km, garages_of, start_for, to_find
from backend.transport.travel import source_of
from backend.transport.web import homes as shown
from backend.transport.web.forms.homes import HomeForm
from backend.transport.web.tiles import guarded, tiles

ON_A_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Whose home has to be looked at, who rides soonest in front; and anybody, by name or number."""
    doors.require_somewhere(request.user, *doors.PLANNERS)
    organisations = list(doors.organisations_of(request.user, *doors.PLANNERS))
    asked = request.GET.get("who", "").strip()
    everybody = Person.objects.filter(organisation__in=organisations).select_related("organisation", "home")
    lacking = to_find(organisations, local_date(organisations[0], clock.now()))
    facts = {
        "page": Paginator(lacking, ON_A_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "found": find(everybody, asked) if asked else [],
        "lacks": shown.LACKS,
    }
    return render(request, "transport/homes.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, person_pk: int) -> HttpResponse:
    """Where somebody's door is: on a map where there is one, and as two numbers. A person confirms it."""
    people = Person.objects.select_related("organisation", "home")
    person = doors.enter(request.user, people, person_pk, *doors.PLANNERS)
    garages = garages_of(person.organisation)
    if request.method != "POST":
        start = start_for(person)
        initial = {"latitude": f"{start.latitude:.5f}", "longitude": f"{start.longitude:.5f}"} if start else {}
        return _ask(request, person, HomeForm(initial=initial), start)
    form = HomeForm(request.POST, garages=garages)
    if not form.is_valid():
        return _ask(request, person, form, start_for(person), status=422)
    assert isinstance(request.user, User)
    place = form.place
    homes.confirm(
        person,
        latitude=place.latitude,
        longitude=place.longitude,
        actor=actors.user(request.user.pk, on_behalf_of=f"person:{person.pk}"),
        now=clock.now(),
    )
    messages.success(request, _("The door of %(name)s is on the map.") % {"name": person.name})
    _warn(request, person, place)
    return redirect(_next(request) or reverse("bus-homes"))


def _warn(request: HttpRequest, person: Person, place: Place) -> None:
    """What a planner should know about this point, although it may be right."""
    garages = garages_of(person.organisation)
    away = away_from(garages, place, farthest_km(person.organisation))
    if away and away.is_far:
        messages.warning(
            request,
            _("%(name)s lives %(km)s km from the garage: too far to be booked. See whether the point is right.")
            % {"name": person.name, "km": round(away.km)},
        )
    elif away and source_of(person.organisation, [away.garage.place, place]).trouble == "no way":
        messages.warning(
            request,
            _("The road map knows no way to the door of %(name)s. Put the point nearer to the street.")
            % {"name": person.name},
        )


def _ask(
    request: HttpRequest, person: Person, form: HomeForm, start: Place | None, *, status: int = 200
) -> HttpResponse:
    organisation = person.organisation
    garages = garages_of(organisation)
    home = Home.objects.filter(person=person).first()
    away = away_from(garages, start, farthest_km(organisation)) if start else None
    facts: dict[str, Any] = {
        "person": person,
        "organisation": organisation,
        "home": home,
        "state": shown.state_of(home, start),
        "form": form,
        "tiles": tiles(),
        "on_map": {
            "garages": [_spot(garage.place, garage.name) for garage in garages],
            "start": _spot(start, person.name) if start else None,
        },
        "away": away,
        "where": shown.where(away) if away else "",
        "drawn": drawn(garages, start, organisation) if start else None,
        "next": _next(request),
    }
    return guarded(render(request, "transport/home.html", facts, status=status))


def _spot(place: Place, name: str) -> dict[str, Any]:
    return {"latitude": place.latitude, "longitude": place.longitude, "name": name}


def _next(request: HttpRequest) -> str:
    """Where whoever came from another of our pages goes back to; empty for any other address."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""
