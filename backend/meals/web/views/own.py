"""One's own reservation, behind a link: what it is, more or fewer people, and off. It shows nobody's name."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.common import actors
from backend.common.errors import Conflict, RondjeError
from backend.common.speaking import speak, speak_unless_chosen
from backend.events import clock
from backend.meals.domain.groups import group_code
from backend.meals.models import Evening, Reservation
from backend.meals.selectors import told
from backend.meals.services import reservation_links, reserving
from backend.meals.services.wishes import No
from backend.meals.web.forms.public import CoversForm
from backend.meals.web.public_words import why_not
from backend.meals.web.speaking import asked, remembers


@login_not_required
@require_safe
@remembers
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The reservation as it is."""
    row, now = _follow(request, token)
    return _page(request, token, row, now, CoversForm(initial={"covers": row.covers}))


@login_not_required
@require_POST
def people(request: HttpRequest, token: str) -> HttpResponse:
    """More or fewer come."""
    row, now = _follow(request, token)
    form = CoversForm(request.POST)
    if form.is_valid():
        covers = form.cleaned_data["covers"]
        actor = actors.person(row.person_id, "link")
        change = partial(reserving.change_covers, reservation_id=row.pk, covers=covers, actor=actor, now=now)
        done = _done(form, row, now, change)
        if isinstance(done, No):
            form.add_error("covers", why_not(done, covers))
        elif done is not None:
            messages.success(request, _("Noted. You now come with %(n)s.") % {"n": covers})
            return redirect("dinner-own", token)
    return _page(request, token, row, now, form)


@login_not_required
@require_POST
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """They do not come. Cancelled twice is cancelled."""
    row, now = _follow(request, token)
    form = CoversForm({"covers": row.covers})
    actor = actors.person(row.person_id, "link")
    off = partial(reserving.cancel, reservation_id=row.pk, because="page", actor=actor, now=now)
    if row.state != Reservation.State.CANCELLED and _done(form, row, now, off) is None:
        return _page(request, token, row, now, form)
    return redirect("dinner-own", token)


def _done(form: CoversForm, row: Reservation, now: datetime, act: Callable[[], Any]) -> Any:
    """What `act` did, in a transaction; None when it is too late or was refused, and the form says why."""
    try:
        with transaction.atomic():
            if not _may_change(row, now):
                raise Conflict("The kitchen has begun: ring us to change or cancel it. Then nobody cooks for nothing.")
            return act()
    except RondjeError as error:
        form.add_error(None, _(error.message))
    return None


def _may_change(row: Reservation, now: datetime) -> bool:
    return row.evening.state == Evening.State.PLANNED and now < row.evening.cutoff_at


def _page(request: HttpRequest, token: str, row: Reservation, now: datetime, form: CoversForm) -> HttpResponse:
    evening = row.evening
    held = row.state in (Reservation.State.RESERVED, Reservation.State.WAITING)
    facts = {
        "form": form,
        "row": row,
        "token": token,
        "evening": evening,
        "resto": evening.resto,
        "organisation": evening.resto.organisation,
        "is_off": evening.state == Evening.State.CANCELLED,
        "is_cancelled": not held,
        "is_waiting": row.state == Reservation.State.WAITING,
        "may_change": held and _may_change(row, now),
        "is_past": now >= evening.ends_at,
        "group": group_code(row.party) if row.party and held else "",
        "plates": row.plates.count(),
        "people": told.people(row.covers, translation.get_language() or "nl"),
    }
    return render(request, "meals/public_own.html", facts, status=422 if form.errors else 200)


def _follow(request: HttpRequest, token: str) -> tuple[Reservation, datetime]:
    """The reservation, and now. Speaks the guest's language unless another was chosen. Raises NotFound."""
    row = reservation_links.follow(token)
    if language := asked(request):
        speak(request, language)
    else:
        speak_unless_chosen(request, row.person.language)
    return row, clock.now()
