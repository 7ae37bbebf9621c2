"""Reserving without an account: a form, and the code that proves a number."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from backend.common.errors import RondjeError
from backend.common.visitors import address_of
from backend.events import clock
from backend.events.trials import Trials
from backend.meals.domain.chairs import Refusal
from backend.meals.domain.codes import Tried
from backend.meals.domain.programme import Left
from backend.meals.models import Evening, Reservation
from backend.meals.selectors import programme
from backend.meals.selectors.waiting import chairs_beside_the_list
from backend.meals.services import online, reservation_links
from backend.meals.services.wishes import No
from backend.meals.web.forms.public import CodeForm, PlateForms, ReservationForm, asked
from backend.meals.web.public_words import LEFT, SIGNS, why_not
from backend.meals.web.speaking import remembers, speaks
from backend.people.domain.telephone import kind_of

ASKED = Trials(kind="meals.code_asked", subject="meals_visitor", at_most=60, within=timedelta(hours=1))
"""Codes that are asked for from one address. A house with many residents has one address."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@speaks
@remembers
def reserve(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """The form for one evening; after it, the page on which the code is given."""
    evening, now = programme.public_evening(programme.public_resto(slug), day), clock.now()
    left = programme.left_at(evening, chairs_beside_the_list(evening, now), now)
    rides = evening.resto.latitude is not None
    data = request.POST if request.method == "POST" else None
    form, plates = ReservationForm(data, rides=rides), PlateForms(data, prefix="plate")
    if data is not None and left not in (Left.CANCELLED, Left.TOO_LATE):
        kept = _kept(request, evening, form, plates, now)
        if kept is not None:
            return redirect("dinner-code", slug, reservation_links.code_token_of(kept))
    facts: dict[str, Any] = {
        "form": form,
        "plates": plates,
        "evening": evening,
        "left": left,
        "may_wait": form.may_wait,
        "said": LEFT[left],
        "sign": SIGNS[left],
        **_of(evening),
    }
    wrong = bool(form.errors) or (data is not None and plates.total_error_count() > 0)
    return render(request, "meals/public_reserve.html", facts, status=422 if wrong else 200)


def _kept(
    request: HttpRequest, evening: Evening, form: ReservationForm, plates: Any, now: datetime
) -> Reservation | None:
    """The chairs that are kept for what was filled in; None when they are not, and the form says why."""
    wish = asked(form, plates, get_language() or "nl")
    if wish is None:
        return None
    address = address_of(request)
    if ASKED.too_many(address):
        form.add_error(None, _("Many codes were asked for from where you are. Try again in an hour, or ring us."))
        return None
    start = online.start_waiting if request.POST.get("what") == "wait" else online.start
    try:
        done = start(evening_id=evening.pk, asked=wish, now=now)
    except RondjeError as error:
        form.add_error(None, _(error.message))
        return None
    if isinstance(done, No):
        form.add_error(None, why_not(done, wish.covers))
        form.may_wait = done.why in (Refusal.FULL, Refusal.OFFERED)
        return None
    ASKED.made(address)
    return done


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@speaks
@remembers
def code(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Give the code: then the chairs are theirs."""
    row, now = reservation_links.follow_to_code(token), clock.now()
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        outcome = online.try_code(reservation_id=row.pk, code=form.cleaned_data["code"], now=now)
        if outcome.reservation is not None:
            if outcome.tried is Tried.ALREADY:
                messages.info(request, _("You had a reservation for this evening already. Nothing has been changed."))
            return redirect("dinner-own", reservation_links.token_of(outcome.reservation))
        form.add_error("code", why_not(outcome.no, row.covers) if outcome.no else _refused(outcome.tried))
    check = row.number_checks.order_by("-pk").first()
    is_over = row.state != Reservation.State.UNCONFIRMED or check is None or now >= check.expires_at
    facts = {
        "form": form,
        "row": row,
        "token": token,
        "is_over": is_over,
        "is_mobile": check is not None and kind_of(check.line) == "mobile",
        "until": check.expires_at if check else now,
        "evening": row.evening,
        **_of(row.evening),
    }
    return render(request, "meals/public_code.html", facts, status=422 if form.errors else 200)


@login_not_required
@require_POST
@speaks
def again(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Send another code."""
    row = reservation_links.follow_to_code(token)
    address = address_of(request)
    try:
        if ASKED.too_many(address):
            raise RondjeError("Many codes were asked for from where you are. Try again in an hour, or ring us.")
        online.send_again(reservation_id=row.pk, language=get_language() or "nl", now=clock.now())
    except RondjeError as error:
        messages.error(request, _(error.message))
    else:
        ASKED.made(address)
        messages.success(request, _("A new code is on its way. The one before does not work any more."))
    return redirect("dinner-code", slug, token)


def _refused(tried: Tried) -> str:
    if tried is Tried.WRONG:
        return _("This is not the code. Look at it once more, or have a new one sent.")
    if tried is Tried.LOCKED:
        return _("Too many wrong codes were given for this number. Try again in an hour, or ring us.")
    return _("This code is not good any more. Reserve once more, or ring us.")


def _of(evening: Evening) -> dict[str, Any]:
    return {"resto": evening.resto, "organisation": evening.resto.organisation}
