"""What a manager does about one evening: its times and who speaks, its menu, its end before it has begun."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.events import clock
from backend.meals.domain.series import Times
from backend.meals.models import Evening, Reservation
from backend.meals.services import changing, menus, series
from backend.meals.web import menu as shown
from backend.meals.web.forms.menu import MenuForm
from backend.meals.web.forms.series import CancelForm, ChangeForm, SingleForm
from backend.meals.web.saying import in_words
from backend.meals.web.views.overview import EVENINGS, WHOSE
from backend.meals.web.views.places import RESTOS
from backend.people import doors
from backend.people.web import saving

FORM = "meals/evening_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A single evening, of no series."""
    resto = doors.enter(request.user, RESTOS, pk, *doors.RESTO)
    initial = {**vars(Times()), "chairs": resto.chairs}
    form = SingleForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound:
        made = saving.done(
            form,
            lambda: changing.add(
                resto,
                form.cleaned_data["day"],
                form.facts,
                needs=form.needs,
                actor=saving.actor(request),
                now=clock.now(),
            ),
        )
        if made is not None:
            messages.success(request, _("The evening is in the programme."))
            return redirect("resto-evening", made.pk)
    return saving.page(
        request,
        form,
        organisation=resto.organisation,
        title=_("A single evening"),
        button=_("Add the evening"),
        back=(reverse("resto-place", args=[pk]), resto.name),
        template=FORM,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Times, chairs, theme and who speaks."""
    evening = doors.enter(request.user, EVENINGS, pk, *doors.RESTO, path=WHOSE)
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=ChangeForm.initial_from(evening))
    if form.is_bound:
        done = saving.done(
            form, lambda: changing.change(pk, form.facts, actor=saving.actor(request), now=clock.now()), in_words
        )
        if done is not None:
            messages.success(request, _("Saved. Whoever has reserved is told when the times are others."))
            return redirect("resto-evening", pk)
    return _form(request, evening, form, _("Change this evening"), _("Save"), template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The evening does not take place: who is told, and why."""
    evening = doors.enter(request.user, EVENINGS, pk, *doors.RESTO, path=WHOSE)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        done = saving.done(
            form,
            lambda: series.cancel_evening(
                pk, because=form.cleaned_data["because"], actor=saving.actor(request), now=clock.now()
            ),
        )
        if done is not None:
            messages.success(
                request,
                _("The dinner is cancelled. Everybody is told; whom nobody reaches stands on the list of calls."),
            )
            return redirect("resto-evening", pk)
    reserved = evening.reservations.filter(state__in=(Reservation.State.RESERVED, Reservation.State.WAITING)).count()
    helping = evening.crew.exclude(person=None).count()
    told = _("Parties who have reserved or wait: %(n)s. Of the crew: %(crew)s. All of them are told.")
    return _form(
        request,
        evening,
        form,
        _("Cancel this dinner"),
        _("Cancel the dinner"),
        note=told % {"n": reserved, "crew": helping},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def menu(request: HttpRequest, pk: int) -> HttpResponse:
    """What is served, and what instead."""
    evening = doors.enter(request.user, EVENINGS, pk, *doors.RESTO, path=WHOSE)
    form = MenuForm(request.POST if request.method == "POST" else None, initial=MenuForm.initial_from(evening))
    if form.is_bound:
        done = saving.done(form, lambda: menus.save(pk, form.dishes, actor=saving.actor(request)))
        if done is not None:
            messages.success(request, _("The menu has been saved."))
            return redirect("resto-evening", pk)
    facts = {
        "evening": evening,
        "organisation": evening.resto.organisation,
        "form": form,
        "lacking": shown.lacking(evening, clock.now()),
    }
    return render(request, "meals/menu.html", facts, status=422 if form.errors else 200)


def _form(
    request: HttpRequest,
    evening: Evening,
    form: Any,
    title: str,
    button: str,
    *,
    note: str = "",
    template: str = "web/form.html",
) -> HttpResponse:
    day = formats.date_format(evening.date, "l j F")
    return saving.page(
        request,
        form,
        organisation=evening.resto.organisation,
        title=title,
        button=button,
        back=(reverse("resto-evening", args=[evening.pk]), f"{evening.resto.name}, {day}"),
        note=note,
        template=template,
    )
