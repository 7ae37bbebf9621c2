"""Figures of the dinners for who runs them and for readers: counts only, small ones hidden."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backend.events import clock
from backend.meals.selectors import figures as read
from backend.meals.web import figures as shown
from backend.people import doors
from backend.people.models import Organisation
from backend.people.months import small_of
from backend.people.selectors import local_date
from backend.people.web.choosing import chosen
from backend.people.web.figures import MONTHS_AT_ONCE, addresses, month_asked
from backend.people.web.figures import download as download_file


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A month, by resto."""
    own = chosen(request, *doors.RESTO_FIGURES)
    organisation, months = own.organisation, _months(request, own.organisation)
    first = month_asked(months, request.GET.get("month", ""), local_date(organisation, clock.now()))
    found = None if first is None else shown.sheet_of(organisation, first)
    names = read.resto_names(organisation)
    facts = {
        "address": addresses("resto-figures", "resto-figures-download"),
        "organisation": organisation,
        "organisations": own.all,
        "months": months,
        "month": first,
        "columns": [] if found is None else [*(names.get(row.key, "") for row in found.rows), _("All restos")],
        "lines": [] if found is None else shown.table(found, names),
        "reasons": [] if found is None else shown.reasons(found, organisation),
        "small": small_of(organisation),
        "runs": _runs(request, organisation),
    }
    return render(request, "meals/figures.html", facts)


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """All months for a spreadsheet, the latest three years."""
    organisation = chosen(request, *doors.RESTO_FIGURES).organisation
    lines = shown.lines(organisation, _months(request, organisation)[:MONTHS_AT_ONCE])
    return download_file(lines, kind, f"resto-{organisation.slug}")


def _months(request: HttpRequest, organisation: Organisation) -> list[date]:
    """Who sees aggregates only, sees months that are over."""
    return read.months(organisation, clock.now(), only_over=not _runs(request, organisation))


def _runs(request: HttpRequest, organisation: Organisation) -> bool:
    return doors.organisations_of(request.user, *doors.RESTO).filter(pk=organisation.pk).exists()
