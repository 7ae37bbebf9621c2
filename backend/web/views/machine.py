"""Whether the machine is at work: the banners of every page, and a page for whoever looks after it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.circles.selectors.failing import failing_rounds
from backend.events import heartbeat
from backend.events.running import poisoned
from backend.people import doors
from backend.people.models import Role
from backend.web import health
from backend.web.doctor import examine
from backend.web.templatetags.rondje import banner_facts

PARTS = (heartbeat.WORKERS, heartbeat.DRAIN)


@login_not_required
@require_safe
def banners(request: HttpRequest) -> HttpResponse:
    """The banners anew, for a page that is open. Nothing personal."""
    return render(request, "web/_banners.html", banner_facts())


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Heartbeats and work that fails again and again, for operators."""
    doors.require_somewhere(request.user, Role.Kind.OPERATOR)
    theirs = doors.organisations_of(request.user, Role.Kind.OPERATOR)
    parts = [
        {"name": name, "seen_at": heartbeat.last_seen(name), "is_stale": heartbeat.is_stale(name)} for name in PARTS
    ]
    stuck = poisoned() | {"mornings": len(failing_rounds())}
    facts = {"parts": parts, "stuck": stuck, "trouble_now": health.trouble(), "findings": examine(theirs)}
    return render(request, "web/machine.html", facts)
