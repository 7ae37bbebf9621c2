"""What tests of pages share: an organisation with a circle, somebody who signs in, and a clock that stands still."""

import pytest
from django.test import Client

from backend.people.models import Organisation, Role, User
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning


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
