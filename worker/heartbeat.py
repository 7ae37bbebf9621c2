"""The dead man's switch: somebody outside hears from us every minute, for as long as everything works end to end.

    python -m worker.heartbeat

A process of its own. When beat, broker, workers, drain loop, database or carrier fail, it falls silent, and whoever
listens at RONDJE_PING_URL raises the alarm. When nothing at all is at work any more but this process, it also sends the
lists on paper.
"""

import logging
import os
import signal
import threading
import urllib.error
import urllib.request
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 -- after setup
from django.db import Error as DatabaseError  # noqa: E402
from django.db import close_old_connections  # noqa: E402

from backend.circles.models import PaperList  # noqa: E402
from backend.circles.services import paper  # noqa: E402
from backend.common.clock import real_now  # noqa: E402
from backend.events import clock, heartbeat  # noqa: E402
from backend.notifications.carriers import accounts, carrier  # noqa: E402
from backend.notifications.carriers.base import CarrierError  # noqa: E402
from backend.notifications.services import post  # noqa: E402
from backend.people.models import Organisation  # noqa: E402

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds (real time) between two pings."""

FIRST_LOOK_AFTER = 20.0
"""Seconds (real time) that all parts get to be at work after a common start."""

PING_TIMEOUT = 10.0

STANDSTILL_AFTER = timedelta(minutes=2)
"""Real time without workers and without drain loop after which people ring by themselves."""


def main() -> None:
    """Look and ping every minute until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: stop.set())
    broken: list[str] = []
    rest = FIRST_LOOK_AFTER
    while not stop.wait(rest):
        before, broken, rest = broken, once(), EVERY
        if before and not broken:
            log.info("Everything works again, end to end.")


def once() -> list[str]:
    """One look: what is broken, in words for the log. Pings only when that is nothing; never raises."""
    try:
        broken = broken_parts()
        if _stands_still():
            paper.stand_still(PaperList.Reason.MACHINE, clock.now())
            post.send_due()
    except DatabaseError as error:
        broken = [f"the database does not answer ({type(error).__name__})"]
    except Exception as error:
        log.exception("The look at the machine failed.")
        broken = [f"the look itself failed ({type(error).__name__})"]
    finally:
        close_old_connections()
    if broken:
        log.error("No ping: %s.", "; ".join(broken))
    elif settings.RONDJE_PING_URL:
        _ping(settings.RONDJE_PING_URL)
    return broken


def broken_parts() -> list[str]:
    """What does not work end to end. Raises what the database raises."""
    heartbeat.beat(heartbeat.SWITCH)
    broken = []
    if heartbeat.is_stale(heartbeat.WORKERS):
        broken.append("beat, broker or workers stand still")
    if heartbeat.is_stale(heartbeat.DRAIN):
        broken.append("the drain loop stands still")
    for account in accounts():
        if why := _carrier_refuses(account):
            broken.append(f"the carrier does not answer as it should ({account} account: {why})")
    if not broken:
        heartbeat.beat(heartbeat.CARRIER)
    return broken


def _carrier_refuses(account: str) -> str:
    """Why the carrier does not answer a question that costs nothing, with our credentials; empty when it does."""
    line = Organisation.objects.order_by("pk").values_list("phone", flat=True).first()
    if line is None:
        return ""
    try:
        carrier(account).find(line, "call")
    except CarrierError as error:
        return error.code
    return ""


def _stands_still() -> bool:
    """Whether workers and drain loop were at work once, and both have not been for a while."""
    seen = [heartbeat.last_seen(name) for name in (heartbeat.WORKERS, heartbeat.DRAIN)]
    return all(moment is not None and real_now() - moment > STANDSTILL_AFTER for moment in seen)


def _ping(url: str) -> None:
    """Tell whoever listens outside that all is well. That they do not answer is theirs to notice, and for our log."""
    try:
        with urllib.request.urlopen(url, timeout=PING_TIMEOUT) as response:  # noqa: S310 -- our own setting
            response.read(1)
    except (OSError, ValueError) as error:
        log.warning("The ping did not arrive (%s).", type(error).__name__)


if __name__ == "__main__":
    main()
