"""A resto with six chairs, on the Friday before its dinner."""

from collections.abc import Iterator

import pytest

from backend.events import clock
from backend.meals.models import Evening
from tests.integration.meals.waiting.a_full_evening import FRIDAY
from tests.support.restos import Table, a_resto


@pytest.fixture
def table() -> Iterator[Table]:
    clock.set_clock(virtual=FRIDAY, rate=0)
    return a_resto(chairs=6)


@pytest.fixture
def evening(table: Table) -> Evening:
    return table.evening()
