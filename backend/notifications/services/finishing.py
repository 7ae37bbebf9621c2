"""The end of a message: on its row, to its host, and what follows from a refusal."""

import logging
from datetime import datetime

from django.db import transaction

from backend.notifications import registry
from backend.notifications.domain.channels import OPTED_OUT
from backend.notifications.models import Attempt, Message, OptOut
from backend.notifications.services import opting_out, other_way

log = logging.getLogger(__name__)

ENDS = {
    "expired": Message.State.EXPIRED,
    "quiet_hours": Message.State.EXPIRED,
    "opted_out": Message.State.FAILED,
    Attempt.State.FAILED: Message.State.FAILED,
    Attempt.State.CANCELED: Message.State.FAILED,
}
"""The state of a message by its outcome; it is done with any other."""


def finish(message: Message, *, outcome: str, attempt: Attempt | None, now: datetime) -> None:
    """A message has come to its end: say so on its row and to its host. Once only. Under the host's lock.

    An alarm that could not be told is told the other way.
    """
    changed = Message.objects.filter(pk=message.pk, state__in=Message.OPEN).update(
        state=ENDS.get(outcome, Message.State.DONE), outcome=outcome, lease_token=None, leased_until=None
    )
    if not changed:
        return
    message.refresh_from_db()
    registry.hosts[message.host].ended(message, attempt, now)
    if message.state != Message.State.FAILED:
        return
    if attempt is not None and attempt.error_code == OPTED_OUT:
        opting_out.opt_out(message.organisation, message.line, how=OptOut.How.CARRIER)
    _tell_otherwise(message, now)


def _tell_otherwise(message: Message, now: datetime) -> None:
    """A failure here must not undo what the host was told."""
    try:
        with transaction.atomic():
            other_way.instead(message, now)
    except Exception:
        log.exception("Message %s could not be told the other way.", message.pk)
