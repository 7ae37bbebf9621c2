"""The inbox on the today board."""

from datetime import datetime
from typing import Any

from backend.notifications.web import reading
from backend.people.models import User

AT_MOST = 5


def open_inbox(user: User, _now: datetime) -> dict[str, Any]:
    """What waits for a person, the longest waiting first; the rest is counted."""
    count = reading.items(user).filter(dealt_with_at=None).count()
    if not count:
        return {}
    rows = reading.open_rows(user, AT_MOST)
    return {"rows": rows, "more": count - len(rows)}
