"""Invariant 6: the real carrier cannot be reached by accident."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from backend.notifications.carriers.twilio.client import TwilioCarrier, from_settings
from backend.notifications.services import reach

REAL_SID, REAL_TOKEN = "AC" + "f" * 32, "f" * 32
SIMULATED_SID, SIMULATED_TOKEN = "AC" + "0" * 24 + "12345678", "simulator-abc"


@pytest.fixture
def configured(settings):
    """Set the carrier's settings, and make the carrier of them."""

    def make(**values: object) -> TwilioCarrier:
        defaults = {
            "RONDJE_CARRIER": "twilio",
            "RONDJE_CARRIER_URL": "",
            "RONDJE_REALLY_SEND": True,
            "TWILIO_ACCOUNT_SID": REAL_SID,
            "TWILIO_AUTH_TOKEN": REAL_TOKEN,
        }
        for name, value in (defaults | values).items():
            setattr(settings, name, value)
        return from_settings()

    return make


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"RONDJE_REALLY_SEND": False}, "RONDJE_REALLY_SEND"),
        ({"TWILIO_ACCOUNT_SID": SIMULATED_SID}, "simulator's"),
        ({"TWILIO_AUTH_TOKEN": SIMULATED_TOKEN}, "simulator's"),
        ({"RONDJE_CARRIER_URL": "http://127.0.0.1:8100"}, "leave RONDJE_CARRIER_URL empty"),
        ({"TWILIO_AUTH_TOKEN": ""}, "set TWILIO_ACCOUNT_SID"),
        ({"RONDJE_CARRIER": "simulator", "RONDJE_CARRIER_URL": "http://127.0.0.1:8100"}, "real account"),
        (
            {
                "RONDJE_CARRIER": "simulator",
                "TWILIO_ACCOUNT_SID": SIMULATED_SID,
                "TWILIO_AUTH_TOKEN": SIMULATED_TOKEN,
                "RONDJE_CARRIER_URL": "https://carrier.example",
            },
            "on this machine",
        ),
    ],
)
def test_settings_that_do_not_belong_together_are_refused(configured, values, reason: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=reason):
        configured(**values)


def test_real_carrier_takes_an_explicit_setting(configured) -> None:
    assert isinstance(configured(), TwilioCarrier)


def test_with_the_real_carrier_only_listed_lines_are_reached_until_that_is_lifted(settings) -> None:
    settings.RONDJE_CARRIER = "twilio"
    settings.RONDJE_ALLOWED_LINES = ["+31600000001"]
    reach.check("+31600000001")
    with pytest.raises(reach.ForbiddenLine, match="RONDJE_ALLOWED_LINES"):
        reach.check("+31600000002")
    settings.RONDJE_ALLOWED_LINES = ["*"]
    reach.check("+31600000002")


@pytest.mark.parametrize("line", ["112", "+31112", "+319008844", "144", "+3114013", "911"])
def test_emergency_and_service_numbers_are_never_rung(settings, line: str) -> None:
    settings.RONDJE_ALLOWED_LINES = ["*"]
    with pytest.raises(reach.ForbiddenLine):
        reach.check(line)
