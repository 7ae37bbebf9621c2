"""One booking: what was promised, why somebody still waits, changing it, and cancelling."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.common import actors
from backend.common.asking import Question, ask_first
from backend.common.errors import Conflict
from backend.common.keys import key_of
from backend.events import clock
from backend.people import doors
from backend.people.models import User
from backend.people.selectors import zone_of
from backend.transport.models import Booking
from backend.transport.selectors import told
from backend.transport.selectors.answering import Wish
from backend.transport.selectors.habits import habits_of
from backend.transport.services import desk
from backend.transport.web import answers, waiting
from backend.transport.web import desk as shown
from backend.transport.web.forms.desk import BOTH, HOME, THERE, ChangeForm

BOOKINGS = Booking.objects.select_related(
    "person__organisation", "trip__organisation", "trip__destination", "trip__vehicle", "trip__layout"
)


def _enter(request: HttpRequest, pk: int) -> Booking:
    return doors.enter(request.user, BOOKINGS, pk, *doors.PLANNERS, path="trip__organisation")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A booking, to be read to the caller."""
    booking = _enter(request, pk)
    with timezone.override(zone_of(booking.trip.organisation)):
        return render(request, "transport/booking.html", _facts(booking))


def _facts(booking: Booking) -> dict[str, Any]:
    state = Booking.State(booking.state)
    now = clock.now()
    friends = booking.trip.bookings.filter(party=booking.party).exclude(state=Booking.State.CANCELLED)
    is_open = state != Booking.State.CANCELLED and now < booking.trip.leaves_at
    return {
        "booking": booking,
        "trip": booking.trip,
        "organisation": booking.trip.organisation,
        "state": shown.STATES[state],
        "look": shown.LOOKS[state],
        "because": shown.BECAUSE.get(booking.cancelled_because, ""),
        "times": told.times_of(booking) if state == Booking.State.BOOKED else None,
        "answer": shown.answer_in_words(booking),
        "friends": friends.exclude(pk=booking.pk).select_related("person"),
        "is_open": is_open,
        "is_late": now >= booking.trip.cutoff_at,
        "is_waiting": state == Booking.State.WAITING,
        "rule": waiting.rule(),
        "history": waiting.history(booking) if booking.trip.offers.exists() else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody does not come along, or does not wait any more. Asked first: their seat goes to somebody else."""
    booking = _enter(request, pk)
    name, now = booking.person.name, clock.now()
    if request.method == "POST":
        assert isinstance(request.user, User)
        actor = actors.user(request.user.pk, on_behalf_of=f"person:{booking.person_id}")
        desk.cancel(booking.pk, because="by_telephone", actor=actor, now=now)
        messages.success(request, _("%(name)s does not come along.") % {"name": name})
        return redirect("bus-booking", booking.pk)
    late = booking.state == Booking.State.BOOKED and now >= booking.trip.cutoff_at
    question = Question(
        title=_("%(name)s does not come along to %(trip)s?") % {"name": name, "trip": booking.trip.name},
        happens=[
            _("The place goes to who waits for it.")
            if not late
            else _("It is after the time until which cancelling is free: it is noted as late."),
            _("The others keep their times as nearly as can be. Who has to be rung is put on the list of calls."),
        ],
        yes=_("Yes, cancel"),
        no=_("No, nothing changes"),
        place=name,
        back=reverse("bus-booking", args=[booking.pk]),
    )
    return ask_first(request, question)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another trip, other companions, only one way: they keep what they have unless the new one fits."""
    booking = _enter(request, pk)
    with timezone.override(zone_of(booking.trip.organisation)):
        return _change(request, booking)


def _change(request: HttpRequest, booking: Booking) -> HttpResponse:
    now, caller = clock.now(), booking.person
    sent = request.POST if request.method == "POST" else None
    chosen = booking.trip_id if sent is None else key_of(sent.get("trip"))
    choices = shown.choices(caller, habits_of(caller, now), now, chosen)
    form = ChangeForm(
        sent,
        person=caller,
        trips=shown.bookable(caller.organisation, now),
        friends=[],
        initial={
            "trip": booking.trip_id,
            "companions": booking.companions,
            "ways": shown.ways_of(booking),
            "note": booking.note,
        },
    )
    facts: dict[str, Any] = {"booking": booking, "person": caller, "form": form, "choices": choices}
    facts["chosen"] = chosen
    if sent is None:
        return render(request, "transport/booking_change.html", facts)
    if not form.is_valid():
        return render(request, "transport/booking_change.html", facts, status=422)
    assert isinstance(request.user, User)
    asked = form.cleaned_data
    trip = asked["trip"]
    there, home = asked["ways"] in (BOTH, THERE), asked["ways"] in (BOTH, HOME)
    party = booking.party if trip.pk == booking.trip_id else None
    wish = Wish(caller, asked["companions"] or 0, party, there, home, asked["note"])
    actor = actors.user(request.user.pk, on_behalf_of=form.on_behalf_of)
    try:
        done = desk.change(booking.pk, trip.pk, wish, actor=actor, now=now)
    except desk.DoesNotFit as refused:
        facts["answer"] = answers.answer_of(refused.why, trip, now)
        return render(request, "transport/booking_change.html", facts, status=409)
    except Conflict as refused:
        facts["answer"] = answers.Answer("incident", refused.message)
        return render(request, "transport/booking_change.html", facts, status=409)
    messages.success(request, _("Changed. Read the times to the caller."))
    return redirect("bus-booking", done.booking.pk)
