"""What it means to look at a lane: one function for workers, drain loop and tests."""

from backend.events.running import run_deliveries, run_timers
from backend.notifications.running import look_outside, run_lane

ROUNDS_AT_MOST = 20
"""So often in one look, while there is still something due: then others get their turn."""


def look(lane: str) -> int:
    """Do what is due in a lane, until nothing is; returns how much was done."""
    done = 0
    for _again in range(ROUNDS_AT_MOST):
        now_done = run_timers(lane) + run_deliveries(lane) + run_lane(lane)
        done += now_done
        if not now_done:
            break
    return done + look_outside(lane)
