"""Evenings that nobody closed, on the board of who runs them."""

from datetime import datetime
from typing import Any

from backend.meals.selectors import closing
from backend.people import doors
from backend.people.models import User


def unclosed(user: User, now: datetime) -> dict[str, Any]:
    """The panel; nothing when every evening was closed."""
    found = closing.unclosed(doors.organisations_of(user, *doors.RESTO), now)
    return {"evenings": found} if found else {}
