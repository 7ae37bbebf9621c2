"""The dinners in the one number's menu: hear what one has reserved, cancel, reserve, wait, or take chairs on offer.

The evening is locked before anything about it is changed; the call's own row is locked already.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from backend.common.errors import RondjeError
from backend.common.offers import Ending
from backend.meals import offer_words
from backend.meals.domain.chairs import Refusal
from backend.meals.menu_words import say
from backend.meals.models import ChairOffer, Evening, Reservation
from backend.meals.selectors import told
from backend.meals.services import asking, evenings, own_booking, reserving, waiting
from backend.notifications.domain.prompts import Ask, End, Heard, Key
from backend.notifications.registry import EntryTurn, MenuCall, MenuEntry, Then

SECONDS = 10
ASKED_AT_MOST = 2
TOLD_AT_MOST = 5
MOST_KEYED = 8
"""9 is help, at every question."""

WAY = Reservation.Way.MENU


@dataclass(frozen=True)
class Item:
    """One thing to tell the caller: chairs, a place on a waiting list, or chairs that are offered."""

    row: Reservation
    offer: ChairOffer | None = None

    @property
    def what(self) -> str:
        """Its sentence, by code."""
        if self.offer is not None:
            return "chairs"
        return "waiting" if self.row.state == Reservation.State.WAITING else "reserved"


def offer(call: MenuCall) -> str:
    """For whom there is something to tell, or a dinner to reserve for."""
    if not _items(call) and not own_booking.evenings_to_reserve(call.organisation, call.now):
        return ""
    if call.caller.contact is None:
        return say("offer", call.language)
    return say("offer_for", call.language, name=call.caller.person.spoken_name)


def converse(call: MenuCall, place: dict[str, Any], heard: Heard | None) -> EntryTurn:
    """What they have first; then, or where there is nothing, the next dinner that they can reserve for."""
    items = _items(call)
    if heard is None:
        return _tell(call, items, 0) if items else _ask_covers(call)
    if place["step"] == "food":
        return EntryTurn(End(say("bye", call.language)))
    if place["step"] in ("covers", "confirm", "full"):
        return _reserving(call, place, heard)
    current = next((one for one in items if one.row.pk == place["row"]), None)
    if current is None:
        return _tell(call, items, 0) if items else _ask_covers(call)
    return _sure(call, current, heard) if place["step"] == "sure" else _told(call, items, current, place, heard)


ENTRY = MenuEntry("meals.reservations", digit="6", order=26, offer=offer, converse=converse)


def _items(call: MenuCall) -> list[Item]:
    """What is still to come for whom the call is about, the first evening in front."""
    noted = own_booking.noted(call.caller.person, call.now).filter(evening__resto__organisation=call.organisation)
    rows = list(noted[:TOLD_AT_MOST])
    open_offers = ChairOffer.objects.filter(
        reservation__in=[row.pk for row in rows], state=ChairOffer.State.OPEN, deadline_at__gt=call.now
    )
    by_row = {one.reservation_id: one for one in open_offers}
    return [Item(row, by_row.get(row.pk)) for row in rows]


def _told(call: MenuCall, items: list[Item], current: Item, place: dict[str, Any], heard: Heard) -> EntryTurn:
    index = items.index(current)
    if current.offer is not None and heard in (Key("1"), Key("2")):
        return _answer(call, current, Ending.ACCEPTED if heard == Key("1") else Ending.DECLINED)
    if heard == Key("2"):
        return _ask(call, "sure", current.row, {"step": "sure", "row": current.row.pk})
    if heard == Key("3") and index + 1 < len(items):
        return _tell(call, items, index + 1)
    if heard == Key("4"):
        return _ask_covers(call)
    asked = place.get("asked", 1)
    return _tell(call, items, index, asked + 1) if asked < ASKED_AT_MOST else EntryTurn(then=Then.HUMAN)


def _tell(call: MenuCall, items: list[Item], index: int, asked: int = 1) -> EntryTurn:
    more = [say("next", call.language)] if index + 1 < len(items) else []
    more += [say("another", call.language)] if _next(call) is not None else []
    place = {"step": "told", "row": items[index].row.pk, "asked": asked}
    return _ask(call, items[index].what, items[index].row, place, " ".join(more))


def _ask(call: MenuCall, code: str, row: Reservation, place: dict[str, Any], more: str = "") -> EntryTurn:
    words = say(code, call.language, **told.out_loud(row.evening, row.covers, call.language, call.now))
    return EntryTurn(Ask(f"{words} {more}".strip(), seconds=SECONDS), place)


def _sure(call: MenuCall, current: Item, heard: Heard) -> EntryTurn:
    if heard != Key("1"):
        return EntryTurn(End(say("kept", call.language)))
    try:
        reserving.cancel(reservation_id=current.row.pk, because="menu", actor=call.caller.actor, now=call.now)
    except RondjeError:
        return EntryTurn(then=Then.HUMAN, words=say("person", call.language))
    return EntryTurn(End(say("cancelled", call.language, resto=current.row.evening.resto.name)))


def _answer(call: MenuCall, current: Item, ending: Ending) -> EntryTurn:
    assert current.offer is not None
    became = waiting.answer(current.offer.pk, ending, actor=call.caller.actor, now=call.now)
    values = told.out_loud(current.row.evening, current.row.covers, call.language, call.now)
    return EntryTurn(End(offer_words.say(asking.SAID[became], call.language, **values)))


def _next(call: MenuCall) -> Evening | None:
    """The next dinner for which they are not noted yet, and that is not at the time of one where they eat."""
    rows = list(own_booking.noted(call.caller.person, call.now))
    noted = {row.evening_id for row in rows}
    eats = [row.evening for row in rows if row.state == Reservation.State.RESERVED]
    open_ = own_booking.evenings_to_reserve(call.organisation, call.now)
    return next((one for one in open_ if one.pk not in noted and not _overlaps(one, eats)), None)


def _overlaps(evening: Evening, others: list[Evening]) -> bool:
    return any(evening.doors_at < one.ends_at and one.doors_at < evening.ends_at for one in others)


def _ask_covers(call: MenuCall, asked: int = 1) -> EntryTurn:
    evening = _next(call)
    if evening is None:
        return EntryTurn(then=Then.HUMAN, words=say("no_evening", call.language))
    return _about(call, "covers", evening, 1, {"step": "covers", "evening": evening.pk, "asked": asked})


def _about(call: MenuCall, code: str, evening: Evening, covers: int, place: dict[str, Any]) -> EntryTurn:
    words = say(code, call.language, **told.out_loud(evening, covers, call.language, call.now))
    return EntryTurn(Ask(words, seconds=SECONDS), place)


def _reserving(call: MenuCall, place: dict[str, Any], heard: Heard) -> EntryTurn:
    """For how many, is that right, and where it is full: would they wait?"""
    if place["step"] == "covers":
        covers = int(heard.digit) if isinstance(heard, Key) and heard.digit.isdigit() else 0
        if not 1 <= covers <= MOST_KEYED:
            asked = place.get("asked", 1)
            return _ask_covers(call, asked + 1) if asked < ASKED_AT_MOST else EntryTurn(then=Then.HUMAN)
        evening = Evening.objects.select_related("resto__organisation").get(pk=place["evening"])
        return _about(call, "confirm", evening, covers, {**place, "step": "confirm", "covers": covers})
    if heard == Key("1"):
        return _do(call, evenings.locked(place["evening"]), place)
    if place["step"] == "confirm":
        return _ask_covers(call) if heard == Key("2") else EntryTurn(then=Then.HUMAN)
    return EntryTurn(End(say("kept", call.language))) if heard == Key("2") else EntryTurn(then=Then.HUMAN)


def _do(call: MenuCall, evening: Evening, place: dict[str, Any]) -> EntryTurn:
    covers, person = place["covers"], call.caller.person
    does = own_booking.wait if place["step"] == "full" else own_booking.reserve
    try:
        with transaction.atomic():
            done = does(evening, person, covers, WAY, actor=call.caller.actor, now=call.now)
    except RondjeError:
        return EntryTurn(then=Then.HUMAN, words=say("person", call.language))
    if isinstance(done, Reservation):
        code = "on_list" if done.state == Reservation.State.WAITING else "noted"
        words = say(code, call.language, **told.out_loud(evening, covers, call.language, call.now))
        return _and_food(call, words) if own_booking.must_ask_food(done) else EntryTurn(End(words))
    if done.why in (Refusal.FULL, Refusal.OFFERED) and place["step"] == "confirm":
        return _about(call, "full", evening, covers, {**place, "step": "full"})
    return EntryTurn(then=Then.HUMAN, words=say("person", call.language))


def _and_food(call: MenuCall, words: str) -> EntryTurn:
    """What they do not eat they say to a person: 0 puts them through, here as at every question."""
    return EntryTurn(Ask(f"{words} {say('food', call.language)}", seconds=SECONDS), {"step": "food"})
