"""The platform rings somebody in a ring of own telephones: it has broken before them, or was not closed in time."""

from dataclasses import dataclass, replace

from backend.circles.scripts import platform
from backend.circles.scripts.caller import ASKED_AT_MOST, ask
from backend.circles.scripts.facts import Fact, Proven, RingClosed
from backend.circles.scripts.view import CallView, Named, Place, Turn
from backend.circles.scripts.words import say
from backend.notifications.domain.prompts import Answered, End, Heard, Key


@dataclass(frozen=True)
class Task:
    """Why they are rung: the ring was not closed (`is_check_in`), or it is to go on with them (`takes_over`).

    Neither for members whom the platform rings every morning, and those of whom it is in doubt whether they were rung.
    """

    is_check_in: bool
    takes_over: bool
    onward: Named | None


def turn(view: CallView, task: Task, place: Place, heard: Heard) -> Turn:
    """One turn of such a call."""
    if heard == Key("9") or place.phase not in ("greet", "mate"):
        return platform.turn(view, place, heard)
    if place.phase == "mate":
        found: tuple[Fact, ...] = ()
        if heard == Key("1") and view.housemate is not None:
            found = (Proven(view.housemate.seat, "key_with_housemate"),)
        return _rings_on(view, task, found)
    if heard == Key("1"):
        proof = Proven(view.target.seat, "checked_in" if task.is_check_in else "key_to_platform")
        if view.housemate is not None:
            return Turn(ask(view, say("mate", view.language, mate=view.housemate.name)), Place("mate"), (proof,))
        return _rings_on(view, task, (proof,))
    if isinstance(heard, Answered) or place.asked < ASKED_AT_MOST:
        code = "own_check" if task.is_check_in else ("own_take_over" if task.takes_over else "platform")
        words = say(code, view.language, target=view.target.name, circle=view.circle)
        return Turn(ask(view, words), replace(place, asked=place.asked + 1))
    return Turn(End(), Place("over"))


def _rings_on(view: CallView, task: Task, found: tuple[Fact, ...]) -> Turn:
    """They are well. Whoever takes over is told whom to ring, or is the last; the others are offered the volunteer."""
    if task.is_check_in or not task.takes_over:
        return Turn(ask(view, say("offer_volunteer", view.language)), Place("offer"), found)
    if task.onward is None:
        return Turn(End(say("round", view.language)), Place("over"), (*found, RingClosed(view.target.seat)))
    return Turn(End(say("own_take_over_on", view.language, onward=task.onward.name)), Place("over"), found)
