"""How often somebody has just tried to sign in in vain: kept in the event log, so that every process sees it.

Counted per name and address together: whoever guesses from elsewhere cannot lock a coordinator out in the morning.
"""

import hashlib
from datetime import timedelta

from django.db import transaction

from backend.common.actors import Actor
from backend.events import clock
from backend.events.models import Event
from backend.events.services import record

KIND = "web.sign_in_failed"
SUBJECT = "sign_in"

AT_MOST = 5
WITHIN = timedelta(minutes=5)
"""So many failures in so much time (product's clock), and the sign-in page asks for patience."""


def too_many(username: str, address: str) -> bool:
    """Whether this name has failed too often from this address."""
    recent = Event.objects.filter(
        subject_kind=SUBJECT, subject_id=_subject(username, address), kind=KIND, recorded_at__gt=clock.now() - WITHIN
    )
    return recent.count() >= AT_MOST


def failed(username: str, address: str) -> None:
    """Write down a failure. Neither the name nor the address is kept: only a number made from both."""
    with transaction.atomic():
        record(
            kind=KIND,
            subject_kind=SUBJECT,
            subject_id=_subject(username, address),
            actor=Actor(who="anonymous", channel="page"),
            organisation_id=None,
        )


def _subject(username: str, address: str) -> int:
    digest = hashlib.sha256(f"{username.strip().lower()}\n{address}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
