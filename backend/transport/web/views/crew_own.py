"""A driver's or host's own trips and dates, behind the link in a text: without signing in, made for a telephone.

Nothing personal is shown before the button is pressed.
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.common.errors import NotFound
from backend.notifications.services.crew_messages import LINK_LIVES
from backend.people.admission import Admission
from backend.people.models import DutyLink
from backend.people.selectors import local_date
from backend.people.web.own_links import actor_of, follow
from backend.transport.models import CrewDuty
from backend.transport.selectors import crew as reading
from backend.transport.services import crew as duties
from backend.transport.services import crew_people, crew_swaps
from backend.transport.web import crew, saving
from backend.transport.web.forms.crew import WhenForm, said_by

ADMISSION = Admission("rondje_bus", "transport.crew", "bus-own", LINK_LIVES)


@login_not_required
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Their trips and what they are asked; before the button was pressed, only that there is something."""
    link, now = follow(request, token)
    facts = {"token": token, "organisation": link.person.organisation}
    if not ADMISSION.is_admitted(request, link):
        return render(request, "transport/own_open.html", facts)
    return render(request, "transport/own.html", {**facts, **crew.own(link.person, now)})


@login_not_required
@require_POST
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The button that only a person presses: from here on this browser is shown names."""
    link, now = follow(request, token)
    return ADMISSION.let_in(link, now, token)


@login_not_required
@require_POST
def act(request: HttpRequest, token: str, what: str, duty_pk: int) -> HttpResponse:
    """Yes or no to a question; ask the others, keep it after all, or drop out of a trip."""
    link, now = follow(request, token)
    if not ADMISSION.is_admitted(request, link):
        return redirect("bus-own", token)
    does = ACTS.get(what)
    theirs = CrewDuty.objects.filter(pk=duty_pk, trip__organisation_id=link.person.organisation_id)
    if does is None or not theirs.exists():
        raise NotFound("This link does not work any more. Ring the number that sent it.")
    messages.success(request, does(link, duty_pk, now))
    return redirect("bus-own", token)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def when(request: HttpRequest, token: str) -> HttpResponse:
    """On which dates of a month they can come."""
    link, now = follow(request, token)
    if not ADMISSION.is_admitted(request, link):
        return redirect("bus-own", token)
    person = link.person
    month = crew.month_of(request.GET.get("month", ""), local_date(person.organisation, now))
    days = sorted({trip.date for trip in reading.needing_crew(person, month.first, month.last)})
    form = WhenForm(request.POST if request.method == "POST" else None, days=days, said=said_by(person, days))
    if form.is_bound:
        done = saving.done(form, lambda: crew_people.say_when(person, form.said, actor=actor_of(link), now=now) or True)
        if done is not None:
            messages.success(request, _("Thank you. We know on which days you can come."))
            return redirect(f"{reverse('bus-own-when', args=[token])}?month={month.first:%Y-%m}")
    facts = {"token": token, "organisation": person.organisation, "person": person, "month": month, "form": form}
    return render(request, "transport/own_when.html", facts, status=422 if form.errors else 200)


def _yes(link: DutyLink, duty_pk: int, now: datetime) -> str:
    duties.say_yes(duty_id=duty_pk, person=link.person, actor=actor_of(link), now=now)
    return _("Thank you. You are on the roster; the trip is on the list below.")


def _no(link: DutyLink, duty_pk: int, now: datetime) -> str:
    duties.say_no(duty_id=duty_pk, person=link.person, actor=actor_of(link), now=now)
    return _("Thank you for answering. We are asking somebody else.")


def _swap(link: DutyLink, duty_pk: int, now: datetime) -> str:
    crew_swaps.ask_others(duty_id=duty_pk, owner=link.person, actor=actor_of(link), now=now)
    return _("The others have been asked. Until somebody says yes, the trip stays yours.")


def _keep(link: DutyLink, duty_pk: int, now: datetime) -> str:
    crew_swaps.keep_it(duty_id=duty_pk, owner=link.person, actor=actor_of(link), now=now)
    return _("Thank you. You keep the trip, and the others have been told.")


def _drop(link: DutyLink, duty_pk: int, now: datetime) -> str:
    crew_swaps.drop_out(duty_id=duty_pk, owner=link.person, actor=actor_of(link), now=now)
    return _("Thank you for telling us. We are looking for somebody else.")


ACTS: dict[str, Callable[[DutyLink, int, datetime], str]] = {
    "yes": _yes,
    "no": _no,
    "swap": _swap,
    "keep": _keep,
    "drop": _drop,
}
