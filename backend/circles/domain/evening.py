"""When tomorrow's list goes out on paper."""

from datetime import time
from typing import Any

DEFAULT = time(19, 0)
"""Local wall time: late enough to know tomorrow's absences, early enough to be read (issue text, Paper)."""


def evening_of(settings: dict[str, Any]) -> time:
    """The organisation's own hour (`{"paper": {"evening": "18:30"}}`); the default when it is none or no time."""
    try:
        return time.fromisoformat(str(settings.get("paper", {}).get("evening", ""))).replace(tzinfo=None)
    except (ValueError, AttributeError):
        return DEFAULT
