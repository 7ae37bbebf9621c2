"""What programmes register with the heart: stable names in rows, functions in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from backend.events import registry
from backend.events.models import Event

KIND = "tests.something_happened"


def look(subject_id: int, now: datetime) -> None:
    """A timer's handler."""


def react(event: Event) -> None:
    """An event's handler."""


def react_anew(event: Event) -> None:
    """The same handler after a change of the program."""


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    registry.timer_handlers.pop(KIND, None)
    registry.event_handlers.pop(KIND, None)


def test_a_timer_has_one_handler() -> None:
    registry.on_timer(KIND, look)
    assert registry.timer_handlers[KIND] is look


def test_an_event_may_have_several_handlers_each_in_its_lane() -> None:
    registry.on_event(KIND, "circles.first", react, lane="live")
    registry.on_event(KIND, "meals.second", react, lane="notice")
    assert registry.event_handlers[KIND] == {"circles.first": ("live", react), "meals.second": ("notice", react)}


def test_registering_a_name_again_does_not_double_it() -> None:
    registry.on_event(KIND, "circles.first", react, lane="live")
    registry.on_event(KIND, "circles.first", react_anew, lane="live")
    assert registry.event_handlers[KIND] == {"circles.first": ("live", react_anew)}
