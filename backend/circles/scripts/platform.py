"""Calls in which the platform speaks itself: a retry, a member whom nobody is there to ring, the close."""

from dataclasses import replace

from backend.circles.domain.morning import VOLUNTEER
from backend.circles.scripts.caller import ASKED_AT_MOST
from backend.circles.scripts.facts import BackupHeard, Fact, HelpAsked, Proven, Received
from backend.circles.scripts.view import CallView, Place, ToConnect, Turn
from backend.circles.scripts.words import say
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Join, Key


def turn(view: CallView, place: Place, heard: Heard) -> Turn:
    """One turn of a call in which the platform asks how somebody is."""
    if heard == Key("9") and place.phase != "over":
        facts = (Proven(view.target.seat, "key_help"), HelpAsked(view.target.seat))
        return Turn(End(say("help", view.language)), Place("over"), facts)
    match place.phase:
        case "greet":
            return _greet(view, place, heard)
        case "mate":
            return _mate(view, heard)
        case "offer":
            return _offer(view, heard)
        case "dialling":
            return Turn(End(say("well", view.language)), Place("over"))
        case _:
            return Turn(End(), Place("over"))


def backup_turn(view: CallView, heard: Heard) -> Turn:
    """The backup hears that the volunteer was absent at the start."""
    if isinstance(heard, Answered):
        return Turn(_ask(view, say("backup", view.language, circle=view.circle)), Place("backup"))
    facts: tuple[Fact, ...] = (BackupHeard(),) if isinstance(heard, Key) else ()
    return Turn(End(say("well", view.language)), Place("over"), facts)


def volunteer_turn(view: CallView, heard: Heard) -> Turn:
    """The volunteer is rung because a member who was found wants to speak to them."""
    if heard == Key("9"):
        return Turn(End(say("help", view.language)), Place("over"), (HelpAsked(VOLUNTEER),))
    if heard == Key("1"):
        return Turn(Join(), Place("over"))
    if isinstance(heard, Answered):
        caller = view.target.name
        return Turn(
            _ask(view, say("volunteer_screen", view.language, circle=view.circle, caller=caller)), Place("screen")
        )
    return Turn(End(), Place("over"))


def _greet(view: CallView, place: Place, heard: Heard) -> Turn:
    if heard == Key("1"):
        return _proven(view)
    if isinstance(heard, Answered) or place.asked < ASKED_AT_MOST:
        code = "platform_close" if view.target.is_volunteer else "platform"
        words = say(code, view.language, target=view.target.name, circle=view.circle, summary=view.summary)
        return Turn(_ask(view, words), replace(place, asked=place.asked + 1))
    return Turn(End(), Place("over"))


def _proven(view: CallView) -> Turn:
    if view.target.is_volunteer:
        return Turn(End(say("well", view.language)), Place("over"), (Received(),))
    proof = Proven(view.target.seat, "key_to_platform")
    if view.housemate is not None:
        return Turn(_ask(view, say("mate", view.language, mate=view.housemate.name)), Place("mate"), (proof,))
    return Turn(_ask(view, say("offer_volunteer", view.language)), Place("offer"), (proof,))


def _mate(view: CallView, heard: Heard) -> Turn:
    facts: tuple[Fact, ...] = ()
    if heard == Key("1") and view.housemate is not None:
        facts = (Proven(view.housemate.seat, "key_with_housemate"),)
    return Turn(_ask(view, say("offer_volunteer", view.language)), Place("offer"), facts)


def _offer(view: CallView, heard: Heard) -> Turn:
    if heard == Key("2"):
        return Turn(ToConnect(say("to_volunteer", view.language), seat=VOLUNTEER), Place("dialling"))
    return Turn(End(say("well", view.language)), Place("over"))


def _ask(view: CallView, words: str) -> Ask:
    return Ask(words, seconds=view.gather_seconds)
