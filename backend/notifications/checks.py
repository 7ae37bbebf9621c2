"""System checks: a wrong carrier setting is found at the start, not at the first alarm."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from backend.notifications.carriers import accounts
from backend.notifications.carriers.twilio.client import from_settings


@register
def carrier_is_configured(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Each account's credentials and address must belong together."""
    if settings.RONDJE_CARRIER == "simulator" and not settings.RONDJE_CARRIER_URL:
        return []
    found: list[CheckMessage] = []
    for name in accounts():
        try:
            from_settings(name)
        except ImproperlyConfigured as error:
            found.append(Error(f"{error} (The {name} account.)", id="notifications.E001"))
    return found


@register(deploy=True)
def no_demo_secrets(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Production refuses the secrets of a demo."""
    if settings.SECRET_KEY == settings.DEMO_SECRET_KEY:
        return [Error("RONDJE_SECRET_KEY is the demo's. Set one of your own.", id="notifications.E002")]
    return []
