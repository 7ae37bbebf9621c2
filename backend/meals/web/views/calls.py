"""The list of calls to make: whom, what to say, and one button each for what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.common import actors
from backend.common.errors import RondjeError
from backend.events import clock
from backend.meals.models import GuestCall
from backend.meals.services import calling
from backend.meals.services.calling import NoChairs, Outcome
from backend.meals.web import calls, waiting
from backend.people import doors
from backend.people.models import User


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every call to make, in the order in which they are made."""
    doors.require_somewhere(request.user, *doors.RESTO)
    found = calls.open_calls(doors.organisations_of(request.user, *doors.RESTO), clock.now())
    facts = {"rows": [calls.row(one) for one in found], "not_reached": Outcome.NOT_REACHED}
    return render(request, "meals/calls.html", facts)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a call."""
    call = doors.enter(request.user, GuestCall.objects.select_related("person"), pk, *doors.RESTO)
    assert isinstance(request.user, User)
    said = request.POST.get("outcome", "")
    if said not in list(Outcome):
        raise RondjeError(_("Choose what came of the call."))
    actor = actors.user(request.user.pk, on_behalf_of=f"person:{call.person_id}")
    try:
        calling.finish(call.pk, Outcome(said), actor=actor, now=clock.now())
    except NoChairs as none:
        still = _("%(name)s stays on the waiting list, and on this list of calls.") % {"name": call.person.name}
        messages.error(request, f"{waiting.why_not(none.refused)} {still}")
        return redirect("resto-calls")
    told = {
        Outcome.COMES: _("Noted: %(name)s comes to dinner."),
        Outcome.CANCELS: _("Noted: %(name)s does not come."),
        Outcome.NOT_REACHED: _("Noted: %(name)s was not reached, and stays on the list."),
        Outcome.DONE: _("Noted."),
    }
    messages.success(request, told[Outcome(said)] % {"name": call.person.name})
    return redirect("resto-calls")
