"""Which script leads a call: the way in which the circle goes round decides."""

from datetime import datetime

from backend.circles.domain.modes import Mode
from backend.circles.models import Round
from backend.circles.scripts import caller, own_phone_check, platform, star
from backend.circles.scripts.view import CallView, Place, Turn
from backend.circles.services import own_phone_calls
from backend.notifications.domain.prompts import Heard


def turn(round_: Round, view: CallView, place: Place, heard: Heard, now: datetime) -> Turn:
    """One turn of a call in which the platform itself asks how somebody is."""
    if round_.mode == Mode.STAR:
        return star.turn(view, place, heard)
    if round_.mode == Mode.OWN_PHONE:
        task = own_phone_calls.task_of(round_, view.target.seat, view.language, now)
        return own_phone_check.turn(view, task, place, heard)
    return platform.turn(view, place, heard)


def caller_turn(round_: Round, view: CallView, place: Place, heard: Heard) -> Turn:
    """One turn of a caller who is joined to somebody."""
    if round_.mode == Mode.STAR:
        return star.volunteer_turn(view, place, heard)
    return caller.turn(view, place, heard)
