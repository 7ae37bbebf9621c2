"""What every test may use: the real servers, a carrier simulator, and stories."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from simulator.client import Town
from tests.support import emptying, profiles, still_clock
from tests.support.story import Story

SIMULATOR_SID = "AC" + "0" * 24 + "51a1a70c"
SIMULATOR_TOKEN = "simulator-of-the-tests"
os.environ.setdefault("TWILIO_ACCOUNT_SID", SIMULATOR_SID)
os.environ.setdefault("TWILIO_AUTH_TOKEN", SIMULATOR_TOKEN)


def pytest_configure() -> None:
    """Each worker of pytest-xdist has a database of its own in Valkey, as it has in Postgres."""
    from django.conf import settings

    profiles.use()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        address = settings.REDIS_URL.rpartition("/")[0]
        settings.REDIS_URL = os.environ["REDIS_URL"] = f"{address}/{int(worker.removeprefix('gw')) + 1}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Threads of the live server give their connections back after each request, so that databases can be dropped."""
    from django.db import connections

    connections.databases["default"]["CONN_MAX_AGE"] = 0


@pytest.fixture(scope="session", autouse=True)
def _emptied_quickly() -> Iterator[None]:
    """See tests.support.emptying."""
    with pytest.MonkeyPatch.context() as patch:
        emptying.only_what_was_filled(patch)
        yield


@pytest.fixture(scope="session")
def simulator_url() -> Iterator[str]:
    """A carrier simulator on a free port, for the whole session."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "simulator", "--port", "0"),
            *("--account-sid", SIMULATOR_SID, "--auth-token", SIMULATOR_TOKEN),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    ready = process.stdout.readline()
    assert ready.startswith("Simulator ready on "), "the simulator ended before it was ready"
    yield ready.split()[-1]
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
def carrier_settings(settings, simulator_url: str, live_server) -> str:
    """The product as it is in a demo: the simulator is its carrier, the live server its public address."""
    from backend.notifications.carriers import carrier

    settings.RONDJE_DEMO = True
    settings.RONDJE_CARRIER = "simulator"
    settings.RONDJE_CARRIER_URL = simulator_url
    settings.TWILIO_ACCOUNT_SID = SIMULATOR_SID
    settings.TWILIO_AUTH_TOKEN = SIMULATOR_TOKEN
    settings.RONDJE_PUBLIC_URL = live_server.url
    carrier.cache_clear()
    yield live_server.url
    carrier.cache_clear()


@pytest.fixture
def story(
    carrier_settings: str, simulator_url: str, transactional_db, caplog: pytest.LogCaptureFixture
) -> Iterator[Story]:
    """A morning to be played.

    A call or text to a manual resident that nothing expected fails it, and so does an error that the product logged and
    went on from, unless the story says that it may (`told.may_fail`).
    """
    town = Town(simulator_url)
    with still_clock.remembered():
        told = Story(town=town, public_url=carrier_settings)
        town._step = told.step
        yield told
    failures = [record.getMessage() for record in caplog.get_records("call") if record.exc_info]
    assert told.may_fail or not failures, failures
    town.no_unexpected()
    town.reset()
