"""Scenario moments (unix seconds) in the carrier's notations."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime


def rfc2822(at: float) -> str:
    """As in `Mon, 23 Nov 2026 07:30:00 +0000`, always in UTC."""
    return format_datetime(datetime.fromtimestamp(at, UTC))


def rfc2822_or_none(at: float | None) -> str | None:
    """The same, for a moment that may not have come yet."""
    return None if at is None else rfc2822(at)
