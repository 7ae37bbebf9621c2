"""The row of a link in a text: for one person and one thing, short-lived, opened by a button, kept only as a hash."""

import hashlib
import secrets
import uuid
from datetime import datetime

from django.conf import settings
from django.db import models

from backend.common.errors import NotFound


class LinkRow(models.Model):
    """A link in a text. Only its hash is kept. Times are UTC on the product's clock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def new_token() -> str:
    """What stands in the address of a new link, and nowhere else."""
    return secrets.token_urlsafe(12)


def hash_of(token: str) -> str:
    """By which the row of a token is found."""
    return hashlib.sha256(token.encode()).hexdigest()


def address(page: str, token: str) -> str:
    """The link as it stands in the text; `page` is where its pages begin, without slashes around it."""
    return f"{settings.RONDJE_PUBLIC_URL}/{page}/{token}/"


def confirm(link: LinkRow, now: datetime) -> None:
    """The person behind the link has opened it by pressing a button: only from here on names are shown."""
    type(link)._default_manager.filter(pk=link.pk, confirmed_at=None).update(confirmed_at=now)


def gone() -> NotFound:
    """The refusal of a link that is not known, or over: nothing else is told."""
    return NotFound("This link does not work any more. Ring the number that sent it.")
