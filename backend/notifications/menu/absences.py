"""The menu's entries for absences: away until …, and home again; for oneself, or by family on behalf.

An absence counts once it has been read back and confirmed by a key: who is wrongly excused is not looked for.
"""

from datetime import date, timedelta
from typing import Any

from backend.notifications.domain.prompts import Ask, AskDigits, End, Heard, Key, Keyed
from backend.notifications.registry import EntryTurn, MenuCall, MenuEntry, Then
from backend.notifications.rules.absences import come_back, days_of
from backend.notifications.words import say
from backend.people.domain import days
from backend.people.domain.telephone import spoken_digits
from backend.people.models import Absence
from backend.people.selectors import absences_from, local_date
from backend.people.services import absences

SECONDS = 10
ASKED_AT_MOST = 2
WEEK = timedelta(days=6)


def offer_away(call: MenuCall) -> str:
    return say(*_for(call, "offer_away"), name=call.caller.person.spoken_name)


def offer_back(call: MenuCall) -> str:
    """Only to whom it concerns."""
    if not absences_from(call.caller.person, _today(call)).exists():
        return ""
    return say(*_for(call, "offer_back"), name=call.caller.person.spoken_name)


def away(call: MenuCall, place: dict[str, Any], heard: Heard | None) -> EntryTurn:
    """Until when, read back, confirmed. What cannot be settled in two tries is left to a person."""
    if heard is None:
        return _ask(call, {"step": "until"})
    if place["step"] == "until" and isinstance(heard, Key):
        return _until(call, place, heard.digit)
    if place["step"] == "digits" and isinstance(heard, Keyed):
        last = days.keyed(heard.digits, _today(call))
        return _confirm(call, last) if last else _again(call, place, before=say("away_no_date", call.language) + " ")
    if place["step"] == "confirm" and heard == Key("1"):
        return _record(call, place)
    if place["step"] == "confirm" and heard == Key("2"):
        return _ask(call, {"step": "until"})
    return _again(call, place)


def back(call: MenuCall, _place: dict[str, Any], _heard: Heard | None) -> EntryTurn:
    """Home again: said back, with what still lies ahead."""
    words = come_back(
        call.caller.person,
        today=_today(call),
        actor=call.caller.actor,
        who=_who(call),
        phone=spoken_digits(call.organisation.phone),
        language=call.language,
    )
    return EntryTurn(End(words))


AWAY = MenuEntry("absences.away", digit="3", order=30, offer=offer_away, converse=away)
BACK = MenuEntry("absences.back", digit="4", order=40, offer=offer_back, converse=back)


def _today(call: MenuCall) -> date:
    return local_date(call.organisation, call.now)


def _for(call: MenuCall, code: str) -> tuple[str, str]:
    return (code if call.caller.contact is None else f"{code}_for"), call.language


def _who(call: MenuCall) -> str:
    if call.caller.contact is None:
        return say("you_are", call.language)
    return say("they_are", call.language, name=call.caller.person.spoken_name)


def _until(call: MenuCall, place: dict[str, Any], digit: str) -> EntryTurn:
    today = _today(call)
    chosen: dict[str, date | None] = {"1": today + timedelta(days=1), "2": today + WEEK, "3": None}
    if digit in chosen:
        return _confirm(call, chosen[digit])
    return _ask(call, {"step": "digits"}) if digit == "4" else _again(call, place)


def _confirm(call: MenuCall, last: date | None) -> EntryTurn:
    return _ask(call, {"step": "confirm", "last": last.isoformat() if last else None, "unconfirmed": "absence"})


def _record(call: MenuCall, place: dict[str, Any]) -> EntryTurn:
    absences.record_absence(
        person=call.caller.person,
        first_day=_today(call),
        last_day=date.fromisoformat(place["last"]) if place["last"] else None,
        reason=Absence.Reason.AWAY,
        actor=call.caller.actor,
    )
    return EntryTurn(End(say("away_noted", call.language)))


def _again(call: MenuCall, place: dict[str, Any], *, before: str = "") -> EntryTurn:
    asked = place.get("asked", 1)
    if asked >= ASKED_AT_MOST:
        return EntryTurn(then=Then.HUMAN)
    return _ask(call, {**place, "asked": asked + 1}, before=before)


def _ask(call: MenuCall, place: dict[str, Any], *, before: str = "") -> EntryTurn:
    """The question of a step, once more or for the first time."""
    if place["step"] == "digits":
        return EntryTurn(AskDigits(before + say("away_digits", call.language), seconds=SECONDS, most=4), place)
    if place["step"] == "confirm":
        last = date.fromisoformat(place["last"]) if place["last"] else None
        told = days_of(_today(call), last, call.language, _who(call))
        return EntryTurn(Ask(say("away_confirm", call.language, days=told), seconds=SECONDS), place)
    return EntryTurn(Ask(say("away_until", call.language), seconds=SECONDS), place)
