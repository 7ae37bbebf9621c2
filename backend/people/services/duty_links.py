"""Links in texts to somebody's own duties: for one person, short-lived, kept only as a hash."""

from datetime import datetime, timedelta

from backend.common.link_rows import address, gone, hash_of, new_token
from backend.people.models import DutyLink, Person

LIVES = timedelta(days=3)
"""As long as a question about a swap may stay open (product's clock)."""


def make(person: Person, now: datetime, *, page: str = "d", lives: timedelta = LIVES) -> str:
    """A new link to the duties of `person`: on the page of a programme, for as long as it is asked to live."""
    token = new_token()
    DutyLink.objects.create(person=person, token_hash=hash_of(token), expires_at=now + lives)
    return address(page, token)


def follow(token: str, now: datetime) -> DutyLink:
    """The link behind a token. Raises NotFound when there is none or its time is over: nothing else is told."""
    found = DutyLink.objects.filter(token_hash=hash_of(token)).select_related("person__organisation").first()
    if found is None or found.expires_at <= now:
        raise gone()
    return found
