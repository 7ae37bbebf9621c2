"""The town's telephones as the control API and the page show them, and what a hand can do to one."""

from __future__ import annotations

from datetime import UTC, datetime

from simulator.calls.legs import Leg
from simulator.calls.switchboard import Line
from simulator.errors import TownError
from simulator.numbers import shown_instead
from simulator.residents.model import Withheld
from simulator.residents.town import Inhabitant
from simulator.world import World


def all_telephones(world: World) -> list[dict[str, object]]:
    """Every telephone with its state, in the order of the residents."""
    shown = []
    for number, inhabitant in world.town.inhabitants.items():
        line = world.town.line(number)
        if line is not None:
            shown.append(_telephone(world, line, inhabitant))
    return shown


def _telephone(world: World, line: Line, inhabitant: Inhabitant) -> dict[str, object]:
    leg = line.leg
    return {
        "number": line.number,
        "resident": inhabitant.resident.name,
        "display": inhabitant.resident.display or inhabitant.resident.name,
        "state": _state(leg, inhabitant),
        "with": _who(world, leg),
        "call_sid": leg.sid if leg else None,
        "direction": leg.direction if leg else None,
        "last_heard": leg.last_heard if leg else None,
        "question": leg.question.prompt if leg and leg.question else None,
        "by_hand": bool(leg and leg.by_hand),
        "texts": [
            {"at": datetime.fromtimestamp(text.at, UTC).isoformat(), "from": text.sender, "body": text.body}
            for text in world.town.texts_of(line.number)
        ],
    }


def _state(leg: Leg | None, inhabitant: Inhabitant) -> str:
    if leg is None:
        return "off" if inhabitant.habit == "phone_off" else "rest"
    if leg.peer is not None:
        return "talking"
    if leg.direction == "inbound" and leg.answered_at is None:
        return "calling"
    return "listening" if leg.answered else "ringing"


def _who(world: World, leg: Leg | None) -> str | None:
    """Who is at the other end: a resident's shown name, else a number."""
    if leg is None:
        return None
    other = leg.peer.person if leg.peer else (leg.to if leg.direction == "inbound" else leg.sender)
    inhabitant = world.town.inhabitants.get(other)
    return (inhabitant.resident.display or inhabitant.resident.name) if inhabitant else other


def pick_up(world: World, number: str) -> Leg:
    """Pick up a ringing telephone by hand; the call is no longer the habit's."""
    leg = _live(world, number)
    if leg.direction == "inbound" or leg.answered_at is not None:
        raise TownError(f"The telephone {number} does not ring: somebody is on it already.")
    leg.by_hand = True
    world.switchboard.pick_up(leg, by="hand")
    return leg


def press(world: World, number: str, digits: str) -> Leg:
    """Press keys by hand."""
    leg = _live(world, number)
    if not digits or any(key not in "0123456789*#" for key in digits):
        raise TownError(f"A telephone has the keys 0-9, * and #, not {digits!r}.", 400)
    if leg.answered_at is None:
        raise TownError(f"The telephone {number} is still ringing; pick it up first.")
    leg.by_hand = True
    leg.press(digits)
    return leg


def hang_up(world: World, number: str) -> Leg:
    """Put the receiver down by hand: ends a talk, declines a ringing call."""
    leg = _live(world, number)
    leg.by_hand = True
    world.switchboard.hang_up(leg)
    return leg


def ring_in(world: World, number: str, to: str, withheld: Withheld | None) -> Leg:
    """Ring one of the carrier's numbers by hand, with the number withheld if that is said."""
    leg = world.ring_out(number, to, shown_instead(withheld))
    leg.by_hand = True
    return leg


def _live(world: World, number: str) -> Leg:
    line = world.town.line(number)
    if line is None:
        raise TownError(f"Nobody in the town has the number {number}.", 404)
    if line.leg is None:
        raise TownError(f"The telephone {number} is at rest: there is no call on it.")
    return line.leg
