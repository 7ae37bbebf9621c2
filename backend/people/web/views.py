"""Who is away, or will be, whichever way it was reported; and back again."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from backend.common import actors
from backend.events import clock
from backend.people import doors
from backend.people.models import Absence, User
from backend.people.selectors import local_date
from backend.people.services import absences

ON_A_PAGE = 50

CHANNELS = {
    "call": gettext_lazy("by telephone"),
    "text": gettext_lazy("by text message"),
    "page": gettext_lazy("on a page"),
    "link": gettext_lazy("by link"),
    "paper": gettext_lazy("on paper"),
    "command": gettext_lazy("from a list"),
    "system": gettext_lazy("by the machine"),
    "api": gettext_lazy("by another system"),
}
REPORTERS = {
    "person": gettext_lazy("by the person"),
    "contact": gettext_lazy("by family or a neighbour"),
    "user": gettext_lazy("by staff"),
    "integration": gettext_lazy("by another system"),
}


@dataclass(frozen=True)
class Row:
    """One absence, as it is shown. `has_begun` on the organisation's own date."""

    absence: Absence
    has_begun: bool
    how: str
    """By whom it was reported, and which way."""


@require_safe
def absences_list(request: HttpRequest) -> HttpResponse:
    """Everybody who is away now or later, the first to go in front."""
    now = clock.now()
    mine = doors.visible(request.user, Absence.objects.all(), *doors.STAFF, path="person__organisation")
    found = (
        mine.filter(Q(last_day=None) | Q(last_day__gte=now.date()), withdrawn_at=None)
        .select_related("person__organisation")
        .order_by("first_day", "person__family_name", "pk")
    )
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = []
    for absence in page:
        today = local_date(absence.person.organisation, now)
        if absence.last_day is None or absence.last_day >= today:
            rows.append(_row(absence, today))
    return render(request, "people/absences.html", {"rows": rows, "page": page})


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff hear that somebody is back, or does not go."""
    everybodys = Absence.objects.select_related("person__organisation")
    absence = doors.enter(request.user, everybodys, pk, *doors.STAFF, path="person__organisation")
    assert isinstance(request.user, User)
    today = local_date(absence.person.organisation, clock.now())
    actor = actors.user(request.user.pk, on_behalf_of=f"person:{absence.person_id}")
    absences.end_absence(absence, today=today, actor=actor)
    messages.success(request, _("%(name)s is no longer away.") % {"name": absence.person.name})
    return redirect("absences")


def _row(absence: Absence, today: date) -> Row:
    who = absence.reported_by.partition(":")[0]
    return Row(
        absence=absence,
        has_begun=absence.first_day <= today,
        how=", ".join(
            str(words[key]) for words, key in ((REPORTERS, who), (CHANNELS, absence.channel)) if key in words
        ),
    )
