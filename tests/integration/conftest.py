"""What tests of several programmes share."""

from typing import Any

import pytest

from backend.people.models import Organisation
from tests.integration.web import mornings


@pytest.fixture
def organisation(settings: Any, db: None) -> Organisation:
    """Welzijn Oost, on a demo clock at 8:30 on a Monday."""
    settings.RONDJE_DEMO = True
    mornings.set_time("08:30")
    return mornings.an_organisation()
