"""Who comes in with a token, and how far."""

import pytest
from django.test import Client

from backend.common.actors import SYSTEM
from backend.events.models import Event
from backend.people.services import integrations
from tests.integration.api.conftest import Asker, asker_of
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support import buses
from tests.support.restos import a_resto_of, at, crew_places

LISTS = (
    *("circles", "members", "absences", "duties", "rounds", "incidents"),
    *("bus-trips", "bus-series", "bus-bookings", "bus-crew"),
    *("restos", "resto-evenings", "resto-reservations", "resto-crew"),
)


@pytest.mark.parametrize("thing", LISTS)
def test_without_a_token_nothing_is_told(thing: str, morning: Morning) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Bearer"}):
        answer = Client().get(f"/api/v1/{thing}/", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_of_a_browser_is_no_token(morning: Morning, client: Client, django_user_model: type) -> None:
    client.force_login(django_user_model.objects.create_user("marijke"))
    assert client.get("/api/v1/circles/").status_code == 401


def test_a_closed_connection_opens_nothing_any_more(system: Asker) -> None:
    assert system.ask("GET", "circles/").status_code == 200
    integrations.revoke(system.integration, actor=SYSTEM)
    integrations.revoke(system.integration, actor=SYSTEM)
    assert system.ask("GET", "circles/").status_code == 401
    assert Event.objects.filter(kind=integrations.INTEGRATION_REVOKED).count() == 1


def test_only_a_hash_of_the_token_is_kept(system: Asker) -> None:
    system.integration.refresh_from_db()
    secret = system.token.partition(".")[2]
    assert all(secret not in str(value) for value in vars(system.integration).values())


def test_who_may_only_read_writes_nothing(morning: Morning) -> None:
    reader = asker_of(morning.organisation, may_write=False)
    person = morning.person("Riet").pk
    answer = reader.ask("POST", "absences/", {"person": person, "first_day": "2026-11-23"})
    assert answer.status_code == 403
    assert "Ask your organisation" in answer.json()["detail"] or "Vraag uw organisatie" in answer.json()["detail"]


@pytest.mark.parametrize("thing", LISTS)
def test_of_another_organisation_there_is_nothing(thing: str, morning: Morning, neighbour: Morning) -> None:
    mornings.set_time("8:30")
    neighbour.start()
    neighbour.case_about("Riet")
    bus = buses.a_bus(neighbour.organisation)
    trip = buses.a_trip(bus, series=buses.a_series(bus))
    buses.a_booking(trip, buses.a_passenger(neighbour.organisation, "Riet"))
    table = a_resto_of(neighbour.organisation)
    evening = table.evening()
    table.reserves(evening, "Nel", at("08:00"))
    crew_places(evening, "cook")
    theirs, ours = asker_of(neighbour.organisation), asker_of(morning.organisation)
    known = {row["id"] for row in theirs.get(f"{thing}/")["results"]}
    assert known or thing == "absences"
    assert known.isdisjoint(row["id"] for row in ours.get(f"{thing}/")["results"])
    for key in known:
        assert ours.ask("GET", f"{thing}/{key}/").status_code == 404


def test_nothing_is_written_across_the_fence(system: Asker, morning: Morning, neighbour: Morning) -> None:
    stranger, strange_circle = neighbour.person("Riet").pk, neighbour.circle.pk
    wrong = [
        ("absences/", {"person": stranger, "first_day": "2026-11-23"}),
        ("members/", {"circle": strange_circle, "family_name": "Vos", "phones": ["013 000 1234"]}),
        ("duties/", {"circle": strange_circle, "person": morning.volunteer.pk, "rank": "primary", "weekday": 1}),
        ("duties/", {"circle": morning.circle.pk, "person": stranger, "rank": "primary", "weekday": 1}),
    ]
    assert [system.ask("POST", address, body).status_code for address, body in wrong] == [400] * 4


def test_a_program_gone_wild_is_slowed_down(system: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    from backend.people.api.access import PerToken

    monkeypatch.setattr(PerToken, "THROTTLE_RATES", {"token": "3/minute"})
    statuses = [system.ask("GET", "circles/").status_code for _time in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_the_description_is_complete_and_open(client: Client) -> None:
    answer = client.get("/api/v1/schema/?format=json")
    assert answer.status_code == 200
    paths = answer.json()["paths"]
    assert {path.split("/")[3] for path in paths} == set(LISTS)
    assert client.get("/api/v1/docs/").status_code == 200
