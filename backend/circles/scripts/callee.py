"""The side that is rung to be joined: asked for by name, proves itself by a key, then the two talk."""

from dataclasses import replace

from backend.circles.scripts.caller import ASKED_AT_MOST
from backend.circles.scripts.facts import Fact, HelpAsked, Proven, Received, TalkBegins
from backend.circles.scripts.view import CallView, Place, Turn
from backend.circles.scripts.words import say
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Join, Key


def turn(view: CallView, place: Place, heard: Heard) -> Turn:
    """One turn on the target's line, before the two are joined."""
    if heard == Key("9") and place.phase != "over":
        facts = (Proven(view.target.seat, "key_help"), HelpAsked(view.target.seat))
        return Turn(End(say("help", view.language)), Place("over"), facts)
    if place.phase == "mate":
        return _mate(view, heard)
    if place.phase == "over":
        return Turn(End(), place)
    if heard == Key("1"):
        return _proven(view)
    if isinstance(heard, Answered) or place.asked < ASKED_AT_MOST:
        return Turn(_ask(view, _greeting(view)), replace(place, asked=place.asked + 1))
    return Turn(End(), Place("over"))


def _greeting(view: CallView) -> str:
    caller = view.caller.name if view.caller else ""
    code = "screen_close" if view.target.is_volunteer else "screen"
    return say(code, view.language, target=view.target.name, caller=caller, circle=view.circle, summary=view.summary)


def _proven(view: CallView) -> Turn:
    """A key was pressed. Somebody else who lives here and is expected is asked for by name: one key each."""
    proof: Fact = Received() if view.target.is_volunteer else Proven(view.target.seat, "key_as_callee")
    if view.housemate is not None:
        return Turn(_ask(view, say("mate", view.language, mate=view.housemate.name)), Place("mate"), (proof,))
    return Turn(Join(), Place("over"), (proof, TalkBegins()))


def _mate(view: CallView, heard: Heard) -> Turn:
    if heard == Key("1") and view.housemate is not None:
        return Turn(Join(), Place("over"), (Proven(view.housemate.seat, "key_with_housemate"), TalkBegins()))
    return Turn(Join(), Place("over"), (TalkBegins(),))


def _ask(view: CallView, words: str) -> Ask:
    return Ask(words, seconds=view.gather_seconds)
