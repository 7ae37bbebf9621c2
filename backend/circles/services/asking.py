"""Which script leads a call: the way in which the circle goes round decides."""

from backend.circles.domain.modes import Mode
from backend.circles.models import Round
from backend.circles.scripts import caller, platform, star
from backend.circles.scripts.view import CallView, Place, Turn
from backend.notifications.domain.prompts import Heard


def turn(round_: Round, view: CallView, place: Place, heard: Heard) -> Turn:
    """One turn of a call in which the platform itself asks how somebody is."""
    if round_.mode == Mode.STAR:
        return star.turn(view, place, heard)
    return platform.turn(view, place, heard)


def caller_turn(round_: Round, view: CallView, place: Place, heard: Heard) -> Turn:
    """One turn of a caller who is joined to somebody."""
    if round_.mode == Mode.STAR:
        return star.volunteer_turn(view, place, heard)
    return caller.turn(view, place, heard)
