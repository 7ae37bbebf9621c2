"""Ports that are really free, and an environment without anybody else's settings."""

import json
import socket
from pathlib import Path

import pytest

from simulator.settings import read_settings
from stack.interrupts import Interrupts
from stack.ports import PortClaim, free_port, is_free
from stack.settings import town_environment


def test_the_preferred_port_is_taken_when_it_is_free_and_another_when_not() -> None:
    wanted = free_port()
    claim = PortClaim(wanted)
    assert claim.port == wanted
    claim.release()
    with socket.create_server(("127.0.0.1", wanted)):
        assert not is_free(wanted)
        other = PortClaim(wanted)
        assert other.port != wanted
        other.release()


def test_two_stacks_that_look_at_the_same_moment_do_not_choose_the_same_port() -> None:
    wanted = free_port()
    first, second = PortClaim(wanted), PortClaim(wanted)
    assert is_free(wanted)
    assert first.port == wanted != second.port
    first.release()
    second.release()


def _environment(directory: Path, **more: str) -> dict[str, str]:
    return town_environment(
        directory, database_url="postgresql://…", redis_url="redis://…", web_port=8000, simulator_port=8100, **more
    )


def test_the_credentials_of_a_real_carrier_never_reach_a_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "9" * 32)
    monkeypatch.setenv("TWILIO_API_KEY", "SK" + "9" * 32)
    monkeypatch.setenv("RONDJE_CARRIER", "twilio")
    environment = _environment(tmp_path)
    assert environment["RONDJE_CARRIER"] == "simulator"
    assert environment["TWILIO_ACCOUNT_SID"].startswith("AC" + "0" * 24)
    assert len(environment["TWILIO_ACCOUNT_SID"]) == 34
    assert environment["TWILIO_AUTH_TOKEN"].startswith("simulator-")
    assert "TWILIO_API_KEY" not in environment


def test_secrets_are_kept_per_directory_and_closed_to_others(tmp_path: Path) -> None:
    first = _environment(tmp_path / "one")
    assert _environment(tmp_path / "one") == first
    assert _environment(tmp_path / "two")["RONDJE_SECRET_KEY"] != first["RONDJE_SECRET_KEY"]
    assert (tmp_path / "one" / "secrets.json").stat().st_mode & 0o077 == 0


def test_a_second_account_is_known_to_product_and_simulator_alike(tmp_path: Path) -> None:
    assert "TWILIO_ACCOUNT_SID_2" not in _environment(tmp_path)
    environment = _environment(tmp_path, second_number="+31130009009")
    (second,) = read_settings([], environment).also_accounts
    assert second == ("second", environment["TWILIO_ACCOUNT_SID_2"], environment["TWILIO_AUTH_TOKEN_2"])
    assert environment["TWILIO_SENDER_2"] == "+31130009009"
    assert second.sid != environment["TWILIO_ACCOUNT_SID"]


def test_a_town_from_before_there_were_second_accounts_keeps_its_secrets(tmp_path: Path) -> None:
    first = _environment(tmp_path)
    kept = json.loads((tmp_path / "secrets.json").read_text())
    older = {name: value for name, value in kept.items() if not name.endswith("_2")}
    (tmp_path / "secrets.json").write_text(json.dumps(older))
    assert _environment(tmp_path, second_number="+31130009009")["TWILIO_ACCOUNT_SID_2"]
    assert _environment(tmp_path) == first


def test_loopback_is_exempt_from_the_proxy_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    assert _environment(tmp_path)["NO_PROXY"] == "intranet.example,127.0.0.1,localhost"


def test_only_the_first_interrupt_interrupts() -> None:
    told: list[str] = []
    interrupts = Interrupts(tell=told.append)
    with pytest.raises(KeyboardInterrupt):
        interrupts._handle(2, None)
    interrupts._handle(2, None)
    assert told == ["Still stopping; a moment."]
