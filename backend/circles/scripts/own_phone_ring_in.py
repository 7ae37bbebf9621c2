"""Somebody in a ring of own telephones rings the number: the last one, or who gets no answer, or was not rung."""

from dataclasses import dataclass, replace

from backend.circles.scripts.caller import ASKED_AT_MOST
from backend.circles.scripts.facts import (
    Fact,
    HelpAsked,
    NextMissed,
    NotRung,
    OnTo,
    Proven,
    RingClosed,
    TalkBegins,
    TargetMet,
    TargetMissed,
    Worried,
)
from backend.circles.scripts.view import Named, Place, ToConnect, Turn
from backend.circles.scripts.words import say
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Join, Key, TalkOver

HELP, OTHER = Key("9"), Key("0")


@dataclass(frozen=True)
class OwnPhoneView:
    """What the script may know. `onward` is to whom `caller` would be put through: past `neighbour`, or past `target`.

    Where the neighbour is out it is whom the caller rings today: it may be somebody on the neighbour's own line.

    `neighbour` is whom the caller rings every morning; `neighbour_is_out` when nobody waits for them to answer today.
    `target` is to whom the caller has been put through already. `knows_other_menu`: whether 0 leads anywhere.
    """

    circle: str
    language: str
    caller: Named
    neighbour: Named | None
    neighbour_is_out: bool
    onward: Named | None
    is_last: bool
    gather_seconds: int
    minutes: int
    target: Named | None = None
    target_proven: bool = False
    knows_other_menu: bool = True


def turn(view: OwnPhoneView, place: Place, heard: Heard) -> Turn:
    """One turn on the line of somebody who rang in. The services see to 0, which leads to the ordinary menu."""
    if heard == HELP and place.phase != "over":
        facts = (*_rang_in(view, "key_help"), HelpAsked(view.caller.seat))
        return Turn(End(say("help", view.language)), Place("over"), facts)
    match place.phase:
        case "greet":
            return _greet(view, place, heard)
        case "dialling":
            return _after_dialling(view, heard)
        case "next":
            return _next(view, place, heard)
        case _:
            return Turn(End(), Place("over"))


def _greet(view: OwnPhoneView, place: Place, heard: Heard) -> Turn:
    is_member = not view.caller.is_volunteer
    if heard == Key("1") and is_member:
        return _well(view)
    if heard == Key("2") and view.neighbour is not None:
        words = say("worried", view.language, target=view.neighbour.name)
        worry = Worried(view.neighbour.seat, by=view.caller.seat)
        return Turn(End(words), Place("over"), (*_rang_in(view), worry))
    if heard == Key("3") and view.neighbour is not None and (view.is_last or _about_neighbour(view)):
        return _neighbour_missed(view, view.neighbour)
    if heard == Key("4") and is_member:
        return _not_rung(view)
    if isinstance(heard, Answered) or place.asked < ASKED_AT_MOST:
        return Turn(Ask(_question(view), seconds=view.gather_seconds), replace(place, asked=place.asked + 1))
    return Turn(End(), Place("over"))


def _question(view: OwnPhoneView) -> str:
    """What can be pressed: what is most pressing for this caller comes first."""
    codes = ["own_last"] if view.is_last else _about_neighbour(view)
    if not view.caller.is_volunteer:
        codes += ["own_not_rung"] if view.is_last else ["own_not_rung", "own_well"]
    codes += ["own_help", "own_other"] if view.knows_other_menu else ["own_help"]
    return " ".join(
        say(
            code,
            view.language,
            caller=view.caller.name,
            circle=view.circle,
            next=view.neighbour.name if view.neighbour else "",
            onward=view.onward.name if view.onward else "",
        )
        for code in ["own_greet", *codes]
    )


def _about_neighbour(view: OwnPhoneView) -> list[str]:
    """What is said of the neighbour: nothing when they are out and nobody comes behind them to be put through to."""
    if view.neighbour is None or (view.neighbour_is_out and view.onward is None):
        return []
    if view.neighbour_is_out:
        return ["own_begin_out" if view.caller.is_volunteer else "own_out"]
    code = "own_begin" if view.caller.is_volunteer else "own_missed"
    return [code if view.onward is not None else f"{code}_last"]


def _well(view: OwnPhoneView) -> Turn:
    """The word of the last one closes the ring; anybody else only says how they are."""
    if view.is_last:
        facts = (*_rang_in(view), RingClosed(view.caller.seat))
        return Turn(End(say("round", view.language)), Place("over"), facts)
    return Turn(End(say("ring_in_well", view.language)), Place("over"), _rang_in(view))


def _not_rung(view: OwnPhoneView) -> Turn:
    """The ring has stopped before this caller: it begins anew with them, and the platform looks for the others."""
    facts = (*_rang_in(view), NotRung(view.caller.seat))
    following = view.onward if view.neighbour_is_out else view.neighbour
    if view.is_last or following is None:
        return Turn(End(say("ring_in_well", view.language)), Place("over"), facts)
    words = say("own_ring_on", view.language, onward=following.name)
    return Turn(End(words), Place("over"), facts)


def _neighbour_missed(view: OwnPhoneView, neighbour: Named) -> Turn:
    """The case is opened at once, and the caller is put through to the one after."""
    facts = (*_rang_in(view), NextMissed(view.caller.seat, neighbour.seat))
    if view.onward is None:
        code = "round" if view.neighbour_is_out else "own_reported_round"
        words = say(code, view.language, next=neighbour.name)
        return Turn(End(words), Place("over"), (*facts, RingClosed(view.caller.seat)))
    code = "own_put_through" if view.neighbour_is_out else "own_reported"
    words = say(code, view.language, next=neighbour.name, onward=view.onward.name, minutes=view.minutes)
    return Turn(ToConnect(words, seat=view.onward.seat), Place("dialling"), facts)


def _after_dialling(view: OwnPhoneView, heard: Heard) -> Turn:
    """The other line is off again. Whether it was reached is known by its key."""
    assert view.target is not None
    if view.target_proven:
        words = say("own_passed_on", view.language, target=view.target.name)
        return Turn(End(words), Place("over"), (TargetMet(),))
    missed: Fact = TargetMissed(isinstance(heard, TalkOver) and heard.was_busy)
    if view.onward is None:
        words = say("own_next_round", view.language, target=view.target.name)
        return Turn(End(words), Place("over"), (missed, RingClosed(view.caller.seat)))
    return Turn(_offer(view), Place("next"), (missed,))


def _next(view: OwnPhoneView, place: Place, heard: Heard) -> Turn:
    """Who was to be reached was missed, too; the caller is offered the one after. Else the platform rings them."""
    if view.onward is not None and heard == Key("1"):
        words = say("own_put_through", view.language, onward=view.onward.name, minutes=view.minutes)
        return Turn(ToConnect(words, seat=view.onward.seat), Place("dialling"), (OnTo(view.onward.seat),))
    if view.onward is not None and place.asked < ASKED_AT_MOST - 1:
        return Turn(_offer(view), replace(place, asked=place.asked + 1))
    return Turn(End(say("well", view.language)), Place("over"))


def _offer(view: OwnPhoneView) -> Ask:
    assert view.target is not None and view.onward is not None
    words = say("own_next", view.language, target=view.target.name, onward=view.onward.name)
    return Ask(words, seconds=view.gather_seconds)


def _rang_in(view: OwnPhoneView, how: str = "rang_in") -> tuple[Fact, ...]:
    return (Proven(view.caller.seat, how),)


def target_turn(view: OwnPhoneView, target: Named, onward: Named | None, place: Place, heard: Heard) -> Turn:
    """One turn on the line of somebody to whom a caller is put through; `onward` is whom they ring after the talk.

    When they are the last, the ring is round with their key.
    """
    if heard == HELP and place.phase != "over":
        facts: tuple[Fact, ...] = (Proven(target.seat, "key_help"), HelpAsked(target.seat))
        return Turn(End(say("help", view.language)), Place("over"), facts)
    if place.phase == "over":
        return Turn(End(), place)
    if heard == Key("1"):
        facts = (Proven(target.seat, "key_as_callee"), TalkBegins())
        if onward is None:
            facts = (*facts, RingClosed(target.seat))
        return Turn(Join(), Place("over"), facts)
    if isinstance(heard, Answered) or place.asked < ASKED_AT_MOST:
        code = "own_screen" if onward is not None else "own_screen_last"
        following = onward.name if onward is not None else ""
        words = say(
            code, view.language, target=target.name, circle=view.circle, caller=view.caller.name, onward=following
        )
        return Turn(Ask(words, seconds=view.gather_seconds), replace(place, asked=place.asked + 1))
    return Turn(End(), Place("over"))
