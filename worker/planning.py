"""What every programme has to come: planned by beat's workers, and by the drain loop should those be gone."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from backend.circles.services import planning
from backend.meals.services import crew_watch as dinner_crews
from backend.meals.services import door_links, kitchen, standing
from backend.transport.services import crew_watch, watching

log = logging.getLogger(__name__)

Watch = Callable[[datetime], object]

WATCHES: tuple[Watch, ...] = (
    planning.plan,
    watching.keep_watch,
    crew_watch.keep_watch,
    kitchen.keep_watch,
    dinner_crews.keep_watch,
    standing.keep_watch,
    door_links.keep_watch,
)


def plan(now: datetime, watches: Sequence[Watch] = WATCHES) -> None:
    """Plan the mornings of today and tomorrow, watch over the trips of the bus and the dinners. `now` is UTC.

    Idempotent. Whatever goes wrong in one of them is logged as an error and keeps no other from being done.
    """
    for watch in watches:
        try:
            watch(now)
        except Exception:
            log.exception("%s failed; the others are done, and it is tried again.", watch.__module__)
