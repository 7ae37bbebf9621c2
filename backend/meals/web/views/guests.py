"""A guest: food and consent, company at table, evenings on which they come every time, and those on which they came."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.common import actors
from backend.common.actors import Actor
from backend.common.asking import Question, ask_first
from backend.common.errors import NotFound
from backend.events import clock
from backend.meals.models import SeatingWish, Standing
from backend.meals.services import guests, standing
from backend.meals.services.guests import Diet
from backend.meals.web import guests as shown
from backend.meals.web.forms.guests import DayForm, DietForm, HelpForm, SeatForm, StandingForm
from backend.people import doors
from backend.people.models import Consent, Person, User
from backend.people.selectors import local_date, zone_of
from backend.people.services import consents
from backend.people.web.agreeing import AgreementForm
from backend.people.web.saving import done

PEOPLE = Person.objects.select_related("organisation")
PURPOSES = {"diet": Consent.Purpose.DIET, "follow-up": Consent.Purpose.FOLLOW_UP}
TITLES = {
    Consent.Purpose.DIET: gettext_lazy("Consent for keeping what somebody does not eat"),
    Consent.Purpose.FOLLOW_UP: gettext_lazy("Consent for ringing who stayed away"),
}


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is known of a guest."""
    person = _enter(request, pk)
    return _page(request, person)


@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One of the forms on the page. What was typed stays when it cannot be done."""
    person = _enter(request, pk)
    save = SAVES.get(what)
    if save is None:
        raise NotFound("This does not exist, or it is not one of your organisation's.")
    form = _form(what, person, request.POST)
    if done(form, lambda: save(person, form.cleaned_data, _actor(request, person))):
        messages.success(request, _("Noted."))
        return redirect("resto-guest", person.pk)
    return _page(request, person, {what: form}, status=422)


@require_POST
def drop_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """They do not mind any more."""
    rows = SeatingWish.objects.select_related("person")
    wish = doors.enter(request.user, rows, pk, *doors.RESTO, path="person__organisation")
    guests.drop_wish(wish.pk, actor=_actor(request, wish.person))
    messages.success(request, _("Noted."))
    return redirect("resto-guest", wish.person_id)


@require_POST
def change_standing(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """End, pause or resume what they have every time."""
    rows = Standing.objects.select_related("person__organisation")
    row = doors.enter(request.user, rows, pk, *doors.RESTO, path="person__organisation")
    actor, now = _actor(request, row.person), clock.now()
    if what == "resume":
        standing.resume(row.pk, actor=actor, now=now)
        messages.success(request, _("Noted."))
        return redirect("resto-guest", row.person_id)
    act = {"pause": standing.pause, "end": standing.end}.get(what)
    if act is None:
        raise NotFound("This does not exist, or it is not one of your organisation's.")
    form = DayForm(request.POST)
    if done(form, lambda: act(row.pk, form.cleaned_data["day"], actor=actor, now=now)):
        messages.success(request, _("Noted."))
        return redirect("resto-guest", row.person_id)
    return _page(request, row.person, {"day": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The exact words, and how they were agreed to."""
    person, purpose, now = _enter(request, pk), _purpose(what), clock.now()
    today = {"day": local_date(person.organisation, now)}
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=today)
    agreed = done(form, lambda: _agree(request, person, purpose, form)) if request.method == "POST" else None
    if agreed is not None:
        messages.success(request, _("The consent of %(name)s has been recorded.") % {"name": person.name})
        return redirect("resto-guest", person.pk)
    facts = {
        "person": person,
        "organisation": person.organisation,
        "wording": consents.WORDINGS[purpose](person.organisation.name, person.language),
        "form": form,
        "title": TITLES[purpose],
        "back": reverse("resto-guest", args=[person.pk]),
    }
    return render(request, "people/consent.html", facts, status=422 if form.errors else 200)


def _agree(request: HttpRequest, person: Person, purpose: Consent.Purpose, form: AgreementForm) -> Consent:
    now = clock.now()
    return consents.give(
        person=person,
        purpose=purpose,
        given_at=form.given_at(now, zone_of(person.organisation)),
        how=form.cleaned_data["how"],
        on_behalf_by=form.cleaned_data["on_behalf_by"],
        actor=_actor(request, person),
        now=now,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """They do not agree any more. What was kept only with it goes at once."""
    person, purpose = _enter(request, pk), _purpose(what)
    if request.method == "POST":
        consents.withdraw(person=person, purpose=purpose, actor=_actor(request, person), now=clock.now())
        messages.success(request, _("%(name)s does not agree any more: noted.") % {"name": person.name})
        return redirect("resto-guest", person.pk)
    happens = {
        Consent.Purpose.DIET: _("What %(name)s does not eat is erased, and asked again every time."),
        Consent.Purpose.FOLLOW_UP: _("%(name)s is not rung any more after staying away."),
    }
    question = Question(
        title=_("Does %(name)s not agree any more?") % {"name": person.name},
        happens=[happens[purpose] % {"name": person.name}],
        yes=_("Yes, they do not agree any more"),
        no=_("No, nothing changes"),
        place=person.name,
        back=reverse("resto-guest", args=[person.pk]),
    )
    return ask_first(request, question)


def _enter(request: HttpRequest, pk: int) -> Person:
    return doors.enter(request.user, PEOPLE, pk, *doors.RESTO)


def _actor(request: HttpRequest, person: Person) -> Actor:
    assert isinstance(request.user, User)
    return actors.user(request.user.pk, on_behalf_of=f"person:{person.pk}")


def _purpose(what: str) -> Consent.Purpose:
    if what not in PURPOSES:
        raise NotFound("This does not exist, or it is not one of your organisation's.")
    return PURPOSES[what]


def _keep_diet(person: Person, given: dict[str, Any], actor: Actor) -> object:
    return guests.keep_diet(person, Diet(given["without"], given["own_plate"], given["note"].strip()), actor=actor)


def _keep_help(person: Person, given: dict[str, Any], actor: Actor) -> object:
    return guests.would_help(person, given["may_volunteer"], actor=actor)


def _keep_seat(person: Person, given: dict[str, Any], actor: Actor) -> object:
    return guests.wish_to_sit(person, given["other"], SeatingWish.Kind(given["kind"]), actor=actor)


def _keep_standing(person: Person, given: dict[str, Any], actor: Actor) -> object:
    return standing.begin(
        person=person,
        series=given["series"],
        covers=given["covers"],
        first_day=given["first_day"],
        actor=actor,
        now=clock.now(),
    )


SAVES: dict[str, Callable[[Person, dict[str, Any], Actor], object]] = {
    "diet": _keep_diet,
    "help": _keep_help,
    "seat": _keep_seat,
    "standing": _keep_standing,
}


def _form(what: str, person: Person, data: Any = None) -> forms.Form:
    """One of the forms of the page: with what was sent, or with what is known."""
    guest = getattr(person, "guest", None)
    if what == "diet":
        known = {"without": guest.without, "own_plate": guest.own_plate, "note": guest.note} if guest else None
        return DietForm(data, initial=known)
    if what == "help":
        return HelpForm(data, initial={"may_volunteer": bool(guest and guest.may_volunteer)})
    if what == "seat":
        return SeatForm(data, person=person)
    return StandingForm(data, person=person, initial={"first_day": local_date(person.organisation, clock.now())})


def _page(
    request: HttpRequest, person: Person, sent: dict[str, forms.Form] | None = None, *, status: int = 200
) -> HttpResponse:
    given = sent or {}
    with timezone.override(zone_of(person.organisation)):
        facts = shown.facts(person, clock.now())
        facts["day_form"] = given.get("day") or DayForm()
        facts |= {f"{what}_form": given.get(what) or _form(what, person) for what in SAVES}
        return render(request, "meals/guest.html", facts, status=status)
