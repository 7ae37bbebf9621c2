"""Where everything is that is looked after now and then."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.common.errors import NotAllowed
from backend.people.models import Role, User
from backend.web import management_pages


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The pages that this user's roles open, each with what it is for."""
    assert isinstance(request.user, User)
    entries = management_pages.open_to(set(Role.objects.filter(user=request.user).values_list("kind", flat=True)))
    if not entries:
        raise NotAllowed("Your role does not allow this. Ask a coordinator of your organisation.")
    return render(request, "web/manage.html", {"entries": entries})
