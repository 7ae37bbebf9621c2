"""Every setting that the code reads reaches the containers, is in the documents, and may be left empty."""

import os
import re
import runpy
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from simulator.settings import read_settings
from stack.settings import ROOT

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PRODUCT = {name: one for name, one in SERVICES.items() if "RONDJE_PUBLIC_URL" in one.get("environment", {})}
MADE_BY_THE_IMAGES = {
    *("RONDJE_IN_CONTAINER", "RONDJE_STATIC_ROOT"),
    *("SIMULATOR_IN_CONTAINER", "SIMULATOR_HOST", "SIMULATOR_PORT"),
}


class Read(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values_given = values
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.values_given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_given)

    def __len__(self) -> int:
        return len(self.values_given)


def settings_with(values: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], set[str]]:
    """The settings in an environment of these values alone, and the names that were read."""
    read = Read(values)
    with monkeypatch.context() as patched:
        patched.setattr(os, "environ", read)
        found = runpy.run_path(str(ROOT / "backend" / "config" / "settings.py"))
    return {name: value for name, value in found.items() if name.isupper()}, read.names


def names_read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    return settings_with({}, monkeypatch)[1]


def names_read_by_the_simulator() -> set[str]:
    read = Read({"SIMULATOR_ACCOUNT_SID": "AC" + "0" * 32, "SIMULATOR_AUTH_TOKEN": "simulator-x"})
    read_settings([], read)
    return read.names


def filled_in(service: dict[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    """What a service is given when `.env` holds these values: as compose replaces ${NAME:-otherwise}."""

    def value_of(found: re.Match[str]) -> str:
        return values.get(found["name"]) or found["otherwise"]

    shape = re.compile(r"\$\{(?P<name>\w+):[-?](?P<otherwise>[^}]*)\}")
    return {name: shape.sub(value_of, str(text)) for name, text in service["environment"].items()}


@pytest.mark.parametrize("service", PRODUCT.values(), ids=PRODUCT)
def test_what_the_product_reads_is_what_its_containers_are_given(
    service: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = set(service["environment"])
    read = names_read(monkeypatch)
    assert {name for name in read if not name.endswith("_FILE")} - MADE_BY_THE_IMAGES <= given
    assert given <= read, "a name that nobody reads"


def test_what_the_simulator_reads_is_what_its_container_is_given() -> None:
    given = set(SERVICES["simulator"]["environment"])
    read = names_read_by_the_simulator()
    assert {name for name in read if not name.endswith("_FILE")} - MADE_BY_THE_IMAGES <= given
    # Which of NAME and NAME_FILE is looked at depends on whether the file is named.
    assert {name.removesuffix("_FILE") for name in given} <= {name.removesuffix("_FILE") for name in read}


def test_a_name_that_is_left_empty_counts_as_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    given = filled_in(SERVICES["web"], {"RONDJE_PUBLIC_URL": "https://rondje.example"})
    assert "" in given.values()
    only_what_is_set = {name: value for name, value in given.items() if value}
    with_empty_names, _read = settings_with(given, monkeypatch)
    without_them, _read = settings_with(only_what_is_set, monkeypatch)
    assert with_empty_names == without_them


def test_the_second_account_is_reached_where_the_first_is_unless_it_has_an_address_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = {"RONDJE_PUBLIC_URL": "http://web:8000", "RONDJE_CARRIER_URL": "http://simulator:8100"}
    found, _read = settings_with(filled_in(SERVICES["web"], one), monkeypatch)
    assert found["RONDJE_CARRIER_URL_2"] == "http://simulator:8100"
    two = one | {"RONDJE_CARRIER_URL_2": "http://another:8100"}
    found, _read = settings_with(filled_in(SERVICES["web"], two), monkeypatch)
    assert found["RONDJE_CARRIER_URL_2"] == "http://another:8100"


def test_no_other_module_reads_the_environment() -> None:
    """Else this test would not see what it reads. DJANGO_SETTINGS_MODULE has its one value in the code."""
    readers = {}
    for part in ("backend", "worker", "simulator"):
        for file in (ROOT / part).rglob("*.py"):
            reads = re.findall(r"os\.(?:environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|getenv)", file.read_text())
            if reads:
                readers[str(file.relative_to(ROOT))] = len(reads)
    assert readers == {"simulator/__main__.py": 1}, "the simulator hands its environment to read_settings"


def test_every_setting_is_in_the_documents_and_the_example_names_none_that_does_not_exist(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = {name for name in names_read(monkeypatch) if not name.endswith("_FILE")}
    document = (ROOT / "docs" / "operating.md").read_text()
    assert {name for name in read - {"RONDJE_STATIC_ROOT"} if f"`{name}`" not in document} == set()
    example = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    used = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    assert example <= used
