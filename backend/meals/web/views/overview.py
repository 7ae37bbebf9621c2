"""The dinners at a glance, and one evening."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.events import clock
from backend.meals.models import Evening
from backend.meals.selectors.overview import glances
from backend.meals.web import menu, overview, parts
from backend.people import doors

EVENINGS = Evening.objects.select_related("resto__organisation", "series")
WHOSE = "resto__organisation"
"""How an evening belongs to an organisation."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Today and the coming two weeks."""
    doors.require_somewhere(request.user, *doors.RESTO)
    organisations = list(doors.organisations_of(request.user, *doors.RESTO).order_by("name"))
    facts = {
        "organisations": [(one, parts.links(parts.OF_AN_ORGANISATION, one.pk)) for one in organisations],
        "days": overview.days(organisations, clock.now()),
    }
    return render(request, "meals/overview.html", facts)


@require_safe
def evening(request: HttpRequest, pk: int) -> HttpResponse:
    """One evening: what it is, how it stands, who comes, and where its parts are."""
    found = doors.enter(request.user, EVENINGS, pk, *doors.RESTO, path=WHOSE)
    now = clock.now()
    facts = {
        "evening": found,
        "organisation": found.resto.organisation,
        "row": overview.row(glances([found], now)[0]),
        "courses": overview.courses(found),
        "lacking": menu.lacking(found, now),
        "guests": overview.guests(found),
        "waiting": overview.waiting(found),
        "parts": parts.links(parts.OF_AN_EVENING, found.pk),
        "may_cancel": found.state == Evening.State.PLANNED,
    }
    return render(request, "meals/evening.html", facts)
