"""Somebody rings the circle's number: recognised by it, asked who they are when two share it, and how they are."""

from dataclasses import dataclass, replace

from backend.circles.scripts.caller import ASKED_AT_MOST
from backend.circles.scripts.view import Named, Place
from backend.circles.scripts.words import say
from backend.notifications.domain.prompts import Ask, End, Heard, Key, Prompt

HELP = Key("9")


@dataclass(frozen=True)
class RingInView:
    """Who may be ringing. `mates` gives for each of them, by key, whom they ring in the morning."""

    circle: str
    language: str
    callers: tuple[Named, ...]
    mates: dict[int, Named]
    gather_seconds: int


@dataclass(frozen=True)
class RingInTurn:
    """What to say, where the call is, who is speaking, and what they said: well, worried, help or nothing."""

    prompt: Prompt
    place: Place
    caller: int | None = None
    said: str = ""


def turn(view: RingInView, place: Place, caller: int | None, heard: Heard) -> RingInTurn:
    """One turn. `caller` is who it turned out to be, once that is known."""
    if caller is None and len(view.callers) == 1:
        caller = view.callers[0].seat
    if place.phase == "over":
        return RingInTurn(End(), place)
    if caller is None and place.phase == "who" and isinstance(heard, Key):
        if heard == HELP:
            return _help(view, view.callers[0].seat)
        chosen = int(heard.digit) if heard.digit.isdigit() else 0
        if 1 <= chosen <= len(_choices(view)):
            return _ask_how(view, view.callers[chosen - 1].seat, Place("how"))
    if caller is None:
        return _ask_who(view, place)
    return _how(view, caller, place, heard)


def _ask_who(view: RingInView, place: Place) -> RingInTurn:
    if place.asked >= ASKED_AT_MOST:
        return RingInTurn(End(), Place("over"))
    choices = " ".join(
        say("who_choice", view.language, name=person.name, digit=number)
        for number, person in enumerate(_choices(view), start=1)
    )
    words = say("who", view.language, circle=view.circle, choices=choices)
    return RingInTurn(Ask(words, seconds=view.gather_seconds), Place("who", asked=place.asked + 1))


def _choices(view: RingInView) -> tuple[Named, ...]:
    """Who can be chosen by a digit: 9 means help at every prompt."""
    return view.callers[:8]


def _help(view: RingInView, caller: int) -> RingInTurn:
    """Before somebody has said who they are, help is asked for the first of those who live there: one address."""
    return RingInTurn(End(say("help", view.language)), Place("over"), caller, "help")


def _how(view: RingInView, caller: int, place: Place, heard: Heard) -> RingInTurn:
    if place.phase == "how":
        if heard == Key("1"):
            return RingInTurn(End(say("ring_in_well", view.language)), Place("over"), caller, "well")
        if heard == Key("2") and caller in view.mates:
            words = say("worried", view.language, target=view.mates[caller].name)
            return RingInTurn(End(words), Place("over"), caller, "worried")
        if heard == HELP:
            return _help(view, caller)
        if place.asked >= ASKED_AT_MOST:
            return RingInTurn(End(), Place("over"), caller)
    asked = replace(place, phase="how", asked=place.asked if place.phase == "how" else 0)
    return _ask_how(view, caller, asked)


def _ask_how(view: RingInView, caller: int, place: Place) -> RingInTurn:
    name = next(person.name for person in view.callers if person.seat == caller)
    mate = view.mates.get(caller)
    if mate is None:
        words = say("ring_in_alone", view.language, caller=name, circle=view.circle)
    else:
        words = say("ring_in", view.language, caller=name, circle=view.circle, mate=mate.name)
    return RingInTurn(Ask(words, seconds=view.gather_seconds), Place("how", asked=place.asked + 1), caller)
