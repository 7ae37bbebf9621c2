"""Doing what is due in a lane: what the carrier reported, what is silent, what is to be sent."""

from backend.events.models import Lane
from backend.notifications.services import reconciling, reporting, sending


def run_lane(lane: str) -> int:
    """One look at a lane; returns how much was done. Silent attempts are looked at with the live lane."""
    done = reporting.work_off_callbacks(lane) + sending.send_due(lane)
    if lane == Lane.LIVE:
        done += reconciling.look_at_due()
    return done
