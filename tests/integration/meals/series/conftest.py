"""What tests of a series of evenings share."""

import pytest

from tests.support.restos import Table, a_resto


@pytest.fixture
def table() -> Table:
    """A resto without any evening yet."""
    return a_resto()
