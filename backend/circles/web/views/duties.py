"""Somebody's own duties, behind the link in a text: without signing in, made for a telephone.

Nothing personal is shown before the button is pressed.
"""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.circles.models import Circle
from backend.circles.selectors import duty as rosters
from backend.circles.services import swaps
from backend.circles.web import own_duties
from backend.common.errors import NotFound
from backend.common.link_rows import gone
from backend.people.admission import Admission
from backend.people.models import DutyShift, DutySwap
from backend.people.services import duty_links
from backend.people.web.own_links import actor_of, follow

ADMISSION = Admission("rondje_duties", "circles.duties", "duties", duty_links.LIVES)


@login_not_required
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Their duties and what they were asked; before the button was pressed, only that there is something."""
    link, now = follow(request, token)
    facts: dict[str, Any] = {"token": token, "organisation": link.person.organisation}
    if not ADMISSION.is_admitted(request, link):
        return render(request, "circles/duties_open.html", facts)
    return render(request, "circles/duties.html", {**facts, **own_duties.facts(link.person, now), "now": now})


@login_not_required
@require_POST
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The button that only a person presses: from here on this browser is shown names."""
    link, now = follow(request, token)
    return ADMISSION.let_in(link, now, token)


@login_not_required
@require_POST
def offer(request: HttpRequest, token: str, circle_pk: int, rank: str, day: str) -> HttpResponse:
    """Ask the others whether they can take this duty; `day` is its local date (ISO), as it stood on the page."""
    link, now = follow(request, token)
    if not ADMISSION.is_admitted(request, link):
        return redirect("duties", token)
    circle = Circle.objects.filter(pk=circle_pk, organisation_id=link.person.organisation_id).first()
    if circle is None or rank not in DutyShift.Rank.values:
        raise NotFound("This duty is not for a telephone circle.")
    named = _day_shown(day, rosters.days_ahead(circle, now, rosters.OWN_DAYS))
    swaps.offer(circle, owner=link.person, rank=DutyShift.Rank(rank), day=named, actor=actor_of(link), now=now)
    messages.success(request, _("The others have been asked. Until somebody says yes, the duty stays yours."))
    return redirect("duties", token)


@login_not_required
@require_POST
def withdraw(request: HttpRequest, token: str, swap_pk: int) -> HttpResponse:
    """They can be there after all."""
    link, now = follow(request, token)
    if ADMISSION.is_admitted(request, link):
        _must_exist(DutySwap.objects.filter(pk=swap_pk, owner=link.person).exists())
        swaps.withdraw(swap_pk, actor=actor_of(link), now=now)
        messages.success(request, _("Thank you. You keep the duty, and the others have been told."))
    return redirect("duties", token)


@login_not_required
@require_POST
def take(request: HttpRequest, token: str, swap_pk: int) -> HttpResponse:
    """Take over what was asked. Who comes second is told so."""
    link, now = follow(request, token)
    if ADMISSION.is_admitted(request, link):
        theirs = DutySwap.objects.filter(pk=swap_pk, organisation_id=link.person.organisation_id)
        _must_exist(theirs.filter(asked__contains=[link.person_id]).exists())
        swaps.take(swap_pk, taker=link.person, actor=actor_of(link), now=now)
        messages.success(request, _("Thank you. The duty is yours; it is on the list below."))
    return redirect("duties", token)


def _day_shown(iso: str, shown: list[date]) -> date:
    """The date that was meant. Raises NotFound for none, and for one that lies behind us or too far ahead."""
    found = next((day for day in shown if day.isoformat() == iso), None)
    if found is None:
        raise NotFound("This duty lies behind us, or too far ahead. Look at the page again.")
    return found


def _must_exist(exists: bool) -> None:
    if not exists:
        raise gone()
