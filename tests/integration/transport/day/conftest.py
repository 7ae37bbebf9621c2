"""What tests of the day itself share."""

import pytest

from tests.integration.transport.day.a_day import Day


@pytest.fixture
def bus(settings: object) -> Day:
    settings.RONDJE_DEMO = True  # type: ignore[attr-defined]
    return Day()
