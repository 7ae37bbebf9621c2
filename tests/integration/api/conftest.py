"""An organisation with a circle, a neighbour that must stay unseen, and tokens."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from backend.common.actors import SYSTEM
from backend.people.models import Integration, Organisation
from backend.people.services import integrations
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning


@dataclass
class Asker:
    """Another system with a token."""

    integration: Integration
    token: str

    def ask(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """One request; the answer, with its status."""
        client = Client(raise_request_exception=True)
        return client.generic(
            method,
            f"/api/v1/{address}",
            data="" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}", **headers},
        )

    def get(self, address: str) -> Any:
        """What is at an address."""
        answer = self.ask("GET", address)
        assert answer.status_code == 200, answer.content
        return answer.json()


def asker_of(organisation: Organisation, *, may_write: bool = True) -> Asker:
    """A system that was given a token."""
    return Asker(*integrations.admit(organisation=organisation, name="Het dossier", may_write=may_write, actor=SYSTEM))


@pytest.fixture
def morning(settings, db: None) -> Morning:
    """A circle on a Monday morning at ten past eight, on a clock that stands still."""
    settings.RONDJE_DEMO = True
    mornings.set_time("8:10")
    return Morning(mornings.an_organisation())


@pytest.fixture
def neighbour(morning: Morning) -> Morning:
    """Another organisation's circle, of which nothing may be seen."""
    return Morning(mornings.an_organisation("west", "Welzijn West"), name="De Beuk", numbers_from=1700)


@pytest.fixture
def system(morning: Morning) -> Asker:
    """A system that may read and write."""
    return asker_of(morning.organisation)
