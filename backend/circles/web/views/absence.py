"""Somebody is away: reported by staff, on a member's behalf."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.circles.domain import schedule
from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import zone_of
from backend.circles.web.forms import AbsenceForm
from backend.common import actors
from backend.common.keys import key_of
from backend.events import clock
from backend.people import doors
from backend.people.models import User
from backend.people.services.absences import record_absence


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who is away and until when, and record it; who is being waited for now is not rung any more."""
    circle = doors.enter(request.user, Circle.objects.select_related("organisation"), pk, *doors.STAFF)
    if request.method != "POST":
        today = schedule.local_date(clock.now(), zone_of(circle))
        asked = key_of(request.GET.get("person"))
        member = circle.memberships.filter(person_id=asked).first() if asked is not None else None
        return _ask(request, circle, AbsenceForm(circle=circle, initial={"first_day": today, "member": member}))
    form = AbsenceForm(request.POST, circle=circle)
    if not form.is_valid():
        return _ask(request, circle, form, status=422)
    assert isinstance(request.user, User)
    membership: Membership = form.cleaned_data["member"]
    record_absence(
        person=membership.person,
        first_day=form.cleaned_data["first_day"],
        last_day=form.cleaned_data["last_day"],
        reason=form.cleaned_data["reason"],
        actor=actors.user(request.user.pk, on_behalf_of=f"person:{membership.person_id}"),
    )
    messages.success(request, _("The absence of %(name)s has been recorded.") % {"name": membership.person.name})
    return redirect("circle", circle.pk)


def _ask(request: HttpRequest, circle: Circle, form: AbsenceForm, status: int = 200) -> HttpResponse:
    facts = {"circle": circle, "organisation": circle.organisation, "form": form}
    return render(request, "circles/absence.html", facts, status=status)
