"""The list of calls to make: whom, what to say, and one button each for what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.common import actors
from backend.common.errors import RondjeError
from backend.events import clock
from backend.people import doors
from backend.people.models import User
from backend.transport.models import CallTask
from backend.transport.services import call_tasks
from backend.transport.services.call_tasks import Outcome
from backend.transport.web import calls


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every call to make, in the order in which they are made."""
    doors.require_somewhere(request.user, *doors.PLANNERS)
    tasks = calls.open_calls(doors.organisations_of(request.user, *doors.PLANNERS))
    return render(
        request,
        "transport/calls.html",
        {"rows": [calls.row(task) for task in tasks], "not_reached": Outcome.NOT_REACHED},
    )


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a call."""
    task = doors.enter(request.user, CallTask.objects.select_related("person"), pk, *doors.PLANNERS)
    assert isinstance(request.user, User)
    said = request.POST.get("outcome", "")
    if said not in list(Outcome):
        raise RondjeError(_("Choose what came of the call."))
    actor = actors.user(request.user.pk, on_behalf_of=f"person:{task.person_id}")
    call_tasks.finish(task.pk, Outcome(said), actor=actor, now=clock.now())
    told = {
        Outcome.AGREED: _("Noted: %(name)s comes along."),
        Outcome.CANCELS: _("Noted: %(name)s does not come along."),
        Outcome.NOT_REACHED: _("Noted: %(name)s was not reached, and stays on the list."),
        Outcome.DONE: _("Noted."),
    }
    messages.success(request, told[Outcome(said)] % {"name": task.person.name})
    return redirect("bus-calls")
