"""A circle's morning as a ring, and the same as a table."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.circles.domain.modes import Mode
from backend.circles.domain.tally import Status
from backend.circles.models import Circle, Round
from backend.circles.web import reading, words
from backend.circles.web.board import doing, state_words
from backend.circles.web.drawing import draw
from backend.circles.web.ring import ring_of, time_left
from backend.events import clock
from backend.people import doors


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page."""
    return render(request, "circles/circle.html", _facts(request, pk))


@require_safe
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ring and table, for the page that refreshes itself."""
    return render(request, "circles/_ring.html", _facts(request, pk))


def _facts(request: HttpRequest, pk: int) -> dict[str, Any]:
    circle = doors.enter(request.user, Circle.objects.select_related("organisation"), pk, *doors.STAFF)
    now = clock.now()
    ring = ring_of(circle, now)
    look, state = state_words(ring.round, circle, now)
    counts = _counts(ring.round, now)
    return {
        "circle": circle,
        "organisation": circle.organisation,
        "ring": ring,
        "drawing": draw(ring),
        "round": ring.round,
        "look": look,
        "icon_name": words.ICONS[look],
        "state": state,
        "left": _left(ring.round, now),
        "well": counts.get(Status.WELL.value, 0),
        "expected": sum(counts.values()),
        "open_cases": counts.get(Status.INCIDENT_OPEN.value, 0) + counts.get(Status.UNACCOUNTED.value, 0),
        "doing": doing(reading.live_legs([ring.round])[ring.round.pk], ring.round) if ring.round else [],
        "mode": words.MODES[Mode(circle.mode)],
        "practices": Round.with_practice.filter(circle=circle, practice=True).exists(),
        "legend": [(look, words.ICONS[look], text) for look, text in words.LOOKS.items()],
        "now": now,
    }


def _counts(round_: Round | None, now: Any) -> dict[str, int]:
    return reading.counts([round_], now)[round_.pk] if round_ else {}


def _left(round_: Round | None, now: Any) -> str:
    if round_ is None or round_.state == Round.State.CLOSED:
        return ""
    until = round_.planned_start if round_.state == Round.State.PLANNED else round_.round_by
    return time_left(until, now) if until else ""
