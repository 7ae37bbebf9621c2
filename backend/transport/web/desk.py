"""What the pages of booking show: whom the caller is, their trips, and what the answer to them is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.models import Aid, Organisation, Person
from backend.people.selectors import local_date
from backend.people.web.words import ANSWERS
from backend.transport.models import Booking, Trip
from backend.transport.selectors.answering import Wish
from backend.transport.selectors.habits import Habits
from backend.transport.selectors.overview import Glance, glances
from backend.transport.web import words
from backend.transport.web.forms.desk import BOTH, HOME, THERE

WEEKS = 6
NEAR_AT_MOST, LISTED_AT_MOST = 24, 200
"""Trips: shown at once, and listed at all. Whoever comes from a later trip's own page can book that one as well."""

AIDS = {
    Aid.Kind.ROLLATOR: gettext_lazy("rollator"),
    Aid.Kind.WHEELCHAIR: gettext_lazy("wheelchair"),
    Aid.Kind.FOLDING_CHAIR: gettext_lazy("folding wheelchair"),
    Aid.Kind.SCOOTMOBIEL: gettext_lazy("scootmobiel"),
    Aid.Kind.STICK: gettext_lazy("walking stick"),
}

WEEKDAYS = (
    gettext_lazy("on Mondays"),
    gettext_lazy("on Tuesdays"),
    gettext_lazy("on Wednesdays"),
    gettext_lazy("on Thursdays"),
    gettext_lazy("on Fridays"),
    gettext_lazy("on Saturdays"),
    gettext_lazy("on Sundays"),
)


@dataclass(frozen=True)
class Choice:
    """A trip that may be chosen. `seats` says in words how full it is; `is_usual`: they go there mostly."""

    trip: Trip
    seats: str
    is_usual: bool
    mine: Booking | None


@dataclass(frozen=True)
class Choices:
    """The trips that may be chosen: those of the coming weeks, and those after them, which are shown on demand."""

    near: list[Choice]
    later: list[Choice]
    chosen: int | None

    @property
    def is_later(self) -> bool:
        """Whether the one that is chosen is among the later ones."""
        return any(choice.trip.pk == self.chosen for choice in self.later)


def bookable(organisation: Organisation, now: datetime) -> QuerySet[Trip]:
    """The trips of an organisation that have not left and take place."""
    return Trip.objects.filter(organisation=organisation, state=Trip.State.PLANNED, leaves_at__gt=now)


def choices(person: Person, habits: Habits, now: datetime, chosen: int | None) -> Choices:
    """The trips that may be chosen; of the coming weeks those that the caller usually takes are in front.

    `chosen` is among them however late it is, if it can be booked at all.
    """
    usual = habits.usual
    until = local_date(person.organisation, now) + timedelta(weeks=WEEKS)
    coming = _listed(person.organisation, now, chosen)
    soon = [trip for trip in coming if trip.date <= until]
    soon.sort(key=lambda trip: (not (usual and usual.is_one(trip)), trip.leaves_at))
    near = soon[:NEAR_AT_MOST]
    later = [trip for trip in coming if trip not in near]
    mine = {
        booking.trip_id: booking
        for booking in Booking.objects.filter(person=person, trip__in=coming).exclude(state=Booking.State.CANCELLED)
    }
    made = [
        Choice(
            glance.trip, seats(glance, habits.aids), bool(usual and usual.is_one(glance.trip)), mine.get(glance.trip.pk)
        )
        for glance in glances([*near, *later])
    ]
    return Choices(made[: len(near)], made[len(near) :], chosen)


def _listed(organisation: Organisation, now: datetime, chosen: int | None) -> list[Trip]:
    """In the order in which they leave."""
    coming = bookable(organisation, now)
    known = coming.select_related("organisation", "area", "destination", "vehicle", "layout", "series")
    known = known.prefetch_related("vehicle__papers", "vehicle__out_of_service").order_by("leaves_at", "pk")
    listed = list(known[:LISTED_AT_MOST])
    if chosen is None or any(trip.pk == chosen for trip in listed):
        return listed
    return [*listed, *known.filter(pk=chosen)]


NEEDS = {
    Aid.Kind.WHEELCHAIR: "wheelchair_places",
    Aid.Kind.ROLLATOR: "rollator_places",
    Aid.Kind.FOLDING_CHAIR: "rollator_places",
}


def seats(glance: Glance, aids: Iterable[str]) -> str:
    """How full a trip is on the way there, in what this caller needs."""
    way = glance.ways[0]
    dimensions = dict.fromkeys(["seats", *(NEEDS[Aid.Kind(kind)] for kind in aids if kind in NEEDS)])
    rounds = max(way.rounds, 1)
    told = ", ".join(
        _("%(taken)s of %(room)s %(dimension)s")
        % {"taken": way.taken.get(name, 0), "room": way.room[name] * rounds, "dimension": words.DIMENSIONS[name]}
        for name in dimensions
    )
    return _("%(taken)s; %(n)s waiting") % {"taken": told, "n": glance.waiting} if glance.waiting else told


def habits_in_words(habits: Habits) -> str:
    """Such as "Mostly to the market on Tuesdays (12 times), with one companion."."""
    usual = habits.usual
    if usual is None:
        return _("No trip in the last year: this may be their first.")
    told = _("Mostly to %(name)s %(weekday)s (%(times)s times in a year).") % {
        "name": usual.name,
        "weekday": WEEKDAYS[usual.weekday],
        "times": usual.times,
    }
    if not habits.companions:
        return told
    return f"{told} {_('Usually with %(n)s to help.') % {'n': habits.companions}}"


def aids_in_words(aids: Iterable[str]) -> str:
    """Such as "rollator, walking stick"."""
    return ", ".join(str(AIDS[Aid.Kind(kind)]) for kind in aids)


def wishes_of(person: Person, asked: dict[str, Any]) -> list[Wish]:
    """What the caller asked for, for themselves and their friends; who has a place already gives their party."""
    trip: Trip = asked["trip"]
    friends: list[Person] = asked.get("friends", [])
    there, home = asked["ways"] in (BOTH, THERE), asked["ways"] in (BOTH, HOME)
    booked = dict(
        trip.bookings.filter(person__in=friends).exclude(state=Booking.State.CANCELLED).values_list("person", "party")
    )
    party: UUID | None = next(iter(booked.values()), None) or (uuid4() if friends else None)
    mine = Wish(person, asked["companions"], party, there, home, asked["note"])
    return [mine, *(Wish(friend, 0, party, there, home) for friend in friends if friend.pk not in booked)]


def initial(habits: Habits, near: list[Choice]) -> dict[str, Any]:
    """What can be filled in already: their usual trip, as they usually take it."""
    usual = next((one for one in near if one.is_usual and one.mine is None), None)
    return {"trip": usual.trip.pk if usual else None, "companions": habits.companions, "ways": BOTH}


def ways_of(booking: Booking) -> str:
    """The choice of a form that a booking stands for."""
    return BOTH if booking.there and booking.home else THERE if booking.there else HOME


STATES = {
    Booking.State.WAITING: gettext_lazy("on the waiting list"),
    Booking.State.BOOKED: gettext_lazy("booked"),
    Booking.State.CANCELLED: gettext_lazy("cancelled"),
}

LOOKS = {Booking.State.WAITING: "expected", Booking.State.BOOKED: "well", Booking.State.CANCELLED: "excused"}

BECAUSE = {
    "by_telephone": gettext_lazy("cancelled by telephone"),
    "evening_before": gettext_lazy("cancelled when asked on the evening before"),
    "changed": gettext_lazy("changed to another booking"),
    "declined_offer": gettext_lazy("did not want the seat that was offered"),
    "trip_cancelled": gettext_lazy("the trip was cancelled"),
    "no_place_again": gettext_lazy("the trip was cancelled; when it was driven after all there was no place any more"),
    "elsewhere": gettext_lazy("the trip was cancelled; when it was driven after all they had something else"),
    "api": gettext_lazy("cancelled in another system"),
    "menu": gettext_lazy("cancelled by ringing the number"),
    "not_wanted": gettext_lazy("what they would have gone to was cancelled"),
}


def answer_in_words(booking: Booking) -> str:
    """What they said on the evening before."""
    return str(ANSWERS[Booking.Answer(booking.answer)])
