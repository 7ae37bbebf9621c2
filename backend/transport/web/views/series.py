"""Trips that recur: their coming dates, their exceptions, and what a person has to decide about."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.events import clock
from backend.people import doors
from backend.people.models import Organisation, Person
from backend.people.web import recurring
from backend.transport.domain.programme import hindered
from backend.transport.models import Series, SeriesException, Trip
from backend.transport.selectors.programme import Outlook, outlook, readiness_of
from backend.transport.services import series as services
from backend.transport.services.restoring import PutBack
from backend.transport.services.series import Saved
from backend.transport.web import saving, words
from backend.transport.web.forms.series import ExceptionForm, SeriesForm

ALL = Organisation.objects.all()
SERIES = Series.objects.select_related("organisation", "area", "destination", "vehicle", "layout")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new series."""
    organisation = doors.enter(request.user, ALL, pk, *doors.PLANNERS, path="pk")
    return _form(request, organisation, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a series; its trips follow, where nobody counts on them."""
    known = doors.enter(request.user, SERIES, pk, *doors.PLANNERS)
    return _form(request, known.organisation, known)


def _form(request: HttpRequest, organisation: Organisation, known: Series | None) -> HttpResponse:
    initial = SeriesForm.initial_from(known) if known else None
    form = SeriesForm(request.POST if request.method == "POST" else None, organisation=organisation, initial=initial)
    saved = saving.done(form, lambda: _saved(request, organisation, form, known)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _told(saved))
        return redirect("bus-series", saved.series.pk)
    return saving.page(
        request,
        form,
        organisation=organisation,
        title=_("Change the trips to %(name)s") % {"name": name_of(known)} if known else _("Trips that recur"),
        button=_("Save"),
        back=(reverse("bus-programme", args=[organisation.pk]), _("Programme")),
        note=_("Trips on which somebody has booked stay as they are: you decide about each of them.") if known else "",
    )


def _saved(request: HttpRequest, organisation: Organisation, form: SeriesForm, known: Series | None) -> Saved:
    return services.save(
        organisation,
        form.facts,
        form.recurrence,
        pk=known.pk if known else None,
        actor=saving.actor(request),
        now=clock.now(),
    )


def _told(saved: Saved) -> str:
    """What came of it, in words."""
    told = [_("Saved.")]
    new = saved.made - len(saved.put_back)
    if new:
        told.append(_("New trips: %(n)s.") % {"n": new})
    told.extend(line for one in saved.put_back for line in _put_back(one))
    if saved.followed:
        told.append(_("Trips changed along: %(n)s.") % {"n": saved.followed})
    if saved.to_decide:
        told.append(_("Trips to decide about: %(n)s, see below.") % {"n": len(saved.to_decide)})
    return " ".join(told)


def _put_back(one: PutBack) -> Iterator[str]:
    """Who is on a trip again, who is not, and whom a person has to ring."""
    day = formats.date_format(one.trip.date, "j F")
    yield ngettext(
        "%(day)s is driven again: %(n)s person has their place back.",
        "%(day)s is driven again: %(n)s people have their place back.",
        len(one.back),
    ) % {"day": day, "n": len(one.back)}
    if one.waiting:
        yield _("On the waiting list again: %(names)s.") % {"names": _names(one.waiting)}
    if one.without:
        yield _("Not on that trip any more: %(names)s.") % {"names": _names(one.without)}
    if one.to_ring:
        yield _("Rondje tells everybody but those whom it cannot reach: please tell them yourself: %(names)s.") % {
            "names": _names(one.to_ring)
        }
    else:
        yield _("Rondje tells everybody.")


def _names(people: Iterable[Person]) -> str:
    return ", ".join(person.name for person in people)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The coming dates of a series."""
    return _page(request, doors.enter(request.user, SERIES, pk, *doors.PLANNERS))


@require_POST
def except_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Something else on one date."""
    series = doors.enter(request.user, SERIES, pk, *doors.PLANNERS)
    form = ExceptionForm(request.POST)
    saved = saving.done(form, lambda: _excepted(request, series, form))
    if saved is None:
        return _page(request, series, form)
    messages.success(request, _told(saved))
    return redirect("bus-series", pk)


def _excepted(request: HttpRequest, series: Series, form: ExceptionForm) -> Saved:
    return services.except_date(
        series.pk,
        form.cleaned_data["day"],
        form.times,
        reason=form.cleaned_data["reason"],
        actor=saving.actor(request),
        now=clock.now(),
    )


@require_POST
def drop_exception(request: HttpRequest, pk: int) -> HttpResponse:
    """A date is as the rule says again."""
    found = doors.enter(request.user, SeriesException.objects.all(), pk, *doors.PLANNERS, path="series__organisation")
    saved = services.drop_exception(pk, actor=saving.actor(request), now=clock.now())
    messages.success(request, _told(saved))
    return redirect("bus-series", found.series_id)


def _page(request: HttpRequest, series: Series, form: ExceptionForm | None = None) -> HttpResponse:
    now = clock.now()
    days = outlook(series, now, language=get_language() or "")
    different = services.different_trips(series, now)
    facts = {
        "series": series,
        "name": name_of(series),
        "organisation": series.organisation,
        "when": recurring.in_words(series.rule),
        "days": [_day(one) for one in days],
        "to_decide": different,
        "exceptions": series.exceptions.filter(date__gte=days[0].day if days else now.date()).order_by("date"),
        "form": form or ExceptionForm(),
    }
    return render(request, "transport/series.html", facts, status=422 if form is not None else 200)


def _day(one: Outlook) -> dict[str, Any]:
    """What becomes of a date, in words."""
    if one.trip is not None:
        said = str(words.STATES[Trip.State(one.trip.state)])
        return {"day": one.day, "trip": one.trip, "said": said, "hindrance": _hindrance(one.trip)}
    if one.busy is not None:
        said = _("the bus drives to %(name)s then: choose another bus or another time") % {"name": one.busy.name}
        return {"day": one.day, "said": said, "is_lacking": True}
    said = words.why_left_out(one.left_out) if one.left_out else _("is made in a moment")
    return {"day": one.day, "said": said}


def _hindrance(trip: Trip) -> str:
    """Why the trip's vehicle may not be driven on that day, or nothing."""
    found = hindered(trip.date, readiness_of(trip.vehicle)) if trip.state == Trip.State.PLANNED else None
    return words.why_left_out(found) if found else ""


def name_of(series: Series) -> str:
    """What its trips are called."""
    return series.title or series.destination.name
