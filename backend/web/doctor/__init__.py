"""What is wrong with this installation, in plain words, and what to do about it.

Each check is a function that returns what is wrong and what to do, for each thing that is; nothing when all is well.
`manage.py doctor` prints them, and the machine page shows them to operators.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backend.events import clock
from backend.people.models import Organisation

log = logging.getLogger(__name__)

NEVER = datetime.min.replace(tzinfo=UTC)
"""Instead of the time, when the database that keeps it does not answer."""

Problem = tuple[str, str]
"""What is wrong, and what to do."""

Check = Callable[[datetime], Iterator[Problem]]
"""Looks at one thing at a time (UTC, product's clock)."""


@dataclass(frozen=True)
class Finding:
    """What one check found. `problems` is empty when all is well."""

    check: str
    name: str
    problems: tuple[Problem, ...]

    @property
    def is_well(self) -> bool:
        """Nothing is wrong here."""
        return not self.problems


def examine(among: QuerySet[Organisation]) -> list[Finding]:
    """Make every check, one after another; one that fails is itself a finding and stops none of the others.

    What people have to arrange is looked at in these organisations only: others do not exist for the asker.
    """
    from backend.web.doctor import machine, people  # noqa: PLC0415 -- they take this module's types

    now = clock.now() if _database_answers() else NEVER
    checks: list[tuple[str, str, Check]] = [*machine.checks(), *people.checks(among)]
    return [Finding(check, name, tuple(_made(work, now))) for check, name, work in checks]


def _database_answers() -> bool:
    from backend.web.doctor.machine import database  # noqa: PLC0415 -- see above

    return not list(_made(database, NEVER))


def _made(work: Check, now: datetime) -> list[Problem]:
    try:
        return list(work(now))
    except Exception as error:
        log.warning("The check %s failed (%s).", work.__name__, type(error).__name__)
        kind = type(error).__name__
        return [(_("This could not be looked at (%(kind)s).") % {"kind": kind}, _("Look in the log for the error."))]
