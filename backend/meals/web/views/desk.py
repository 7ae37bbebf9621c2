"""Reserving while the caller is on the line: who is it, which evening, yes or no, done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from backend.common import actors
from backend.common.errors import RondjeError
from backend.common.keys import key_of
from backend.events import clock
from backend.meals.selectors.coming import reservable
from backend.meals.selectors.crew_access import callers_of, desk_of, runs_dinners
from backend.meals.selectors.habits import Habits, habits_of
from backend.meals.services import desk, guest_registering
from backend.meals.services.desk import Refused
from backend.meals.services.wishes import Wish
from backend.meals.web import answers
from backend.meals.web import desk as shown
from backend.meals.web.forms.desk import HostsForm, ReserveForm
from backend.meals.web.forms.plates import Plates
from backend.notifications.web import callers
from backend.people import doors
from backend.people.models import Organisation, Person, User
from backend.people.selectors import zone_of
from backend.people.web.callers import NewcomerForm
from backend.people.web.friends import is_asked_by_script, question_of

RESERVE, WAIT, AWAY = "reserve", "wait", "away"
ACTS = (RESERVE, WAIT, AWAY)


def _desk(request: HttpRequest) -> callers.Desk:
    """Who runs the dinners finds everybody; a host guests, by name and place, as at the door."""
    now, run = clock.now(), set(doors.organisations_of(request.user, *doors.RESTO).values_list("pk", flat=True))
    return callers.Desk(
        organisations=desk_of(request.user, now),
        people=callers_of(request.user, now),
        where=lambda person: callers.address_of(person) if person.organisation_id in run else person.place,
        title=gettext_lazy("Reserve for a dinner"),
        home="resto-overview" if run else "today",
        home_title=gettext_lazy("The dinners") if run else gettext_lazy("Today"),
        find="resto-reserve",
        person="resto-reserve-person",
        new="resto-reserve-new",
        button=gettext_lazy("Add, and on to the evening"),
        form=NewcomerForm,
        register=_register,
    )


def _register(form: NewcomerForm, organisation: Organisation, _user: User) -> Person:
    name, lines = form.cleaned_data["name"], form.cleaned_data["phone"]
    return guest_registering.register(organisation=organisation, name=name, lines=lines)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Who is it?"""
    return callers.find(request, _desk(request))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Somebody whom nobody knows yet: a name, a number, and on with the evening."""
    return callers.new(request, _desk(request))


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """What the caller usually does, the evenings that there are, the answer, and the button that reserves."""
    caller = doors.only(callers_of(request.user, clock.now()).filter(pk=pk))
    with timezone.override(zone_of(caller.organisation)):
        return _person(request, caller)


def _person(request: HttpRequest, caller: Person) -> HttpResponse:
    now = clock.now()
    habits = habits_of(caller, now)
    sent = request.POST if request.method == "POST" else None
    choices = shown.choices(caller, habits, now, key_of((sent or request.GET).get("evening")))
    known = {**shown.initial(habits, choices.near), **_chosen_before(request)}
    runs = runs_dinners(request.user, caller.organisation_id)
    form = (ReserveForm if runs else HostsForm)(
        sent,
        person=caller,
        evenings=reservable([caller.organisation], now),
        friends=list(habits.friends),
        initial=known,
    )
    plates = Plates(sent, habits.plates)
    facts: dict[str, Any] = {
        "person": caller,
        "runs": runs,
        "organisation": caller.organisation,
        "habits": shown.habits_in_words(habits),
        "form": form,
        "plates": plates,
        "choices": choices,
        "chosen": key_of(form["evening"].value()),
    }
    chosen = choices.of(facts["chosen"])
    facts |= {"mine": chosen.mine if chosen else None, "is_later": choices.is_later(facts["chosen"])}
    if sent is None:
        return render(request, "meals/reserve.html", facts | _as_usual(caller, habits, choices, known))
    done = _answer(request, caller, form, plates)
    if isinstance(done, HttpResponse):
        return done
    if done is None:
        return render(request, "meals/reserve.html", facts, status=200 if is_asked_by_script(request) else 422)
    acts = request.POST.get("do") in ACTS
    facts |= {
        "answer": done,
        "evening": form.cleaned_data["evening"],
        "question": form.question,
        "is_another": acts and not form.is_as_answered,
    }
    return render(request, "meals/reserve.html", facts, status=409 if acts else 200)


def _chosen_before(request: HttpRequest) -> dict[str, int]:
    """Whoever comes from an evening's page has chosen it."""
    key = key_of(request.GET.get("evening"))
    return {} if key is None else {"evening": key}


def _as_usual(caller: Person, habits: Habits, choices: shown.Choices, known: dict[str, Any]) -> dict[str, Any]:
    """Who has a usual evening is answered before anything has been typed."""
    choice = choices.of(known["evening"])
    if choice is None:
        return {}
    evening = choice.evening
    wish = Wish(caller, habits.covers)
    return {
        "answer": answers.answer_of(desk.ask(evening.pk, [wish], clock.now()), evening),
        "evening": evening,
        "question": question_of([evening.pk, habits.covers]),
    }


def _answer(
    request: HttpRequest, caller: Person, form: ReserveForm, plates: Plates
) -> HttpResponse | answers.Answer | None:
    """What comes of what was sent; None when it cannot be understood: the form says why, and what was typed stays."""
    understood = [form.is_valid(), plates.is_valid()]
    if not all(understood):
        return None
    asked = shown.asked_for(caller, form.cleaned_data, plates.wishes)
    try:
        return _do(request, caller, form, asked)
    except RondjeError as error:
        form.add_error(None, _(error.message))
        return None


def _do(request: HttpRequest, caller: Person, form: ReserveForm, asked: shown.Asked) -> HttpResponse | answers.Answer:
    """Ask, reserve, put on the list, or note that they go without; what does not go after all is an answer.

    Nothing is done but what was answered about: what is ticked may have become another thing since.
    """
    assert isinstance(request.user, User)
    now, what, evening = clock.now(), request.POST.get("do"), asked.evening
    desk.check(asked.wishes)
    if what not in ACTS or not form.is_as_answered:
        return answers.answer_of(desk.ask(evening.pk, asked.wishes, now), evening)
    if what == AWAY:
        desk.turned_away(evening.pk, asked.wishes, now)
        messages.success(request, _("Noted that %(name)s could not come.") % {"name": caller.name})
        return redirect("resto-reserve")
    act = desk.reserve if what == RESERVE else desk.wait
    actor = actors.user(request.user.pk, on_behalf_of=form.on_behalf_of)
    done = act(evening.pk, asked.wishes, beside=asked.beside, actor=actor, now=now)
    if isinstance(done, Refused):
        return answers.answer_of(desk.instead(done, evening, asked.wishes, now), evening)
    if what == RESERVE:
        messages.success(request, _("Reserved. Read the times to the caller."))
    else:
        messages.success(request, _("%(name)s is on the waiting list.") % {"name": caller.name})
    return redirect("resto-reservation", done[0].pk)
