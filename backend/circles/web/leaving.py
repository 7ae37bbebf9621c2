"""What follows when a member leaves or does not agree any more: in words, before it is done."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from backend.circles.domain.modes import Mode
from backend.circles.models import Membership
from backend.circles.selectors import life as facts
from backend.circles.selectors.settings import policy_of


def when_leaving(membership: Membership, neighbours: facts.Neighbours) -> list[str]:
    """For the member, the neighbours in the ring, the circle and who waits."""
    name, circle = membership.person.name, membership.circle
    if membership.status not in facts.TAKING_PART:
        return [_("%(name)s leaves the waiting list of %(circle)s.") % {"name": name, "circle": circle.name}]
    said = [_on_the_line(membership)]
    if circle.mode != Mode.STAR:
        said += _in_the_ring(neighbours)
    said += _left_behind(membership, neighbours.count)
    waiting = facts.waiting(circle).count()
    if waiting:
        said.append(_("Waiting for a place: %(n)s.") % {"n": waiting})
    said.append(_("What we hold about %(name)s is kept, and you can give the place back.") % {"name": name})
    return said


def when_withdrawing(membership: Membership, places: Sequence[Membership]) -> list[str]:
    """For the member, every circle in which they take part, and what is held about them."""
    said = []
    if places:
        said.append(_on_the_line(membership))
        circles = ", ".join(place.circle.name for place in places)
        said.append(_("The place is lost; the person waits for it again in: %(circles)s.") % {"circles": circles})
    if membership.status in facts.TAKING_PART:
        said += _left_behind(membership, facts.neighbours_of(membership).count)
    said.append(_("The consent that was given stays on record, with the day on which it was withdrawn."))
    said.append(_("What we hold about the person is kept until it is erased, on the page of this person's data."))
    return said


def _in_the_ring(neighbours: facts.Neighbours) -> list[str]:
    """Who comes where when the member is gone: somebody is rung by, or rings, another person than before."""
    pair = {"before": neighbours.before, "after": neighbours.after}
    if neighbours.before and neighbours.after:
        return [_("From then on %(before)s is followed by %(after)s. Tell both of them.") % pair]
    if neighbours.after:
        return [_("From then on %(after)s is the first in the ring. Tell them.") % pair]
    if neighbours.before:
        return [_("From then on %(before)s is the last in the ring. Tell them.") % pair]
    return []


def _on_the_line(membership: Membership) -> str:
    told = _("From the next morning on Rondje does not ring %(name)s any more, and nobody is alerted for them.")
    return told % {"name": membership.person.name}


def _left_behind(membership: Membership, count: int) -> list[str]:
    """How many remain, and whether those are enough."""
    remain, least = count - 1, policy_of(membership.circle).min_members
    said = [_("In the circle remain: %(n)s members.") % {"n": remain}]
    if remain < least:
        said.append(_("That is fewer than the %(n)s with which a circle should go round.") % {"n": least})
    return said
