"""One ring a morning: who is rung waits, talks in a room, and stays on the line to be joined to the next one.

A caller waits in short turns, so that 9 is heard at any moment and nobody hangs on a line that was forgotten. The one
who was rung enters the room by their key; the one who waits is moved there. What each is asked otherwise is as in
`caller`, `callee` and `platform`.
"""

from dataclasses import replace

from backend.circles.scripts import callee, caller, platform
from backend.circles.scripts.facts import Fact, HelpAsked, OnTo, Proven, Received, Stays, TalkBegins, TargetMet
from backend.circles.scripts.view import CallView, Named, Place, Turn
from backend.circles.scripts.words import say
from backend.notifications.domain.prompts import End, Heard, Hold, Join, Key, Moved, Room

LAST_SECONDS = 30
"""Before the end of a talk so much is left when it is announced (domain text: 2:30 of 3 minutes)."""

HOLD_SECONDS = 10
"""So long somebody who waits hears nothing before they hear that we are still ringing."""

WAITS_AT_MOST = 300.0
"""Seconds after which somebody who waits is thanked and let go, whatever became of the other call."""

JITTER = 0.5
"""Seconds by which a limit may seem to come early."""

IN_TOUCH = frozenset({"dialling", "talk", "last"})
"""Where a side of a talk is waiting for the other one, or talks."""


def caller_turn(view: CallView, place: Place, heard: Heard) -> Turn:
    """One turn on the line of the one who rings the next."""
    assert view.caller is not None
    if heard == Key("9") and place.phase != "over":
        return _help(view, view.caller.seat)
    match place.phase:
        case "dialling":
            return _waiting(view, place)
        case "talk" | "last":
            return _still_talking(view, place, heard, star_ends=True) or _after_the_talk(view)
        case _:
            return caller.turn(view, place, heard)


def target_turn(view: CallView, place: Place, heard: Heard) -> Turn:
    """One turn on the line of the one who is rung, until they ring the next themselves."""
    if heard == Key("9") and place.phase != "over":
        return _help(view, view.target.seat)
    match place.phase:
        case "talk" | "last":
            return _still_talking(view, place, heard, star_ends=False) or _target_is_free(view)
        case "dialling":
            return _nobody_was_rung(view, place)
        case _:
            return _asked(view, place, heard)


def platform_turn(view: CallView, place: Place, heard: Heard) -> Turn:
    """One turn of the call in which the platform reaches a member of the chain, whom nobody is there to ring."""
    if place.phase == "dialling" and view.bridge.onward is not None:
        return _nobody_was_rung(view, place)
    turn = platform.turn(view, place, heard)
    if turn.place.phase != "offer" or place.phase == "offer" or view.bridge.onward is None:
        return turn
    return _stays(view, "stay_alone", turn.facts)


def _waiting(view: CallView, place: Place) -> Turn:
    """The other one is being rung. Whether they are there is known by their key."""
    bridge = view.bridge
    if bridge.talked is not None and bridge.other_there:
        return Turn(_room(view, "joined", star_ends=True), Place("talk"))
    if bridge.talked is not None:
        return _after_the_talk(view)
    if bridge.target_over:
        return _missed(view)
    if bridge.rung_for > WAITS_AT_MOST:
        return _goodbye(view, "not_reached")
    return Turn(_hold(say("hold", view.language, target=_spoken(view, view.target))), place)


def _missed(view: CallView) -> Turn:
    """The other call is over without a talk: help was asked there, or nobody was reached, or is to be reached."""
    if view.target_proven:
        return _after_the_talk(view)
    if view.target.is_volunteer:
        return _goodbye(view, "not_received")
    if view.next_up is None:
        return _goodbye(view, "well")
    if view.target_is_away:
        return Turn(caller.connect(view, view.next_up), Place("dialling"), (OnTo(view.next_up.seat),))
    return Turn(caller.offer_next(view, busy=view.bridge.was_busy), Place("next"))


def _still_talking(view: CallView, place: Place, heard: Heard, *, star_ends: bool) -> Turn | None:
    """Half a minute before the end both are told so and put together again; None when the talk is over.

    Both leave the room when the time of the first one is up; earlier than that means that somebody has ended the talk.
    """
    bridge = view.bridge
    if bridge.talked is None or not bridge.other_there:
        return None
    warn_at = view.leg_minutes * 60 - LAST_SECONDS
    if place.phase == "talk" and bridge.talked + JITTER >= warn_at:
        words = say("half_minute", view.language)
        return Turn(_last(view, words, LAST_SECONDS, star_ends=star_ends), Place("last"))
    left = int(warn_at + LAST_SECONDS - bridge.talked)
    if not isinstance(heard, Moved) or left <= 0:
        return None
    again = (
        _last(view, "", left, star_ends=star_ends) if place.phase == "last" else _room(view, "", star_ends=star_ends)
    )
    return Turn(again, place)


def _after_the_talk(view: CallView) -> Turn:
    """What the caller is asked afterwards. The chain goes on from the one who was rung."""
    if view.target.is_volunteer:
        return _goodbye(view, "round")
    return Turn(caller.ask(view, say("menu", view.language, target=view.target.name)), Place("menu"))


def _target_is_free(view: CallView) -> Turn:
    """The talk is over; who stays on the line is the next caller."""
    if view.target.is_volunteer:
        return Turn(End(say("round", view.language)), Place("over"), (TargetMet(),))
    return _stays(view, "stay", ())


def _asked(view: CallView, place: Place, heard: Heard) -> Turn:
    """Before the talk. Whose caller has gone is asked by the platform how they are, and rings the next."""
    if not view.bridge.other_there and place.phase == "greet":
        turn = _alone(view, place, heard)
    else:
        turn = callee.turn(view, place, heard)
    if not isinstance(turn.answer, Join):
        return turn
    if view.bridge.other_there:
        return Turn(_room(view, "joined", star_ends=False), Place("talk"), turn.facts)
    facts = tuple(fact for fact in turn.facts if not isinstance(fact, TalkBegins))
    return _stays(view, "stay_alone", facts)


def _alone(view: CallView, place: Place, heard: Heard) -> Turn:
    turn = platform.turn(view, place, heard)
    if turn.place.phase == "offer":
        return replace(turn, answer=Join(), place=Place("over"))
    if Received() in turn.facts:
        return replace(turn, facts=(*turn.facts, TargetMet()))
    return turn


def _stays(view: CallView, code: str, facts: tuple[Fact, ...]) -> Turn:
    """Who was rung has nothing more to do here: they are joined to the next one, or thanked."""
    following = view.bridge.onward
    if following is None:
        return Turn(End(say("well", view.language)), Place("over"), (*facts, TargetMet()))
    words = say(code, view.language, next=_spoken(view, following))
    stays = Stays(view.target.seat, line=view.bridge.line, call=view.bridge.call)
    return Turn(_hold(words), Place("dialling"), (*facts, TargetMet(), stays))


def _nobody_was_rung(view: CallView, place: Place) -> Turn:
    """They stay on the line, but the call to the next one could not be asked for yet: it is tried again soon."""
    if view.bridge.onward is None or place.asked >= caller.ASKED_AT_MOST:
        return Turn(End(say("well", view.language)), Place("over"))
    words = say("hold", view.language, target=_spoken(view, view.bridge.onward))
    return Turn(_hold(words), replace(place, asked=place.asked + 1))


def _help(view: CallView, seat: int) -> Turn:
    return Turn(End(say("help", view.language)), Place("over"), (Proven(seat, "key_help"), HelpAsked(seat)))


def _goodbye(view: CallView, code: str) -> Turn:
    return Turn(End(say(code, view.language, target=_spoken(view, view.target))), Place("over"))


def _room(view: CallView, code: str, *, star_ends: bool) -> Room:
    """The room, until half a minute before the end."""
    seconds = view.leg_minutes * 60 - LAST_SECONDS - int(view.bridge.talked or 0)
    words = say(code, view.language) if code else ""
    return Room(words, name=view.bridge.room, seconds=max(1, seconds), star_ends=star_ends)


def _last(view: CallView, words: str, seconds: int, *, star_ends: bool) -> Room:
    """Another room: the end of the first one may still be on its way to the other side."""
    return Room(words, name=f"{view.bridge.room}-last", seconds=seconds, star_ends=star_ends)


def _hold(words: str) -> Hold:
    return Hold(words, seconds=HOLD_SECONDS)


def _spoken(view: CallView, who: Named) -> str:
    return say("the_volunteer", view.language) if who.is_volunteer else who.name
