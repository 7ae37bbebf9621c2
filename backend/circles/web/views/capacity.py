"""Whether the carrier can carry the mornings that are planned, for whoever looks after the machine."""

from datetime import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.circles.domain.capacity import CALL_MINUTES, USABLE
from backend.circles.services import spreading
from backend.people import doors
from backend.people.models import Role


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Counts only: an operator of one organisation sees no other's circles by name."""
    doors.require_somewhere(request.user, Role.Kind.OPERATOR)
    account, plain, found = spreading.outlook()
    facts = {
        "account": account,
        "call_minutes": CALL_MINUTES,
        "usable": round(USABLE * 100),
        "circles": len(found.starts),
        "plain": plain,
        "found": found,
        "peak_at": time(found.peak_minute // 60 % 24, found.peak_minute % 60),
        "too_many": len(found.unplaced),
        "plain_too_many": len(plain.unplaced),
    }
    return render(request, "circles/capacity.html", facts)
