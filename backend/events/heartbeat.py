"""Whether the machine is at work from end to end: beat → broker → worker → database."""

from datetime import datetime, timedelta

from backend.common.clock import real_now
from backend.events.models import Heartbeat, Lane

STALE_AFTER = timedelta(seconds=30)
"""Real time without a beat after which every page says so."""

SWITCH_STALE_AFTER = timedelta(minutes=3)
"""The same for the dead man's switch, which looks once a minute."""

WORKERS = "workers"
"""Written by a task that beat sent through the broker: it proves the whole chain."""

LANES: dict[str, str] = {lane: WORKERS if lane == Lane.NOTICE else f"{WORKERS} of {lane}" for lane in Lane.values}
"""The heartbeat of each lane's own workers, by lane: those of one may be gone while those of the others are there."""

DRAIN = "drain"
"""Written by the drain loop: alarms and running rounds go on even when the chain above is broken."""

CARRIER = "carrier"
"""Written by the dead man's switch when the carrier answered a question with our credentials."""

SWITCH = "switch"
"""Written by the dead man's switch itself."""


def beat(name: str) -> None:
    """Say that this part of the machine is at work now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": real_now()})


def last_seen(name: str) -> datetime | None:
    """When a part of the machine was last at work, or None when it never was."""
    return Heartbeat.objects.filter(name=name).values_list("seen_at", flat=True).first()


def all_last_seen() -> dict[str, datetime]:
    """When each part of the machine that ever was at work was so last."""
    return dict(Heartbeat.objects.values_list("name", "seen_at"))


def is_stale(name: str, after: timedelta = STALE_AFTER) -> bool:
    """True when a part has not been seen for longer than is normal."""
    seen = last_seen(name)
    return seen is None or real_now() - seen > after


def lanes_without_workers(after: timedelta = STALE_AFTER) -> list[str]:
    """The lanes whose workers have not been seen for longer than is normal: all of them without beat or broker."""
    return [lane for lane, name in LANES.items() if is_stale(name, after)]
