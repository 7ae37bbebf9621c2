"""Who is on duty for the bus, and how that is changed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.common.actors import Actor
from backend.common.errors import NotFound
from backend.events import clock
from backend.people import doors
from backend.people.models import DutyShift, Organisation, Person
from backend.people.selectors import local_date
from backend.people.web.roster_forms import RosterForm
from backend.transport.selectors.duty import choosable
from backend.transport.services import duty as duties
from backend.transport.web import duty, saving
from backend.transport.web.forms.duty import FORMS

ALL = Organisation.objects.all()


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The coming two weeks, the week, and the forms that change them."""
    organisation = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk")
    return _page(request, organisation, clock.now())


@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One of the forms. What was typed stays when it cannot be done."""
    organisation, now = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk"), clock.now()
    if what not in FORMS:
        raise NotFound("This page does not exist")
    form = _form(what, organisation, now, choosable(organisation), request.POST)
    actor = saving.actor(request)
    told = saving.done(form, lambda: _carry_out(what, organisation, form.cleaned_data, actor))
    if told is None:
        return _page(request, organisation, now, form)
    messages.success(request, told)
    return redirect("bus-on-duty", pk)


def _carry_out(what: str, organisation: Organisation, asked: dict[str, Any], actor: Actor) -> str:
    """Do what a form asks; returns what was done, in words. Raises RondjeError."""
    rank = DutyShift.Rank(asked["rank"])
    match what:
        case "weekday":
            duties.put(organisation, asked["person"], rank=rank, weekday=asked["weekday"], actor=actor)
            return _("The weekly roster has been changed.")
        case "date":
            duties.put(organisation, asked["person"], rank=rank, day=asked["day"], actor=actor)
            return _("The roster of %(day)s has been changed.") % {"day": formats.date_format(asked["day"], "l j F")}
    person = duties.put_newcomer(
        organisation,
        given_name=asked["given_name"],
        family_name=asked["family_name"],
        phones=asked["phone"],
        rank=rank,
        weekday=asked["weekday"],
        actor=actor,
    )
    return _("%(name)s is on duty every week from now on.") % {"name": person.name}


def _form(what: str, organisation: Organisation, now: datetime, people: list[Person], data: Any = None) -> RosterForm:
    return FORMS[what](data, people=people, ranks=duty.RANKS, today=local_date(organisation, now))


def _page(
    request: HttpRequest, organisation: Organisation, now: datetime, bound: RosterForm | None = None
) -> HttpResponse:
    people = choosable(organisation)
    forms = {what: _form(what, organisation, now, people) for what in FORMS}
    if bound is not None:
        forms[str(bound.prefix)] = bound
    facts = {
        **duty.facts(organisation, now),
        "open_form": bound.prefix if bound is not None else "",
        "forms": [(what, *duty.FORMS[what], form) for what, form in forms.items()],
    }
    return render(request, "transport/duty.html", facts, status=422 if bound is not None else 200)
