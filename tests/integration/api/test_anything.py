"""Whatever is sent, no 5xx comes back, and what comes back is as described."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from tests.integration.api.conftest import Asker
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning

OPERATIONS = 16


@pytest.fixture
def under_way(morning: Morning) -> Morning:
    """A morning with something of everything in it."""
    mornings.set_time("8:30")
    morning.start()
    morning.case_about("Truus")
    return morning


def test_nothing_that_is_sent_breaks_it(
    transactional_db: None, under_way: Morning, system: Asker, live_server, settings
) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_CLASSES": []}
    described = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/schema/?format=json")
    operations = [result.ok() for result in described.get_all_operations()]
    assert len(operations) == OPERATIONS
    for operation in operations:
        _try(operation, system)


def _try(operation: Any, system: Asker) -> None:
    @given(case=operation.as_strategy())
    @hypothesis_settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def anything(case: schemathesis.Case) -> None:
        case.call_and_validate(
            headers={"Authorization": f"Bearer {system.token}"},
            checks=[not_a_server_error, response_schema_conformance],
        )

    anything()
