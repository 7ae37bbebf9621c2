"""The dead man's switch: pings come while everything works, stop when any part fails, and come again."""

import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail

from backend.circles.models import PaperList
from backend.circles.services import planning
from backend.common.actors import SYSTEM
from backend.common.clock import real_now
from backend.events import clock, heartbeat
from backend.events.models import Heartbeat
from backend.people.services.mailboxes import set_mailbox
from simulator.client import Town
from stack.ports import free_port
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from worker import heartbeat as switch


@pytest.fixture
def pings(settings: Any) -> Iterator[list[str]]:
    """Somebody outside who listens: the pings that arrived."""
    heard: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", free_port()), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.RONDJE_PING_URL = f"http://127.0.0.1:{server.server_port}/ping/rondje"
    yield heard
    server.shutdown()
    server.server_close()


@pytest.fixture
def at_work(carrier_settings: str, simulator_url: str, transactional_db: None) -> Town:
    """Everything works: beats have been seen, the carrier answers, an organisation exists."""
    mornings.set_time("08:00")
    mornings.an_organisation()
    for name in (*heartbeat.LANES.values(), heartbeat.DRAIN):
        heartbeat.beat(name)
    town = Town(simulator_url)
    town.reset()
    return town


@pytest.fixture(autouse=True)
def broker_answers(settings: Any) -> None:
    """The real broker of this test run."""
    settings.REDIS_URL = os.environ["REDIS_URL"]


def is_silent_since(*names: str, minutes: float) -> None:
    Heartbeat.objects.filter(name__in=names).update(seen_at=real_now() - timedelta(minutes=minutes))


def test_a_ping_goes_out_while_everything_works(at_work: Town, pings: list[str]) -> None:
    assert switch.once() == []
    assert pings == ["/ping/rondje"]
    assert not heartbeat.is_stale(heartbeat.CARRIER)


EVERY_LANE = (*heartbeat.LANES.values(),)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (EVERY_LANE, "beat, broker or workers stand still"),
        *[((name,), f"the workers of the lane {lane} stand still") for lane, name in heartbeat.LANES.items()],
        ((heartbeat.DRAIN,), "the drain loop stands still"),
    ],
)
def test_no_ping_while_a_part_stands_still_and_again_when_it_is_back(
    at_work: Town, pings: list[str], parts: tuple[str, ...], words: str
) -> None:
    is_silent_since(*parts, minutes=1)
    assert switch.once() == [words]
    assert pings == []
    for part in parts:
        heartbeat.beat(part)
    assert switch.once() == []
    assert len(pings) == 1


def test_no_ping_while_broker_or_pages_do_not_answer(at_work: Town, pings: list[str], settings: Any) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    settings.RONDJE_PUBLIC_URL = f"http://127.0.0.1:{free_port()}"
    assert switch.once() == ["the broker does not answer", "nobody answers at our public address"]
    assert pings == []


def test_no_ping_while_the_carrier_does_not_answer(at_work: Town, pings: list[str]) -> None:
    at_work.set_faults({"outage": {"for": 3600}})
    (broken,) = switch.once()
    assert "the carrier does not answer" in broken
    at_work.set_faults({})
    assert switch.once() == []
    assert len(pings) == 1


def test_no_ping_with_credentials_that_the_carrier_refuses(at_work: Town, pings: list[str], settings: Any) -> None:
    from backend.notifications.carriers import carrier

    settings.TWILIO_AUTH_TOKEN = "simulator-another-token"
    carrier.cache_clear()
    (broken,) = switch.once()
    assert "the carrier does not answer" in broken
    assert pings == []


def test_a_look_that_fails_neither_ends_the_switch_nor_keeps_the_lists_from_going_out(
    at_work: Town, pings: list[str], settings: Any
) -> None:
    """An account whose settings nothing can be made of, while nothing else is at work any more."""
    from backend.notifications.carriers import carrier
    from backend.people.models import Organisation

    settings.RONDJE_CARRIER = "no such carrier"
    carrier.cache_clear()
    (broken,) = switch.once()
    assert "first account: ImproperlyConfigured" in broken
    set_mailbox(Morning(Organisation.objects.get()).organisation, "wijk@welzijn.example", actor=SYSTEM)
    planning.plan(clock.now())
    is_silent_since(heartbeat.WORKERS, minutes=3)
    is_silent_since(heartbeat.DRAIN, minutes=3)
    switch.once()
    assert [one.subject[:15] for one in mail.outbox] == ["NU ZELF BELLEN:"]
    assert pings == []


def test_nobody_listening_outside_stops_nothing(at_work: Town, settings: Any) -> None:
    settings.RONDJE_PING_URL = f"http://127.0.0.1:{free_port()}/"
    assert switch.once() == []


def test_when_nothing_else_is_at_work_the_switch_sends_the_list_on_paper_once(at_work: Town) -> None:
    from backend.people.models import Organisation

    morning = Morning(Organisation.objects.get())
    set_mailbox(morning.organisation, "wijk@welzijn.example", actor=SYSTEM)
    planning.plan(clock.now())
    is_silent_since(*EVERY_LANE, minutes=1)
    is_silent_since(heartbeat.DRAIN, minutes=3)
    switch.once()
    assert mail.outbox == []
    is_silent_since(*EVERY_LANE, minutes=3)
    for _look in range(3):
        switch.once()
    assert [one.subject[:15] for one in mail.outbox] == ["NU ZELF BELLEN:"]
    assert PaperList.objects.get().reason == "machine"
