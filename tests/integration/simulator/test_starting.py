"""Starting, refusing to start, following the product's clock, and stopping."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from simulator.client import Town
from tests.integration.simulator.simulated_product import ACCOUNT, TOKEN

STOPS_WITHIN = 20
"""Real seconds, on a busy machine: a server that waits for its listeners takes a minute."""

REAL_LOOKING = "AC" + "3f" * 16


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--account-sid", REAL_LOOKING, "--auth-token", TOKEN], "could be a real one"),
        (["--account-sid", ACCOUNT, "--auth-token", "3f" * 16], "could be a real one"),
        (["--account-sid", ACCOUNT, "--auth-token", TOKEN, "--host", "0.0.0.0"], "loopback only"),
        (["--account-sid", ACCOUNT, "--auth-token", TOKEN, "--clock-url", "http://example.com/"], "loopback"),
    ],
)
def test_it_refuses_what_could_be_real(options: list[str], complaint: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulator", *options], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 2
    assert complaint in done.stderr


def test_a_port_in_use_is_told_in_words(simulator_url: str) -> None:
    port = simulator_url.rsplit(":", 1)[1]
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "--port", port, "--account-sid", ACCOUNT, "--auth-token", TOKEN],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 2
    assert "--port" in done.stderr


def test_it_stops_even_while_somebody_listens_to_the_journal() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", "--port", "0", "--account-sid", ACCOUNT, "--auth-token", TOKEN],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    url = process.stdout.readline().split()[-1]
    listener = threading.Thread(target=_listen, args=(url,), daemon=True)
    listener.start()
    process.terminate()
    assert process.wait(timeout=STOPS_WITHIN) == 0
    process.stdout.close()


def _listen(url: str) -> None:
    try:
        urllib.request.urlopen(f"{url}/town/journal?after=0&wait=30", timeout=40).read()
    except OSError:
        return


class ProductClock:
    """The product's clock: fast, until a person takes part."""

    def __init__(self) -> None:
        clock = self
        self.anchor = {"real": time.time(), "virtual": 1_795_419_000.0, "rate": 20.0}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = json.dumps(clock.anchor).encode()
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                clock.anchor = clock.anchor | {"rate": 1.0}
                self.do_GET()

            def log_message(self, *_: object) -> None:
                """Silence."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


def test_it_follows_the_products_clock_and_asks_it_to_slow_down_for_a_person(
    start_simulator: Callable[..., str],
) -> None:
    product = ProductClock()
    town = Town(start_simulator("--clock-url", product.url))
    assert town.clock()["virtual"] == 1_795_419_000.0
    assert town.clock()["rate"] == 20.0

    product.anchor |= {"rate": 50.0}
    town.wait_until(lambda: town.clock()["rate"] == 50.0, "the new rate")

    town.settle([{"name": "riet", "phones": ["+31130001211"]}])
    town.own_numbers({"number": "+31130000100"})
    town.request("POST", "/town/phones/+31130001211/ring-in?by=person", {"to": "+31130000100"})
    assert town.clock()["rate"] == 1.0

    product.server.shutdown()
    product.server.server_close()
    time_before = town.clock()["now"]
    town.wait_until(lambda: town.clock()["now"] > time_before + 0.6, "the clock to go on without the product")


def test_the_page_and_the_health_check_are_served(simulator_url: str) -> None:
    for path, text in [("/", "telefoons"), ("/town.js", "journal"), ("/words.js", "Opnemen"), ("/town.css", "card")]:
        with urllib.request.urlopen(simulator_url + path, timeout=5) as response:
            assert text in response.read().decode()
    with urllib.request.urlopen(simulator_url + "/healthz", timeout=5) as response:
        assert json.load(response) == {"ok": True}
