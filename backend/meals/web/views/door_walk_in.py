"""Somebody walks in: a guest who is known, or somebody new."""

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.common.errors import Conflict, RondjeError
from backend.common.keys import key_of as row_key
from backend.meals.models import Guest, Reservation
from backend.meals.selectors import door as read
from backend.meals.selectors.habits import KnownPlate
from backend.meals.selectors.kitchen import hears_all
from backend.meals.services import door, door_guests
from backend.meals.services.wishes import No, PlateWish, Wish
from backend.meals.web import door_parts
from backend.meals.web.door_parts import key_of
from backend.meals.web.forms.door import WalkInForm
from backend.meals.web.readers import Reader
from backend.people import finding
from backend.people.domain.names import normalised_name, read_full_name
from backend.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reader: Reader, now: datetime) -> HttpResponse:
    """Look for them, or type a name; who is new and called like somebody known is asked about first."""
    person = _chosen(request, reader)
    if request.method != "POST":
        asked = request.GET.get("q", "").strip()
        found = finding.find(read.guests_known(reader.evening), asked) if asked else []
        form = WalkInForm(person=person, known=_usual(person), initial={"name": "" if found else asked})
        return _render(request, reader, form, person, now, found=found, asked=asked)
    form = WalkInForm(request.POST, person=person)
    if not form.is_valid():
        return _render(request, reader, form, person, now, status=422)
    same = [] if person or request.POST.get("another") else _same(reader, form.cleaned_data["name"])
    if same:
        return _render(request, reader, form, person, now, same=same, status=422)
    try:
        done = _come_in(request, reader, form, person, now)
    except RondjeError as error:
        form.add_error(None, _(error.message))
        return _render(request, reader, form, person, now, status=error.status)
    if isinstance(done, No):
        form.add_error(None, door_parts.no_in_words(done))
        return _render(request, reader, form, person, now, status=Conflict.status)
    said = _("%(name)s is in. The kitchen is told.")
    if not hears_all(done.evening, now):
        said = _("%(name)s is in. The pots are on: tell the kitchen yourself.")
    messages.success(request, said % {"name": done.person.name})
    return redirect(reader.address("party", row_pk=done.pk))


def _come_in(
    request: HttpRequest, reader: Reader, form: WalkInForm, person: Person | None, now: datetime
) -> Reservation | No:
    given = form.cleaned_data
    name = person.name if person else given["name"]
    nobody = person or Person()
    wish = Wish(nobody, covers=given["covers"], plates=_named(form.plates.wishes, name), way=Reservation.Way.WALK_IN)
    key = key_of(request, "walked in", person.pk if person else name)
    evening_id, actor = reader.evening.pk, reader.actor
    if person is not None:
        return door.walk_in(evening_id=evening_id, wish=wish, key=key, actor=actor, now=now)
    return door_guests.walk_in(
        evening_id=evening_id, name=name, line=given["phone"], wish=wish, key=key, actor=actor, now=now
    )


def _chosen(request: HttpRequest, reader: Reader) -> Person | None:
    given = request.POST if request.method == "POST" else request.GET
    pk = row_key(given.get("person"))
    return read.guests_known(reader.evening).filter(pk=pk).first() if pk else None


def _named(plates: tuple[PlateWish, ...], name: str) -> tuple[PlateWish, ...]:
    """The first plate that is made apart is that of who gave their name, unless another stands on it."""
    return tuple(replace(one, name=one.name or name) if one is plates[0] else one for one in plates)


def _usual(person: Person | None) -> tuple[KnownPlate, ...]:
    """What a known guest does not eat, also in their own words."""
    guest: Guest | None = getattr(person, "guest", None)
    if guest is None or not (guest.without or guest.own_plate or guest.note):
        return ()
    name = guest.person.name if guest.own_plate else ""
    return (KnownPlate(tuple(guest.without), guest.own_plate, name, guest.note),)


def _same(reader: Reader, name: str) -> list[Person]:
    written = read_full_name(name)
    return list(read.of_the_same_name(reader.evening, normalised_name(written.given, written.family)))


def _render(
    request: HttpRequest,
    reader: Reader,
    form: WalkInForm,
    person: Person | None,
    now: datetime,
    *,
    found: list[Person] | None = None,
    asked: str = "",
    same: list[Person] | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = {
        **door_parts.frame(reader),
        "form": form,
        "person": person,
        "found": found or [],
        "asked": asked,
        "same": same or [],
        "chairs": read.door_of(reader.evening, now).chairs,
    }
    if request.method == "POST" and request.POST.get("key"):
        facts["key"] = request.POST["key"]
    return render(request, "meals/door_walk_in.html", facts, status=status)
