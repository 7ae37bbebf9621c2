"""Booking while the caller is on the line: who is it, where would they like to go, yes or no, done."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from backend.common import actors
from backend.common.errors import Conflict
from backend.common.keys import key_of
from backend.events import clock
from backend.notifications.web import callers
from backend.people import doors
from backend.people.models import Organisation, Person, User
from backend.people.selectors import zone_of
from backend.people.services import homes
from backend.people.web.callers import NewcomerForm
from backend.people.web.friends import is_asked_by_script
from backend.transport.domain.booking import Refusal
from backend.transport.models import Trip
from backend.transport.selectors.answering import No
from backend.transport.selectors.habits import habits_of
from backend.transport.services import desk, unmet
from backend.transport.services.desk import Held
from backend.transport.web import answers
from backend.transport.web import desk as shown
from backend.transport.web.forms.desk import NewPersonForm, WishForm

PEOPLE = Person.objects.select_related("organisation")
BOOK, WAIT, UNMET = "book", "wait", "unmet"
ACTS = (BOOK, WAIT, UNMET)


@transaction.atomic
def _register(form: NewcomerForm, organisation: Organisation, user: User) -> Person:
    """With the door at which the bus stops, as far as its postcode says where that is."""
    given = form.cleaned_data
    made = form.register(
        organisation, address=given["address"], postcode=given["postcode"].upper(), place=given["place"]
    )
    actor = actors.user(user.pk, on_behalf_of=f"person:{made.pk}")
    homes.start_from_postcode(made, actor=actor, now=clock.now())
    return made


def _desk(request: HttpRequest) -> callers.Desk:
    return callers.Desk(
        organisations=doors.organisations_of(request.user, *doors.PLANNERS),
        people=doors.visible(request.user, PEOPLE, *doors.PLANNERS),
        where=callers.address_of,
        title=gettext_lazy("Book a trip"),
        home="bus",
        home_title=gettext_lazy("The bus"),
        find="bus-book",
        person="bus-book-person",
        new="bus-book-new",
        button=gettext_lazy("Add, and on to the trip"),
        form=NewPersonForm,
        register=_register,
        chosen="trip",
    )


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Who is it?"""
    return callers.find(request, _desk(request))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Somebody whom nobody knows yet: name, number, address, and on with the trip."""
    return callers.new(request, _desk(request))


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """What the caller usually does, the trips that there are, the answer, and the button that books."""
    caller = doors.enter(request.user, PEOPLE, pk, *doors.PLANNERS)
    with timezone.override(zone_of(caller.organisation)):
        return _person(request, caller)


def _person(request: HttpRequest, caller: Person) -> HttpResponse:
    now = clock.now()
    habits = habits_of(caller, now)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = key_of(sent.get("trip"))
    choices = shown.choices(caller, habits, now, chosen)
    known = shown.initial(habits, choices.near)
    is_new = request.method != "POST" and set(sent) <= {"trip"}
    form = WishForm(
        _as_usual({**known, "trip": chosen or known["trip"]}) if is_new else sent,
        person=caller,
        trips=shown.bookable(caller.organisation, now),
        friends=list(habits.friends),
        initial=known,
    )
    facts: dict[str, Any] = {
        "person": caller,
        "organisation": caller.organisation,
        "habits": shown.habits_in_words(habits),
        "aids": shown.aids_in_words(habits.aids),
        "form": form,
        "choices": choices,
        "chosen": _chosen(form),
        "kept": [(name, value) for name, value in _given(form) if name != "trip"],
    }
    acts = request.method == "POST" and request.POST.get("do") in ACTS
    if not form.is_valid():
        status = 422 if request.method == "POST" and not is_asked_by_script(request) else 200
        return render(request, "transport/book_person.html", facts, status=status)
    if acts and form.is_as_answered:
        done = _do(request, caller, form)
        if isinstance(done, HttpResponse):
            return done
    else:
        done = _asked(caller, form, now)
    facts |= {
        "answer": done,
        "trip": form.cleaned_data["trip"],
        "question": form.question,
        "is_another": acts and not form.is_as_answered,
    }
    return render(request, "transport/book_person.html", facts, status=409 if acts else 200)


def _asked(caller: Person, form: WishForm, now: datetime) -> answers.Answer:
    trip = form.cleaned_data["trip"]
    return answers.answer_of(desk.ask(trip.pk, shown.wishes_of(caller, form.cleaned_data), now), trip, now)


def _as_usual(known: dict[str, Any]) -> QueryDict | None:
    """Whoever has a usual trip, or comes from a trip's page, is answered before anything has been ticked."""
    if known["trip"] is None:
        return None
    asked = QueryDict(mutable=True)
    asked.update({name: str(value) for name, value in known.items()})
    return asked


def _given(form: WishForm) -> list[tuple[str, str]]:
    """What was asked, to be asked of another trip as well."""
    data = form.data
    if not isinstance(data, QueryDict):
        return []
    return [(name, value) for name in form.fields for value in data.getlist(name) if value]


def _chosen(form: WishForm) -> int | None:
    return key_of(form["trip"].value())


def _do(request: HttpRequest, caller: Person, form: WishForm) -> HttpResponse | answers.Answer:
    """Book, put on the list, or note that they go without; what does not go after all comes back as an answer."""
    assert isinstance(request.user, User)
    now, asked = clock.now(), form.cleaned_data
    trip: Trip = asked["trip"]
    wishes = shown.wishes_of(caller, asked)
    actor = actors.user(request.user.pk, on_behalf_of=form.on_behalf_of)
    if request.POST.get("do") == UNMET:
        return _went_without(request, caller, trip, wishes)
    try:
        if request.POST.get("do") == WAIT:
            waiting = desk.wait(trip.pk, wishes, actor=actor, now=now)
            if isinstance(waiting, No):
                return answers.answer_of(waiting, trip, now)
            messages.success(request, _("%(name)s is on the waiting list.") % {"name": caller.name})
            return redirect("bus-booking", waiting[0].pk)
        found = desk.book(trip.pk, wishes, actor=actor, now=now)
    except Conflict as refused:
        return answers.Answer("incident", refused.message)
    if isinstance(found, No | Held):
        return answers.answer_of(desk.instead(found, trip.pk, wishes, now), trip, now)
    messages.success(request, _("Booked. Read the times to the caller."))
    return redirect("bus-booking", found.booking.pk)


def _went_without(request: HttpRequest, caller: Person, trip: Trip, wishes: list[Any]) -> HttpResponse:
    """Counted for the funder, with the reason."""
    now = clock.now()
    found = desk.ask(trip.pk, wishes, now)
    why = found.why if isinstance(found, No) else Refusal.NO_ROOM
    with transaction.atomic():
        unmet.count(trip, caller, why, now)
    messages.success(request, _("Noted that %(name)s could not come along.") % {"name": caller.name})
    return redirect("bus-book")
