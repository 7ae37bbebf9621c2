"""The codes of the bus in words, for pages."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.transport.domain.programme import LeftOut, Why
from backend.transport.models import CrewDuty, Destination, Disruption, Ride, Trip, VehiclePaper
from backend.transport.models.crew import Task
from backend.transport.selectors.programme import NOT_IN_SERIES

STATES = {
    Trip.State.PLANNED: _("planned"),
    Trip.State.UNDERWAY: _("on the road"),
    Trip.State.CLOSED: _("everybody home"),
    Trip.State.CANCELLED: _("cancelled"),
}

LOOKS = {
    Trip.State.PLANNED: "expected",
    Trip.State.UNDERWAY: "ringing",
    Trip.State.CLOSED: "well",
    Trip.State.CANCELLED: "excused",
}
"""Which of the colours of the tokens stands beside the word."""

WAYS = {Ride.Way.THERE: _("On the way there"), Ride.Way.HOME: _("On the way home")}

TASKS = {Task.DRIVER: _("Driver"), Task.HOST: _("Host")}

DUTIES = {
    CrewDuty.State.OPEN: _("nobody yet"),
    CrewDuty.State.ASKED: _("asked, no answer yet"),
    CrewDuty.State.CONFIRMED: _("confirmed"),
}

DIMENSIONS = {
    "seats": _("seats"),
    "wheelchair_places": _("wheelchairs"),
    "rollator_places": _("rollators"),
}

PAPERS = {
    VehiclePaper.Kind.INSPECTION: _("yearly inspection (APK)"),
    VehiclePaper.Kind.INSURANCE: _("insurance"),
    VehiclePaper.Kind.LIFT: _("inspection of the wheelchair lift"),
    VehiclePaper.Kind.SERVICE: _("service"),
}

DESTINATIONS = {
    Destination.Kind.MARKET: _("Market"),
    Destination.Kind.SUPERMARKET: _("Supermarket"),
    Destination.Kind.SHOPPING_CENTRE: _("Shopping centre"),
    Destination.Kind.MUSEUM: _("Museum"),
    Destination.Kind.GARDEN_CENTRE: _("Garden centre"),
    Destination.Kind.DINNER: _("Dinner"),
    Destination.Kind.OTHER: _("Something else"),
}


CANCELLED = {
    Disruption.Kind.BUS_DOWN: _("The bus has broken down"),
    Disruption.Kind.DRIVER_ILL: _("The driver cannot come"),
    Disruption.Kind.ROAD_CLOSED: _("A road is closed"),
    Disruption.Kind.WEATHER: _("The weather is too bad"),
    Disruption.Kind.OTHER: "",
    NOT_IN_SERIES: _("The series does not have this day any more."),
}


def why_cancelled(trip: Trip) -> str:
    """Why a trip is not driven: the words for a code, else what a planner wrote."""
    return str(CANCELLED.get(trip.cancelled_because, trip.cancelled_because))


def why_left_out(found: LeftOut) -> str:
    """Why the bus is not driven on a date, with what a planner can do about it."""
    match found.why:
        case Why.NOT_DRIVEN:
            return found.what or gettext("not driven")
        case Why.HOLIDAY:
            return gettext("holiday: %(name)s") % {"name": found.what}
        case Why.OUT_OF_SERVICE:
            reason = f" ({found.what})" if found.what else ""
            return gettext("the bus is in the garage%(reason)s: choose another bus") % {"reason": reason}
        case Why.PAPER:
            paper = str(PAPERS[VehiclePaper.Kind(found.what)])
            return gettext("%(paper)s of the bus is over by then: renew it, or choose another bus") % {"paper": paper}
        case Why.NOT_IN_USE:
            return gettext("the bus is not used any more: choose another bus")
