"""Whether the machine is at work: the banners of every page, and a page for whoever looks after it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.circles.selectors.failing import failing_rounds
from backend.common.clock import real_now
from backend.events import heartbeat
from backend.events.running import poisoned
from backend.people import doors
from backend.people.models import Role
from backend.web.doctor import examine
from backend.web.templatetags.rondje import banner_facts

PARTS = {
    heartbeat.WORKERS: heartbeat.STALE_AFTER,
    heartbeat.DRAIN: heartbeat.STALE_AFTER,
    heartbeat.SWITCH: heartbeat.SWITCH_STALE_AFTER,
}
"""What is shown at work, and after how long without a sign of life it is not."""


@login_not_required
@require_safe
def banners(request: HttpRequest) -> HttpResponse:
    """The banners anew, for a page that is open. Nothing personal."""
    return render(request, "web/_banners.html", banner_facts())


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Heartbeats and work that fails again and again, for operators: at once, whatever does not answer.

    What the doctor says asks the broker, the carrier and the mail server. The page fetches it, or leads to it.
    """
    doors.require_somewhere(request.user, Role.Kind.OPERATOR)
    now, seen = real_now(), heartbeat.all_last_seen()
    parts = [
        {"name": name, "seen_at": seen.get(name), "is_stale": name not in seen or now - seen[name] > after}
        for name, after in PARTS.items()
    ]
    facts = {"parts": parts, "stuck": poisoned() | {"mornings": len(failing_rounds())}}
    return render(request, "web/machine.html", facts)


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """What the doctor says; takes as long as it takes to hear that nobody answers, half a minute at worst."""
    doors.require_somewhere(request.user, Role.Kind.OPERATOR)
    theirs = doors.organisations_of(request.user, Role.Kind.OPERATOR)
    template = "web/_findings.html" if request.headers.get("HX-Request") else "web/findings.html"
    return render(request, template, {"findings": examine(theirs)})
