"""The nudge never raises and never blocks, whatever the broker does."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from backend.events import nudge
from backend.notifications.models import Message
from stack.services import Valkey
from tests.support.story import ANNEKE, Story
from worker.app import app
from worker.nudge import send


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Iterator[Valkey]:
    """A broker of this test's own, which nudges go to."""
    valkey = Valkey(tmp_path / "valkey")
    valkey.start()
    settings.RONDJE_NUDGE = "worker.nudge.send"
    monkeypatch.setattr(app.conf, "broker_url", valkey.url)
    monkeypatch.setattr(nudge._Rest, "until", 0.0)
    yield valkey
    os.kill(valkey.pid, signal.SIGCONT)
    valkey.stop()


DEAF = 10.0
"""Real seconds that nobody needs, on the busiest machine, who waits for a broker once, and for half a second."""


class Asked:
    """The real port, which counts how often it is asked."""

    def __init__(self) -> None:
        self.lanes: list[str] = []

    def __call__(self, lane: str) -> None:
        self.lanes.append(lane)
        send(lane)


asked = Asked()


def queued(broker: Valkey, lane: str) -> int:
    import redis

    return redis.Redis.from_url(broker.url).llen(lane)


def test_nudge_arrives_in_its_lane_and_carries_nothing_but_the_lane(broker: Valkey) -> None:
    nudge.nudge("alarm")
    assert queued(broker, "alarm") == 1
    assert queued(broker, "bulk") == 0


def test_black_holed_broker_costs_one_short_time_out_and_then_nothing(
    broker: Valkey, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RONDJE_NUDGE = f"{__name__}.asked"
    monkeypatch.setattr(asked, "lanes", [])
    # Time passes for the rest after a failure when the test says so, however busy the machine is.
    monkeypatch.setattr(nudge, "REST_AFTER_FAILURE", 3600.0)
    os.kill(broker.pid, signal.SIGSTOP)
    began = time.monotonic()
    for lane in ("alarm", *["live"] * 100):
        nudge.nudge(lane)
    assert asked.lanes == ["alarm"]
    assert time.monotonic() - began < DEAF


def test_dead_broker_is_taken_calmly(broker: Valkey) -> None:
    broker.stop()
    nudge.nudge("alarm")
    broker.start()


def test_gather_is_answered_within_its_time_while_the_broker_is_black_holed(broker: Valkey, story: Story) -> None:
    """An older person has pressed a key: the answer may not wait for a broker."""
    story.on_duty("anneke", ANNEKE)
    story.member("riet", "+31130001300")
    story.member("sjef", "+31130001301")
    story.lives("anneke", ANNEKE, habits=["manual"])
    story.lives("riet", "+31130001300", habits=["manual"])
    story.lives("sjef", "+31130001301")
    story.start()
    call = story.town.resident("anneke").expect_call("Druk op 1")
    os.kill(broker.pid, signal.SIGSTOP)
    began = time.monotonic()
    call.press("1")
    story.town.wait_until(lambda: Message.objects.filter(line="+31130001300").exists(), "Riet's call")
    assert time.monotonic() - began < DEAF
    story.town.resident("riet").expect_call("Anneke wil u spreken").press("1").expect_joined()
    assert connection.is_usable()
