"""The duty roster of a circle, for staff: who is on duty in the coming days, and how that is changed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.circles.domain import schedule
from backend.circles.models import Circle
from backend.circles.selectors.settings import zone_of
from backend.circles.services import rostering
from backend.circles.web import rosters, words
from backend.circles.web.policy_forms import in_words
from backend.circles.web.roster_forms import FORMS
from backend.common import actors
from backend.common.errors import NotFound, RondjeError
from backend.events import clock
from backend.people import doors
from backend.people.models import DutyShift, Person, User
from backend.people.web.roster_forms import RosterForm

DAYS_SHOWN = 14
DAYS_OPEN = 7
"""The rest is folded away: on a telephone two weeks are a long way to scroll."""

DAYS_PRINTED = 28


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The coming two weeks, the weekly duties, and the forms that change them."""
    return _page(request, _circle(request, pk), clock.now())


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """Four weeks, to hang beside the telephone."""
    circle, now = _circle(request, pk), clock.now()
    facts = {"circle": circle, "organisation": circle.organisation, "now": now}
    return render(
        request,
        "circles/roster_print.html",
        {**facts, "rows": rosters.rows(circle, now, DAYS_PRINTED), "ranks": words.RANKS.values()},
    )


@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One of the forms. What was typed stays when it cannot be done."""
    circle, now = _circle(request, pk), clock.now()
    if what not in FORMS:
        raise NotFound("This page does not exist")
    form = _form(what, circle, now, rosters.choosable(circle), request.POST)
    if not form.is_valid():
        return _page(request, circle, now, form, status=422)
    assert isinstance(request.user, User)
    try:
        done = _carry_out(what, circle, form.cleaned_data, actors.user(request.user.pk), now)
    except RondjeError as error:
        form.add_error(None, in_words(error))
        return _page(request, circle, now, form, status=error.status)
    messages.success(request, done)
    return redirect("circle-roster", circle.pk)


def _carry_out(what: str, circle: Circle, asked: dict[str, Any], actor: actors.Actor, now: datetime) -> str:
    """Do what a form asks; returns what was done, in words. Raises RondjeError."""
    rank = DutyShift.Rank(asked["rank"]) if "rank" in asked else DutyShift.Rank.PRIMARY
    match what:
        case "weekday":
            rostering.set_weekday(circle, asked["person"], rank=rank, weekday=asked["weekday"], actor=actor)
            return _("The weekly roster has been changed.")
        case "date":
            rostering.set_date(circle, asked["person"], rank=rank, day=asked["day"], actor=actor)
            return _("The roster of %(day)s has been changed.") % {"day": formats.date_format(asked["day"], "l j F")}
        case "away":
            rostering.volunteer_away(asked["person"], first_day=asked["day"], last_day=asked["last_day"], actor=actor)
            return _("The absence of %(name)s has been recorded.") % {"name": asked["person"].name}
        case "swap":
            asked_count = rostering.offer_on_behalf(circle, rank=rank, day=asked["day"], actor=actor, now=now)
            return _("%(n)s people have been asked by text.") % {"n": asked_count}
        case "link":
            rostering.send_link(circle, asked["person"], now=now)
            return _("%(name)s gets a text with a link to the duties.") % {"name": asked["person"].name}
    name = f"{asked['given_name']} {asked['family_name']}"
    rostering.add_volunteer(circle, asked["given_name"], asked["family_name"], asked["phone"])
    return _("%(name)s can be put on the roster now.") % {"name": name}


def _circle(request: HttpRequest, pk: int) -> Circle:
    return doors.enter(request.user, Circle.objects.select_related("organisation"), pk, *doors.STAFF)


def _form(what: str, circle: Circle, now: datetime, people: list[Person], data: Any = None) -> RosterForm:
    today = schedule.local_date(now, zone_of(circle))
    return FORMS[what](data, people=people, ranks=words.RANKS, today=today)


def _page(
    request: HttpRequest, circle: Circle, now: datetime, bound: RosterForm | None = None, *, status: int = 200
) -> HttpResponse:
    people = rosters.choosable(circle)
    forms = {what: _form(what, circle, now, people) for what in FORMS}
    if bound is not None:
        forms[str(bound.prefix)] = bound
    rows = rosters.rows(circle, now, DAYS_SHOWN)
    facts = {
        "circle": circle,
        "organisation": circle.organisation,
        "rows": rows[:DAYS_OPEN],
        "later": rows[DAYS_OPEN:],
        "gap_later": any(row.has_gap for row in rows[DAYS_OPEN:]),
        "week": rosters.week(circle),
        "ranks": words.RANKS.values(),
        "now": now,
        "open_form": bound.prefix if bound is not None else "",
        "forms": [(what, *words.ROSTER_FORMS[what], form) for what, form in forms.items()],
    }
    return render(request, "circles/roster.html", facts, status=status)
