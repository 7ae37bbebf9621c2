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


def test_more_accounts_and_their_limits() -> None:
    second = "second=AC" + "0" * 24 + "00002222:simulator-y"
    third = "third=AC" + "0" * 24 + "00003333:simulator-z"
    settings = read_settings(["--live-legs", "3"], SAFE | {"SIMULATOR_ALSO_ACCOUNTS": f"{second} {third}"})
    assert [(account.name, account.auth_token) for account in settings.also_accounts] == [
        ("second", "simulator-y"),
        ("third", "simulator-z"),
    ]
    assert settings.live_legs == 3
    assert read_settings(["--also-account", second], SAFE).also_accounts == settings.also_accounts[:1]


@pytest.mark.parametrize(
    "account",
    [
        "second",
        "second=AC" + "0" * 24 + "00002222",
        "=AC" + "0" * 24 + "00002222:simulator-y",
        "second=AC" + "1" * 32 + ":simulator-y",
        "second=AC" + "0" * 24 + "00002222:could-be-real",
        "second=AC" + "0" * 24 + "0000abcd:simulator-y",
        "first=AC" + "0" * 24 + "00002222:simulator-y",
    ],
    ids=["no credentials", "no token", "no name", "sid", "token", "the first one's sid", "the first one's name"],
)
def test_one_more_account_that_is_refused(account: str) -> None:
    with pytest.raises(SettingsError):
        read_settings(["--also-account", account], SAFE)


def test_fewer_than_one_live_leg_is_refused() -> None:
    with pytest.raises(SettingsError, match="live-legs"):
        read_settings(["--live-legs", "0"], SAFE)
