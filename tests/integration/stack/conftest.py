"""Checkouts that clean up after themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from stack_trials import Running, make_checkout

from stack.place import remove_place


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    directory = make_checkout(tmp_path / "a checkout with spaces")
    yield directory
    remove_place(directory / ".run" / "postgres")


@pytest.fixture
def running(checkout: Path) -> Iterator[Running]:
    rondje = Running(checkout)
    yield rondje
    rondje.end()
