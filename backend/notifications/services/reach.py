"""Which lines may be reached at all: never an emergency number, and with the real carrier only those allowed."""

from django.conf import settings

from backend.common.errors import RondjeError
from backend.people.domain.telephone import is_forbidden

EVERYBODY = "*"


class ForbiddenLine(RondjeError):
    """A number that software never rings, or not yet."""


def refuse_emergency(line: str) -> None:
    """Raise ForbiddenLine for an emergency or service number."""
    if is_forbidden(line):
        raise ForbiddenLine("An emergency or service number is never rung by the platform. People decide that.")


def check(line: str) -> None:
    """Raise ForbiddenLine for a line that may not be rung or texted.

    With the real carrier nothing is reached but `RONDJE_ALLOWED_LINES`, until that is lifted by `*` (invariant 6).
    """
    refuse_emergency(line)
    allowed = settings.RONDJE_ALLOWED_LINES
    if settings.RONDJE_CARRIER == "twilio" and EVERYBODY not in allowed and line not in allowed:
        raise ForbiddenLine("This line is not on the list of those that may be reached yet (RONDJE_ALLOWED_LINES).")
