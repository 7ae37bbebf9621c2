"""Where everything is that is looked after now and then."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.people import doors
from backend.web import management_pages


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The pages that this user's roles open, each with what it is for."""
    doors.require_somewhere(request.user, *management_pages.roles())
    return render(request, "web/manage.html", {"entries": management_pages.open_to(doors.kinds_of(request.user))})
