"""Whoever is on the line at a programme's desk: found by name or number, or written down as somebody new."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from backend.common.keys import key_of
from backend.events import clock
from backend.notifications.selectors.ringing import ringing
from backend.people import doors, finding
from backend.people.models import Organisation, Person, User
from backend.people.web.callers import NewcomerForm, typed


@dataclass(frozen=True)
class Desk:
    """A programme's desk as it is for whoever sits at it: what it is called, and the names of its addresses.

    `organisations` are those for which they do, `people` who can be found, `where` what is shown to tell them apart.
    `form` asks who is new, `register` writes them down, and `button` leads on from there. `chosen` names what may have
    been chosen before it is known who rings: whoever is found goes on with that.
    """

    organisations: "QuerySet[Organisation]"
    people: "QuerySet[Person]"
    where: Callable[[Person], str]
    title: str | Promise
    home: str
    home_title: str | Promise
    find: str
    person: str
    new: str
    button: str | Promise
    form: type[NewcomerForm]
    register: Callable[[NewcomerForm, Organisation, User], Person]
    chosen: str = ""

    def kept(self, request: HttpRequest) -> dict[str, int]:
        """What was chosen already, to be handed on."""
        key = key_of(request.GET.get(self.chosen)) if self.chosen else None
        return {} if key is None else {self.chosen: key}


def find(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One field: a name or a number. Who rings at this moment is known already."""
    doors.require_any(desk.organisations)
    asked = request.GET.get("q", "").strip()
    found = finding.find(desk.people, asked) if asked else []
    if len(found) == 1:
        return _on_with(request, desk, found[0])
    callers = ringing(list(desk.organisations), clock.now())
    shown = set(desk.people.filter(pk__in=[one.pk for one in callers]).values_list("pk", flat=True))
    facts = {
        "asked": asked,
        "found": [(one, desk.where(one)) for one in found],
        "ringing": [(one, desk.where(one)) for one in callers if one.pk in shown],
        "may_be_full": len(found) == finding.FOUND_AT_MOST,
        "page": desk,
        "kept": desk.kept(request),
        "query": urlencode(desk.kept(request)),
    }
    return render(request, "people/callers.html", facts)


def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Somebody whom nobody knows yet; once they are written down, on with what they ring for."""
    doors.require_any(desk.organisations)
    organisations = list(desk.organisations.order_by("name"))
    if request.method != "POST":
        return _show_new(request, desk, desk.form(initial=typed(request.GET.get("q", ""))), organisations)
    form = desk.form(request.POST)
    if not form.is_valid():
        return _show_new(request, desk, form, organisations, status=422)
    assert isinstance(request.user, User)
    chosen = (one for one in organisations if str(one.pk) == request.POST.get("organisation"))
    made = desk.register(form, next(chosen, organisations[0]), request.user)
    messages.success(request, _("%(name)s has been added.") % {"name": made.name})
    return _on_with(request, desk, made)


def _on_with(request: HttpRequest, desk: Desk, person: Person) -> HttpResponse:
    kept = urlencode(desk.kept(request))
    return redirect(reverse(desk.person, args=[person.pk]) + (f"?{kept}" if kept else ""))


def address_of(person: Person) -> str:
    """Street and place, as far as they are known."""
    return ", ".join(part for part in (person.address, person.place) if part)


def _show_new(
    request: HttpRequest, desk: Desk, form: NewcomerForm, organisations: list[Organisation], status: int = 200
) -> HttpResponse:
    named = [(one.pk, one.name) for one in organisations] if len(organisations) > 1 else []
    facts: dict[str, Any] = {"form": form, "organisations": named, "page": desk, "button": desk.button}
    facts["query"] = urlencode(desk.kept(request))
    return render(request, "people/caller_new.html", facts, status=status)
