"""Figures of the bus for planners and for readers: counts only, small ones hidden."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.common import actors
from backend.events import clock
from backend.people import doors
from backend.people.models import Organisation, User
from backend.people.months import small_of
from backend.people.selectors import local_date
from backend.people.web.choosing import Chosen, chosen
from backend.people.web.figures import MONTHS_AT_ONCE, addresses, month_asked
from backend.people.web.figures import download as download_file
from backend.transport.selectors import figures as read
from backend.transport.services import money
from backend.transport.web import figures as shown
from backend.transport.web.forms.money import CostsForm


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """A month, by area; and the form for what it cost, for planners."""
    own = chosen(request, *doors.FIGURES)
    if request.method != "POST":
        return _show(request, own, CostsForm(initial={"month": _month(request, own.organisation)}))
    doors.require(request.user, own.organisation, *doors.PLANNERS)
    form = CostsForm(request.POST)
    if not form.is_valid():
        return _show(request, own, form, status=422)
    first = form.cleaned_data["month"].replace(day=1)
    assert isinstance(request.user, User)
    actor = actors.user(request.user.pk)
    money.enter_costs(own.organisation, first, form.cleaned_data["cents"], actor=actor, now=clock.now())
    messages.success(request, _("The costs have been saved."))
    return redirect(f"{reverse('bus-figures')}?organisation={own.organisation.slug}&month={first:%Y-%m}")


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """All months for a spreadsheet, the latest three years."""
    organisation = chosen(request, *doors.FIGURES).organisation
    lines = shown.lines(organisation, _months(request, organisation)[:MONTHS_AT_ONCE])
    return download_file(lines, kind, f"bus-{organisation.slug}")


def _months(request: HttpRequest, organisation: Organisation) -> list[date]:
    """Who sees aggregates only, sees months that are over."""
    return read.months(organisation, clock.now(), only_over=not _plans(request, organisation))


def _plans(request: HttpRequest, organisation: Organisation) -> bool:
    return doors.organisations_of(request.user, *doors.PLANNERS).filter(pk=organisation.pk).exists()


def _month(request: HttpRequest, organisation: Organisation) -> date | None:
    """The one that is asked for, else the latest that is over, else the latest."""
    today = local_date(organisation, clock.now())
    return month_asked(_months(request, organisation), request.GET.get("month", ""), today)


def _show(request: HttpRequest, own: Chosen, form: CostsForm, status: int = 200) -> HttpResponse:
    organisation = own.organisation
    first = _month(request, organisation)
    found = None if first is None else shown.sheet_of(organisation, first)
    names = read.area_names(organisation)
    facts = {
        "address": addresses("bus-figures", "bus-figures-download"),
        "organisation": organisation,
        "organisations": own.all,
        "months": _months(request, organisation),
        "month": first,
        "columns": [] if found is None else [*(names.get(row.key, "") for row in found.rows), _("All areas")],
        "lines": [] if found is None else shown.table(found, names),
        "reasons": [] if found is None else shown.reasons(found),
        "small": small_of(organisation),
        "plans": _plans(request, organisation),
        "form": form,
    }
    return render(request, "transport/figures.html", facts, status=status)
