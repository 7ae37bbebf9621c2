"""Start options: where they come from, and which of them could be real."""

from __future__ import annotations

import pytest

from simulator.settings import SettingsError, read_settings

SAFE = {"SIMULATOR_ACCOUNT_SID": "AC" + "0" * 24 + "0000abcd", "SIMULATOR_AUTH_TOKEN": "simulator-x"}


def test_options_come_from_the_command_line_else_from_the_environment() -> None:
    environment = SAFE | {"SIMULATOR_PORT": "8111", "SIMULATOR_CALLS_PER_SECOND": "2.5", "SIMULATOR_SEED": "4"}
    settings = read_settings(["--port", "8222"], environment)
    assert (settings.port, settings.calls_per_second, settings.seed) == (8222, 2.5, 4)
    assert (settings.host, settings.clock_url) == ("127.0.0.1", None)


@pytest.mark.parametrize(
    "change",
    [
        {"SIMULATOR_ACCOUNT_SID": ""},
        {"SIMULATOR_ACCOUNT_SID": "AC" + "0" * 23 + "10000abcd"},
        {"SIMULATOR_AUTH_TOKEN": ""},
        {"SIMULATOR_HOST": "0.0.0.0"},
        {"SIMULATOR_HOST": "192.0.2.1"},
        {"SIMULATOR_HOST": "192.0.2.1", "SIMULATOR_IN_CONTAINER": "1"},
        {"SIMULATOR_CALLS_PER_SECOND": "0"},
        {"SIMULATOR_CLOCK_URL": "http://clock.example/"},
    ],
)
def test_what_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        read_settings([], SAFE | change)


def test_in_a_container_it_may_listen_everywhere_and_call_its_neighbours() -> None:
    inside = {
        "SIMULATOR_IN_CONTAINER": "1",
        "SIMULATOR_HOST": "0.0.0.0",
        "SIMULATOR_CLOCK_URL": "http://web:8000/clock",
    }
    settings = read_settings([], SAFE | inside)
    assert (settings.host, settings.in_container) == ("0.0.0.0", True)
