"""How often somebody has just tried something: kept in the event log, so that every process sees it.

Neither names, numbers nor addresses are kept: only a number made from them.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from backend.common.actors import Actor
from backend.events import clock
from backend.events.models import Event
from backend.events.services import record


@dataclass(frozen=True)
class Trials:
    """Tries of one kind: after `at_most` of them `within` so much time (product's clock), patience is asked for."""

    kind: str
    subject: str
    at_most: int
    within: timedelta

    def too_many(self, *by: str) -> bool:
        """Whether so many were made by whom these words stand for, such as a name and an address."""
        recent = Event.objects.filter(
            subject_kind=self.subject,
            subject_id=_number(by),
            kind=self.kind,
            recorded_at__gt=clock.now() - self.within,
        )
        return recent.count() >= self.at_most

    def made(self, *by: str) -> None:
        """Write one down."""
        with transaction.atomic():
            record(
                kind=self.kind,
                subject_kind=self.subject,
                subject_id=_number(by),
                actor=Actor(who="anonymous", channel="page"),
                organisation_id=None,
            )


def _number(by: tuple[str, ...]) -> int:
    digest = hashlib.sha256("\n".join(by).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
