"""manage.py doctor says in words what is wrong and what to do, and ends with 1 when anything is."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from backend.common.actors import SYSTEM
from backend.common.clock import real_now
from backend.events import clock, heartbeat
from backend.events.models import Heartbeat, Lane, Timer
from backend.people.models import DutyShift, Organisation, Role
from backend.people.services import duty
from backend.people.services.mailboxes import set_mailbox
from backend.transport.domain.places import Place
from backend.transport.models import Destination, Vehicle
from backend.web.doctor import machine
from simulator.client import Town
from stack.ports import free_port
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.routers import a_router


@pytest.fixture
def all_well(carrier_settings: str, simulator_url: str, transactional_db: None) -> Morning:
    """Everything that a test can have is as it should be; the broker is not there."""
    Town(simulator_url).reset()
    mornings.set_time("08:00")
    morning = Morning(mornings.an_organisation())
    set_mailbox(morning.organisation, "wijk@welzijn.example", actor=SYSTEM)
    duty.put_on_duty(
        person=morning.volunteer, scope=f"circle:{morning.circle.pk}", rank=DutyShift.Rank.COORDINATOR, weekday=0
    )
    for part in (*heartbeat.LANES.values(), heartbeat.DRAIN, heartbeat.SWITCH):
        heartbeat.beat(part)
    return morning


def said(*options: str) -> tuple[int, str]:
    """The exit status, and what the doctor printed."""
    out = StringIO()
    try:
        call_command("doctor", *options, stdout=out)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue()
    return 0, out.getvalue()


def wrong(*but: str) -> set[str]:
    """The checks that found something, those named left out."""
    _status, printed = said("--json")
    return {one["check"] for one in json.loads(printed) if not one["well"]} - set(but)


def test_a_broker_that_does_not_answer_is_named_with_what_to_do(all_well: Morning, settings: Any) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    status, printed = said()
    assert status == 1
    assert "✗ Broker\n    De broker antwoordt niet.\n    → Kijk of Redis of Valkey draait" in printed
    assert "✓ Database" in printed
    assert wrong() == {"broker"}
    assert "The broker does not answer." in said("--language=en")[1]


def test_each_thing_that_is_wrong_is_found(all_well: Morning, settings: Any, simulator_url: str) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    Heartbeat.objects.update(seen_at=real_now() - timedelta(minutes=5))
    Timer.objects.create(kind="x", subject_id=1, lane=Lane.NOTICE, due_at=clock.now() - timedelta(minutes=2))
    Town(simulator_url).set_faults({"outage": {"for": 3600}})
    settings.RONDJE_PUBLIC_URL = f"http://127.0.0.1:{free_port()}"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    set_mailbox(all_well.organisation, "", actor=SYSTEM)
    DutyShift.objects.filter(rank=DutyShift.Rank.COORDINATOR).delete()
    Organisation.objects.update(duty_phone="")
    settings.BUS_ROUTER, settings.BUS_ROUTER_URL = "osrm", f"http://127.0.0.1:{free_port()}"
    assert wrong("broker") == {"parts", "lag", "carrier", "address", "mail", "travel", "organisations", "circles"}


def test_the_workers_of_one_lane_are_named(all_well: Morning) -> None:
    Heartbeat.objects.filter(name=heartbeat.LANES[Lane.ALARM]).delete()
    printed = said("--language=en")[1]
    assert (
        "    The workers of the lane alarm stand still.\n    → Start: celery -A worker.app worker -Q alarm" in printed
    )
    Heartbeat.objects.exclude(name__in=(heartbeat.DRAIN, heartbeat.SWITCH)).delete()
    printed = said("--language=en")[1]
    assert "Beat, broker or workers stand still." in printed
    assert "The workers of the lane" not in printed


@pytest.mark.parametrize(
    ("router", "address", "sentence"),
    [
        ("goggle", "", "There is no router with the name in BUS_ROUTER; the bus is planned in straight lines."),
        ("osrm", "", "The address of the router is not known; the bus is planned in straight lines."),
        ("valhalla", "http://127.0.0.1:9", "The router says no travel times (does not answer); the bus"),
    ],
)
def test_a_router_that_does_not_answer_is_told(
    db: None, settings: Any, router: str, address: str, sentence: str
) -> None:
    settings.BUS_ROUTER, settings.BUS_ROUTER_URL = router, address
    with translation.override("en"):
        [(what, _to_do)] = machine.travel(clock.now())
    assert what.startswith(sentence)


@pytest.mark.parametrize("kind", ["osrm", "valhalla"])
def test_a_destination_without_a_road_is_named(db: None, settings: Any, kind: str) -> None:
    organisation = mornings.an_organisation()
    Vehicle.objects.create(organisation=organisation, name="De Bus", latitude=52.0, longitude=5.0)
    Destination.objects.create(organisation=organisation, name="Markt", latitude=52.01, longitude=5.01)
    with a_router(kind) as town, translation.override("en"):
        settings.BUS_ROUTER, settings.BUS_ROUTER_URL = kind, town.address
        assert list(machine.travel(clock.now())) == []
        Destination.objects.create(organisation=organisation, name="In zee", latitude=53.5, longitude=3.5)
        town.no_way_to = Place(53.5, 3.5)
        [(what, _to_do)] = machine.travel(clock.now())
    assert what == "The router knows no way to In zee; trips there are planned in straight lines."


def test_what_the_doctor_prints_holds_no_numbers(all_well: Morning, simulator_url: str) -> None:
    Town(simulator_url).set_faults({"outage": {"for": 3600}})
    assert "+31" not in said()[1]


def test_operators_see_the_same_on_the_machine_page(all_well: Morning, client: Client, settings: Any) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    client.force_login(mornings.a_user("olga", all_well.organisation, Role.Kind.OPERATOR))
    page = client.get("/machine/").content.decode()
    assert "De broker antwoordt niet." not in page, "the page itself is there at once, whatever does not answer"
    assert 'href="/machine/findings/"' in page
    for headers in ({}, {"HX-Request": "true"}):
        said = client.get("/machine/findings/", headers=headers).content.decode()
        assert "De broker antwoordt niet." in said
        assert "Kijk of Redis of Valkey draait" in said
        assert ("<html" in said) == (not headers)
