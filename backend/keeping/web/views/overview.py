"""How long what is kept, what was removed when, and the figures that stay."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.keeping.selectors import overview
from backend.keeping.web.words import ASKED_BY, PERIODS, PURGED
from backend.people import doors
from backend.people.models import Role, User


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """For coordinators, of each of their organisations."""
    assert isinstance(request.user, User)
    doors.require_somewhere(request.user, Role.Kind.COORDINATOR)
    organisations = [
        {
            "organisation": one,
            "periods": [(PERIODS[name], days) for name, days in overview.periods_of(one).items()],
            "purges": [(PURGED.get(done.kind, done.kind), done) for done in overview.latest_purges(one)],
            "erasures": [(ASKED_BY[done.asked_by], done) for done in overview.latest_erasures(one)],
            "months": overview.months_of(one).items(),
        }
        for one in doors.organisations_of(request.user, Role.Kind.COORDINATOR).order_by("name")
    ]
    return render(request, "keeping/overview.html", {"kept": organisations})
