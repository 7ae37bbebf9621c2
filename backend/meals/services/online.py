"""Reserving without an account: chairs are kept while a number is confirmed by a code, and become a reservation then.

Until the code was right nothing is looked up by the number: whoever types one learns nothing of whose it is. Somebody
who is not known is written down without it; a known person takes their place once the code was right and the name is
theirs. Lock order: evening, rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict, NotFound
from backend.events.models import Lane
from backend.events.services import cancel_timer, set_timer
from backend.meals.domain.chairs import Refusal
from backend.meals.domain.codes import HOLD, Tried, may_hold
from backend.meals.domain.crew import HELPS
from backend.meals.domain.groups import party_of
from backend.meals.models import Evening, GuestCall, NumberCheck, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import codes, evenings, guest_calls, holding, number_owner, reservation_links, reserving
from backend.meals.services.wishes import No, PlateWish, Wish
from backend.people.domain.names import read_full_name
from backend.people.models import Person
from backend.people.services import registering
from backend.people.services.registering import NewContact

TIMER = "meals.hold"
"""The subject is the reservation whose chairs are kept."""

ANONYMOUS = Actor(who="anonymous", channel="page")


@dataclass(frozen=True)
class Asked:
    """What somebody filled in. `line` is E.164; `booked_by` is who reserves for somebody else, else empty."""

    name: str
    line: str
    covers: int = 1
    booked_by: str = ""
    plates: tuple[PlateWish, ...] = ()
    note: str = ""
    wants_ride: bool = False
    group: str = ""
    language: str = "nl"


@dataclass(frozen=True)
class Outcome:
    """What became of a code; `no` tells why there were no chairs after all."""

    tried: Tried
    reservation: Reservation | None = None
    no: No | None = None


Take = Callable[[Evening, Wish, datetime], Reservation]
"""How a party gets what it asks for. Raises _Refused."""


class _Refused(Exception):
    """Undoes what was written down for a party that cannot come."""

    def __init__(self, no: No) -> None:
        super().__init__(no.why)
        self.no = no


def start(*, evening_id: int, asked: Asked, now: datetime) -> Reservation | No:
    """Keep chairs, and send a code to the number. `now` is UTC.

    Raises:
        RondjeError: the number gets no code now; a group that nobody knows; as `holding.hold`.
    """
    return _started(evening_id, asked, now, _held)


def start_waiting(*, evening_id: int, asked: Asked, now: datetime) -> Reservation | No:
    """Send a code to who would like to wait for chairs; should there be some by now, they are kept instead.

    Raises:
        RondjeError: as `start`.
    """
    return _started(evening_id, asked, now, _held_or_waits)


def send_again(*, reservation_id: int, language: str, now: datetime) -> None:
    """Another code for the same chairs, which are kept no longer for it.

    Raises:
        Conflict: the chairs are not kept any more, or the number gets no code now.
    """
    with transaction.atomic():
        evening, row = _locked(reservation_id)
        check = row.number_checks.order_by("-pk").first()
        if check is None or row.state != Reservation.State.UNCONFIRMED or now >= check.expires_at:
            raise Conflict("Your chairs are not kept any more. Reserve once more.")
        codes.may_be_sent(evening, check.line, now)
        again = NumberCheck(
            organisation=check.organisation,
            line=check.line,
            expires_at=check.expires_at,
            reservation=row,
            person=check.person,
        )
        codes.send(evening, again, language, now)


def try_code(*, reservation_id: int, code: str, now: datetime) -> Outcome:
    """Confirm a number; with the right code the chairs are theirs. A wrong one counts.

    Raises:
        NotFound: there is no such reservation any more.
        Conflict: they are at another dinner at that time.
    """
    with transaction.atomic():
        evening, row = _locked(reservation_id)
        check = row.number_checks.order_by("-pk").first()
        if check is None or codes.is_locked(check.line, now):
            return Outcome(Tried.OVER if check is None else Tried.LOCKED)
        is_right = codes.is_right(check, code)
        if check.confirmed_at is not None and is_right:
            return Outcome(Tried.RIGHT, row)
        if row.state != Reservation.State.UNCONFIRMED or check.ended_at is not None or now >= check.expires_at:
            return Outcome(Tried.OVER)
        if not is_right:
            if not codes.was_wrong(check, now):
                return Outcome(Tried.WRONG)
            _end(row, now)
            return Outcome(Tried.LOCKED)
        check.confirmed_at = check.ended_at = now
        check.save(update_fields=["confirmed_at", "ended_at"])
        return _confirmed(evening, row, check, now)


def look(reservation_id: int, now: datetime) -> None:
    """Nobody confirmed their number in time: the chairs are free again."""
    row = Reservation.objects.filter(pk=reservation_id).first()
    if row is None:
        return
    evenings.locked(row.evening_id)
    row.refresh_from_db()
    check = row.number_checks.order_by("-pk").first()
    if row.state != Reservation.State.UNCONFIRMED:
        return
    if check is not None and now < check.expires_at:
        set_timer(kind=TIMER, subject_id=row.pk, due_at=check.expires_at, lane=Lane.NOTICE)
        return
    row.number_checks.filter(ended_at=None).update(ended_at=now)
    reserving.cancel(reservation_id=row.pk, because="too_late", actor=SYSTEM, now=now)


def _started(evening_id: int, asked: Asked, now: datetime, take: Take) -> Reservation | No:
    try:
        with transaction.atomic():
            evening = evenings.locked(evening_id)
            codes.may_be_sent(evening, asked.line, now)
            _let_go(evening, asked.line, now)
            person = _stranger(evening, asked)
            row = take(evening, _wish(evening, person, asked), now)
            check = NumberCheck(
                organisation=evening.resto.organisation,
                line=asked.line,
                expires_at=now + HOLD,
                reservation=row,
                person=person,
            )
            codes.send(evening, check, asked.language, now)
            set_timer(kind=TIMER, subject_id=row.pk, due_at=check.expires_at, lane=Lane.NOTICE)
            return row
    except _Refused as refused:
        return refused.no
    except IntegrityError as error:
        raise Conflict(
            "Somebody is asking for a code for this number at this moment. Wait a minute, and try again."
        ) from error


def _held(evening: Evening, wish: Wish, now: datetime) -> Reservation:
    count = chairs_of(evening, now)
    if wish.covers <= count.free and not may_hold(count.held, wish.covers, evening.chairs):
        raise Conflict("Many people are reserving at this moment. Try again in a quarter of an hour, or ring us.")
    row = holding.hold(evening_id=evening.pk, wish=wish, until=now + HOLD, actor=ANONYMOUS, now=now)
    if isinstance(row, No):
        raise _Refused(row)
    return row


def _held_or_waits(evening: Evening, wish: Wish, now: datetime) -> Reservation:
    try:
        return _held(evening, wish, now)
    except _Refused as refused:
        row = holding.hold_place_in_line(evening_id=evening.pk, wish=wish, actor=ANONYMOUS, now=now)
        if isinstance(row, No):
            raise _Refused(row) from refused
        return row


def _let_go(evening: Evening, line: str, now: datetime) -> None:
    """What is kept for this number on this evening is given up for what is asked now; one number keeps one party.

    Raises Conflict when chairs are kept for it on another evening: their lock is not ours.
    """
    NumberCheck.objects.filter(line=line, ended_at=None, expires_at__lte=now).update(ended_at=now)
    kept = NumberCheck.objects.filter(line=line, ended_at=None).select_related("reservation").first()
    if kept is None or kept.reservation is None:
        return
    if kept.reservation.evening_id != evening.pk:
        raise Conflict(
            "We have just sent a code to this number for another evening. Use it first, or try again in 15 minutes."
        )
    kept.ended_at = now
    kept.save(update_fields=["ended_at"])
    if kept.reservation.state == Reservation.State.UNCONFIRMED:
        _end(kept.reservation, now)


def _end(row: Reservation, now: datetime) -> None:
    reserving.cancel(reservation_id=row.pk, because="too_late", actor=ANONYMOUS, now=now)
    cancel_timer(kind=TIMER, subject_id=row.pk)


def _stranger(evening: Evening, asked: Asked) -> Person:
    """Somebody of this name, without the number: nobody knows yet whether it is theirs."""
    name = read_full_name(asked.name)
    return registering.register_person(
        organisation=evening.resto.organisation,
        given_name=name.given,
        family_name=name.family,
        title=name.title or "",
        phones=(),
        contacts=(NewContact(name=asked.booked_by),) if asked.booked_by else (),
        language=asked.language,
    )


def _wish(evening: Evening, person: Person, asked: Asked) -> Wish:
    return Wish(
        person,
        covers=asked.covers,
        plates=asked.plates,
        way=Reservation.Way.PAGE,
        party=_party(evening, asked.group),
        wants_ride=asked.wants_ride,
        note=asked.note,
    )


def _party(evening: Evening, group: str) -> UUID:
    """Those friends' whose word was given, else one of their own. Raises Conflict for a word that nobody has."""
    if not group:
        return uuid4()
    coming = evening.reservations.exclude(state=Reservation.State.CANCELLED).exclude(party=None)
    found = party_of(group, [party for party in coming.values_list("party", flat=True) if party])
    if found is None:
        raise Conflict("Nobody who comes on this evening has this group word. Look at it once more, or leave it out.")
    return found


def _confirmed(evening: Evening, row: Reservation, check: NumberCheck, now: datetime) -> Outcome:
    """The number is theirs."""
    cancel_timer(kind=TIMER, subject_id=row.pk)
    known = number_owner.known(row.person, check.line)
    if known is not None:
        has = evening.reservations.filter(person=known).exclude(state=Reservation.State.CANCELLED).first()
        if has is not None:
            reserving.cancel(reservation_id=row.pk, because="too_late", actor=ANONYMOUS, now=now)
            return Outcome(Tried.ALREADY, has)
        if evening.crew.filter(person=known).exists():
            reserving.cancel(reservation_id=row.pk, because=HELPS, actor=ANONYMOUS, now=now)
            return Outcome(Tried.OVER, no=No(Refusal.HELPS))
        number_owner.stands_for(row, known, check)
    else:
        number_owner.gets_the_number(row.person, check.line)
    actor = number_owner.actor(row.person, check.line)
    confirm = holding.confirm_place_in_line if row.holds_until == row.reserved_at else holding.confirm
    confirmed = confirm(reservation_id=row.pk, actor=actor, now=now)
    if isinstance(confirmed, No):
        return Outcome(Tried.OVER, no=confirmed)
    Reservation.objects.filter(pk=row.pk).update(reserved_by=actor.who, on_behalf_of=actor.on_behalf_of)
    if confirmed.note:
        guest_calls.to_make(evening, confirmed, GuestCall.Kind.SPEAK, now, {"why": "note"})
    reservation_links.send(evening, confirmed, check.line, now)
    return Outcome(Tried.RIGHT, confirmed)


def _locked(reservation_id: int) -> tuple[Evening, Reservation]:
    evening_id = Reservation.objects.filter(pk=reservation_id).values_list("evening_id", flat=True).first()
    if evening_id is None:
        raise NotFound("This reservation is not there any more. Reserve once more, or ring us.")
    evening = evenings.locked(evening_id)
    row = evening.reservations.select_related("person__organisation").filter(pk=reservation_id).first()
    if row is None:
        raise NotFound("This reservation is not there any more. Reserve once more, or ring us.")
    return evening, row
