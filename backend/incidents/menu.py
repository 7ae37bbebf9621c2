"""The menu's entry for volunteers and key holders who ring the one number: the cases that wait for them."""

from typing import Any

from backend.incidents import selectors
from backend.incidents.scripts import briefed, offer_in_words
from backend.incidents.services import claiming
from backend.incidents.services.cases_of import Case, cases_of
from backend.incidents.words import say
from backend.notifications.domain.prompts import Ask, End, Heard, Key
from backend.notifications.registry import EntryTurn, MenuCall, MenuEntry, Then

SECONDS = 10


def offer(call: MenuCall) -> str:
    """Only when something waits."""
    return say("offer_cases", call.language) if _waiting(call, []) else ""


def converse(call: MenuCall, place: dict[str, Any], heard: Heard | None) -> EntryTurn:
    """One case after the other: those of the caller are told, those that nobody has are offered."""
    seen = list(place.get("seen", []))
    waiting = _waiting(call, seen)
    current = next((case for case in waiting if case.incident.pk == place.get("case")), None)
    if heard is None or current is None:
        return _next(call, waiting, seen)
    if place["step"] == "told":
        return _next(call, waiting, [*seen, current.incident.pk])
    if heard == Key("1"):
        return _claim(call, current, waiting, seen)
    if heard == Key("2"):
        incident = claiming.locked(current.incident.pk)
        claiming.decline(incident, target=current.target, actor=call.caller.actor, now=call.now)
        return _next(call, waiting, [*seen, incident.pk])
    return EntryTurn(then=Then.HUMAN)


def _claim(call: MenuCall, case: Case, waiting: list[Case], seen: list[int]) -> EntryTurn:
    """The first claim wins; who comes second is told who has it."""
    incident = claiming.locked(case.incident.pk)
    try:
        claiming.claim(incident, target=case.target, actor=call.caller.actor, now=call.now)
    except claiming.AlreadyClaimed:
        words = say("taken", call.language, label=incident.source_label, name=incident.claimed_by_name)
        return EntryTurn(then=Then.MENU, words=words)
    except claiming.AlreadyClosed:
        return _next(call, waiting, [*seen, incident.pk])
    return _told(call, case, seen)


ENTRY = MenuEntry("incidents.waiting", digit="5", order=5, offer=offer, converse=converse)


def _waiting(call: MenuCall, seen: list[int]) -> list[Case]:
    found = cases_of(call.organisation, [call.caller.ref], call.now)
    return [case for case in found if (case.is_mine or case.can_claim) and case.incident.pk not in seen]


def _next(call: MenuCall, waiting: list[Case], seen: list[int]) -> EntryTurn:
    left = [case for case in waiting if case.incident.pk not in seen]
    if not left:
        return EntryTurn(End(say("no_more_cases", call.language)))
    case = left[0]
    if case.is_mine:
        return _told(call, case, seen)
    words = offer_in_words(case.incident.kind, case.incident.source_label, call.language)
    place = {"step": "offer", "case": case.incident.pk, "seen": seen}
    return EntryTurn(Ask(words, seconds=SECONDS), place)


def _told(call: MenuCall, case: Case, seen: list[int]) -> EntryTurn:
    """Who it is about and who has a key; only after a key was pressed."""
    prompt = briefed(selectors.briefing(case.incident), call.language)
    return EntryTurn(prompt, {"step": "told", "case": case.incident.pk, "seen": seen})
