"""The dead man's switch: somebody outside hears from us every minute, for as long as everything works end to end.

    python -m worker.heartbeat [--every SECONDS] [--stale-after SECONDS]

A process of its own. When beat, broker, the workers of any lane, drain loop, database, pages or carrier fail, it falls
silent, and whoever listens at RONDJE_PING_URL raises the alarm. When nothing at all is at work any more but this
process, it also sends the lists on paper.
"""

import argparse
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
from backend.notifications import probes  # noqa: E402
from backend.notifications.carriers import accounts  # noqa: E402
from backend.notifications.services import post  # noqa: E402

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds (real time) between two pings."""

WHILE_BROKEN = 15.0
"""Seconds (real time) between two looks while something is broken: the pings go on soon after it was mended."""

FIRST_LOOK_AFTER = 20.0
"""Seconds (real time) that all parts get to be at work after a common start."""

PING_TIMEOUT = 10.0

STANDSTILL_AFTER = timedelta(minutes=2)
"""Real time without workers and without drain loop after which people ring by themselves."""


def main(every: float, stale_after: timedelta) -> None:
    """Look and ping every so many seconds until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: stop.set())
    broken: list[str] = []
    rest = min(FIRST_LOOK_AFTER, every)
    while not stop.wait(rest):
        before, broken = broken, once(stale_after)
        if before and not broken:
            log.info("Everything works again, end to end.")
        rest = min(WHILE_BROKEN, every) if broken else every


def once(stale_after: timedelta = heartbeat.STALE_AFTER) -> list[str]:
    """One look: what is broken, in words for the log. Pings only when that is nothing; never raises.

    The lists on paper come first: whatever fails at the look must not keep them from going out.
    """
    try:
        if _stands_still():
            paper.stand_still(PaperList.Reason.MACHINE, clock.now())
            post.send_due()
    except Exception as error:
        log.error("The lists on paper could not be sent (%s).", type(error).__name__)
    try:
        broken = broken_parts(stale_after)
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


def broken_parts(stale_after: timedelta) -> list[str]:
    """What does not work end to end. Raises what the database raises."""
    heartbeat.beat(heartbeat.SWITCH)
    broken = []
    if not probes.broker_answers():
        broken.append("the broker does not answer")
    still = heartbeat.lanes_without_workers(stale_after)
    if len(still) == len(heartbeat.LANES):
        broken.append("beat, broker or workers stand still")
    else:
        broken += [f"the workers of the lane {lane} stand still" for lane in still]
    if heartbeat.is_stale(heartbeat.DRAIN, stale_after):
        broken.append("the drain loop stands still")
    if not probes.pages_answer():
        broken.append("nobody answers at our public address")
    for account in accounts():
        if why := probes.why_carrier_refuses(account):
            broken.append(f"the carrier does not answer as it should ({account} account: {why})")
    if not broken:
        heartbeat.beat(heartbeat.CARRIER)
    return broken


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


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m worker.heartbeat", description=__doc__)
    parser.add_argument("--every", type=float, default=EVERY, help="seconds between two pings (default %(default)s)")
    parser.add_argument(
        "--stale-after",
        type=float,
        default=heartbeat.STALE_AFTER.total_seconds(),
        help="seconds without a sign of life after which a part stands still (default %(default)s)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    options = _options()
    main(options.every, timedelta(seconds=options.stale_after))
