"""The addresses that the carrier calls us on: built from the configured public address, never from a request."""

from django.conf import settings
from django.urls import reverse


def voice(attempt: str, what: str, step: int) -> str:
    """Where the carrier asks what to say next. `what` is answer, key, silence, dialled or moved."""
    return _public(reverse("carrier-voice", args=[attempt, what, step]))


def status(attempt: str) -> str:
    """Where the carrier reports how a call or text is getting on."""
    return _public(reverse("carrier-status", args=[attempt]))


def _public(path: str) -> str:
    return f"{settings.RONDJE_PUBLIC_URL}{path}"
