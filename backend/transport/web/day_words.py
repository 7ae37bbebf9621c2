"""The day of the bus in words, for pages."""

from django.utils.translation import gettext_lazy as _

from backend.transport.domain.run import Missing, State, Way, What, Why

WAYS = {Way.THERE: _("On the way there"), Way.HOME: _("On the way home")}

TICKS = {
    What.ON_BOARD: _("On board"),
    What.NOT_THERE: _("Not there"),
    What.AT_DESTINATION: _("At the destination"),
    What.HOME_INSIDE: _("Home, inside"),
    What.UNDONE: _("Taken back"),
}

STATES = {
    Way.THERE: {
        State.PLANNED: _("not ticked yet"),
        State.ON_BOARD: _("on board"),
        State.DONE: _("at the destination"),
        State.NOT_THERE: _("not there: passed on to the planner"),
        State.CANCELLED: _("cancelled"),
    },
    Way.HOME: {
        State.PLANNED: _("not ticked yet"),
        State.ON_BOARD: _("on board"),
        State.DONE: _("home, inside"),
        State.NOT_THERE: _("not there: passed on to the planner"),
        State.CANCELLED: _("cancelled"),
    },
}

STOPPED = {
    Way.THERE: {
        State.PLANNED: _("not fetched, as far as we know"),
        State.CANCELLED: _("not fetched: they hear so from us"),
    },
}
"""The same once the trip was stopped, where it differs."""

STAYS = _("did not come along")
"""Of the way home of somebody who was not fetched."""

LOOKS = {
    State.PLANNED: "expected",
    State.ON_BOARD: "ringing",
    State.DONE: "well",
    State.NOT_THERE: "missed",
    State.CANCELLED: "excused",
}
"""Which of the colours of the tokens stands beside the word."""

MISSING = {
    Missing.NOT_FETCHED: _("not ticked yet: neither on board nor not there"),
    Missing.ON_THE_BUS: _("on the bus, by what was ticked"),
    Missing.AT_DESTINATION: _("brought to the destination, and not home by what was ticked"),
    Missing.NOT_THERE: _("not there, and nobody has recorded what became of it"),
}

WHYS = {
    Why.LATER_FACT: _("something that happened later had been ticked already"),
    Why.NOTHING_TO_UNDO: _("there was nothing to take back"),
    Why.OTHER_WAY: _("it does not belong to this way"),
    Why.HAD_CANCELLED: _("this passenger had cancelled, so nobody is missing"),
    Why.NO_SUCH_RIDE: _("this ride is not on the list of this trip"),
}

REFUSED = _("this tick could not be read: tick it again")
