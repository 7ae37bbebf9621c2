"""A star: the platform, or the volunteer, rings each member; nobody rings anybody else."""

from dataclasses import replace

from backend.circles.scripts import caller, platform
from backend.circles.scripts.caller import ASKED_AT_MOST
from backend.circles.scripts.facts import Fact, OnTo, Proven, TargetMet, WantsCall, Worried
from backend.circles.scripts.view import CallView, Place, Turn
from backend.circles.scripts.words import say
from backend.notifications.domain.prompts import Answered, End, Heard, Key


def turn(view: CallView, place: Place, heard: Heard) -> Turn:
    """One turn of a call in which the platform asks a member how they are."""
    if place.phase == "greet" and not view.target.is_volunteer and heard != Key("9"):
        return _greet(view, place, heard)
    if place.phase == "mate":
        facts: tuple[Fact, ...] = ()
        if heard == Key("1") and view.housemate is not None:
            facts = (Proven(view.housemate.seat, "key_with_housemate"),)
        if heard != Key("9"):
            return Turn(End(say("well", view.language)), Place("over"), facts)
    return platform.turn(view, place, heard)


def _greet(view: CallView, place: Place, heard: Heard) -> Turn:
    proof = Proven(view.target.seat, "key_to_platform")
    if heard == Key("2"):
        words = say("star_ring_back", view.language)
        return Turn(End(words), Place("over"), (proof, WantsCall(view.target.seat)))
    if heard == Key("1"):
        if view.housemate is not None:
            return Turn(caller.ask(view, say("mate", view.language, mate=view.housemate.name)), Place("mate"), (proof,))
        return Turn(End(say("well", view.language)), Place("over"), (proof,))
    if isinstance(heard, Answered) or place.asked < ASKED_AT_MOST:
        words = say("star", view.language, target=view.target.name, circle=view.circle)
        return Turn(caller.ask(view, words), replace(place, asked=place.asked + 1))
    return Turn(End(), Place("over"))


def volunteer_turn(view: CallView, place: Place, heard: Heard) -> Turn:
    """The volunteer rings the members one after the other, all in one call: after each talk the next is joined."""
    if place.phase == "dialling" and view.target_proven:
        words = say("menu_volunteer", view.language, target=view.target.name)
        return Turn(caller.ask(view, words), Place("menu"))
    if place.phase == "menu" and heard != Key("9"):
        return _after_talk(view, heard)
    return caller.turn(view, place, heard)


def _after_talk(view: CallView, heard: Heard) -> Turn:
    """On to the next member, if there is one. Who presses nothing is taken to have said that all is well."""
    facts: tuple[Fact, ...] = ()
    if heard == Key("2"):
        facts = (Worried(view.target.seat, by=view.caller.seat if view.caller else 0),)
    if view.next_up is None or view.next_up.is_volunteer:
        return Turn(End(say("well", view.language)), Place("over"), (*facts, TargetMet()))
    return Turn(caller.connect(view, view.next_up), Place("dialling"), (*facts, OnTo(view.next_up.seat)))
