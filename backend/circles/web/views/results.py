"""Results on paper: one row for each member, entered afterwards."""

from datetime import time
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
from backend.common.errors import NotFound, RondjeError
from backend.events import clock
from backend.people import doors
from backend.people.models import Person, User


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what stands on today's paper, and record it. What was typed well is kept when something else was not."""
    circle = doors.enter(request.user, Circle.objects.select_related("organisation"), pk, *doors.STAFF)
    today = schedule.local_date(clock.now(), zone_of(circle))
    rows = [_row(person, request) for person in _people(circle, today)]
    if request.method != "POST":
        return _ask(request, circle, rows)
    written = [_written(row, circle, today) for row in rows if row["result"]]
    if not written or any(row["error"] for row in rows):
        return _ask(request, circle, rows, said="" if written else _("Fill in at least one row."))
    round_ = Round.objects.filter(circle=circle, date=today).first()
    if round_ is None:
        raise NotFound("This circle does not go round today.")
    assert isinstance(request.user, User)
    name = request.user.get_full_name() or request.user.get_username()
    actor = Actor(who=f"user:{request.user.pk}", channel="paper")
    try:
        entered = [one for one in written if one is not None]
        record_results(round_.pk, entered, actor=actor, name=name, now=clock.now())
    except RondjeError as error:
        return _ask(request, circle, rows, said=_(error.message))
    messages.success(request, _("The results have been recorded."))
    return redirect("circle", circle.pk)


def _people(circle: Circle, today: Any) -> list[Person]:
    round_ = Round.objects.filter(circle=circle, date=today).exclude(state=Round.State.PLANNED).first()
    if round_ is not None:
        return [seat.person for seat in round_.seats.select_related("person").order_by("position")]
    return [member.person for member in expected_members(circle, today)]


def _row(person: Person, request: HttpRequest) -> dict[str, Any]:
    result = request.POST.get(f"result-{person.pk}", "")
    at = request.POST.get(f"at-{person.pk}", "")
    return {"person": person, "result": result if result in set(Result) else "", "at": at, "error": ""}


def _written(row: dict[str, Any], circle: Circle, today: Any) -> Written | None:
    try:
        wall = time.fromisoformat(row["at"])
    except ValueError:
        row["error"] = _("Give the time, such as 08:45.")
        return None
    at = schedule.instant(today, wall.replace(tzinfo=None), zone_of(circle))
    if at > clock.now():
        row["error"] = _("This time lies ahead.")
        return None
    return Written(person_id=row["person"].pk, result=Result(row["result"]), at=at)


def _ask(request: HttpRequest, circle: Circle, rows: list[dict[str, Any]], said: str = "") -> HttpResponse:
    choices = [
        (Result.WELL.value, _("Well")),
        (Result.NO_ANSWER.value, _("No answer")),
        (Result.AWAY.value, _("Away")),
    ]
    facts = {"circle": circle, "organisation": circle.organisation, "rows": rows, "choices": choices, "said": said}
    status = 422 if request.method == "POST" else 200
    return render(request, "circles/results.html", facts, status=status)
