"""Whatever is sent, no 5xx comes back, and what comes back is as described."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.meals.services.wishes import PlateWish
from backend.people.api.access import PerToken
from backend.people.models import Person
from backend.people.services import absences
from tests.integration.api.conftest import Asker
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support import buses, restos, rides

OPERATIONS = 39
DAYS = (restos.TUESDAY, restos.TUESDAY + timedelta(days=2))
LISTED = {
    "circle": "circles",
    "trip": "bus-trips",
    "series": "bus-series",
    "resto": "restos",
    "evening": "resto-evenings",
}
"""What a field or filter may name, and where such things are listed."""


@pytest.fixture
def under_way(morning: Morning) -> Morning:
    """A morning with something of everything in it, a bus trip and a dinner."""
    mornings.set_time("8:30")
    morning.start()
    morning.case_about("Truus")
    absences.record_absence(
        person=morning.person("Co"), first_day=restos.TUESDAY, last_day=None, reason="away", actor=SYSTEM
    )
    with transaction.atomic():
        _a_trip(morning)
        _a_dinner(morning)
    return morning


def _a_trip(morning: Morning) -> None:
    """Tomorrow, with its crew: Bep is booked, and Toos waits.

    On Thursday there is room for everybody, and no driver yet.
    """
    bus = buses.a_bus(morning.organisation)
    trip, _roomy = (buses.a_trip(bus, day, series=buses.a_series(bus)) for day in DAYS)
    buses.a_crew(trip)
    buses.a_volunteer(morning.organisation, "Kees", "+31600000200")
    bep, toos = (buses.a_passenger(morning.organisation, name, phones=["+31130001390"]) for name in ("Bep", "Toos"))
    rides.book(trip, bep)
    buses.a_booking(trip, toos, state="waiting")


def _a_dinner(morning: Morning) -> None:
    """Tomorrow, with its crew: Mies has three of six chairs, and Ab waits for two. On Thursday there are twenty."""
    table = restos.a_resto_of(morning.organisation)
    series = restos.a_series(table.resto)
    evening, _roomy = (
        table.evening(day, series=series, chairs=chairs) for day, chairs in zip(DAYS, (6, 20), strict=True)
    )
    restos.crew_places(evening, "cook", "bar")
    table.reserves(evening, "Mies", clock.now(), covers=3, plates=(PlateWish(("nuts",), own_plate=True, name="Mies"),))
    table.waits(evening, "Ab", clock.now(), covers=2)


def test_nothing_that_is_sent_breaks_it(
    transactional_db: None, under_way: Morning, system: Asker, live_server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PerToken, "THROTTLE_RATES", {"token": None})
    described = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/schema/?format=json")
    operations = [result.ok() for result in described.get_all_operations()]
    assert len(operations) == OPERATIONS
    known = _known(under_way, system)
    answered = {
        one.label: _try(one, system, {**known, "id": _keys(system, one.path.split("/")[3])}) for one in operations
    }
    takes_nothing = [one.label for one in operations if not one.body]
    assert [label for label in takes_nothing if 200 not in answered[label]] == [], "nothing was found"


def _known(morning: Morning, system: Asker) -> dict[str, Sequence[Any]]:
    """What there is that may be named in fields and filters, and values that mean something."""
    people = Person.objects.filter(organisation=morning.organisation)
    return {
        **{name: _keys(system, where) for name, where in LISTED.items()},
        "person": list(people.filter(given_name__in=["Riet", "Bep", "Mies", "Kees"]).values_list("pk", flat=True)),
        "phones": [["013 000 1395"], ["06 0000 1396", "013 000 1397"]],
        "covers": [1, 2, 4],
    }


def _keys(system: Asker, where: str) -> list[int]:
    found = [one["id"] for one in system.get(f"{where}/")["results"]]
    assert found, where
    return found


def _try(operation: Any, system: Asker, known: dict[str, Sequence[Any]]) -> set[int]:
    """Anything is sent, also about what there is. The statuses of the answers."""
    answered: set[int] = set()
    about = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in known.items()})

    @given(case=operation.as_strategy(), about=st.none() | about)
    @hypothesis_settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def anything(case: schemathesis.Case, about: dict[str, Any] | None) -> None:
        for part in (case.path_parameters, case.query, case.body):
            if about and isinstance(part, dict):
                part.update({name: value for name, value in about.items() if name in part})
        answer = case.call_and_validate(
            headers={"Authorization": f"Bearer {system.token}"},
            checks=[not_a_server_error, response_schema_conformance],
        )
        answered.add(answer.status_code)

    anything()
    return answered
