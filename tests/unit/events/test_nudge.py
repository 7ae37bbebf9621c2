"""A nudge never raises and costs one short failure at the most: a dead broker must not break a call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from backend.events import nudge

taken: list[str] = []
failures: list[str] = []


def working(lane: str) -> None:
    taken.append(lane)


def broken(lane: str) -> None:
    failures.append(lane)
    raise ConnectionError("broker at redis://somewhere is gone")


@pytest.fixture(autouse=True)
def rested() -> Iterator[None]:
    taken.clear()
    failures.clear()
    nudge._Rest.until = 0.0
    yield
    nudge._Rest.until = 0.0


def test_the_port_named_in_the_settings_is_told_the_lane(settings: Settings) -> None:
    settings.RONDJE_NUDGE = f"{__name__}.working"
    nudge.nudge("alarm")
    assert taken == ["alarm"]


def test_a_dead_broker_is_not_felt(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """It is tried once, logged once without its address, and then left alone for a while."""
    settings.RONDJE_NUDGE = f"{__name__}.broken"
    for _each in range(3):
        nudge.nudge("alarm")
    assert failures == ["alarm"]
    assert [record.getMessage() for record in caplog.records] == [
        "The broker does not take nudges (ConnectionError); ticks go on."
    ]


def test_it_is_tried_again_after_its_rest(settings: Settings) -> None:
    settings.RONDJE_NUDGE = f"{__name__}.broken"
    nudge.nudge("alarm")
    nudge._Rest.until -= nudge.REST_AFTER_FAILURE
    settings.RONDJE_NUDGE = f"{__name__}.working"
    nudge.nudge("live")
    assert taken == ["live"]


def test_a_name_that_leads_nowhere_is_no_reason_to_fail(settings: Settings) -> None:
    settings.RONDJE_NUDGE = "backend.events.no_such_module.nudge"
    nudge.nudge("alarm")
