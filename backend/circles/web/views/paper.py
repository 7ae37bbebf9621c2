"""The call list on paper: to print at any time, and where it goes by itself."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.circles.domain import schedule
from backend.circles.domain.evening import evening_of
from backend.circles.models import Circle
from backend.circles.printing.call_list import as_pdf
from backend.circles.selectors.paper import list_on_paper
from backend.circles.selectors.settings import scope_of, zone_of
from backend.circles.web.paper_forms import MailboxesForm
from backend.common import actors
from backend.common.errors import RondjeError
from backend.events import clock
from backend.people import doors
from backend.people.models import DutyShift, Person, User
from backend.people.services.mailboxes import set_mailbox


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Which lists there are to print, and to which addresses they go; the addresses can be changed."""
    circle = _enter(request, pk)
    shifts = DutyShift.objects.filter(scope=scope_of(circle)).values("person_id")
    people = list(Person.objects.filter(pk__in=shifts).order_by("family_name", "given_name"))
    form = MailboxesForm(
        request.POST if request.method == "POST" else None, people=people, organisation=circle.organisation
    )
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)
        for owner, address in form.chosen():
            set_mailbox(owner, address, actor=actors.user(request.user.pk))
        messages.success(request, _("The addresses have been recorded."))
        return redirect("circle-paper", circle.pk)
    today = _today(circle)
    facts = {
        "circle": circle,
        "organisation": circle.organisation,
        "form": form,
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "evening": evening_of(circle.organisation.settings),
    }
    return render(request, "circles/paper.html", facts, status=422 if form.errors else 200)


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of a day (`?day=2026-11-24`, local date; today without) to print. Raises RondjeError for no date."""
    circle = _enter(request, pk)
    asked = request.GET.get("day", "")
    try:
        day = date.fromisoformat(asked) if asked else _today(circle)
    except ValueError as error:
        raise RondjeError(_("This is not a date. Go back and choose a day.")) from error
    answer = HttpResponse(as_pdf(list_on_paper(circle, day), clock.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="bellijst-{circle.pk}-{day:%Y-%m-%d}.pdf"'
    return answer


def _enter(request: HttpRequest, pk: int) -> Circle:
    return doors.enter(request.user, Circle.objects.select_related("organisation"), pk, *doors.STAFF)


def _today(circle: Circle) -> date:
    return schedule.local_date(clock.now(), zone_of(circle))
