"""The scenarios to which real processes add nothing, on a clock that stands still: the same files, in seconds."""

from pathlib import Path
from typing import Any

import pytest

from simulator.client import Town
from tests.scenarios.test_playing_scenarios import FOR_REAL, SHIPPED
from tests.support.stepped import Stepped, can_be_stepped

FILES = [file for file in SHIPPED if file.stem not in FOR_REAL and can_be_stepped(file)]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_shipped_scenario_ends_as_it_says(
    file: Path, carrier_settings: str, simulator_url: str, transactional_db: None, settings: Any
) -> None:
    town = Town(simulator_url)
    played = Stepped(town=town, public_url=carrier_settings, file=file, settings=settings)
    try:
        assert played.play() == []
    finally:
        town.reset()
