"""Links in texts: for one person and one incident, short-lived, kept only as a hash."""

from datetime import datetime, timedelta

from backend.common.link_rows import address, gone, hash_of, new_token
from backend.incidents.models import ClaimLink, Incident

LIVES = timedelta(hours=4)


def make(incident: Incident, target: str, now: datetime) -> str:
    """A new link to an incident for somebody on its ladder. Valid for four hours of the product's clock."""
    token = new_token()
    ClaimLink.objects.create(incident=incident, target=target, token_hash=hash_of(token), expires_at=now + LIVES)
    return address("i", token)


def follow(token: str, now: datetime) -> ClaimLink:
    """The link behind a token. Raises NotFound when there is none or its time is over: nothing else is told."""
    link = ClaimLink.objects.filter(token_hash=hash_of(token)).select_related("incident").first()
    if link is None or link.expires_at <= now:
        raise gone()
    return link
