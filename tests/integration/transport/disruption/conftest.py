"""A bus on its day, for tests of what goes wrong."""

import pytest

from tests.integration.transport.disruption.a_stop import MONDAY
from tests.support.story import Story
from tests.support.underway import Underway, an_outing


@pytest.fixture
def road(story: Story) -> Underway:
    """The bus of this Monday leaves at 9:30; it is 8:25."""
    return an_outing(story.organisation, day=MONDAY)
