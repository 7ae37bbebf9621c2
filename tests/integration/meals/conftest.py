"""What tests of the dinners share."""

import pytest
from django.test import Client

from backend.events import clock
from backend.meals.models import Evening
from backend.people.models import Role
from tests.integration.web.mornings import a_user
from tests.support.restos import MONDAY, Table, a_resto, at


@pytest.fixture
def table(settings, db: None) -> Table:
    """A resto on the day before its dinner, at eleven."""
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=at("11:00", MONDAY), rate=0)
    return a_resto()


@pytest.fixture
def evening(table: Table) -> Evening:
    """Its dinner on Tuesday."""
    return table.evening()


@pytest.fixture
def host(table: Table) -> Client:
    """The browser of Marijke, who runs the resto."""
    client = Client(headers={"accept-language": "nl"})
    client.force_login(a_user("marijke", table.organisation, Role.Kind.RESTO_MANAGER))
    return client
