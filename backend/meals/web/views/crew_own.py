"""A volunteer's own evenings, behind the link in a text: without signing in, made for a telephone.

Nothing personal is shown before the button is pressed. The calendar has an address of its own, which shows nothing but
their evenings: programs ask for it, and press no buttons.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.common.errors import NotFound
from backend.events import clock
from backend.meals.models import CrewPlace, Evening
from backend.meals.printing import crew_calendar
from backend.meals.selectors import crew as reading
from backend.meals.services import crew as places
from backend.meals.services import crew_people, crew_swaps
from backend.meals.web import crew
from backend.notifications.services.crew_messages import LINK_LIVES
from backend.people.admission import Admission
from backend.people.models import DutyLink, Person
from backend.people.web.own_links import actor_of, follow

ADMISSION = Admission("rondje_resto", "meals.crew", "resto-own", LINK_LIVES)

CALENDAR = "meals.crew.calendar"
CALENDAR_LIVES = timedelta(days=400)
"""Real time: a calendar that somebody subscribed to works for a little more than a year."""

GONE = "This link does not work any more. Ring the number that sent it."


@login_not_required
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Their evenings and what they are asked; before the button was pressed, only that there is something."""
    link, now = follow(request, token)
    facts = {"token": token, "organisation": link.person.organisation}
    if not ADMISSION.is_admitted(request, link):
        return render(request, "meals/own_open.html", facts)
    calendar = f"{settings.RONDJE_PUBLIC_URL}{reverse('resto-own-calendar', args=[_signed(link.person)])}"
    return render(request, "meals/own.html", {**facts, "calendar": calendar, **crew.own(link.person, now)})


@login_not_required
@require_POST
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The button that only a person presses: from here on this browser is shown names."""
    link, now = follow(request, token)
    return ADMISSION.let_in(link, now, token)


@login_not_required
@require_POST
def act(request: HttpRequest, token: str, what: str, pk: int) -> HttpResponse:
    """Yes or no to a question about a place; ask the others, keep it after all, or drop out."""
    link, now = follow(request, token)
    if not ADMISSION.is_admitted(request, link):
        return redirect("resto-own", token)
    does = ACTS.get(what)
    theirs = CrewPlace.objects.filter(pk=pk, evening__resto__organisation_id=link.person.organisation_id)
    if does is None or not theirs.exists():
        raise NotFound(GONE)
    messages.success(request, does(link, pk, now))
    return redirect("resto-own", token)


@login_not_required
@require_POST
def say(request: HttpRequest, token: str, pk: int, job: str) -> HttpResponse:
    """ "I help on this evening", with a job; or "I cannot" (the job is then "cannot")."""
    link, now = follow(request, token)
    if not ADMISSION.is_admitted(request, link):
        return redirect("resto-own", token)
    if not Evening.objects.filter(pk=pk, resto__organisation_id=link.person.organisation_id).exists():
        raise NotFound(GONE)
    if job == "cannot":
        crew_people.cannot(link.person, evening_id=pk, actor=actor_of(link), now=now)
        messages.success(request, _("Thank you for telling us."))
    else:
        places.sign_up(evening_id=pk, job=job, person=link.person, actor=actor_of(link), now=now)
        messages.success(request, _("Thank you. You are on the roster; the evening is on the list below."))
    return redirect("resto-own", token)


@login_not_required
@require_safe
def calendar(_request: HttpRequest, signed: str) -> HttpResponse:
    """Their evenings as a calendar that a telephone subscribes to (iCalendar)."""
    try:
        key = signing.loads(signed, salt=CALENDAR, max_age=CALENDAR_LIVES)
    except signing.BadSignature as error:
        raise NotFound(GONE) from error
    helping = Person.objects.filter(pk=key, meal_crew__in_use=True).select_related("organisation").distinct()
    person = helping.first()
    if person is None:
        raise NotFound(GONE)
    now = clock.now()
    body = crew_calendar.as_ical(person, reading.places_of(person, now), now=now)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _yes(link: DutyLink, pk: int, now: datetime) -> str:
    places.say_yes(place_id=pk, person=link.person, actor=actor_of(link), now=now)
    return _("Thank you. You are on the roster; the evening is on the list below.")


def _no(link: DutyLink, pk: int, now: datetime) -> str:
    places.say_no(place_id=pk, person=link.person, actor=actor_of(link), now=now)
    return _("Thank you for answering. We are asking somebody else.")


def _swap(link: DutyLink, pk: int, now: datetime) -> str:
    crew_swaps.ask_others(place_id=pk, owner=link.person, actor=actor_of(link), now=now)
    return _("The others have been asked. Until somebody says yes, the evening stays yours.")


def _keep(link: DutyLink, pk: int, now: datetime) -> str:
    crew_swaps.keep_it(place_id=pk, owner=link.person, actor=actor_of(link), now=now)
    return _("Thank you. You keep the evening, and the others have been told.")


def _drop(link: DutyLink, pk: int, now: datetime) -> str:
    crew_swaps.drop_out(place_id=pk, owner=link.person, actor=actor_of(link), now=now)
    return _("Thank you for telling us. We are looking for somebody else.")


ACTS: dict[str, Callable[[DutyLink, int, datetime], str]] = {
    "yes": _yes,
    "no": _no,
    "swap": _swap,
    "keep": _keep,
    "drop": _drop,
}


def _signed(person: Person) -> str:
    return signing.dumps(person.pk, salt=CALENDAR)
