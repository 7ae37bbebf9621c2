"""Links in texts to somebody's own duties: for one person, short-lived, kept only as a hash."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings

from backend.common.errors import NotFound
from backend.people.models import DutyLink, Person

LIVES = timedelta(days=3)
"""As long as a question about a swap may stay open (product's clock)."""


def make(person: Person, now: datetime) -> str:
    """A new link to the duties of `person`."""
    token = secrets.token_urlsafe(12)
    DutyLink.objects.create(person=person, token_hash=_hash(token), expires_at=now + LIVES)
    return f"{settings.RONDJE_PUBLIC_URL}/d/{token}/"


def follow(token: str, now: datetime) -> DutyLink:
    """The link behind a token. Raises NotFound when there is none or its time is over: nothing else is told."""
    found = DutyLink.objects.filter(token_hash=_hash(token)).select_related("person__organisation").first()
    if found is None or found.expires_at <= now:
        raise NotFound("This link does not work any more. Ring the number that sent it.")
    return found


def confirm(link: DutyLink, now: datetime) -> None:
    """The person behind the link has opened it by pressing a button: only from here on names are shown."""
    DutyLink.objects.filter(pk=link.pk, confirmed_at=None).update(confirmed_at=now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
