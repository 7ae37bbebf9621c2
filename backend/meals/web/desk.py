"""What the pages of reserving show: who the caller is, their evenings, and what they ask for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from backend.meals.models import Evening, Reservation
from backend.meals.selectors.coming import LISTED_AT_MOST, LOOK_AHEAD, Coming, reservable, with_chairs
from backend.meals.selectors.habits import Habits, plates_of
from backend.meals.services.wishes import PlateWish, Wish
from backend.meals.web.reserved_words import WEEKDAYS, people_in_words
from backend.people.models import Organisation, Person

NEAR_AT_MOST = 24
"""Evenings that are shown at once: whoever is on the line does not wait for more to be read."""


@dataclass(frozen=True)
class Choice:
    """An evening that may be chosen. `chairs` says in words how full it is; `is_usual`: they come then mostly."""

    evening: Evening
    chairs: str
    is_usual: bool
    mine: Reservation | None


@dataclass(frozen=True)
class Choices:
    """The evenings that may be chosen: those of the coming weeks, and those after them, which are shown on demand."""

    near: list[Choice]
    later: list[Choice]

    def of(self, evening: int | None) -> Choice | None:
        """The choice of the evening with this key."""
        return next((one for one in (*self.near, *self.later) if one.evening.pk == evening), None)

    def is_later(self, evening: int | None) -> bool:
        """Whether an evening is among the later ones."""
        return any(one.evening.pk == evening for one in self.later)


def choices(person: Person, habits: Habits, now: datetime, chosen: int | None) -> Choices:
    """The coming evenings of the caller's organisation; of the first, those on which they usually come are in front.

    `chosen` is among them however late it is, if one can reserve for it at all.
    """
    usual = habits.usual
    listed = _listed(person.organisation, now, chosen)
    soon = [evening for evening in listed if evening.cutoff_at < now + LOOK_AHEAD]
    soon.sort(key=lambda evening: (not (usual and usual.is_one(evening)), evening.doors_at))
    near = soon[:NEAR_AT_MOST]
    later = [evening for evening in listed if evening not in near]
    rows = Reservation.objects.filter(person=person, evening__in=listed).exclude(state=Reservation.State.CANCELLED)
    mine = {row.evening_id: row for row in rows}
    made = [
        Choice(one.evening, chairs(one), bool(usual and usual.is_one(one.evening)), mine.get(one.evening.pk))
        for one in with_chairs([*near, *later], now)
    ]
    return Choices(made[: len(near)], made[len(near) :])


def _listed(organisation: Organisation, now: datetime, chosen: int | None) -> list[Evening]:
    """In their order."""
    known = reservable([organisation], now).select_related("resto__organisation", "series").order_by("doors_at", "pk")
    listed = list(known[:LISTED_AT_MOST])
    if chosen is None or any(evening.pk == chosen for evening in listed):
        return listed
    return [*listed, *known.filter(pk=chosen)]


def chairs(one: Coming) -> str:
    """How full an evening is."""
    free = max(one.chairs.free, 0)
    if free == 0:
        told = _("full")
    elif free == 1:
        told = _("1 chair free")
    else:
        told = _("%(free)s of %(chairs)s chairs free") % {"free": free, "chairs": one.chairs.chairs}
    return _("%(taken)s; %(n)s waiting") % {"taken": told, "n": one.waiting} if one.waiting else told


def habits_in_words(habits: Habits) -> str:
    """Such as "Mostly at De Lange Tafel on Tuesdays (12 times in a year), with 2 people."."""
    usual = habits.usual
    if usual is None:
        return _("No dinner in the last year: this may be their first.")
    return _("Mostly at %(name)s %(weekday)s (%(times)s times in a year), with %(people)s.") % {
        "name": usual.name,
        "weekday": WEEKDAYS[usual.weekday],
        "times": usual.times,
        "people": people_in_words(habits.covers),
    }


def initial(habits: Habits, near: list[Choice]) -> dict[str, Any]:
    """What can be filled in already: their usual evening, with as many as usual."""
    usual = next((one for one in near if one.is_usual and one.mine is None), None)
    return {"evening": usual.evening.pk if usual else None, "covers": habits.covers}


@dataclass(frozen=True)
class Asked:
    """What the caller asked for: for themselves and for friends without chairs, beside those who have theirs."""

    evening: Evening
    wishes: list[Wish]
    beside: list[int]


def asked_for(person: Person, given: dict[str, Any], plates: tuple[PlateWish, ...]) -> Asked:
    """What a form asks for. Friends who have reserved already give their party to whoever comes to their table."""
    evening: Evening = given["evening"]
    friends: list[Person] = given.get("friends", [])
    rows = evening.reservations.filter(person__in=friends).exclude(state=Reservation.State.CANCELLED)
    there = dict(rows.values_list("person_id", "party"))
    party: UUID | None = next((one for one in there.values() if one), None) or (uuid4() if friends else None)
    mine = Wish(person, given["covers"], plates, party=party, wants_ride=given["wants_ride"], note=given["note"])
    others = [Wish(friend, 1, _usual(friend), party=party) for friend in friends if friend.pk not in there]
    return Asked(evening, [mine, *others], list(there))


def _usual(friend: Person) -> tuple[PlateWish, ...]:
    """What a friend is known not to eat: they are not on the line."""
    return tuple(PlateWish(one.without, one.own_plate, one.name, one.note) for one in plates_of(friend)[:1])
