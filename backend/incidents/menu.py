"""The menu's entry for volunteers and key holders who ring the one number: the cases that wait for them."""

from typing import Any

from backend.incidents import selectors
from backend.incidents.scripts import briefed, closed_in_words, offer_in_words
from backend.incidents.services import claiming
from backend.incidents.services.cases_of import Case, cases_of
from backend.incidents.words import say
from backend.notifications.domain.prompts import Ask, End, Heard, Key
from backend.notifications.registry import EntryTurn, MenuCall, MenuEntry, Then

SECONDS = 10


def offer(call: MenuCall) -> str:
    """Only when something waits."""
    found = cases_of(call.organisation, [call.caller.ref], call.now)
    return say("offer_cases", call.language) if _waiting(found, []) else ""


def converse(call: MenuCall, place: dict[str, Any], heard: Heard | None) -> EntryTurn:
    """One case after the other: those of the caller are told, those that nobody has are offered."""
    seen = list(place.get("seen", []))
    found = cases_of(call.organisation, [call.caller.ref], call.now)
    current = next((case for case in found if case.incident.pk == place.get("case")), None)
    if heard is None or current is None:
        return _next(call, found, seen)
    if place["step"] == "told":
        return _next(call, found, [*seen, current.incident.pk])
    if heard not in (Key("1"), Key("2")):
        return EntryTurn(then=Then.HUMAN)
    incident = claiming.locked(current.incident.pk)
    does = claiming.claim if heard == Key("1") else claiming.decline
    try:
        does(incident, target=current.target, actor=call.caller.actor, now=call.now)
    except claiming.AlreadyClaimed:
        words = say("taken", call.language, label=incident.source_label, name=incident.claimed_by_name)
        return EntryTurn(then=Then.MENU, words=words)
    except claiming.AlreadyClosed:
        return EntryTurn(then=Then.MENU, words=closed_in_words(call.language))
    return _told(call, current, seen) if heard == Key("1") else _next(call, found, [*seen, incident.pk])


ENTRY = MenuEntry("incidents.waiting", digit="5", order=5, offer=offer, converse=converse)


def _waiting(found: list[Case], seen: list[int]) -> list[Case]:
    return [case for case in found if (case.is_mine or case.can_claim) and case.incident.pk not in seen]


def _next(call: MenuCall, found: list[Case], seen: list[int]) -> EntryTurn:
    left = _waiting(found, seen)
    if not left:
        return EntryTurn(End(say("no_more_cases", call.language)))
    case = left[0]
    if case.is_mine:
        return _told(call, case, seen)
    known = selectors.known_in_words(case.incident, call.language)
    words = offer_in_words(case.incident.kind, case.incident.source_label, call.language, known)
    place = {"step": "offer", "case": case.incident.pk, "seen": seen}
    return EntryTurn(Ask(words, seconds=SECONDS), place)


def _told(call: MenuCall, case: Case, seen: list[int]) -> EntryTurn:
    """Who it is about and who has a key; only after a key was pressed."""
    prompt = briefed(selectors.briefing(case.incident, call.language), call.language)
    return EntryTurn(prompt, {"step": "told", "case": case.incident.pk, "seen": seen})
