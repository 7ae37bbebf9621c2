"""Checks of the machine: settings, database, broker, parts at work, carrier, mail, router, clock, disk."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.utils.translation import gettext as _

from backend.circles.selectors.failing import failing_rounds
from backend.common.clock import real_now
from backend.events import heartbeat
from backend.events.models import Delivery, Lane, Timer
from backend.events.running import poisoned
from backend.notifications import probes
from backend.notifications.carriers import accounts
from backend.notifications.models import Letter, Message
from backend.notifications.running import poisoned as poisoned_messages
from backend.notifications.selectors.health import carrier_trouble
from backend.transport.travel.probe import probe
from backend.web.doctor import Check, Problem

LAG = timedelta(minutes=1)
"""How long due work may lie before somebody is told (product's clock)."""

DRIFT = timedelta(seconds=5)
"""So much may the clocks of this machine and of the database differ."""

DISK = 0.05
"""The share of the disk that must be free."""

POSTGRES = 150000


def checks() -> list[tuple[str, str, Check]]:
    """Code, name in words, and the check, in the order in which things depend on one another."""
    return [
        ("settings", _("Settings"), configuration),
        ("database", _("Database"), database),
        ("migrations", _("Tables"), migrations),
        ("broker", _("Broker"), broker),
        ("parts", _("Parts at work"), parts),
        ("lag", _("Work that waits"), lag),
        ("stuck", _("Work that fails again and again"), stuck),
        ("carrier", _("Telephone carrier"), telephone),
        ("address", _("Public address"), public_address),
        ("mail", _("Mail server"), mail),
        ("travel", _("Travel times of the bus"), travel),
        ("clock", _("Clock"), drift),
        ("disk", _("Disk"), disk),
    ]


def configuration(_now: datetime) -> Iterator[Problem]:
    """Settings that must not be as they are where real people are rung."""
    if settings.RONDJE_CARRIER != "twilio":
        return
    if settings.SECRET_KEY == settings.DEMO_SECRET_KEY:
        yield _("The secret key is the demo's."), _("Set RONDJE_SECRET_KEY to a long random text.")
    if not settings.RONDJE_PUBLIC_URL.startswith("https://"):
        yield _("The public address is not encrypted."), _("Set RONDJE_PUBLIC_URL to an address with https.")
    if not settings.RONDJE_REALLY_SEND:
        yield _("Nobody is really rung."), _("Set RONDJE_REALLY_SEND to yes when you are ready.")


def database(_now: datetime) -> Iterator[Problem]:
    """The database answers, and is new enough."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0])
    except Exception:
        yield _("The database does not answer."), _("See whether Postgres runs and DATABASE_URL is right.")
        return
    if version < POSTGRES:
        yield _("The database is older than Postgres 15."), _("Move to Postgres 15 or newer.")


def migrations(_now: datetime) -> Iterator[Problem]:
    """The tables are those of this version."""
    if not probes.tables_are_made():
        yield _("The tables are those of an older version."), _("Run: manage.py migrate")


def broker(_now: datetime) -> Iterator[Problem]:
    """The broker answers."""
    if not probes.broker_answers():
        yield _("The broker does not answer."), _("See whether Redis or Valkey runs and REDIS_URL is right.")


def parts(_now: datetime) -> Iterator[Problem]:
    """Every part has been seen at work within the last half minute."""
    still = heartbeat.lanes_without_workers()
    if len(still) == len(heartbeat.LANES):
        yield (
            _("Beat, broker or workers stand still."),
            _("Start: celery -A worker.app beat, and the workers of every lane."),
        )
    else:
        for lane in still:
            facts = {"lane": lane}
            yield (
                _("The workers of the lane %(lane)s stand still.") % facts,
                _("Start: celery -A worker.app worker -Q %(lane)s") % facts,
            )
    if heartbeat.is_stale(heartbeat.DRAIN):
        yield _("The drain loop stands still."), _("Start: python -m worker.drain")
    if heartbeat.is_stale(heartbeat.SWITCH, heartbeat.SWITCH_STALE_AFTER):
        yield _("The dead man's switch stands still."), _("Start: python -m worker.heartbeat")
    if settings.RONDJE_CARRIER == "twilio" and not settings.RONDJE_PING_URL:
        yield _("Nobody outside hears when everything fails."), _("Set RONDJE_PING_URL to a dead man's switch service.")


def lag(now: datetime) -> Iterator[Problem]:
    """Nothing that is due lies for longer than a minute."""
    for lane in Lane.values:
        due = {"lane": lane, "due_at__lt": now - LAG}
        waiting = (
            Timer.objects.filter(**due).count()
            + Delivery.objects.filter(done=False, **due).count()
            + Message.objects.filter(state=Message.State.QUEUED, **due).count()
        )
        if waiting:
            facts = {"count": waiting, "lane": lane}
            yield (
                _("%(count)s pieces of work in the lane %(lane)s have been waiting for more than a minute.") % facts,
                _("See whether the workers of that lane run, or start more of them."),
            )


def stuck(_now: datetime) -> Iterator[Problem]:
    """Nothing fails again and again."""
    for what, count in (poisoned() | poisoned_messages()).items():
        if count:
            facts = {"count": count, "what": what}
            yield _("%(count)s %(what)s fail again and again.") % facts, _("Look in the log for the error.")
    for one in failing_rounds():
        facts = {"round": one.round_id, "tries": one.most_tries, "what": ", ".join(sorted(one.by_action))}
        yield (
            _("Something of morning %(round)s fails, for the %(tries)s. time: %(what)s.") % facts,
            _("The others are rung all the same. Look in the log for the error; it is tried again every minute."),
        )
    if Letter.objects.filter(state=Letter.State.EXPIRED).exists():
        yield _("Letters were not sent in time."), _("Mend the mail server; the lists can be printed from the pages.")


def telephone(now: datetime) -> Iterator[Problem]:
    """The carrier answers with our credentials, and takes what it is asked for."""
    for account in accounts():
        if code := probes.why_carrier_refuses(account):
            facts = {"account": account, "code": code}
            yield (
                _("The carrier does not answer as it should (%(account)s account: %(code)s).") % facts,
                _("See whether the credentials are right, and the carrier's own status page."),
            )
    if carrier_trouble(now) is not None:
        yield _("The carrier takes no calls and texts."), _("Ring the members yourself from the list on paper.")


def public_address(_now: datetime) -> Iterator[Problem]:
    """The carrier can reach our pages: under their public address they answer."""
    if not probes.pages_answer():
        facts = {"address": settings.RONDJE_PUBLIC_URL}
        yield (
            _("Nobody answers at %(address)s.") % facts,
            _("Start the web server, and see whether RONDJE_PUBLIC_URL leads to it from outside."),
        )


def mail(_now: datetime) -> Iterator[Problem]:
    """The mail server lets us in."""
    try:
        server = get_connection(fail_silently=False)
        server.open()
        server.close()
    except (OSError, ValueError):  # smtplib's errors are OSErrors
        yield _("The mail server does not let us in."), _("Set RONDJE_EMAIL_URL: lists on paper go by mail.")


def travel(_now: datetime) -> Iterator[Problem]:
    """The router that is configured says how long the bus drives. Without it straight lines serve."""
    found = probe()
    if found.trouble == "unknown":
        yield (
            _("There is no router with the name in BUS_ROUTER; the bus is planned in straight lines."),
            _("Set BUS_ROUTER to straight, osrm or valhalla."),
        )
    elif found.trouble == "no address":
        yield (
            _("The address of the router is not known; the bus is planned in straight lines."),
            _("Set BUS_ROUTER_URL, or BUS_ROUTER to straight."),
        )
    elif found.trouble:
        yield (
            _("The router says no travel times (%(code)s); the bus is planned in straight lines.")
            % {"code": found.trouble},
            _("See whether the router at BUS_ROUTER_URL runs, and has a map of your region."),
        )
    for name in found.off_road:
        yield (
            _("The router knows no way to %(name)s; trips there are planned in straight lines.") % {"name": name},
            _("See whether its coordinates are right, and whether the router's map reaches as far."),
        )


def drift(_now: datetime) -> Iterator[Problem]:
    """The clocks of this machine and of the database agree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    if abs(theirs - real_now()) > DRIFT:
        yield _("The clocks of this machine and of the database differ."), _("Set both by NTP.")


def disk(_now: datetime) -> Iterator[Problem]:
    """There is room."""
    usage = shutil.disk_usage(settings.BASE_DIR)
    if usage.free < usage.total * DISK:
        yield _("The disk is nearly full."), _("Make room: the database stops when there is none.")
