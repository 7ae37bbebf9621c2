"""Questions to what we stand on: tables, broker, carrier, and our own public address.

Asked by whoever waits for them, by the doctor, and by the dead man's switch. Each costs nothing, and takes seconds at
most.
"""

import logging
import urllib.request

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from backend.notifications.carriers import carrier
from backend.notifications.carriers.base import CarrierError
from backend.people.models import Organisation

log = logging.getLogger(__name__)

BROKER_SECONDS = 2
PAGES_SECONDS = 5


def tables_are_made() -> bool:
    """No migration of this version is missing. Raises what the database raises."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def broker_answers() -> bool:
    """Redis takes our password and answers. An address that makes no sense does not."""
    address = settings.REDIS_URL.replace("redis+socket://", "unix://")
    try:
        with redis.Redis.from_url(
            address, socket_timeout=BROKER_SECONDS, socket_connect_timeout=BROKER_SECONDS
        ) as client:
            return bool(client.ping())
    except (redis.RedisError, ValueError, OSError):
        return False


def why_carrier_refuses(account: str) -> str:
    """The code with which an account is refused a question that costs nothing, or why it could not even be asked.

    Empty when it is answered, and while there is no organisation: nobody would be rung.
    """
    line = Organisation.objects.order_by("pk").values_list("phone", flat=True).first()
    if line is None:
        return ""
    try:
        carrier(account).find(line, "call")
    except CarrierError as error:
        return error.code
    except Exception as error:
        log.exception("The %s account could not be asked.", account)
        return type(error).__name__
    return ""


def pages_answer() -> bool:
    """Under our public address, where the carrier looks for us, our pages answer."""
    try:
        with urllib.request.urlopen(f"{settings.RONDJE_PUBLIC_URL}/healthz/", timeout=PAGES_SECONDS) as answer:  # noqa: S310 -- our own setting
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False
