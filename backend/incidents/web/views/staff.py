"""An incident as staff see it: whom it is about, what has happened, and what they record."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.common import actors
from backend.events import clock
from backend.incidents.domain.policy import Target
from backend.incidents.models import Incident
from backend.incidents.selectors import visible_to
from backend.incidents.services import claiming
from backend.incidents.web import cases, recording, timeline
from backend.incidents.web.board import level_words
from backend.incidents.web.cases import Turn
from backend.incidents.web.forms import TimedOutcomeForm
from backend.people import doors
from backend.people.models import User
from backend.people.selectors import zone_of


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page; a closed case stays readable."""
    return _page(request, _enter(request, pk))


@require_safe
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What changes by itself: how the case stands, and its timeline."""
    incident = _enter(request, pk)
    return render(request, "incidents/_state.html", _state(request, incident))


@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the case oneself. Who comes second is told who has it."""
    incident, user = _enter(request, pk), _user(request)
    try:
        recording.claim(incident.pk, target=_target(user), actor=actors.user(user.pk), now=clock.now())
        messages.success(request, _("The case is yours."))
    except claiming.AlreadyClaimed:
        _say_who_has_it(request, pk)
    except claiming.AlreadyClosed:
        messages.info(request, _("This case is closed already. You need do nothing."))
    return redirect("incident", pk)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the case back, or say that one cannot go: the others are alerted on."""
    incident, user = _enter(request, pk), _user(request)
    try:
        recording.decline(incident.pk, target=_target(user), actor=actors.user(user.pk), now=clock.now())
        messages.info(request, _("Thank you for telling. The next person is being alerted."))
    except claiming.AlreadyClaimed:
        _say_who_has_it(request, pk)
    return redirect("incident", pk)


@require_POST
def arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that somebody is at the door."""
    incident, user = _enter(request, pk), _user(request)
    recording.arrived(incident.pk, actor=actors.user(user.pk), name=_name(user), now=clock.now())
    return redirect("incident", pk)


@require_POST
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was found, for one member, also when it happened earlier and was told by telephone."""
    incident, user = _enter(request, pk), _user(request)
    now = clock.now()
    has_members = incident.members.filter(outcome="").exists()
    form = TimedOutcomeForm(request.POST, has_members=has_members, kind=incident.kind)
    if not form.is_valid():
        return _page(request, incident, form)
    recording.outcome(
        incident.pk,
        member_id=form.cleaned_data["member"],
        found=form.found,
        actor=actors.user(user.pk),
        name=_name(user),
        now=now,
        at=form.true_time(now, zone_of(incident.organisation)),
    )
    messages.success(request, _("It has been recorded."))
    return redirect("incident", pk)


@require_POST
def key_note(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    """Show where a key is, to who has the case and to nobody else; that it was shown is part of the timeline."""
    incident, user = _enter(request, pk), _user(request)
    contact = recording.key_note_seen(
        incident.pk, contact_pk, actor=actors.user(user.pk), name=_name(user), now=clock.now()
    )
    facts = {"base": "web/base_staff.html", "contact": contact, "back": reverse("incident", args=[pk])}
    return render(request, "incidents/key_note.html", facts)


def _say_who_has_it(request: HttpRequest, pk: int) -> None:
    holder = cases.holder(Incident.objects.get(pk=pk))
    messages.info(request, _("%(name)s has taken this already.") % {"name": holder})


def _enter(request: HttpRequest, pk: int) -> Incident:
    return doors.only(visible_to(request.user).filter(pk=pk))


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _target(user: User) -> Target:
    """Staff stand on no ladder and are not rung: a case that they take has no lines to reach them."""
    return Target(ref=f"user:{user.pk}", name=_name(user), lines=())


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()


def _page(request: HttpRequest, incident: Incident, form: TimedOutcomeForm | None = None) -> HttpResponse:
    people = cases.concerned(incident)
    waiting = cases.without_outcome(people)
    form = form or TimedOutcomeForm(has_members=bool(waiting), kind=incident.kind)
    facts = {
        **_state(request, incident),
        "people": people,
        "known": cases.known(incident, clock.now()),
        "waiting": waiting,
        "asks_outcome": incident.is_open,
        "form": form,
    }
    return render(request, "incidents/incident.html", facts, status=422 if form.errors else 200)


def _state(request: HttpRequest, incident: Incident) -> dict[str, Any]:
    now: datetime = clock.now()
    turn = cases.turn_of(incident, f"user:{_user(request).pk}", now)
    return {
        "incident": incident,
        "organisation": incident.organisation,
        "reason": cases.reason(incident),
        "level": level_words(incident),
        "holder": cases.holder(incident),
        "can_claim": turn is Turn.CLAIM,
        "is_mine": turn in (Turn.ARRIVE, Turn.OUTCOME),
        "steps": timeline.steps(incident),
        "alerts": timeline.alerts(incident),
        "now": now,
    }
