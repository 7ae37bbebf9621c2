"""Writing what an exclusion constraint watches, while others may be writing the same."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected

Written = TypeVar("Written")

TIMES = 3


def in_turn(write: Callable[[], Written]) -> Written:
    """Do what an exclusion constraint watches, in a savepoint of its own; whoever was broken off tries again.

    Postgres writes such a row first and looks for others afterwards (where it has a unique index it looks first). Two
    that write at once can each wait for the other to end, until the database breaks one of them off after a second.
    That one waits for the other when it tries again, and is told what stands in its way.

    Raises IntegrityError as `write` does, and OperationalError when it is broken off every time.
    """
    for _again in range(TIMES - 1):
        try:
            with transaction.atomic():
                return write()
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
    with transaction.atomic():
        return write()
