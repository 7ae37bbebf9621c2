"""A simulator in its own process with a frozen clock, the unmodified SDK, and a product to call back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from simulator.client import Town, to_next_event
from tests.integration.simulator.simulated_product import ACCOUNT, CIRCLE, MORNING, TOKEN, Product

Starter = Callable[..., str]


@pytest.fixture(scope="session")
def start_simulator() -> Iterator[Starter]:
    """Starts simulators with extra options and answers their addresses; stops them at the end."""
    running: list[subprocess.Popen[str]] = []

    def start(*options: str) -> str:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "simulator", "--port", "0",
                "--account-sid", ACCOUNT, "--auth-token", TOKEN, *options,
            ],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONDEVMODE": "1"},
        )  # fmt: skip
        running.append(process)
        assert process.stdout is not None
        return process.stdout.readline().split()[-1]

    yield start
    for process in running:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture(scope="session")
def simulator_url(start_simulator: Starter) -> str:
    return start_simulator("--seed", "7")


@pytest.fixture
def product() -> Iterator[Product]:
    product = Product(TOKEN)
    yield product
    product.close()
    unsigned = [one.path for one in product.heard if not one.signed and product.check_signatures]
    assert unsigned == [], "every webhook carries a valid signature"


@pytest.fixture
def town(simulator_url: str, product: Product) -> Town:
    """An empty town at 08:30, its clock frozen: each look at it jumps to the next event."""
    town = Town(simulator_url, patience=10, step=to_next_event)
    town.reset()
    town.set_clock(MORNING, rate=0)
    town.set_day(MORNING, "2026-11-23")
    town.own_numbers(
        {
            "number": CIRCLE,
            "voice_url": f"{product.url}/ring-in",
            "sms_url": f"{product.url}/text-in",
            "status_callback": f"{product.url}/ring-in-status",
        }
    )
    return town


@pytest.fixture
def carrier(simulator_url: str) -> Client:
    """The official SDK, unmodified, pointed at the simulator."""
    client = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=5))
    client.api.base_url = simulator_url
    return client
