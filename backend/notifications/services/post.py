"""Mail: queued as rows, sent by the workers, tried until it has gone or is no use any more.

A letter is sent at least once: whoever dies between the mail server's answer and ours leaves one to be sent again,
under the same Message-ID, by which mail programmes know it.
"""

import logging
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from backend.events import claims, clock
from backend.events.models import Lane
from backend.events.nudge import nudge_on_commit
from backend.notifications import registry
from backend.notifications.models import Letter
from backend.people.models import Organisation

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
"""How long it is kept that a letter went out (as long as call legs: domain text, retention)."""


def queue_letter(
    *,
    organisation: Organisation,
    key: str,
    address: str,
    subject: str,
    body: str,
    expires_at: datetime,
    enclosure: str = "",
    reference: dict[str, Any] | None = None,
) -> bool:
    """Have a letter sent, in the transaction of the decision; False when there is one with this key already.

    `enclosure` names who makes what goes with it (`registry.register_enclosure`). From `expires_at` on (UTC, product's
    clock) it is no use any more and is not sent.
    """
    now = clock.now()
    _letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "organisation": organisation,
            "address": address,
            "subject": subject,
            "body": body,
            "enclosure": enclosure,
            "reference": reference or {},
            "lane": Lane.BULK,
            "due_at": now,
            "expires_at": expires_at,
            "created_at": now,
        },
    )
    if is_new:
        nudge_on_commit(Lane.BULK)
    return is_new


def send_due() -> int:
    """Send the letters whose time has come, one after another; returns how many are done.

    Any number of processes may do so at once. A mail server that does not answer holds a look up for EMAIL_TIMEOUT
    once: a failure ends it, and the letter is tried again after 2, 4, 8, … 64 seconds.
    """
    done = 0
    while held := claims.claim(Letter.objects.filter(state=Letter.State.QUEUED, due_at__lte=clock.now()), limit=1):
        try:
            _send(held[0])
            done += 1
        except Exception as error:
            log.warning("Letter %s could not be sent (%s) and is tried again.", held[0].pk, type(error).__name__)
            claims.put_back(Letter, held[0], error=type(error).__name__, now=clock.now())
            break
    return done


def purge(now: datetime) -> int:
    """Forget letters that went out, or were no use any more, thirty days ago; returns how many."""
    old = Letter.objects.exclude(state=Letter.State.QUEUED).filter(created_at__lt=now - KEPT)
    return old.delete()[0]


def _send(held: claims.Claim) -> None:
    letter = Letter.objects.filter(pk=held.pk, lease_token=held.token).first()
    if letter is None:
        return
    now = clock.now()
    if now >= letter.expires_at:
        _done(held, Letter.State.EXPIRED, None)
        return
    _as_mail(letter, now).send()
    _done(held, Letter.State.SENT, now)


def _as_mail(letter: Letter, now: datetime) -> EmailMessage:
    sender = settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    mail = EmailMessage(
        subject=" ".join(letter.subject.split()),
        body=letter.body,
        from_email=sender,
        to=[letter.address],
        headers={"Message-ID": f"<{letter.uuid}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    if letter.enclosure:
        enclosed = registry.enclosures[letter.enclosure](letter.reference, now)
        if enclosed is not None:
            mail.attach(enclosed.filename, enclosed.content, enclosed.mimetype)
    return mail


def _done(held: claims.Claim, state: Letter.State, sent_at: datetime | None) -> None:
    Letter.objects.filter(pk=held.pk, lease_token=held.token).update(
        state=state, sent_at=sent_at, lease_token=None, leased_until=None
    )
