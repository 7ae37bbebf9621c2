"""Freed chairs, offered to parties who wait: one after the other, until somebody takes them or the cutoff comes.

All of it under the evening's lock. See `domain.waiting` for who comes first, and decision 30.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from backend.common import offers
from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict, RondjeError
from backend.common.offers import Ending, OfferOver, Reason
from backend.events.models import Event, Lane
from backend.events.services import cancel_timer, set_timer
from backend.meals.domain import waiting
from backend.meals.domain.chairs import Refusal
from backend.meals.domain.waiting import Room
from backend.meals.models import ChairOffer, Evening, GuestCall, Reservation, SkippedParty
from backend.meals.selectors.settings import asking_begins, patience_of
from backend.meals.selectors.waiting import holds_end, list_of, waiting_on
from backend.meals.services import evenings, guest_calls, offer_messages, reserving
from backend.meals.services.wishes import No, Wish
from backend.people import calls_to_make
from backend.people.services.engagements import Engaged

TIMER = "meals.offers"

LOOK_AGAIN_AFTER = timedelta(hours=1)
"""While something stands in the way of a party, such as being away: not all of it is told when it goes away."""

OFFERED = "chairs_offered"
ENDED = "chair_offer_ended"
"""Kinds of events. Payload: offer and reservation, and how it ended; the subject is the evening."""

LIST_CLOSED = "waiting_list_closed"
"""The event's kind. Payload: reservations that waited in vain."""

DECLINED = "declined_offer"
"""Why a reservation that waited was cancelled: they did not want the chairs."""


class Became(StrEnum):
    """What came of an answer to an offer."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    GONE = "gone"
    """The chairs went elsewhere before there was an answer."""
    EXPIRED = "expired"
    """The answer came too late, and the chairs are for somebody else."""
    ELSEWHERE = "elsewhere"
    """They are at another dinner at that time."""
    HAD = "had"
    """They have chairs already."""


def look_soon(evening_id: int, now: datetime) -> None:
    """Chairs may have come free, or somebody waits: look as soon as there is a worker."""
    set_timer(kind=TIMER, subject_id=evening_id, due_at=now, lane=Lane.NOTICE)


def person_changed(person_id: int, now: datetime) -> None:
    """What stood in the way of somebody who waits may have gone: they are away, or back."""
    for row in Reservation.objects.filter(person=person_id, state=Reservation.State.WAITING):
        look_soon(row.evening_id, now)


def resto_changed(resto_id: int, now: datetime) -> None:
    """A larger party may fit at a table now, or not any more."""
    waits = Reservation.objects.filter(evening__resto=resto_id, state=Reservation.State.WAITING)
    for evening_id in waits.order_by("evening").values_list("evening", flat=True).distinct():
        look_soon(evening_id, now)


def look(evening_id: int, now: datetime) -> None:
    """The timer's handler: end what is over, offer what is free, and set the timer to the next change."""
    evening = evenings.locked(evening_id)
    if evening.state != Evening.State.PLANNED or now >= evening.cutoff_at:
        _close(evening, now)
        return
    for row in _open(evening):
        if row.deadline_at <= now:
            _end(evening, row, Ending.EXPIRED, SYSTEM, now)
    patience = patience_of(evening.resto.organisation)
    decision, room = waiting.decide(list_of(evening, now), evening.cutoff_at, patience, now)
    rows = {row.reservation_id: row for row in _open(evening)}
    for gone in decision.withdraw:
        _end(evening, rows[gone.key], Ending.WITHDRAWN, SYSTEM, now)
        if gone.key in room.parties:
            offer_messages.tell(evening, rows[gone.key].reservation, "text_gone", now)
    for asked in decision.ask:
        _offer(evening, asked, room, now)
    _nothing_to_ring_about(evening, room, now)
    if not room.parties:
        cancel_timer(kind=TIMER, subject_id=evening.pk)
        return
    news_at = patience.news_at(evening.cutoff_at, evening.doors_at)
    if now >= news_at:
        _tell_those_who_waited(evening, now)
    hindered = any(party.hindrance for party in room.parties.values())
    again = now + LOOK_AGAIN_AFTER if hindered else None
    moments = [decision.look_at, evening.cutoff_at, holds_end(evening, now), news_at if now < news_at else None, again]
    due_at = min(moment for moment in moments if moment is not None)
    set_timer(kind=TIMER, subject_id=evening.pk, due_at=due_at, lane=Lane.NOTICE)


def answer(offer_id: int, ending: Ending, *, actor: Actor, now: datetime) -> Became:
    """A party takes the chairs, or does not want them. Runs in a transaction. Said twice it changes nothing.

    Who says yes too late gets chairs all the same if there are some left.
    """
    evening = evenings.locked(ChairOffer.objects.values_list("evening_id", flat=True).get(pk=offer_id))
    row = evening.offers.select_related("reservation__person__organisation").get(pk=offer_id)
    try:
        offers.ended(row.as_offer_to(row.reservation_id), ending, now)
    except OfferOver as over:
        return _late(row, over.ending, ending, actor, now)
    if row.state != ChairOffer.State.OPEN:
        return Became(ending.value)
    if ending is Ending.DECLINED:
        _end(evening, row, ending, actor, now)
        reserving.cancel(reservation_id=row.reservation_id, because=DECLINED, actor=actor, now=now)
        return Became.DECLINED
    became = _seated(evening, row.reservation_id, actor, now)
    if became is not Became.ACCEPTED:
        _end(evening, row, Ending.WITHDRAWN, actor, now)
        return became
    _end(evening, row, Ending.ACCEPTED, actor, now)
    return Became.ACCEPTED


def seat_by_hand(reservation_id: int, *, actor: Actor, now: datetime) -> Reservation | No:
    """A person gives a party its chairs, whoever's turn it is. Runs in a transaction.

    Raises:
        Conflict: it does not wait any more.
    """
    found = reserving.promote(reservation_id=reservation_id, actor=actor, now=now)
    if isinstance(found, Reservation):
        _end_open(found, Ending.ACCEPTED, actor, now)
        _has_just_said_yes(evenings.locked(found.evening_id), found, now)
    return found


def take_off(reservation_id: int, *, actor: Actor, now: datetime) -> Reservation:
    """A party does not wait any more. Runs in a transaction.

    Raises:
        Conflict: it does not wait any more.
    """
    evening_id = Reservation.objects.values_list("evening_id", flat=True).get(pk=reservation_id)
    evening = evenings.locked(evening_id)
    row = evening.reservations.get(pk=reservation_id)
    if row.state != Reservation.State.WAITING:
        raise Conflict("This party is not on the waiting list any more.")
    _end_open(row, Ending.WITHDRAWN, actor, now)
    return reserving.cancel(reservation_id=reservation_id, because="off_list", actor=actor, now=now)


def _late(row: ChairOffer, ended: Ending, said: Ending, actor: Actor, now: datetime) -> Became:
    if ended is Ending.ACCEPTED:
        return Became.HAD
    if ended is Ending.DECLINED:
        return Became.DECLINED
    if said is Ending.ACCEPTED:
        became = _seated(row.evening, row.reservation_id, actor, now)
        if became is not Became.GONE:
            return became
    return Became.EXPIRED if ended is Ending.EXPIRED else Became.GONE


def _seated(evening: Evening, reservation_id: int, actor: Actor, now: datetime) -> Became:
    """ACCEPTED when the party has its chairs now. They were free when offered; the evening may have changed."""
    try:
        with transaction.atomic():
            found = reserving.promote(reservation_id=reservation_id, actor=actor, now=now)
    except Engaged:
        return Became.ELSEWHERE
    except RondjeError:
        return Became.GONE
    if isinstance(found, No):
        return Became.GONE
    _has_just_said_yes(evening, found, now)
    return Became.ACCEPTED


def _has_just_said_yes(evening: Evening, row: Reservation, now: datetime) -> None:
    """Whoever takes chairs when the others have been asked whether they come, is not asked as well."""
    if now >= asking_begins(evening):
        row.answer, row.answered_at = Reservation.Answer.YES, now
        row.save(update_fields=["answer", "answered_at"])


def _open(evening: Evening) -> list[ChairOffer]:
    rows = evening.offers.filter(state=ChairOffer.State.OPEN).select_related("reservation__person__organisation")
    return list(rows.order_by("pk"))


def _offer(evening: Evening, asked: offers.Asked[int], room: Room, now: datetime) -> None:
    reservation = evening.reservations.select_related("person__organisation").get(pk=asked.key)
    row = ChairOffer.objects.create(
        evening=evening, reservation=reservation, offered_at=now, deadline_at=asked.deadline_at
    )
    _note_skipped(row, asked.passed_over, room)
    evenings.tell(evening, OFFERED, SYSTEM, offer=row.pk, reservation=reservation.pk)
    offer_messages.send(evening, row, now)


def _nothing_to_ring_about(evening: Evening, room: Room, now: datetime) -> None:
    """Nobody is rung about chairs that others have by now. While there are some, also whose offer is over is rung."""
    asked = {row.reservation_id for row in _open(evening)}
    gone = [key for key, party in room.parties.items() if key not in asked and not room.is_left_for(party)]
    calls = evening.calls.filter(kind=GuestCall.Kind.CHAIRS, reservation__in=gone)
    calls_to_make.lapse(calls, SYSTEM.who, now, "gone")


def _note_skipped(row: ChairOffer, passed_over: Sequence[offers.PassedOver[int]], room: Room) -> None:
    """Every party that came before is told why it was not them. Who has an offer of their own was not skipped."""
    for one in passed_over:
        if one.reason != Reason.IS_ASKED:
            details = {"free": room.too_few[one.key]} if one.key in room.too_few else {}
            SkippedParty.objects.create(offer=row, reservation_id=one.key, reason=str(one.reason), details=details)


def _end_open(reservation: Reservation, ending: Ending, actor: Actor, now: datetime) -> None:
    evening = evenings.locked(reservation.evening_id)
    for row in _open(evening):
        if row.reservation_id == reservation.pk:
            _end(evening, row, ending, actor, now)


def _end(evening: Evening, row: ChairOffer, ending: Ending, actor: Actor, now: datetime) -> None:
    row.state, row.ended_at, row.ended_by = ChairOffer.State(ending.value), now, actor.who
    row.save(update_fields=["state", "ended_at", "ended_by"])
    evenings.tell(evening, ENDED, actor, offer=row.pk, reservation=row.reservation_id, ending=ending.value)
    offer_messages.take_back(row)
    look_soon(evening.pk, now)


def _close(evening: Evening, now: datetime) -> None:
    """No offers any more: what is open ends, and who still waits is told that there was no chair."""
    for row in _open(evening):
        _end(evening, row, Ending.EXPIRED if row.deadline_at <= now else Ending.WITHDRAWN, SYSTEM, now)
    offer_messages.take_back_all(evening)
    guest_calls.lapse(evening, SYSTEM, now, kinds=(GuestCall.Kind.CHAIRS,))
    if evening.state == Evening.State.PLANNED:
        _tell_those_who_waited(evening, now)
    cancel_timer(kind=TIMER, subject_id=evening.pk)


def _tell_those_who_waited(evening: Evening, now: datetime) -> None:
    """Each of them hears once that there was no chair, and is counted. They stay on the list."""
    closed = Event.objects.filter(
        subject_kind=evenings.SUBJECT, subject_id=evening.pk, kind=f"meals.{LIST_CLOSED}"
    ).values_list("payload", flat=True)
    have_heard = {pk for payload in closed for pk in payload["reservations"]}
    rung = evening.calls.filter(kind=GuestCall.Kind.CHAIRS, state=GuestCall.State.OPEN)
    asked = {row.reservation_id for row in _open(evening)} | set(rung.values_list("reservation_id", flat=True))
    to_tell = [row for row in waiting_on(evening) if row.pk not in have_heard | asked]
    if not to_tell:
        return
    for row in to_tell:
        reserving.turned_away(evening, Wish(row.person, row.covers), Refusal.FULL, now)
        offer_messages.no_place(evening, row, now)
    evenings.tell(evening, LIST_CLOSED, SYSTEM, reservations=[row.pk for row in to_tell])
