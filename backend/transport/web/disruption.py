"""A trip that goes wrong, as its page shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.models import User
from backend.transport.domain.disruption import FROM_HOME, Part, Where
from backend.transport.models import Disruption, DisruptionNotice, Trip
from backend.transport.selectors.disruption import Candidate, notices_of, standing_of

KINDS: dict[str, str | Promise] = {
    Disruption.Kind.BUS_DOWN: gettext_lazy("The bus has broken down"),
    Disruption.Kind.DRIVER_ILL: gettext_lazy("The driver cannot come"),
    Disruption.Kind.ROAD_CLOSED: gettext_lazy("A road is closed"),
    Disruption.Kind.WEATHER: gettext_lazy("The weather is too bad"),
    Disruption.Kind.OTHER: gettext_lazy("Something else"),
}

ACTIONS: dict[str, str | Promise] = {
    Disruption.Action.STOP: gettext_lazy("stopped"),
    Disruption.Action.REPLACE: gettext_lazy("replaced"),
    Disruption.Action.SHIFT: gettext_lazy("later"),
    Disruption.Action.RESTORE: gettext_lazy("driven after all"),
}

PARTS: dict[str, str | Promise] = {
    Part.BOTH: gettext_lazy("All that is still to come"),
    Part.THERE: gettext_lazy("The way there only"),
    Part.HOME: gettext_lazy("The way home only"),
}

WAYS_HOME: dict[str, str | Promise] = {
    "family": gettext_lazy("with family or a friend"),
    "taxi": gettext_lazy("by taxi"),
    "other_bus": gettext_lazy("with another bus"),
    "walks": gettext_lazy("on foot, or taken home by one of us"),
    "at_home": gettext_lazy("is at home already"),
}

WHERE: dict[str, str | Promise] = {
    Where.ON_BOARD: gettext_lazy("on board"),
    Where.UNKNOWN: gettext_lazy("perhaps fetched: nothing was ticked"),
    Where.AWAY: gettext_lazy("away from home"),
    Where.OUTSIDE: gettext_lazy("perhaps outside already"),
    Where.HOME: gettext_lazy("at home"),
    Where.CREW: gettext_lazy("crew"),
    Where.WAITING: gettext_lazy("on the waiting list"),
}

RESTORED: dict[str, str | Promise] = {
    "place": gettext_lazy("the bus drives after all: has their place again"),
    "waits": gettext_lazy("the bus drives after all: is on the waiting list again"),
    "no_place": gettext_lazy("the bus drives after all, without a place for them"),
    "elsewhere": gettext_lazy("the bus drives after all, without them: they have another trip"),
    "crew": gettext_lazy("crew"),
}

LACKING: dict[str, str | Promise] = {
    "seats": gettext_lazy("too few seats"),
    "wheelchair_places": gettext_lazy("too few wheelchair places"),
    "rollator_places": gettext_lazy("too few places for rollators"),
}

HOW: dict[str, str | Promise] = {
    DisruptionNotice.How.KEY: gettext_lazy("by telephone"),
    DisruptionNotice.How.TEXT: gettext_lazy("by text message"),
    DisruptionNotice.How.PERSON: gettext_lazy("to one of us"),
}

WHY_PERSON: dict[str, str | Promise] = {
    "silent": gettext_lazy("does not answer: please ring them"),
    "speak": gettext_lazy("wants to speak to somebody"),
    "help": gettext_lazy("has asked for help"),
    "no_line": gettext_lazy("cannot be reached by Rondje where they are: please find them"),
}


def bus(candidate: Candidate) -> str:
    """A bus that could take over, and who would not fit."""
    name = f"{candidate.layout.vehicle.name} ({candidate.layout.name})"
    if not candidate.no_room:
        return _("%(bus)s: everybody fits") % {"bus": name}
    lacking = "; ".join(f"{booking.person.name}, {LACKING[why.what]}" for booking, why in candidate.no_room)
    return _("%(bus)s: no place for %(who)s") % {"bus": name, "who": lacking}


@dataclass(frozen=True)
class Row:
    """Somebody on the list. `look` is a class of the page's statuses."""

    notice: DisruptionNotice
    name: str
    phones: tuple[str, ...]
    where: str
    look: str
    state: str
    needs_way_home: bool
    way_home: str

    @property
    def waits(self) -> bool:
        """Whether somebody of ours may still tell them."""
        return self.look != "well"


def rows(trip: Trip) -> list[Row]:
    """Who is to be told now, in order."""
    return [_row(notice) for notice in notices_of(trip)]


def told(listed: list[Row]) -> int:
    """How many have confirmed."""
    return sum(not row.waits for row in listed)


def where(notice: DisruptionNotice) -> str:
    """Where they are, or how they stand on a trip that is driven after all: what whoever rings them has to know."""
    if notice.disruption.action == Disruption.Action.RESTORE:
        return str(RESTORED[standing_of(notice.booking)])
    return str(WHERE[notice.whereabouts])


def _row(notice: DisruptionNotice) -> Row:
    look, state = _state(notice)
    stopped = notice.disruption.action == Disruption.Action.STOP
    return Row(
        notice=notice,
        name=notice.person.name,
        phones=tuple(phone.e164 for phone in notice.person.phones.all()),
        where=where(notice),
        look=look,
        state=state,
        needs_way_home=stopped and notice.whereabouts in FROM_HOME and not notice.way_home,
        way_home=str(WAYS_HOME[notice.way_home]) if notice.way_home else "",
    )


def _state(notice: DisruptionNotice) -> tuple[str, str]:
    if notice.state == DisruptionNotice.State.CONFIRMED:
        return "well", _("has confirmed, %(how)s") % {"how": HOW[notice.confirmed_how]}
    if notice.state == DisruptionNotice.State.PERSON:
        return "missed", str(WHY_PERSON[notice.why_person])
    if notice.under_way:
        return "ringing", _("is being rung or texted")
    return "expected", _("will be rung again") if notice.calls or notice.texts else _("will be rung")


def part_facts(trip: Trip, _user: User, _now: datetime) -> dict[str, Any]:
    """For the page of a trip: what went wrong, and how far the list is."""
    listed = rows(trip)
    last = trip.disruptions.order_by("-pk").first()
    if last is None:
        return {"went_wrong": ""} if trip.state in (Trip.State.PLANNED, Trip.State.UNDERWAY) else {}
    return {"went_wrong": KINDS[last.kind], "action": ACTIONS[last.action], "told": told(listed), "of": len(listed)}
