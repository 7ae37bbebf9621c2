"""The page behind the link in a text: for one person and one incident, without signing in, made for a telephone.

Nothing personal is shown before the button is pressed; then one question at a time. What was asked twice, or is over,
leads back to the page, which always says how the case stands.
"""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.common.speaking import speak_unless_chosen
from backend.events import clock
from backend.incidents.domain.policy import Target
from backend.incidents.models import ClaimLink
from backend.incidents.services import claiming, links
from backend.incidents.web import cases, recording
from backend.incidents.web.cases import Turn
from backend.incidents.web.forms import OutcomeForm
from backend.people.admission import Admission

ADMISSION = Admission("rondje_case", "incidents.link", "volunteer", links.LIVES)


@login_not_required
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """How the case stands for whoever follows the link; before it was opened, only that there is one."""
    link, now = _follow(request, token)
    if not ADMISSION.is_admitted(request, link):
        return _page(request, link, token, "incidents/volunteer_open.html")
    turn = cases.turn_of(link.incident, link.target, now)
    if turn is Turn.OUTCOME:
        return _ask_outcome(request, link, token)
    template = {
        Turn.CLAIM: "incidents/volunteer_claim.html",
        Turn.ARRIVE: "incidents/volunteer_arrive.html",
        Turn.OTHERS: "incidents/volunteer_others.html",
        Turn.OVER: "incidents/volunteer_over.html",
    }[turn]
    return _page(request, link, token, template)


@login_not_required
@require_POST
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The button that only a person presses: from here on this browser is shown names."""
    link, now = _follow(request, token)
    return ADMISSION.let_in(link, now, token)


@login_not_required
@require_POST
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """Take the case. Who comes second is told on the page who has it."""
    link, now = _follow(request, token)
    if ADMISSION.is_admitted(request, link):
        try:
            recording.claim(link.incident_id, target=_target(link), actor=_actor(link), now=now)
        except Conflict:
            return redirect("volunteer", token)
    return redirect("volunteer", token)


@login_not_required
@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Say that one cannot go; the next is alerted. One may still change one's mind."""
    link, now = _follow(request, token)
    if ADMISSION.is_admitted(request, link):
        try:
            recording.decline(link.incident_id, target=_target(link), actor=_actor(link), now=now)
        except Conflict:
            return redirect("volunteer", token)
        messages.info(request, _("Thank you for telling. The next person is being alerted."))
    return redirect("volunteer", token)


@login_not_required
@require_POST
def arrived(request: HttpRequest, token: str) -> HttpResponse:
    """Say that one is at the door."""
    link, now = _follow(request, token)
    if _holds(request, link, now):
        recording.arrived(link.incident_id, actor=_actor(link), name=_target(link).name, now=now)
    return redirect("volunteer", token)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, token: str) -> HttpResponse:
    """Ask what was found, and record it: one member at a time, also without having gone there."""
    link, now = _follow(request, token)
    if not _holds(request, link, now):
        return redirect("volunteer", token)
    if request.method != "POST":
        return _ask_outcome(request, link, token)
    waiting = cases.without_outcome(cases.concerned(link.incident))
    form = OutcomeForm(request.POST, has_members=bool(waiting), kind=link.incident.kind)
    if not form.is_valid():
        return _ask_outcome(request, link, token, form)
    name = _target(link).name
    try:
        recording.outcome(
            link.incident_id,
            member_id=form.cleaned_data["member"],
            found=form.found,
            actor=_actor(link),
            name=name,
            now=now,
        )
    except Conflict:
        return redirect("volunteer", token)
    messages.success(request, _("It has been recorded."))
    return redirect("volunteer", token)


@login_not_required
@require_POST
def key_note(request: HttpRequest, token: str, contact_pk: int) -> HttpResponse:
    """Show where a key is, to who has the case; that it was shown is part of the timeline."""
    link, now = _follow(request, token)
    if not _holds(request, link, now):
        return redirect("volunteer", token)
    contact = recording.key_note_seen(
        link.incident_id, contact_pk, actor=_actor(link), name=_target(link).name, now=now
    )
    back = reverse("volunteer", args=[token])
    return _page(
        request,
        link,
        token,
        "incidents/key_note.html",
        base="incidents/base_volunteer.html",
        contact=contact,
        back=back,
    )


def _follow(request: HttpRequest, token: str) -> tuple[ClaimLink, datetime]:
    """The link, and now. Speaks the language of whoever was texted unless they chose another. Raises NotFound."""
    now = clock.now()
    link = links.follow(token, now)
    speak_unless_chosen(request, _target(link).language)
    return link, now


def _target(link: ClaimLink) -> Target:
    return claiming.target_of(link.incident, link.target)


def _actor(link: ClaimLink) -> Actor:
    return Actor(who=link.target, channel="link")


def _holds(request: HttpRequest, link: ClaimLink, now: datetime) -> bool:
    """Whether this browser was admitted and its reader has the case."""
    mine = (Turn.ARRIVE, Turn.OUTCOME)
    return ADMISSION.is_admitted(request, link) and cases.turn_of(link.incident, link.target, now) in mine


def _ask_outcome(request: HttpRequest, link: ClaimLink, token: str, form: OutcomeForm | None = None) -> HttpResponse:
    people = cases.concerned(link.incident)
    waiting = cases.without_outcome(people)
    about = waiting[0] if waiting else None
    form = form or OutcomeForm(has_members=bool(waiting), kind=link.incident.kind)
    return _page(
        request,
        link,
        token,
        "incidents/volunteer_outcome.html",
        status=422 if form.errors else 200,
        form=form,
        about=about,
        place=min(len(people) - len(waiting) + 1, len(people)),
        total=len(people),
    )


def _page(
    request: HttpRequest, link: ClaimLink, token: str, template: str, *, status: int = 200, **facts: object
) -> HttpResponse:
    incident = link.incident
    shown = {
        "token": token,
        "incident": incident,
        "organisation": incident.organisation,
        "reason": cases.reason(incident),
        "holder": cases.holder(incident),
        "is_mine": cases.is_held_by(incident, link.target),
        "people": cases.concerned(incident) if ADMISSION.is_admitted(request, link) else [],
        "known": cases.known(incident, clock.now()) if ADMISSION.is_admitted(request, link) else (),
        **facts,
    }
    return render(request, template, shown, status=status)
