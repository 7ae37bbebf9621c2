"""Evenings that recur: their coming dates, when they are closed, and what a person has to decide about."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.events import clock
from backend.meals.models import EveningException, EveningSeries, Resto
from backend.meals.selectors.series import different_evenings, outlook
from backend.meals.services import series as services
from backend.meals.services.series import Saved
from backend.meals.web import programme
from backend.meals.web.forms.series import ClosureForm, SeriesForm
from backend.meals.web.views.places import RESTOS
from backend.people import doors
from backend.people.domain.short_days import with_weekday
from backend.people.web import recurring, saving

SERIES = EveningSeries.objects.select_related("resto__organisation").prefetch_related("needs")
WHOSE = "resto__organisation"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new series."""
    return _form(request, doors.enter(request.user, RESTOS, pk, *doors.RESTO), None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a series; its evenings follow, where nobody counts on them."""
    known = doors.enter(request.user, SERIES, pk, *doors.RESTO, path=WHOSE)
    return _form(request, known.resto, known)


def _form(request: HttpRequest, resto: Resto, known: EveningSeries | None) -> HttpResponse:
    form = SeriesForm(request.POST if request.method == "POST" else None, initial=SeriesForm.initial_from(known))
    saved = saving.done(form, lambda: _saved(request, resto, form, known)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _told(saved))
        return redirect("resto-series", saved.series.pk)
    return saving.page(
        request,
        form,
        organisation=resto.organisation,
        title=_("Change the evenings that recur") if known else _("Evenings that recur"),
        button=_("Save"),
        back=(reverse("resto-place", args=[resto.pk]), resto.name),
        note=_("Evenings for which somebody has reserved stay as they are: you decide about each of them.")
        if known
        else "",
    )


def _saved(request: HttpRequest, resto: Resto, form: SeriesForm, known: EveningSeries | None) -> Saved:
    return services.save(
        resto,
        form.recurrence,
        theme=form.cleaned_data["theme"],
        needs=form.needs,
        pk=known.pk if known else None,
        actor=saving.actor(request),
        now=clock.now(),
    )


def _told(saved: Saved) -> str:
    """What came of it, in words."""
    told = [_("Saved.")]
    if saved.made:
        told.append(_("New evenings: %(n)s.") % {"n": saved.made})
    if saved.followed:
        told.append(_("Evenings changed along: %(n)s.") % {"n": saved.followed})
    if different := len(saved.to_decide) - len(saved.without_chairs):
        told.append(_("Evenings to decide about: %(n)s, see below.") % {"n": different})
    if saved.without_chairs:
        days = ", ".join(with_weekday(one.date, get_language() or "nl") for one in saved.without_chairs)
        told.append(
            _("No chair is left for more of the crew on %(days)s: open one there for who does not eat along.")
            % {"days": days}
        )
    return " ".join(told)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The coming dates of a series."""
    return _page(request, doors.enter(request.user, SERIES, pk, *doors.RESTO, path=WHOSE))


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """No dinner on one date."""
    found = doors.enter(request.user, SERIES, pk, *doors.RESTO, path=WHOSE)
    form = ClosureForm(request.POST)
    saved = saving.done(
        form, lambda: services.close_date(pk, **form.cleaned_data, actor=saving.actor(request), now=clock.now())
    )
    if saved is None:
        return _page(request, found, form)
    messages.success(request, _told(saved))
    return redirect("resto-series", pk)


@require_POST
def drop_exception(request: HttpRequest, pk: int) -> HttpResponse:
    """A date is as the rule says again."""
    found = doors.enter(
        request.user, EveningException.objects.all(), pk, *doors.RESTO, path="series__resto__organisation"
    )
    saved = services.drop_exception(pk, actor=saving.actor(request), now=clock.now())
    messages.success(request, _told(saved))
    return redirect("resto-series", found.series_id)


def _page(request: HttpRequest, found: EveningSeries, form: ClosureForm | None = None) -> HttpResponse:
    now = clock.now()
    days = outlook(found, now, language=get_language() or "")
    facts = {
        "series": found,
        "resto": found.resto,
        "organisation": found.resto.organisation,
        "name": programme.name_of(found),
        "when": recurring.in_words(found.rule),
        "needs": programme.needs(found),
        "days": [programme.day(one) for one in days],
        "to_decide": different_evenings(found, now),
        "exceptions": found.exceptions.filter(date__gte=days[0].day.day if days else now.date()).order_by("date"),
        "form": form or ClosureForm(),
    }
    return render(request, "meals/series.html", facts, status=422 if form is not None else 200)
