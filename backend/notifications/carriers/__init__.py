"""The carrier in use, by setting."""

from functools import lru_cache

from backend.notifications.carriers.base import Carrier


@lru_cache
def carrier() -> Carrier:
    """The carrier that the settings name. Raises ImproperlyConfigured rather than reaching the wrong one."""
    from backend.notifications.carriers.twilio.client import from_settings  # noqa: PLC0415 -- needs the settings

    return from_settings()
