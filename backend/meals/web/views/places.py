"""Restos as a manager sets them up: rooms, tables, prices."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.events import clock
from backend.meals.models import DiningTable, Resto, Room, Tariff
from backend.meals.selectors.places import restos_of, rooms_of, seated_at
from backend.meals.selectors.series import settings_of
from backend.meals.services import restos
from backend.meals.services.settings import set_programme
from backend.meals.web import programme, seats
from backend.meals.web.forms.places import NewTableForm, RestoForm, RoomForm, TableForm, TariffForm
from backend.meals.web.forms.series import SettingsForm
from backend.meals.web.saying import in_words
from backend.people import doors
from backend.people.models import Organisation
from backend.people.web import saving

ORGANISATIONS = Organisation.objects.all()
RESTOS = Resto.objects.select_related("organisation")
TABLES = DiningTable.objects.select_related("room__resto__organisation").filter(in_use=True)
WHOSE_TABLE = "room__resto__organisation"


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """The restos of an organisation, each with what recurs."""
    organisation = doors.enter(request.user, ORGANISATIONS, pk, *doors.RESTO, path="pk")
    now = clock.now()
    rows = [{"resto": resto, "series": programme.series_of(resto, now)} for resto in restos_of(organisation)]
    return render(request, "meals/restos.html", {"organisation": organisation, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new resto."""
    return _form(request, doors.enter(request.user, ORGANISATIONS, pk, *doors.RESTO, path="pk"), None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a resto; coming evenings get its chairs."""
    known = doors.enter(request.user, RESTOS, pk, *doors.RESTO)
    return _form(request, known.organisation, known)


def _form(request: HttpRequest, organisation: Organisation, known: Resto | None) -> HttpResponse:
    initial = RestoForm.initial_from(known) if known else None
    form = RestoForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound:
        saved = saving.done(
            form,
            lambda: restos.save_resto(
                organisation,
                form.cleaned_data,
                pk=known.pk if known else None,
                actor=saving.actor(request),
                now=clock.now(),
            ),
            in_words,
        )
        if saved is not None:
            messages.success(request, _("The resto has been saved."))
            return redirect("resto-place", saved.pk)
    return saving.page(
        request,
        form,
        organisation=organisation,
        title=known.name if known else _("A new resto"),
        button=_("Save"),
        back=(reverse("resto-places", args=[organisation.pk]), _("Restos")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """How far ahead, and which holidays."""
    organisation = doors.enter(request.user, ORGANISATIONS, pk, *doors.RESTO, path="pk")
    initial = SettingsForm.initial_from(settings_of(organisation))
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        set_programme(organisation, **form.cleaned_data, actor=saving.actor(request))
        messages.success(request, _("Saved. It holds for evenings that are made from now on."))
        return redirect("resto-places", pk)
    return saving.page(
        request,
        form,
        organisation=organisation,
        title=_("Settings of the dinners"),
        button=_("Save"),
        back=(reverse("resto-places", args=[pk]), _("Restos")),
    )


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One resto."""
    return _page(request, doors.enter(request.user, RESTOS, pk, *doors.RESTO))


@require_POST
def add(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A room, a table, or a price."""
    resto = doors.enter(request.user, RESTOS, pk, *doors.RESTO)
    form = _forms(resto, request.POST).get(what)
    if form is None:
        raise Http404
    if saving.done(form, lambda: _added(request, resto, what, form), in_words) is None:
        return _page(request, resto, what, form)
    messages.success(request, _("Saved."))
    return redirect("resto-place", pk)


def _added(request: HttpRequest, resto: Resto, what: str, form: forms.Form) -> Any:
    actor = saving.actor(request)
    if what == "room":
        return restos.save_room(resto, form.cleaned_data, pk=None, actor=actor)
    if isinstance(form, TariffForm):
        return restos.save_tariff(resto, form.known, pk=None, actor=actor)
    known = {**form.cleaned_data}
    return restos.save_table(known.pop("room"), known, pk=None, actor=actor, now=clock.now())


def _forms(resto: Resto, data: Any = None) -> dict[str, forms.Form]:
    found: dict[str, forms.Form] = {
        "room": RoomForm(data, auto_id="room-%s"),
        "tariff": TariffForm(data, auto_id="tariff-%s"),
    }
    if resto.rooms.exists():
        found["table"] = NewTableForm(data, resto=resto, auto_id="table-%s")
    return found


def _page(request: HttpRequest, resto: Resto, what: str = "", refused: forms.Form | None = None) -> HttpResponse:
    shown = {**_forms(resto), **({what: refused} if refused else {})}
    titles = {
        "table": (_("Add a table"), _("Add the table")),
        "room": (_("Add a room"), _("Add the room")),
        "tariff": (_("Add a price"), _("Add the price")),
    }
    facts = {
        "resto": resto,
        "organisation": resto.organisation,
        "rooms": rooms_of(resto),
        "tariffs": [(one, one.cents / 100) for one in resto.tariffs.order_by("-in_use", "-cents", "name")],
        "series": programme.series_of(resto, clock.now()),
        "forms": [(name, *titles[name], shown[name]) for name in titles if name in shown],
        "open_form": what if refused else "",
        **seats.facts(resto),
    }
    return render(request, "meals/resto.html", facts, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a room."""
    rooms = Room.objects.select_related("resto__organisation")
    found = doors.enter(request.user, rooms, pk, *doors.RESTO, path="resto__organisation")
    form = RoomForm(request.POST if request.method == "POST" else None, initial=RoomForm.initial_from(found))
    if form.is_bound:
        actor = saving.actor(request)
        saved = saving.done(form, lambda: restos.save_room(found.resto, form.cleaned_data, pk=pk, actor=actor))
        if saved is not None:
            messages.success(request, _("The room has been saved."))
            return redirect("resto-place", found.resto_id)
    return saving.page(
        request,
        form,
        organisation=found.resto.organisation,
        title=_("Room %(name)s") % {"name": found.name},
        button=_("Save"),
        back=(reverse("resto-place", args=[found.resto_id]), found.resto.name),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a table."""
    found = doors.enter(request.user, TABLES, pk, *doors.RESTO, path=WHOSE_TABLE)
    form = TableForm(request.POST if request.method == "POST" else None, initial=TableForm.initial_from(found))
    if form.is_bound:
        saved = saving.done(
            form,
            lambda: restos.save_table(
                found.room, form.cleaned_data, pk=pk, actor=saving.actor(request), now=clock.now()
            ),
            in_words,
        )
        if saved is not None:
            messages.success(request, _("The table has been saved."))
            return redirect("resto-place", found.room.resto_id)
    return saving.page(
        request,
        form,
        organisation=found.room.resto.organisation,
        title=_("Table %(name)s") % {"name": found.name},
        button=_("Save"),
        back=(reverse("resto-place", args=[found.room.resto_id]), found.room.resto.name),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def remove_table(request: HttpRequest, pk: int) -> HttpResponse:
    """A table is taken away: first it is said who was to sit there."""
    found = doors.enter(request.user, TABLES, pk, *doors.RESTO, path=WHOSE_TABLE)
    now = clock.now()
    if request.method == "POST":
        moved = restos.remove_table(pk, actor=saving.actor(request), now=now)
        told = _("The table is gone. Without a table now: %(n)s parties, see the calls to make.") % {"n": len(moved)}
        messages.success(request, told if moved else _("The table is gone. Nobody was to sit there."))
        return redirect("resto-place", found.room.resto_id)
    resto = found.room.resto
    question = {
        "title": _("Remove table %(name)s") % {"name": found.name},
        "place": resto.name,
        "back": reverse("resto-place", args=[resto.pk]),
        "happens": programme.who_sat_there(seated_at(found, now)),
        "yes": _("Remove the table"),
        "no": _("Leave it where it is"),
    }
    return render(request, "web/ask_first.html", {"question": question})


@require_http_methods(["GET", "HEAD", "POST"])
def tariff(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a price."""
    tariffs = Tariff.objects.select_related("resto__organisation")
    found = doors.enter(request.user, tariffs, pk, *doors.RESTO, path="resto__organisation")
    form = TariffForm(request.POST if request.method == "POST" else None, initial=TariffForm.initial_from(found))
    if form.is_bound:
        saved = saving.done(
            form, lambda: restos.save_tariff(found.resto, form.known, pk=pk, actor=saving.actor(request))
        )
        if saved is not None:
            messages.success(request, _("The price has been saved. What was paid before stays as it was."))
            return redirect("resto-place", found.resto_id)
    return saving.page(
        request,
        form,
        organisation=found.resto.organisation,
        title=found.name,
        button=_("Save"),
        back=(reverse("resto-place", args=[found.resto_id]), found.resto.name),
    )
