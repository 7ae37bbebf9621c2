"""The carriers in use, by setting: one account, or two of which the second serves alarms when the first fails."""

from functools import lru_cache

from backend.notifications.carriers.base import Carrier

FIRST = "first"


@lru_cache
def carrier(account: str = FIRST) -> Carrier:
    """The carrier behind an account that the settings name.

    Raises ImproperlyConfigured rather than reaching the wrong one, and KeyError for an account that is not configured.
    """
    from backend.notifications.carriers.twilio.client import from_settings  # noqa: PLC0415 -- needs the settings

    return from_settings(account)


def accounts() -> tuple[str, ...]:
    """The names of the accounts that are configured, the one that is used first in front."""
    from backend.notifications.carriers.twilio.accounts import configured  # noqa: PLC0415 -- needs the settings

    return tuple(configured())


def sender(account: str) -> str:
    """The number that an account sends from (E.164); empty when it is the organisation's own."""
    from backend.notifications.carriers.twilio.accounts import configured  # noqa: PLC0415 -- needs the settings

    return configured()[account].sender
