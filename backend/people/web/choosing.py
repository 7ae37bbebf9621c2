"""Which of somebody's organisations a page is about: the one that is asked for, else the first."""

from dataclasses import dataclass

from django.http import HttpRequest

from backend.common.errors import NotFound
from backend.people import doors
from backend.people.models import Organisation, User


@dataclass(frozen=True)
class Chosen:
    """The organisation in question, and all between which one may choose."""

    organisation: Organisation
    all: list[Organisation]


def chosen(request: HttpRequest, *kinds: str) -> Chosen:
    """Through the doors, for these roles: raises NotAllowed for who has none of them, NotFound for another's."""
    assert isinstance(request.user, User)
    doors.require_somewhere(request.user, *kinds)
    own = list(doors.organisations_of(request.user, *kinds).order_by("name"))
    slug = request.GET.get("organisation", own[0].slug)
    found = next((one for one in own if one.slug == slug), None)
    if found is None:
        raise NotFound("This does not exist, or it is not one of your organisation's.")
    return Chosen(found, own)
