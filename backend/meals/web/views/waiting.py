"""The waiting list of an evening: whose turn it is, and what a person does about it out of turn."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.common import actors
from backend.common.actors import Actor
from backend.common.asking import Question, ask_first
from backend.common.errors import Conflict
from backend.events import clock
from backend.meals.models import Evening, Reservation
from backend.meals.selectors import told
from backend.meals.services import waiting as services
from backend.meals.services.wishes import No
from backend.meals.web import waiting
from backend.people import doors
from backend.people.models import User
from backend.people.selectors import zone_of

EVENINGS = Evening.objects.select_related("resto__organisation")
PARTIES = Reservation.objects.select_related("evening__resto__organisation", "person")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Who waits, in turn; what was offered, and who was skipped and why."""
    evening = doors.enter(request.user, EVENINGS, pk, *doors.RESTO, path="resto__organisation")
    with timezone.override(zone_of(evening.resto.organisation)):
        facts = waiting.facts(evening, clock.now())
        return render(request, "meals/waiting.html", {"evening": evening, **facts})


@require_POST
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a party its chairs, whoever's turn it is."""
    row = _party(request, pk)
    with transaction.atomic():
        found = services.seat_by_hand(row.pk, actor=_actor(request, row), now=clock.now())
    if isinstance(found, No):
        messages.error(request, waiting.why_not(found))
    else:
        messages.success(request, _("%(name)s has chairs now. Tell them.") % {"name": row.person.name})
    return redirect("resto-waiting", row.evening_id)


@require_http_methods(["GET", "HEAD", "POST"])
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, because their turn is lost; then take a party off the list."""
    row = _party(request, pk)
    back = reverse("resto-waiting", args=[row.evening_id])
    if request.method != "POST":
        named = {"name": row.person.name, "people": told.people(row.covers, request.LANGUAGE_CODE[:2])}
        question = Question(
            title=_("Take %(name)s off the waiting list?") % named,
            happens=[
                _("%(name)s, %(people)s, is offered no chairs on this evening any more.") % named,
                _("Who has a mobile is told so by text."),
            ],
            yes=_("Yes, take them off"),
            no=_("No, they keep waiting"),
            place=_("The waiting list"),
            back=back,
        )
        return ask_first(request, question)
    try:
        with transaction.atomic():
            services.take_off(row.pk, actor=_actor(request, row), now=clock.now())
    except Conflict:
        messages.error(request, _("%(name)s does not wait any more.") % {"name": row.person.name})
    else:
        messages.success(request, _("%(name)s is off the waiting list.") % {"name": row.person.name})
    return redirect(back)


def _party(request: HttpRequest, pk: int) -> Reservation:
    return doors.enter(request.user, PARTIES, pk, *doors.RESTO, path="evening__resto__organisation")


def _actor(request: HttpRequest, row: Reservation) -> Actor:
    assert isinstance(request.user, User)
    return actors.user(request.user.pk, on_behalf_of=f"person:{row.person_id}")
