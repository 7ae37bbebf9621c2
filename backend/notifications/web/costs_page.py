"""What calls and texts cost, by programme and month; prices and budget."""

import csv

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.common import actors
from backend.events import clock
from backend.notifications.domain.costs import Prices
from backend.notifications.selectors import costs
from backend.notifications.services import organising
from backend.notifications.web import rows
from backend.notifications.web.choosing import Chosen, chosen
from backend.notifications.web.forms import PricesForm
from backend.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Month by month; and the form that sets prices and budget."""
    own = chosen(request)
    organisation = own.organisation
    if request.method != "POST":
        now = {**vars(costs.prices_of(organisation)), "budget": costs.budget_of(organisation)}
        return _show(request, own, PricesForm(initial=now))
    form = PricesForm(request.POST)
    if not form.is_valid():
        return _show(request, own, form, status=422)
    assert isinstance(request.user, User)
    given = dict(form.cleaned_data)
    budget = given.pop("budget")
    organising.set_prices(organisation, Prices(**given), budget, actor=actors.user(request.user.pk))
    messages.success(request, _("The prices and the budget have been saved."))
    return redirect(f"{reverse('costs')}?organisation={organisation.slug}")


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The same figures for a spreadsheet."""
    organisation = chosen(request).organisation
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="costs-{organisation.slug}.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(["month", "programme", "calls", "minutes", "texts", "segments", "euros"])
    prices = costs.prices_of(organisation)
    for month in rows.months_of(costs.months(organisation, clock.now()), prices, None):
        for line in month.lines:
            counts = (line.calls, line.minutes, line.texts, line.segments)
            sheet.writerow([f"{month.first:%Y-%m}", line.programme, *counts, f"{line.euros:.2f}"])
    return answer


def _show(request: HttpRequest, own: Chosen, form: PricesForm, status: int = 200) -> HttpResponse:
    organisation = own.organisation
    prices, budget = costs.prices_of(organisation), costs.budget_of(organisation)
    months = rows.months_of(costs.months(organisation, clock.now()), prices, budget)
    named = [(month, [(rows.programme_of(line.programme), line) for line in month.lines]) for month in months]
    facts = {
        "organisation": organisation,
        "organisations": own.all,
        "months": named,
        "budget": budget,
        "form": form,
    }
    return render(request, "notifications/costs.html", facts, status=status)
