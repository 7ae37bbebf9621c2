"""The bus in the one number's menu: hear what one has booked, cancel it, take a seat that is offered, or a person.

The trip is locked before anything about it is changed; the call's own row is locked already.
"""

from dataclasses import dataclass
from typing import Any

from backend.common.errors import RondjeError
from backend.common.offers import Ending, OfferOver
from backend.notifications.domain.prompts import Ask, End, Heard, Key
from backend.notifications.registry import EntryTurn, MenuCall, MenuEntry, Then
from backend.transport import offer_words
from backend.transport.menu_words import say
from backend.transport.models import Booking, SeatOffer, Trip
from backend.transport.selectors import told
from backend.transport.services import booking as core
from backend.transport.services import offer_messages, offers, trips

SECONDS = 10
ASKED_AT_MOST = 2
TOLD_AT_MOST = 5


@dataclass(frozen=True)
class Item:
    """One thing to tell the caller: a place, a place on a waiting list, or a seat that is offered."""

    booking: Booking
    offer: SeatOffer | None = None

    @property
    def what(self) -> str:
        """Its sentence, by code."""
        if self.offer is not None:
            return "seat"
        return "waiting" if self.booking.state == Booking.State.WAITING else "booked"


def offer(call: MenuCall) -> str:
    """For whom there is something to tell; others book with a person."""
    if not _items(call):
        return ""
    if call.caller.contact is None:
        return say("offer", call.language)
    return say("offer_for", call.language, name=call.caller.person.spoken_name)


def converse(call: MenuCall, place: dict[str, Any], heard: Heard | None) -> EntryTurn:
    """One trip after the other, the first in front; what is to be cancelled is confirmed by a key."""
    items = _items(call)
    if not items:
        return EntryTurn(then=Then.HUMAN)
    if heard is None:
        return _tell(call, items, 0)
    current = next((one for one in items if one.booking.pk == place["booking"]), None)
    if current is None:
        return _tell(call, items, 0)
    if place["step"] == "sure":
        return _sure(call, current, heard)
    return _told(call, items, current, place, heard)


ENTRY = MenuEntry("transport.bookings", digit="7", order=25, offer=offer, converse=converse)


def _items(call: MenuCall) -> list[Item]:
    """What is still to come for whom the call is about, the first trip in front."""
    rows = (
        Booking.objects.filter(
            person=call.caller.person,
            state__in=(Booking.State.BOOKED, Booking.State.WAITING),
            trip__state=Trip.State.PLANNED,
            trip__leaves_at__gt=call.now,
            trip__organisation=call.organisation,
        )
        .select_related("trip__destination", "trip__organisation", "person")
        .order_by("trip__leaves_at", "pk")[:TOLD_AT_MOST]
    )
    open_offers = SeatOffer.objects.filter(booking__in=rows, state=SeatOffer.State.OPEN, deadline_at__gt=call.now)
    by_booking = {one.booking_id: one for one in open_offers}
    return [Item(row, by_booking.get(row.pk)) for row in rows]


def _told(call: MenuCall, items: list[Item], current: Item, place: dict[str, Any], heard: Heard) -> EntryTurn:
    index = items.index(current)
    if current.offer is not None and heard in (Key("1"), Key("2")):
        return _answer(call, current.offer, Ending.ACCEPTED if heard == Key("1") else Ending.DECLINED)
    if heard == Key("2"):
        return _ask(call, "sure", current, {"step": "sure", "booking": current.booking.pk})
    if heard == Key("3") and index + 1 < len(items):
        return _tell(call, items, index + 1)
    asked = place.get("asked", 1)
    return _tell(call, items, index, asked + 1) if asked < ASKED_AT_MOST else EntryTurn(then=Then.HUMAN)


def _tell(call: MenuCall, items: list[Item], index: int, asked: int = 1) -> EntryTurn:
    more = say("next", call.language) if index + 1 < len(items) else ""
    place = {"step": "told", "booking": items[index].booking.pk, "asked": asked}
    return _ask(call, items[index].what, items[index], place, more)


def _ask(call: MenuCall, code: str, item: Item, place: dict[str, Any], more: str = "") -> EntryTurn:
    trip = item.booking.trip
    times = offer_messages.offered_times(item.offer) if item.offer else told.times_of(item.booking)
    words = say(
        code,
        call.language,
        trip=trip.name,
        day=told.day_of(trip, call.language, call.now),
        times=told.in_words(trip, times, call.language, call.now),
    )
    return EntryTurn(Ask(f"{words} {more}".strip(), seconds=SECONDS), place)


def _sure(call: MenuCall, current: Item, heard: Heard) -> EntryTurn:
    if heard != Key("1"):
        return EntryTurn(End(say("kept", call.language)))
    trips.locked(current.booking.trip_id)
    try:
        core.cancel(booking_id=current.booking.pk, because="menu", actor=call.caller.actor, now=call.now)
    except RondjeError:
        return EntryTurn(then=Then.HUMAN, words=say("too_late", call.language))
    return EntryTurn(End(say("cancelled", call.language, trip=current.booking.trip.name)))


def _answer(call: MenuCall, row: SeatOffer, ending: Ending) -> EntryTurn:
    trip = trips.locked(row.trip_id)
    try:
        row = offers.answer(row.pk, ending, actor=call.caller.actor, now=call.now)
    except OfferOver:
        return EntryTurn(End(offer_words.say("over", call.language)))
    if row.state != SeatOffer.State.ACCEPTED:
        code = "gone" if row.state == SeatOffer.State.WITHDRAWN else "declined"
        return EntryTurn(End(offer_words.say(code, call.language)))
    row.booking.refresh_from_db()
    times = told.in_words(trip, told.times_of(row.booking), call.language, call.now)
    return EntryTurn(End(offer_words.say("accepted", call.language, times=times)))
