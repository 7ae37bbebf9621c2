"""Homes on the map in words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.models import Home
from backend.transport.domain.places import Place, Wind
from backend.transport.selectors.homes import Away, Lack

LACKS = {
    Lack.NONE_YET: gettext_lazy("not on the map yet"),
    Lack.UNCONFIRMED: gettext_lazy("nobody has confirmed the door yet"),
    Lack.FAR: gettext_lazy("too far from the garage"),
}

WINDS = {
    Wind.NORTH: gettext_lazy("north"),
    Wind.NORTH_EAST: gettext_lazy("north-east"),
    Wind.EAST: gettext_lazy("east"),
    Wind.SOUTH_EAST: gettext_lazy("south-east"),
    Wind.SOUTH: gettext_lazy("south"),
    Wind.SOUTH_WEST: gettext_lazy("south-west"),
    Wind.WEST: gettext_lazy("west"),
    Wind.NORTH_WEST: gettext_lazy("north-west"),
}


def state_of(home: Home | None, start: Place | None) -> str:
    """How much is known of where somebody lives, without the date on which it was confirmed."""
    if home is not None and home.confirmed_at is not None:
        return _("Somebody has confirmed on the map where the door is.")
    if home is not None and home.source != Home.Source.POSTCODE:
        return _("This point comes from a list. Nobody has confirmed yet that the door is there.")
    if start is not None:
        return _("This point is only the middle of the postcode. Put it at the door.")
    return _("It is not known yet where this is. Fill in both numbers.")


def where(away: Away) -> str:
    """How far a point is from the garage, and on which side."""
    facts = {"km": number_format(away.km, 1), "wind": WINDS[away.wind], "garage": away.garage.name}
    return _("The point lies %(km)s km %(wind)s of the garage (%(garage)s), in a straight line.") % facts
