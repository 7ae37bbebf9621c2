"""What driven drives say about how fast the bus is."""

from random import Random

import pytest

from backend.transport.domain.calibration import Drive, TooFewDrives, propose, usable
from backend.transport.domain.straight import Pace

TRUE = Pace(factor=1.35, km_per_hour=24, start_seconds=40)


def drives(count: int = 60, noise: float = 0, seed: int = 1) -> list[Drive]:
    """As a bus with the true pace drives them, each up to `noise` seconds more or less."""
    random = Random(seed)
    metres = [random.uniform(200, 4000) for _drive in range(count)]
    return [Drive(one, TRUE.seconds(one) + random.uniform(-noise, noise)) for one in metres]


def test_a_pace_is_found_again_from_what_was_driven_with_it() -> None:
    found = propose(drives(), Pace())
    assert (found.pace.km_per_hour, found.pace.start_seconds) == (pytest.approx(24, abs=0.1), 40)
    assert found.then.mean < 1 < found.now.mean
    assert found.now.late > 0, "drives took longer than it says now"


def test_what_it_proposes_misses_less_although_no_drive_is_like_another() -> None:
    found = propose(drives(noise=30), Pace())
    assert found.then.mean < 20 < found.now.mean
    assert abs(found.then.late) < 10


def test_a_break_and_a_forgotten_tick_change_next_to_nothing() -> None:
    strange = [Drive(800, 1300), Drive(900, 1500), Drive(600, 5), Drive(20, 300), Drive(500, 90_000), Drive(700, -10)]
    assert len(usable(strange)) == 2
    found = propose([*drives(), *strange], Pace())
    assert found.pace.km_per_hour == pytest.approx(24, abs=0.5)


def test_the_detour_is_known_only_from_metres_driven() -> None:
    assert propose(drives(), Pace(factor=1.2)).pace.factor == 1.2
    with_odometer = [Drive(one.metres, one.seconds, road_metres=1.5 * one.metres) for one in drives()]
    found = propose(with_odometer, Pace())
    assert found.pace.factor == 1.5
    assert found.pace.km_per_hour == pytest.approx(24 * 1.5 / 1.35, abs=0.1), "the times are the same"


def test_how_much_slower_the_bus_is_than_a_router_says() -> None:
    asked = [Drive(one.metres, one.seconds, router_seconds=one.seconds / 1.25) for one in drives()]
    assert propose(asked, Pace()).pace.router_factor == 1.25
    assert propose(drives(), Pace(router_factor=1.1)).pace.router_factor == 1.1


def test_what_no_bus_does_is_not_proposed() -> None:
    crawling = [Drive(1000 + i, 1700) for i in range(30)]
    assert propose(crawling, Pace()).pace.km_per_hour == 5


def test_a_handful_of_drives_proves_nothing() -> None:
    with pytest.raises(TooFewDrives, match="There are 19 drives that can be used; at least 20 are needed"):
        propose(drives(19), Pace())
