"""Calls made and looked at with the official SDK."""

from typing import Any

from twilio.rest import Client

from tests.integration.simulator.simulated_product import CIRCLE

HELLO = "<Response><Say>Goedemorgen.</Say></Response>"


def ring(carrier: Client, to: str, **options: Any) -> str:
    """The circle's number rings somebody; the call's SID."""
    return str(carrier.calls.create(**({"to": to, "from_": CIRCLE, "twiml": HELLO} | options)).sid)


def status(carrier: Client, sid: str) -> str:
    """How a call stands."""
    return str(carrier.calls(sid).fetch().status)
