"""A guest's ride with the bus in words, for the reservation and for the list at the door."""

from django.utils.translation import gettext as _

from backend.common.contracts import NO_TRIP, OVER
from backend.meals.models import Reservation, RideAsked
from backend.meals.services.rides import NO_PLACE, SILENT
from backend.meals.web.answers import clock

State = RideAsked.State


def in_words(row: Reservation) -> str:
    """Such as "bus: 17:05 to 17:20", in the zone that is in force; nothing for who comes by themselves."""
    if not row.wants_ride or row.state != Reservation.State.RESERVED:
        return ""
    ride: RideAsked | None = getattr(row, "ride", None)
    if ride is None or ride.state in (State.ASKED, State.TAKEN_BACK):
        return _("bus: asked, not known yet")
    if ride.state == State.NO_BUS:
        return _("no bus: ring them")
    if ride.there_from is None or ride.there_until is None:
        return _("bus: only home")
    return _("bus: %(first)s to %(last)s") % {"first": clock(ride.there_from), "last": clock(ride.there_until)}


def home_in_words(row: Reservation) -> str:
    """Such as "home at about 21:05"; nothing where no bus comes."""
    ride: RideAsked | None = getattr(row, "ride", None)
    if ride is None or ride.state != State.COMES or ride.home_at is None:
        return ""
    return _("home at about %(time)s") % {"time": clock(ride.home_at)}


def why_not(code: str) -> str:
    """Why no bus comes, to be read to the guest."""
    if code == SILENT:
        return _("It is not known yet whether it comes: ask its planner first.")
    if code in (NO_TRIP, NO_PLACE):
        return _("No bus goes there then.")
    if code == OVER:
        return _("It does not come after all.")
    return _("There is no place for you in it.")
