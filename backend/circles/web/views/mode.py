"""A coordinator chooses how a circle goes round."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.circles.domain.modes import Mode
from backend.circles.models import Circle
from backend.circles.services import membership
from backend.circles.web.forms import ModeForm
from backend.common import actors
from backend.people import doors
from backend.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the three ways, and take the choice."""
    circle = doors.enter(request.user, Circle.objects.select_related("organisation"), pk, *doors.STAFF)
    form = ModeForm(
        request.POST if request.method == "POST" else None,
        initial={"mode": circle.mode, "joining": circle.policy.get("morning", {}).get("joining", "")},
    )
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)
        actor = actors.user(request.user.pk)
        membership.change_mode(circle, Mode(form.cleaned_data["mode"]), actor=actor)
        if "joining" in request.POST:
            membership.change_joining(circle, form.cleaned_data["joining"], actor=actor)
        messages.success(request, _("Chosen. It holds from the next morning that starts."))
        return redirect("circle", circle.pk)
    facts = {"circle": circle, "organisation": circle.organisation, "form": form}
    return render(request, "circles/mode.html", facts, status=422 if request.method == "POST" else 200)
