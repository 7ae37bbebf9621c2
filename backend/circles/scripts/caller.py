"""The side that the platform rings first: proves itself, is joined to the target, and tells how it was."""

from dataclasses import replace

from backend.circles.scripts.facts import (
    CallerReady,
    HelpAsked,
    OnTo,
    Proven,
    TargetMet,
    TargetMissed,
    Worried,
)
from backend.circles.scripts.view import CallView, Named, Place, ToConnect, Turn
from backend.circles.scripts.words import say
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, TalkOver

ASKED_AT_MOST = 2
"""A question that is not answered is put once more; each time it is said twice."""


def turn(view: CallView, place: Place, heard: Heard) -> Turn:
    """One turn on the caller's line (case table in the domain text)."""
    assert view.caller is not None
    if heard == Key("9") and place.phase != "over":
        return _help(view, view.caller)
    match place.phase:
        case "greet":
            return _greet(view, view.caller, place, heard)
        case "dialling":
            return _after_dialling(view, heard)
        case "menu":
            return _menu(view, view.caller, place, heard)
        case "next":
            return _next(view, place, heard)
        case _:
            return Turn(End(), Place("over"))


def connect(view: CallView, target: Named) -> ToConnect:
    """Ring the target, after saying so."""
    name = say("the_volunteer", view.language) if target.is_volunteer else target.name
    return ToConnect(text=say("connecting", view.language, target=name, minutes=view.leg_minutes), seat=target.seat)


def _greet(view: CallView, caller: Named, place: Place, heard: Heard) -> Turn:
    if heard == Key("1"):
        return _ready(view, caller)
    if isinstance(heard, Answered) or place.asked < ASKED_AT_MOST:
        return Turn(ask(view, _greeting(view, caller)), replace(place, asked=place.asked + 1))
    return Turn(End(), Place("over"))


def _ready(view: CallView, caller: Named) -> Turn:
    """The caller is there. Somebody whose absence was reported meanwhile is not rung any more: the next one is."""
    facts = (Proven(caller.seat, "key_as_caller"), CallerReady())
    if not view.target_is_away:
        return Turn(connect(view, view.target), Place("dialling"), facts)
    if view.next_up is None:
        return Turn(End(say("well", view.language)), Place("over"), facts)
    return Turn(connect(view, view.next_up), Place("dialling"), (*facts, OnTo(view.next_up.seat)))


def _greeting(view: CallView, caller: Named) -> str:
    if caller.is_volunteer:
        code = "greet_volunteer"
    else:
        code = "greet_last_caller" if view.target.is_volunteer else "greet_caller"
    return say(code, view.language, caller=caller.name, target=view.target.name, circle=view.circle)


def _after_dialling(view: CallView, heard: Heard) -> Turn:
    """The other line is off again. Whether it was reached is known by its key, not by the carrier's word."""
    if view.target.is_volunteer:
        if view.target_proven:
            return Turn(End(say("round", view.language)), Place("over"), (TargetMet(),))
        return Turn(End(say("not_received", view.language)), Place("over"), (TargetMissed(_was_busy(heard)),))
    if view.target_proven:
        return Turn(ask(view, say("menu", view.language, target=view.target.name)), Place("menu"), (TargetMet(),))
    if view.next_up is None:
        return Turn(End(say("well", view.language)), Place("over"), (TargetMissed(_was_busy(heard)),))
    return Turn(offer_next(view, busy=_was_busy(heard)), Place("next"), (TargetMissed(_was_busy(heard)),))


def _menu(view: CallView, caller: Named, place: Place, heard: Heard) -> Turn:
    if heard == Key("1"):
        return Turn(End(say("well", view.language)), Place("over"))
    if heard == Key("2"):
        words = say("worried", view.language, target=view.target.name)
        return Turn(End(words), Place("over"), (Worried(view.target.seat, by=caller.seat),))
    if place.asked < ASKED_AT_MOST - 1:
        return Turn(
            ask(view, say("menu", view.language, target=view.target.name)), replace(place, asked=place.asked + 1)
        )
    return Turn(End(say("talked", view.language)), Place("over"))


def _next(view: CallView, place: Place, heard: Heard) -> Turn:
    """The target was missed; the same caller is offered the next one."""
    if view.next_up is None:
        return Turn(End(say("well", view.language)), Place("over"))
    if heard == Key("1"):
        return Turn(connect(view, view.next_up), Place("dialling"), (OnTo(view.next_up.seat),))
    if place.asked < ASKED_AT_MOST - 1:
        return Turn(offer_next(view, busy=False), replace(place, asked=place.asked + 1))
    return Turn(End(say("well", view.language)), Place("over"))


def offer_next(view: CallView, *, busy: bool) -> Ask:
    """The target was missed: shall this caller be joined to the next one?"""
    assert view.next_up is not None
    following = say("the_volunteer", view.language) if view.next_up.is_volunteer else view.next_up.name
    code = "next_busy" if busy else "next"
    return ask(view, say(code, view.language, target=view.target.name, next=following))


def _help(view: CallView, caller: Named) -> Turn:
    facts = (Proven(caller.seat, "key_help"), HelpAsked(caller.seat))
    return Turn(End(say("help", view.language)), Place("over"), facts)


def _was_busy(heard: Heard) -> bool:
    return isinstance(heard, TalkOver) and heard.was_busy


def ask(view: CallView, words: str) -> Ask:
    """A question, with as much time as the circle gives for answers."""
    return Ask(words, seconds=view.gather_seconds)
