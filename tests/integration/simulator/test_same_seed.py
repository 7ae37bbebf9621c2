"""The same seed and the same script leave the same journal, byte for byte."""

from __future__ import annotations

import threading
import urllib.request
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from simulator.client import Town
from tests.integration.simulator.conftest import Starter
from tests.integration.simulator.simulated_product import ACCOUNT, CIRCLE, MORNING, TOKEN, Product

PHONES = [f"+3160000{number:04d}" for number in range(1001, 1013)]
ASK = '<Response><Gather timeout="20" action="{url}/voice"><Say>Goedemorgen. Druk op 1.</Say></Gather></Response>'
CHANCE = {
    "callbacks": {"drop": 0.3, "double": True, "reorder": True},
    "twiml": {"late": {"between": [0, 4]}, "drop": 0.2, "double": True},
}


class Overtaken:
    """A product that answers out of turn, as a busy machine does: every third request lets a later one go first."""

    def __init__(self) -> None:
        self._asked = 0
        self._next = threading.Condition()

    def __call__(self, _values: dict[str, str]) -> str:
        with self._next:
            self._asked += 1
            mine = self._asked
            self._next.notify_all()
            if mine % 3 == 0:
                # Nobody may be behind it: then it goes after a moment.
                self._next.wait_for(lambda: self._asked > mine, timeout=0.01)
        return ""


def people() -> list[dict[str, Any]]:
    """Everyone takes their time, as the seed says."""
    drawn = {"between": [1, 15]}
    return [
        {
            "name": f"bewoner {number}",
            "phones": [phone],
            "calls": ["no_answer", {"pick_up": drawn, "press": "1", "press_after": drawn}],
            "texts": [{"hears": ".", "after": drawn, "reply": "JA"}],
            "rings_in": [{"at": 40 + number, "to": CIRCLE, "press": "1", "press_after": drawn}],
        }
        for number, phone in enumerate(PHONES)
    ]


def play(start_simulator: Starter, product: Product, seed: int) -> bytes:
    """A stormy morning on a simulator of its own: the bytes of its journal."""
    url = start_simulator("--seed", str(seed), "--calls-per-second", "4")
    town = Town(url)
    town.set_clock(MORNING, rate=0)
    town.set_day(MORNING, "2026-11-23")
    town.own_numbers({"number": CIRCLE, "voice_url": f"{product.url}/voice", "sms_url": f"{product.url}/text-in"})
    town.settle(people())
    town.set_faults(CHANCE)
    carrier = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=5))
    carrier.api.base_url = url
    for _ in range(2):
        for phone in PHONES:
            carrier.calls.create(
                to=phone, from_=CIRCLE, url=f"{product.url}/voice", timeout=30,
                status_callback=f"{product.url}/status",
                status_callback_event=["initiated", "ringing", "answered", "completed"],
            )  # fmt: skip
            carrier.messages.create(
                to=phone, from_=CIRCLE, body="Alles goed?", status_callback=f"{product.url}/text-status"
            )
        town.advance(60)
        town.fail_next(500)
        with pytest.raises(TwilioRestException):
            carrier.calls.create(to=PHONES[0], from_=CIRCLE, twiml="<Response/>")
        town.set_faults(CHANCE)
    town.advance(600)
    with urllib.request.urlopen(f"{url}/town/journal") as answer:
        return bytes(answer.read())


def test_the_same_seed_leaves_the_same_journal(start_simulator: Starter, product: Product) -> None:
    out_of_turn = Overtaken()
    product.scripts |= {
        "/voice": lambda values: "<Response/>" if "Digits" in values else ASK.format(url=product.url),
        "/text-in": "<Response><Message>Dank u wel.</Message></Response>",
        "/text-status": out_of_turn,
        "/status": out_of_turn,
    }
    journal = play(start_simulator, product, 7)

    assert journal.count(b'"kind": "webhook"') > 200
    assert play(start_simulator, product, 7) == journal
    assert play(start_simulator, product, 8) != journal
