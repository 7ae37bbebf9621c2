"""What an organisation chooses for the crew of its dinners."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.events import clock
from backend.meals.selectors.crew import policy_of
from backend.meals.services.settings import set_crew
from backend.meals.web.forms.crew_settings import CrewSettingsForm
from backend.people import doors
from backend.people.models import Organisation
from backend.people.web import saving


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """When volunteers are asked, when it is an alarm, and what each job takes."""
    organisation = doors.enter(request.user, Organisation.objects.all(), pk, *doors.RESTO, path="pk")
    initial = CrewSettingsForm.initial_from(policy_of(organisation))
    form = CrewSettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        set_crew(organisation, form.chosen, actor=saving.actor(request), now=clock.now())
        messages.success(request, _("Saved. It holds at once, also for evenings that are planned already."))
        return redirect("resto-crew", pk)
    return saving.page(
        request,
        form,
        organisation=organisation,
        title=_("Settings of the crew"),
        button=_("Save"),
        back=(reverse("resto-crew", args=[pk]), _("Volunteers of the dinners")),
        note=_("Days and hours are counted from when a job begins."),
    )
