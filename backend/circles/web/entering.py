"""How pages come by what an address names: a circle and a member of it, if it is for whoever asks; and who acts."""

from django.http import HttpRequest

from backend.circles.models import Circle, Membership
from backend.common import actors
from backend.common.errors import NotFound
from backend.people import doors
from backend.people.models import User


def enter_circle(request: HttpRequest, pk: int) -> Circle:
    """A circle, for its organisation's staff. Raises NotFound for everybody else."""
    return doors.enter(request.user, Circle.objects.select_related("organisation"), pk, *doors.STAFF)


def enter_member(circle: Circle, member_pk: int) -> Membership:
    """A member of this circle, with the person. Raises NotFound when it is none."""
    found = circle.memberships.filter(pk=member_pk).select_related("person__organisation", "circle").first()
    if found is None:
        raise NotFound("This does not exist, or it is not one of your organisation's.")
    return found


def actor_of(request: HttpRequest, member: Membership | None = None) -> actors.Actor:
    """Whoever is signed in; on behalf of the member, if it is about one."""
    assert isinstance(request.user, User)
    return actors.user(request.user.pk, on_behalf_of=f"person:{member.person_id}" if member else "")
