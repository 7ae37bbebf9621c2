"""Reserving at the desk, with the caller on the line: the answer, and then exactly that.

Chairs that are free because somebody gave them up belong to who waits for them. Whoever rings in meanwhile is told so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.common.actors import Actor
from backend.meals.domain import chairs
from backend.meals.domain.chairs import Refusal
from backend.meals.models import ChairOffer, Evening, Reservation
from backend.meals.selectors.coming import with_room
from backend.meals.selectors.counting import chairs_of, largest_table
from backend.meals.services import evenings, plates, reservation_rows, reserving
from backend.meals.services.wishes import No, PlateWish, Wish
from backend.meals.services.wishes import check as check_wish
from backend.people.models import Engagement, Person
from backend.people.selectors import absent_on, engaged_between

ELSEWHERE = "elsewhere"
"""Why not: they are at another dinner then. Not a matter of chairs, so no `Refusal`."""

ENDED = (ChairOffer.State.DECLINED, ChairOffer.State.EXPIRED, ChairOffer.State.WITHDRAWN)


@dataclass(frozen=True)
class Yes:
    """There are chairs. `warnings` are codes of what the host should ask about."""

    evening: Evening
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """Why not (a code of `Refusal`, or ELSEWHERE), whom it is about, and which other evenings have room."""

    why: str
    person: Person
    free: int = 0
    largest: int = 0
    alternatives: tuple[Evening, ...] = ()


def check(wishes: Sequence[Wish]) -> None:
    """Raise Conflict for a party of nobody or more plates than people, UnknownFood for what is no food."""
    for wish in wishes:
        check_wish(wish)


def ask(evening_id: int, wishes: Sequence[Wish], now: datetime) -> Yes | Refused:
    """Whether everybody of `wishes` can come together. Changes nothing; `now` is UTC."""
    evening = Evening.objects.select_related("resto__organisation").get(pk=evening_id)
    found = decide(evening, wishes, now)
    if found is not None:
        return instead(found, evening, wishes, now)
    away = absent_on(evening.date, [wish.person.pk for wish in wishes])
    together = sum(wish.covers for wish in wishes)
    warnings = (("absent",) if away else ()) + (("two_tables",) if together > largest_table(evening) else ())
    return Yes(evening, warnings)


def decide(evening: Evening, wishes: Sequence[Wish], now: datetime) -> Refused | None:
    """Why they cannot come, all of them; None when they can. Under the evening's lock it holds."""
    for wish in wishes:
        no = reserving.answer(evening, wish, now)
        if no is not None:
            return Refused(no.why.value, wish.person, no.free, no.largest)
        then = engaged_between(wish.person, evening.doors_at, evening.ends_at)
        if then.filter(programme=Engagement.Programme.DINNER).exists():
            return Refused(ELSEWHERE, wish.person)
    return _no_room(evening, wishes, now)


def _no_room(evening: Evening, wishes: Sequence[Wish], now: datetime) -> Refused | None:
    """Chairs for all together, besides those for who waits and was not asked yet."""
    together = sum(wish.covers for wish in wishes)
    count = chairs_of(evening, now)
    full = count.room_for(together)
    if full is not None:
        return Refused(full.value, wishes[0].person, max(count.free, 0))
    waiting = evening.reservations.filter(state=Reservation.State.WAITING).exclude(offers__state=ChairOffer.State.OPEN)
    not_asked = waiting.exclude(offers__state__in=ENDED).order_by("reserved_at", "pk")
    kept = chairs.spoken_for(count.free, list(not_asked.values_list("covers", flat=True)))
    if together > count.free - kept:
        return Refused(Refusal.OFFERED.value, wishes[0].person, count.free - kept)
    return None


def instead(found: Refused, evening: Evening, wishes: Sequence[Wish], now: datetime) -> Refused:
    """A refusal with the evenings that have room for all of them; not for who could not sit anywhere."""
    if found.why in (Refusal.NO_TABLE, Refusal.ALREADY, Refusal.HELPS, ELSEWHERE):
        return found
    return replace(found, alternatives=with_room(evening, sum(wish.covers for wish in wishes), now))


@transaction.atomic
def reserve(
    evening_id: int, wishes: Sequence[Wish], *, beside: Sequence[int] = (), actor: Actor, now: datetime
) -> tuple[Reservation, ...] | Refused:
    """Give everybody of `wishes` chairs, or nobody. `beside`: people who have theirs, and become of the same party.

    Raises:
        RondjeError: a party of nobody, more plates than people, or a food that nobody knows.
    """
    evening = evenings.locked(evening_id)
    found = decide(evening, wishes, now)
    if found is not None:
        return found
    rows = []
    for wish in wishes:
        row = reserving.reserve(evening_id=evening_id, wish=wish, actor=actor, now=now)
        assert not isinstance(row, No), row
        rows.append(row)
    _sit_together(evening, wishes[0].party, beside)
    return tuple(rows)


@transaction.atomic
def wait(
    evening_id: int, wishes: Sequence[Wish], *, beside: Sequence[int] = (), actor: Actor, now: datetime
) -> tuple[Reservation, ...] | Refused:
    """Put everybody of `wishes` on the waiting list.

    Raises:
        Conflict: there are chairs for one of them, so that they can be reserved.
        RondjeError: as `reserve`.
    """
    evening = evenings.locked(evening_id)
    rows: list[Reservation] = []
    for wish in wishes:
        row = reserving.wait(evening_id=evening_id, wish=wish, actor=actor, now=now)
        if isinstance(row, No):
            transaction.set_rollback(bool(rows))
            return Refused(row.why.value, wish.person, row.free, row.largest)
        rows.append(row)
    _sit_together(evening, wishes[0].party, beside)
    return tuple(rows)


def _sit_together(evening: Evening, party: UUID | None, beside: Sequence[int]) -> None:
    there = evening.reservations.filter(person_id__in=beside).exclude(state=Reservation.State.CANCELLED)
    there.filter(party=None).update(party=party)


@transaction.atomic
def turned_away(evening_id: int, wishes: Sequence[Wish], now: datetime) -> None:
    """They asked, and went away without chairs: counted, with the reason."""
    evening = Evening.objects.select_related("resto").get(pk=evening_id)
    found = decide(evening, wishes, now)
    why = Refusal(found.why) if found is not None and found.why != ELSEWHERE else Refusal.FULL
    for wish in wishes:
        reserving.turned_away(evening, wish, why, now)


@dataclass(frozen=True)
class Change:
    """What a reservation is to be. `plates`: None leaves them as they are, also where they are more than the people."""

    covers: int
    plates: tuple[PlateWish, ...] | None = ()
    wants_ride: bool = False
    note: str = ""


class DoesNotFit(Exception):
    """What was to be changed cannot be; `why` is the answer. Nothing has changed."""

    def __init__(self, why: No) -> None:
        super().__init__("does not fit")
        self.why = why


@transaction.atomic
def change(reservation_id: int, wanted: Change, *, actor: Actor, now: datetime) -> Reservation:
    """More or fewer people, other plates, a note. Whoever has chairs keeps them unless the change fits.

    Raises:
        DoesNotFit: nothing has changed.
        Conflict: it was cancelled, or they are here already; more plates than people.
        UnknownFood: a code that stands for no food.
    """
    evening, row = reservation_rows.still_to_come(reservation_id)
    if wanted.plates is not None:
        plates.set_plates(row, wanted.plates, people=wanted.covers)
    if wanted.covers != row.covers:
        done = reserving.change_covers(reservation_id=row.pk, covers=wanted.covers, actor=actor, now=now)
        if isinstance(done, No):
            raise DoesNotFit(done)
        row = done
    row.wants_ride, row.note = wanted.wants_ride, wanted.note
    row.save(update_fields=["wants_ride", "note"])
    evenings.changed(evening)
    evenings.tell(evening, "changed", actor, reservation=row.pk)
    return row


@transaction.atomic
def cancel(reservation_id: int, *, because: str, actor: Actor, now: datetime) -> Reservation:
    """They do not come, or do not wait any more. Raises Conflict when that is so already, or they are here."""
    return reserving.cancel(reservation_id=reservation_id, because=because, actor=actor, now=now)
