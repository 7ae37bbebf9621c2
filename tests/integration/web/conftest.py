"""What tests of pages share: an organisation with a circle, somebody who signs in, and a clock that stands still."""

import pytest
from django.test import Client

from backend.people.models import Organisation, Role, User
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.underway import Underway, an_outing


@pytest.fixture
def organisation(settings, db) -> Organisation:
    """Welzijn Oost, on a demo clock at 8:25."""
    settings.RONDJE_DEMO = True
    settings.PASSWORD_HASHERS = mornings.FAST_HASHERS
    mornings.set_time("08:25")
    return mornings.an_organisation()


@pytest.fixture
def morning(organisation: Organisation) -> Morning:
    """The circle De Linde with eight members, before it starts."""
    return Morning(organisation)


@pytest.fixture
def coordinator(organisation: Organisation) -> User:
    """Marijke, who coordinates."""
    return mornings.a_user("marijke", organisation, Role.Kind.COORDINATOR)


@pytest.fixture
def staff(client: Client, coordinator: User) -> Client:
    """Marijke's browser, signed in."""
    client.force_login(coordinator)
    return client


@pytest.fixture
def outing(organisation: Organisation) -> Underway:
    """The bus of this Monday, before it leaves."""
    return an_outing(organisation, day=mornings.MONDAY.date())


@pytest.fixture
def planner(client: Client, organisation: Organisation) -> Client:
    """Petra's browser: she plans the bus."""
    client.force_login(mornings.a_user("petra", organisation, Role.Kind.BUS_PLANNER))
    return client


@pytest.fixture
def manager(client: Client, organisation: Organisation) -> Client:
    """Roos's browser: she runs the resto."""
    client.force_login(mornings.a_user("roos", organisation, Role.Kind.RESTO_MANAGER))
    return client
