"""Links in texts: for one person and one incident, short-lived, kept only as a hash."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings

from backend.common.errors import NotFound
from backend.incidents.models import ClaimLink, Incident

LIVES = timedelta(hours=4)


def make(incident: Incident, target: str, now: datetime) -> str:
    """A new link to an incident for somebody on its ladder. Valid for four hours of the product's clock."""
    token = secrets.token_urlsafe(12)
    ClaimLink.objects.create(incident=incident, target=target, token_hash=_hash(token), expires_at=now + LIVES)
    return f"{settings.RONDJE_PUBLIC_URL}/i/{token}/"


def follow(token: str, now: datetime) -> ClaimLink:
    """The link behind a token. Raises NotFound when there is none or its time is over: nothing else is told."""
    link = ClaimLink.objects.filter(token_hash=_hash(token)).select_related("incident").first()
    if link is None or link.expires_at <= now:
        raise NotFound("This link does not work any more. Ring the number that sent it.")
    return link


def confirm(link: ClaimLink, now: datetime) -> None:
    """The person behind the link has opened it by pressing a button: only from here on names are shown."""
    ClaimLink.objects.filter(pk=link.pk, confirmed_at=None).update(confirmed_at=now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
