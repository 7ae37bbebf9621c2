"""Results on paper: one row for each member, entered afterwards."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.circles.domain import schedule
from backend.circles.models import Circle, Round
from backend.circles.selectors.members import expected_members
from backend.circles.selectors.settings import zone_of
from backend.circles.services.on_paper import Result, Written, record_results
from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events import clock
from backend.people import doors
from backend.people.models import Person, User

BACK = timedelta(days=7)
"""So long a morning's paper can be entered."""


@dataclass(frozen=True)
class _Paper:
    """What is on the page: the mornings to choose from, the one that is entered (none: nothing to enter), its rows."""

    circle: Circle
    round: Round | None
    mornings: list[Round]
    rows: list[dict[str, Any]]


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what stands on a day's paper, and record it. What was typed well is kept when something else was not."""
    circle = doors.enter(request.user, Circle.objects.select_related("organisation"), pk, *doors.STAFF)
    mornings = _mornings(circle)
    asked = request.POST.get("day") or request.GET.get("day")
    round_ = next((one for one in mornings if one.date.isoformat() == asked), mornings[0] if mornings else None)
    rows = [_row(person, request) for person in _people(circle, round_)]
    paper = _Paper(circle, round_, mornings, rows)
    if round_ is None or (asked and round_.date.isoformat() != asked):
        return _ask(request, paper, said=_("This circle had no morning on that day. Choose another day."))
    if request.method != "POST":
        return _ask(request, paper)
    written = [_written(row, round_) for row in rows if row["result"]]
    if not written or any(row["error"] for row in rows):
        return _ask(request, paper, said="" if written else _("Fill in at least one row."))
    assert isinstance(request.user, User)
    name = request.user.get_full_name() or request.user.get_username()
    actor = Actor(who=f"user:{request.user.pk}", channel="paper")
    try:
        entered = [one for one in written if one is not None]
        record_results(round_.pk, entered, actor=actor, name=name, now=clock.now())
    except RondjeError as error:
        return _ask(request, paper, said=_(error.message))
    messages.success(request, _("The results have been recorded."))
    return redirect("circle", circle.pk)


def _mornings(circle: Circle) -> list[Round]:
    """The mornings of the last days, today's first: paper may be typed in later."""
    today = schedule.local_date(clock.now(), zone_of(circle))
    found = Round.objects.filter(circle=circle, date__range=(today - BACK, today))
    return list(found.select_related("circle__organisation").order_by("-date"))


def _people(circle: Circle, round_: Round | None) -> list[Person]:
    if round_ is None:
        return []
    if round_.state == Round.State.PLANNED:
        return [member.person for member in expected_members(circle, round_.date)]
    return [seat.person for seat in round_.seats.select_related("person").order_by("position")]


def _row(person: Person, request: HttpRequest) -> dict[str, Any]:
    result = request.POST.get(f"result-{person.pk}", "")
    at = request.POST.get(f"at-{person.pk}", "")
    return {"person": person, "result": result if result in set(Result) else "", "at": at, "error": ""}


def _written(row: dict[str, Any], round_: Round) -> Written | None:
    """A row of the paper. Nobody notes at what time they heard that somebody is away: that holds from the start."""
    now = clock.now()
    result = Result(row["result"])
    if result is Result.AWAY and not row["at"]:
        return Written(person_id=row["person"].pk, result=result, at=min(round_.planned_start, now))
    try:
        wall = time.fromisoformat(row["at"])
    except ValueError:
        row["error"] = _("Give the time, such as 08:45.")
        return None
    at = schedule.instant(round_.date, wall.replace(tzinfo=None), zone_of(round_.circle))
    if at > now:
        row["error"] = _("This time lies ahead.")
        return None
    return Written(person_id=row["person"].pk, result=result, at=at)


def _ask(request: HttpRequest, paper: _Paper, said: str = "") -> HttpResponse:
    choices = [
        (Result.WELL.value, _("Well")),
        (Result.NO_ANSWER.value, _("No answer")),
        (Result.AWAY.value, _("Away")),
    ]
    facts = {"organisation": paper.circle.organisation, **vars(paper), "choices": choices, "said": said}
    status = 422 if request.method == "POST" else 200
    return render(request, "circles/results.html", facts, status=status)
