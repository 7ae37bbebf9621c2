"""One reservation: what was promised, changing it, cancelling it, and what happened to it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.common import actors
from backend.common.asking import Question, ask_first
from backend.common.errors import RondjeError
from backend.events import clock
from backend.meals.models import Evening, Reservation
from backend.meals.selectors.crew_access import reservations_for, runs_dinners
from backend.meals.selectors.habits import KnownPlate
from backend.meals.services import desk
from backend.meals.services.desk import Change, DoesNotFit
from backend.meals.web import answers, reserved_words, rides, words
from backend.meals.web.forms.desk import ChangeForm
from backend.meals.web.forms.plates import Plates
from backend.meals.web.history import history_of, who
from backend.people import doors
from backend.people.models import User
from backend.people.selectors import zone_of

RESERVATIONS = Reservation.objects.select_related(
    "person__organisation", "evening__resto__organisation", "table", "ride"
)


def _enter(request: HttpRequest, pk: int) -> Reservation:
    mine = reservations_for(request.user, clock.now()).filter(pk=pk)
    return doors.only(RESERVATIONS.filter(pk__in=mine.values("pk")))


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A reservation, to be read to the caller."""
    row = _enter(request, pk)
    with timezone.override(zone_of(row.evening.resto.organisation)):
        runs = runs_dinners(request.user, row.evening.resto.organisation_id)
        return render(request, "meals/reservation.html", {**_facts(row), "runs": runs})


def _facts(row: Reservation) -> dict[str, Any]:
    state, evening, now = Reservation.State(row.state), row.evening, clock.now()
    friends = evening.reservations.filter(party=row.party).exclude(state=Reservation.State.CANCELLED).exclude(pk=row.pk)
    plates = [(plate, reserved_words.foods_in_words(plate.without)) for plate in row.plates.order_by("pk")]
    is_open = state != Reservation.State.CANCELLED and row.arrived_at is None
    return {
        "row": row,
        "evening": evening,
        "organisation": evening.resto.organisation,
        "state": words.RESERVATIONS[state],
        "look": words.RESERVATION_LOOKS[state],
        "because": reserved_words.BECAUSE.get(row.cancelled_because, ""),
        "people": reserved_words.people_in_words(row.covers),
        "plates": plates,
        "friends": friends.select_related("person") if row.party else [],
        "way": reserved_words.WAYS[Reservation.Way(row.way)],
        "by": who(row.reserved_by),
        "behalf": who(row.on_behalf_of) if row.on_behalf_of != f"person:{row.person_id}" else "",
        "is_open": is_open and evening.state in (Evening.State.PLANNED, Evening.State.OPEN) and now < evening.ends_at,
        "is_late": now >= evening.cutoff_at,
        "ride": rides.in_words(row),
        "ride_home": rides.home_in_words(row),
        "history": history_of(row),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """More or fewer people, other plates: they keep what they have unless the change fits."""
    row = _enter(request, pk)
    with timezone.override(zone_of(row.evening.resto.organisation)):
        return _change(request, row)


def _change(request: HttpRequest, row: Reservation) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    noted = {"covers": row.covers, "wants_ride": row.wants_ride, "note": row.note}
    form = ChangeForm(sent, row=row, initial=noted)
    known = [KnownPlate(tuple(one.without), one.own_plate, one.name, one.note) for one in row.plates.order_by("pk")]
    plates = Plates(sent, known)
    if sent is not None and all([form.is_valid(), plates.is_valid()]) and _save(request, row, form, plates):
        messages.success(request, _("Changed. Read the times to the caller."))
        return redirect("resto-reservation", row.pk)
    facts = {"row": row, "evening": row.evening, "form": form, "plates": plates, "now": clock.now()}
    return render(request, "meals/reservation_change.html", facts, status=200 if sent is None else 422)


def _save(request: HttpRequest, row: Reservation, form: ChangeForm, plates: Plates) -> bool:
    assert isinstance(request.user, User)
    given = form.cleaned_data
    wanted = Change(given["covers"], plates.wishes, given["wants_ride"], given["note"])
    actor = actors.user(request.user.pk, on_behalf_of=f"person:{row.person_id}")
    try:
        with transaction.atomic():
            desk.change(row.pk, wanted, actor=actor, now=clock.now())
    except DoesNotFit as refused:
        form.add_error(None, answers.no_to_change(refused.why, row.evening))
        return False
    except RondjeError as error:
        form.add_error(None, _(error.message))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """They do not come, or do not wait any more. Asked first: their chairs go to somebody else."""
    row = _enter(request, pk)
    name, now, evening = row.person.name, clock.now(), row.evening
    if request.method == "POST":
        assert isinstance(request.user, User)
        actor = actors.user(request.user.pk, on_behalf_of=f"person:{row.person_id}")
        desk.cancel(row.pk, because="by_telephone", actor=actor, now=now)
        messages.success(request, _("%(name)s does not come.") % {"name": name})
        return redirect("resto-reservation", row.pk)
    late = row.state == Reservation.State.RESERVED and now >= evening.cutoff_at
    question = Question(
        title=_("%(name)s does not come to %(resto)s?") % {"name": name, "resto": evening.resto.name},
        happens=[
            _("The kitchen has counted already, and hears of it. Say thank you: it is always better to know.")
            if late
            else _("The chairs go to who waits for them.")
        ],
        yes=_("Yes, cancel"),
        no=_("No, nothing changes"),
        place=name,
        back=reverse("resto-reservation", args=[row.pk]),
    )
    return ask_first(request, question)
