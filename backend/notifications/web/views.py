"""The inbox: texts that were not understood, people who want to be rung back, and whatever else needs a person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.common import actors
from backend.events import clock
from backend.notifications.models import InboxItem
from backend.notifications.services import inbox
from backend.notifications.web import reading
from backend.people import doors
from backend.people.models import User


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What waits, and what was dealt with lately."""
    assert isinstance(request.user, User)
    page = reading.open_page(request.user, request.GET.get("page"))
    facts = {
        "rows": reading.rows_of(page),
        "page": page,
        "done": reading.recent_rows(request.user) if page.number == 1 else [],
        "now": clock.now(),
    }
    return render(request, "notifications/inbox.html", facts)


@require_POST
def deal_with(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody says that they have dealt with it."""
    item = doors.enter(request.user, InboxItem.objects.all(), pk, *doors.STAFF)
    inbox.deal_with(item, actor=actors.user(request.user.pk or 0))
    messages.success(request, _("Marked as dealt with."))
    return redirect("inbox")
