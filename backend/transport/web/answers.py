"""Answers to a caller, in a sentence that can be read to them: yes and when, or no, why, and what then."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.transport.domain.booking import Refusal
from backend.transport.domain.policy import BusPolicy
from backend.transport.models import Trip
from backend.transport.selectors.answering import No, Told, Yes
from backend.transport.selectors.told import times_in
from backend.transport.services.desk import Held

FULL = {
    "seats": gettext_lazy("all seats are taken"),
    "wheelchair_places": gettext_lazy("all wheelchair places are taken"),
    "rollator_places": gettext_lazy("all places for rollators are taken"),
}

SENTENCES = {
    Refusal.GONE: gettext_lazy("No: the bus of this trip has left already. Choose another trip."),
    Refusal.TRIP_CANCELLED: gettext_lazy("No: this trip has been cancelled. Choose another trip."),
    Refusal.ALREADY: gettext_lazy("%(name)s has a place on this trip already, or waits for one."),
    Refusal.ENGAGED: gettext_lazy(
        "No: %(name)s is on another trip at that time. Cancel that one first, or choose another trip."
    ),
    Refusal.NO_HOME: gettext_lazy(
        "Not yet: nobody knows where %(name)s lives on the map. Show the place on the map, then ask again."
    ),
    Refusal.TOO_FAR: gettext_lazy(
        "No: %(name)s lives more than %(km)s kilometres from the garage. Look whether the place on the map is right."
    ),
    Refusal.SCOOTMOBIEL: gettext_lazy(
        "No: the bus does not take scootmobiels. Ask whether %(name)s can come with a rollator or a wheelchair."
    ),
    Refusal.NO_WHEELCHAIR_PLACE: gettext_lazy(
        "No: this bus has no place for a wheelchair. Ask whether %(name)s can fold the chair and sit on a seat, or "
        "choose a trip with the wheelchair bus."
    ),
    Refusal.NO_ROLLATOR_PLACE: gettext_lazy(
        "No: this bus has no place for a rollator. Choose a trip with another bus."
    ),
    Refusal.PARTY_TOO_LARGE: gettext_lazy(
        "No: this is more than the bus can carry in one round. Book them in two groups, or on two trips."
    ),
    Refusal.OFFERED: gettext_lazy("No: the seat that is free is for somebody on the waiting list, who is asked first."),
    Refusal.RIDE: gettext_lazy("No: the ride would take %(minutes)s minutes, and at most %(allowed)s is allowed."),
    Refusal.SHIFT: gettext_lazy(
        "No: driver and host would be on the road for %(minutes)s minutes, and have %(allowed)s."
    ),
    Refusal.PROMISE: gettext_lazy("No: others would be fetched at another time than they were told."),
}

WARNINGS = {
    "hindered": gettext_lazy(
        "The bus may not be driven on that day. Say that the trip is not certain, and give it another bus."
    ),
    "absent": gettext_lazy("Noted as away on that day. Ask whether that is still so."),
    "unconfirmed_home": gettext_lazy(
        "Nobody has confirmed on the map where the door is. Read the address back, and look at the map today."
    ),
}


@dataclass(frozen=True)
class Answer:
    """An answer as it is shown. `may` is what can be done now: "book", "wait", or nothing."""

    look: str
    sentence: str
    others: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    may: str = ""
    instead: tuple[Trip, ...] = ()
    no_home: int | None = None
    """The person who has to be put on the map first."""


def answer_of(found: Yes | No | Held, trip: Trip, now: datetime) -> Answer:
    """What came of asking."""
    if isinstance(found, Yes):
        warnings = tuple(str(WARNINGS[code]) for code in found.warnings)
        others = tuple(f"{told.wish.person.name}: {told_in_words(told)}" for told in found.told[1:])
        return Answer("well", _("Yes: %(times)s") % {"times": told_in_words(found.told[0])}, others, warnings, "book")
    may_wait = now < trip.cutoff_at
    if isinstance(found, Held):
        return Answer("missed", held_in_words(found), may="wait" if may_wait else "", instead=found.alternatives)
    waits = found.why in (Refusal.NO_ROOM, Refusal.RIDE, Refusal.SHIFT, Refusal.PROMISE) and may_wait
    return Answer(
        look="missed" if waits else "incident",
        sentence=no_in_words(found, trip),
        may="wait" if waits else "",
        instead=found.alternatives,
        no_home=found.person.pk if found.person and found.why in (Refusal.NO_HOME, Refusal.TOO_FAR) else None,
    )


def told_in_words(told: Told) -> str:
    """Fetched between …, home at about …: in the zone that is in force."""
    times = times_in(told)
    around = times.around_home
    home = clock(around) if around else ""
    if times.there is None:
        return _("brought home, there at about %(home)s.") % {"home": home}
    first, last = (clock(moment) for moment in times.there)
    if not home:
        return _("fetched between %(first)s and %(last)s.") % {"first": first, "last": last}
    words = _("fetched between %(first)s and %(last)s, and home at about %(home)s.")
    return words % {"first": first, "last": last, "home": home}


def no_in_words(found: No, trip: Trip) -> str:
    """Why not, and what can be done."""
    if found.why is Refusal.NO_ROOM:
        full = str(FULL.get(found.dimension, _("the bus is full")))
        if found.way == "home":
            return _("No: on the way home %(full)s.") % {"full": full}
        return _("No: %(full)s.") % {"full": full}
    return str(SENTENCES[found.why]) % {
        "name": found.person.name if found.person else "",
        "minutes": -(-found.seconds // 60),
        "allowed": found.allowed // 60,
        "km": BusPolicy.of(trip.organisation.settings).farthest_km,
    }


def held_in_words(held: Held) -> str:
    """A seat that others were offered."""
    if held.until is None:
        return _("No: the seat that is free is for somebody on the waiting list, who is asked first.")
    until = formats.date_format(timezone.localtime(held.until), "l G:i")
    return _(
        "No: the seat that is free is being offered to somebody on the waiting list, who may answer until %(until)s."
    ) % {"until": until}


def clock(moment: datetime) -> str:
    """A wall time in the zone that is in force."""
    return formats.date_format(timezone.localtime(moment), "G:i")
