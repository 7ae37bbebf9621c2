"""The today board: what is going on this morning in the organisations of whoever looks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.events import clock
from backend.people import doors
from backend.people.models import User
from backend.web.panels import shown_to


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    return render(request, "web/today.html", _facts(request))


@require_safe
def panels(request: HttpRequest) -> HttpResponse:
    """Only the panels, for the page that refreshes itself."""
    return render(request, "web/_panels.html", _facts(request))


def _facts(request: HttpRequest) -> dict[str, Any]:
    assert isinstance(request.user, User)
    now = clock.now()
    return {
        "now": now,
        "panels": shown_to(request.user, now),
        "organisations": list(doors.organisations_of(request.user)),
    }
