"""Freed seats, offered to those who wait: fairly, one after the other, until somebody takes them or the cutoff comes.

All of it under the trip's lock. Whether somebody could have a seat is asked of the booking itself, as if everybody who
is being offered one had taken it: no more is offered than there is. See decision 24.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from backend.common import offers
from backend.common.actors import SYSTEM, Actor
from backend.common.errors import RondjeError
from backend.common.offers import Decision, Ending, Offer, Reason, Standing, Terms
from backend.events.models import Lane
from backend.events.services import cancel_timer, set_timer
from backend.people import calls_to_make
from backend.people.selectors import absent_on
from backend.transport.bus_words import Times
from backend.transport.domain.waiting import Skip, Waiter, in_turn
from backend.transport.models import Booking, CallTask, PassedOver, SeatOffer, Trip
from backend.transport.selectors import told
from backend.transport.selectors.answering import No
from backend.transport.selectors.habits import rode_last
from backend.transport.selectors.settings import patience_of
from backend.transport.selectors.told import party_of
from backend.transport.services import booking as core
from backend.transport.services import call_tasks, evening, offer_messages, trips

TIMER = "transport.offers"

OFFERED = "seat_offered"
ENDED = "seat_offer_ended"
"""Kinds of events. Payload: offer and booking, and how it ended; the subject is the trip."""

DECLINED = "declined_offer"
"""Why a booking that waited was cancelled: they did not want the seat."""

A_LOT = 10_000
"""So many places there may be, as far as `common.offers` is concerned: what fits is asked of the booking."""


def look_soon(trip_id: int, now: datetime) -> None:
    """Room may have come, or somebody waits: look as soon as there is a worker."""
    set_timer(kind=TIMER, subject_id=trip_id, due_at=now, lane=Lane.NOTICE)


def seated(trip_id: int, booking_id: int, now: datetime) -> None:
    """Somebody has a seat: whatever was offered to them is settled."""
    if SeatOffer.objects.filter(booking=booking_id, state=SeatOffer.State.OPEN).exists():
        look_soon(trip_id, now)


@dataclass
class AsIf:
    """Who fits as if everybody before them had taken their seat: `suits` of `common.offers`, with what it found."""

    trip: Trip
    now: datetime
    waiting: dict[int, list[Booking]]
    away: set[int]
    times: dict[int, Times] = field(default_factory=dict)
    why: dict[int, No] = field(default_factory=dict)

    def suits(self, key: int) -> str | None:
        """None when the party that this booking speaks for could be booked now, and then is, until all is undone."""
        party = self.waiting.get(key)
        if party is None:
            return "gone"
        if any(booking.person_id in self.away for booking in party):
            return Skip.AWAY
        try:
            with transaction.atomic():
                found = core.promote(booking_ids=[one.pk for one in party], actor=SYSTEM, now=self.now)
        except RondjeError:
            return "other"
        if isinstance(found, No):
            self.why[key] = found
            return found.why.value
        self.times[key] = told.times_in(found.yes.told[0])
        return None


def as_if_offers_were_taken(trip: Trip, now: datetime, does: Callable[[AsIf], object]) -> AsIf:
    """Do something as if it were so, and undo all of it: no row changes. Under the trip's lock."""
    waiting = {party[0].pk: party for party in told.parties(_waiting(trip))}
    people = [booking.person_id for party in waiting.values() for booking in party]
    as_if = AsIf(trip, now, waiting, set(absent_on(trip.date, people)))
    with transaction.atomic():
        does(as_if)
        transaction.set_rollback(True)
    return as_if


def seat_all(trip: Trip, as_if: AsIf) -> list[int]:
    """Everybody who waits takes a seat, in their turn, as long as there is one, but for those who have been asked in
    vain; who fits, in that order.
    """
    had = _asked_in_vain(trip)
    turns = [one.key for one in in_turn(_waiters(trip, as_if)) if one.key not in had]
    return [key for key in turns if as_if.suits(key) is None]


def _seat_all_by_hand(trip: Trip, as_if: AsIf) -> list[int]:
    """The same where a person rings: whoever was silent to our calls may answer theirs, and comes after the others."""
    had = _asked_in_vain(trip)
    silent = [one.key for one in in_turn(_waiters(trip, as_if)) if one.key in had]
    return [*seat_all(trip, as_if), *(key for key in silent if as_if.suits(key) is None)]


def _asked_in_vain(trip: Trip) -> set[int]:
    return {one.key for one in _counting(trip) if one.ending is not None and one.ending is not Ending.WITHDRAWN}


def look(trip_id: int, now: datetime) -> None:
    """The timer's handler: end what is over, offer what is free, and set the timer to the next change."""
    trip = trips.locked(trip_id)
    _agreed_by_telephone(trip, now)
    if trip.state != Trip.State.PLANNED or now >= trip.cutoff_at:
        _close(trip, now)
        return
    for row in _open(trip):
        if row.deadline_at <= now:
            _end(trip, row, Ending.EXPIRED, SYSTEM, now)
    decision, as_if = _decided(trip, now)
    rows = {row.booking_id: row for row in _open(trip)}
    for gone in decision.withdraw:
        _withdraw(trip, rows[gone.key], now, tell=gone.key in as_if.waiting)
    for asked in decision.ask:
        row = SeatOffer.objects.create(trip=trip, booking_id=asked.key, offered_at=now, deadline_at=asked.deadline_at)
        _note_passed_over(row, asked.passed_over, as_if)
        trips.tell(trip, OFFERED, SYSTEM, offer=row.pk, booking=asked.key)
        offer_messages.send(trip, row, as_if.waiting[asked.key], as_if.times[asked.key], now)
    _nothing_to_ring_about(trip, now)
    if not as_if.waiting:
        cancel_timer(kind=TIMER, subject_id=trip.pk)
        return
    if decision.standing is Standing.TOO_LATE:
        _leave_to_a_person(trip, now)
    following = min(decision.look_at or trip.cutoff_at, trip.cutoff_at)
    news_at = patience_of(trip.organisation).news_at(trip.cutoff_at, trip.leaves_at)
    if now < news_at:
        following = min(following, news_at)
    else:
        offer_messages.tell_those_who_waited(trip, _without_a_seat(*_fitting(trip, now)), now)
    set_timer(kind=TIMER, subject_id=trip.pk, due_at=following, lane=Lane.NOTICE)


def _decided(trip: Trip, now: datetime) -> tuple[Decision[int], AsIf]:
    patience = patience_of(trip.organisation)
    terms = Terms(places=A_LOT, cutoff=trip.cutoff_at, patience=patience, may_ask=patience.may_ask)
    found: list[Decision[int]] = []
    as_if = as_if_offers_were_taken(
        trip,
        now,
        lambda as_if: found.append(
            offers.decide(in_turn(_waiters(trip, as_if)), _counting(trip), terms, now, as_if.suits)
        ),
    )
    return found[0], as_if


def _waiting(trip: Trip) -> list[Booking]:
    rows = trip.bookings.filter(state=Booking.State.WAITING).select_related("person__organisation", "person__home")
    return list(rows.prefetch_related("person__phones").order_by("booked_at", "pk"))


def _waiters(trip: Trip, as_if: AsIf) -> list[Waiter]:
    """Friends wait together: the one among them who was served last says when it is their turn."""
    last = rode_last([one.person_id for party in as_if.waiting.values() for one in party], trip)
    waiters = []
    for key, party in as_if.waiting.items():
        rode = [last[one.person_id].date() for one in party if one.person_id in last]
        waiters.append(Waiter(key, party[0].booked_at, max(rode, default=None)))
    return waiters


def _counting(trip: Trip) -> list[Offer[int]]:
    """Offers that count for the seats that are free now: open ones, and those since a place was last given up."""
    since = _last_given_up(trip)
    rows = trip.offers.order_by("offered_at", "pk")
    return [
        row.as_offer_to(row.booking_id)
        for row in rows
        if row.state == SeatOffer.State.OPEN or since is None or row.offered_at >= since
    ]


def _last_given_up(trip: Trip) -> datetime | None:
    given_up = trip.bookings.filter(state=Booking.State.CANCELLED, rides__isnull=False).order_by("-cancelled_at")
    return given_up.values_list("cancelled_at", flat=True).first()


def _open(trip: Trip) -> list[SeatOffer]:
    return list(trip.offers.filter(state=SeatOffer.State.OPEN).select_related("booking__person").order_by("pk"))


def _note_passed_over(row: SeatOffer, passed_over: Sequence[offers.PassedOver[int]], as_if: AsIf) -> None:
    """Everybody who came before is told why it was not them. Who has an offer of their own was not passed over."""
    for one in passed_over:
        if one.reason != Reason.IS_ASKED:
            why = as_if.why.get(one.key)
            details = (
                {} if why is None else {"dimension": why.dimension, "seconds": why.seconds, "allowed": why.allowed}
            )
            PassedOver.objects.create(offer=row, booking_id=one.key, reason=str(one.reason), details=details)


def freed(trip_id: int, now: datetime) -> None:
    """Somebody gave up their place. Before the cutoff it is offered onward; after it a person rings who comes next."""
    trip = trips.locked(trip_id)
    if now < trip.cutoff_at:
        look_soon(trip_id, now)
    elif trip.state == Trip.State.PLANNED and now < trip.leaves_at:
        _leave_to_a_person(trip, now)


def _leave_to_a_person(trip: Trip, now: datetime) -> list[Booking]:
    """A call to make for each who waits and would fit, in their turn; returns those who do not fit."""
    fitting, as_if = _fitting(trip, now)
    spoken_to = _spoken_to(trip)
    for place, key in enumerate(fitting):
        if key not in spoken_to:
            offer_messages.to_ring(trip, as_if.waiting[key][0], as_if.times[key], now, order=place)
    return _without_a_seat(fitting, as_if)


def _agreed_by_telephone(trip: Trip, now: datetime) -> None:
    """Whoever was given their seat by a person has taken what was offered to them."""
    for row in _open(trip):
        if row.booking.state == Booking.State.BOOKED:
            _end(trip, row, Ending.ACCEPTED, SYSTEM, now)


def _nothing_to_ring_about(trip: Trip, now: datetime) -> None:
    """Nobody is rung about a seat that others have by now. While there is one, also whose offer is over is rung."""
    asked = [row.booking_id for row in _open(trip)]
    calls = trip.call_tasks.filter(kind=CallTask.Kind.SEAT, state=CallTask.State.OPEN).exclude(booking__in=asked)
    if calls.exists():
        calls_to_make.lapse(calls.exclude(booking__in=_fitting(trip, now)[0]), SYSTEM.who, now, "gone")


def _fitting(trip: Trip, now: datetime) -> tuple[list[int], AsIf]:
    """Who could all have a seat together, if a person rang them."""
    fitting: list[int] = []
    as_if = as_if_offers_were_taken(trip, now, lambda found: fitting.extend(_seat_all_by_hand(trip, found)))
    return fitting, as_if


def _without_a_seat(fitting: Sequence[int], as_if: AsIf) -> list[Booking]:
    return [one for key, party in as_if.waiting.items() if key not in fitting for one in party]


def _spoken_to(trip: Trip) -> set[int | None]:
    """With whom a person has spoken about the seats that are free now."""
    done = trip.call_tasks.filter(kind=CallTask.Kind.SEAT, state=CallTask.State.DONE)
    since = _last_given_up(trip)
    if since is not None:
        done = done.filter(ended_at__gte=since)
    return set(done.values_list("booking_id", flat=True))


def answer(offer_id: int, ending: Ending, *, actor: Actor, now: datetime) -> SeatOffer:
    """Somebody takes the seat, or does not want it. The offer as it ended: a seat that is gone ends it as withdrawn.

    Runs in a transaction. Said twice it changes nothing.

    Raises:
        OfferOver: the offer ended otherwise before; `ending` says how.
    """
    trip = trips.locked(SeatOffer.objects.values_list("trip_id", flat=True).get(pk=offer_id))
    row = trip.offers.select_related("booking__person").get(pk=offer_id)
    offers.ended(row.as_offer_to(row.booking_id), ending, now)
    if row.state != SeatOffer.State.OPEN:
        return row
    party = party_of(row.booking)
    if ending is Ending.ACCEPTED and not _seated(party, actor, now):
        return _end(trip, row, Ending.WITHDRAWN, actor, now)
    _end(trip, row, ending, actor, now)
    if ending is Ending.ACCEPTED and now >= evening.begins(trip):
        for booking in party:
            booking.refresh_from_db()
            call_tasks.says_yes(booking, actor, now)
    if ending is Ending.DECLINED:
        for booking in party:
            core.cancel(booking_id=booking.pk, because=DECLINED, actor=actor, now=now)
    return row


def _seated(party: list[Booking], actor: Actor, now: datetime) -> bool:
    """Whether all of them have a seat now. It was there when it was offered; the trip may have changed since."""
    if any(booking.state != Booking.State.WAITING for booking in party):
        return False
    try:
        with transaction.atomic():
            found = core.promote(booking_ids=[one.pk for one in party], actor=actor, now=now)
    except RondjeError:
        return False
    return not isinstance(found, No)


def _withdraw(trip: Trip, row: SeatOffer, now: datetime, *, tell: bool) -> None:
    _end(trip, row, Ending.WITHDRAWN, SYSTEM, now)
    if tell:
        offer_messages.tell(trip, row.booking.person, "text_gone", now)


def _end(trip: Trip, row: SeatOffer, ending: Ending, actor: Actor, now: datetime) -> SeatOffer:
    row.state, row.ended_at, row.ended_by = SeatOffer.State(ending.value), now, actor.who
    row.save(update_fields=["state", "ended_at", "ended_by"])
    trips.tell(trip, ENDED, actor, offer=row.pk, booking=row.booking_id, ending=ending.value)
    offer_messages.take_back(row)
    look_soon(trip.pk, now)
    return row


def _close(trip: Trip, now: datetime) -> None:
    """No offers any more: what is open ends, what is free is left to a person, and who waited in vain is told so."""
    for row in _open(trip):
        ending = Ending.EXPIRED if row.deadline_at <= now else Ending.WITHDRAWN
        _end(trip, row, ending, SYSTEM, now)
    if trip.state == Trip.State.PLANNED:
        offer_messages.tell_those_who_waited(trip, _leave_to_a_person(trip, now), now)
    cancel_timer(kind=TIMER, subject_id=trip.pk)
