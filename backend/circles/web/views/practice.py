"""A coordinator plans a practice morning, and sees who did not manage."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.circles.domain import schedule
from backend.circles.models import Circle
from backend.circles.selectors.settings import zone_of
from backend.circles.services import practice as practising
from backend.circles.web.forms import PracticeForm
from backend.circles.web.practice import practices_of
from backend.common import actors
from backend.common.errors import Conflict
from backend.common.keys import key_of
from backend.events import clock
from backend.people import doors
from backend.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask when, and plan it; call it off; show how the last ones went."""
    circle = doors.enter(request.user, Circle.objects.select_related("organisation"), pk, *doors.STAFF)
    now = clock.now()
    if request.method != "POST":
        return _show(request, circle, PracticeForm(circle=circle, now=now, initial=_first_choice(circle)))
    assert isinstance(request.user, User)
    actor = actors.user(request.user.pk)
    if (round_id := key_of(request.POST.get("call_off"))) is not None:
        practising.call_off(circle, round_id, now=now, actor=actor)
        messages.success(request, _("The practice morning has been called off: nobody is rung."))
        return redirect("circle-practice", circle.pk)
    form = PracticeForm(request.POST, circle=circle, now=now)
    if form.is_valid():
        try:
            practising.plan(circle, form.cleaned_data["day"], form.cleaned_data["at"], now=now, actor=actor)
        except Conflict:
            form.add_error("day", _("This circle has practised on that day already. Choose another day."))
        else:
            messages.success(request, _("The practice morning has been planned. Tell the members which day it is."))
            return redirect("circle-practice", circle.pk)
    return _show(request, circle, form, status=422)


def _first_choice(circle: Circle) -> dict[str, object]:
    return {"day": schedule.local_date(clock.now(), zone_of(circle)), "at": "14:00"}


def _show(request: HttpRequest, circle: Circle, form: PracticeForm, status: int = 200) -> HttpResponse:
    facts = {
        "circle": circle,
        "organisation": circle.organisation,
        "form": form,
        "practices": practices_of(circle),
    }
    return render(request, "circles/practice.html", facts, status=status)
