"""`manage.py calibrate_travel`: how fast the bus really is."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command

from backend.events.models import Event
from backend.people.models import Organisation
from backend.transport.domain.places import Place, metres_between
from backend.transport.domain.straight import Pace
from backend.transport.models import Ride, Trip
from backend.transport.selectors.driven import driven_since
from tests.support.buses import TUESDAY, a_bus
from tests.support.rides import a_full_trip
from tests.support.routers import a_router

pytestmark = pytest.mark.django_db

SLOW = Pace(factor=1.35, km_per_hour=18, start_seconds=60)


def said(*options: str) -> str:
    out = StringIO()
    call_command("calibrate_travel", "welzijn", *options, stdout=out)
    return out.getvalue()


def drive(trip: Trip, pace: Pace = SLOW) -> None:
    """Tick the whole trip off as a bus of this pace would have driven it."""
    for way in Ride.Way:
        rides = list(trip.rides.filter(way=way).select_related("booking").order_by("round_number", "position"))
        at, now = Place.of(trip.destination), trip.leaves_at if way == Ride.Way.THERE else trip.returns_at
        for number, ride in enumerate(rides):
            door = Place.of(ride.booking)
            if number or way == Ride.Way.HOME:
                now += timedelta(seconds=pace.seconds(metres_between(at, door)))
            now += timedelta(seconds=ride.booking.boarding_seconds)
            Ride.objects.filter(pk=ride.pk).update(
                state=Ride.State.DONE, on_board_at=now if way == Ride.Way.THERE else trip.returns_at, done_at=now
            )
            at = door
        if way == Ride.Way.THERE:
            arrives = now + timedelta(seconds=pace.seconds(metres_between(at, Place.of(trip.destination))))
            Ride.objects.filter(pk__in=[ride.pk for ride in rides]).update(done_at=arrives)


def some_weeks(organisation: Organisation, weeks: int = 3) -> list[Trip]:
    bus = a_bus(organisation)
    return [a_full_trip(bus, names_from(week), day=TUESDAY - timedelta(weeks=week + 1)) for week in range(weeks)]


def names_from(week: int) -> dict[str, tuple[float, float]]:
    homes = {
        "Mina": (51.5652, 5.0951),
        "Piet": (51.5640, 5.0860),
        "Aaltje": (51.5590, 5.1010),
        "Bep": (51.5534, 5.0925),
    }
    return {f"{name}{week}": (at[0] + week / 1000, at[1] - week / 1000) for name, at in homes.items()}


def test_the_drives_are_those_between_the_ticks_without_the_boarding(organisation: Organisation) -> None:
    [trip] = some_weeks(organisation, 1)
    drive(trip)
    found = driven_since(organisation, date(2026, 1, 1))
    assert len(found) == 8, "four doors there, the last drive to the market; four doors home"
    assert all(one.seconds == pytest.approx(SLOW.seconds(one.metres), abs=0.01) for _a, _b, one in found)


def test_a_round_on_which_somebody_was_not_there_says_nothing(organisation: Organisation) -> None:
    [trip] = some_weeks(organisation, 1)
    drive(trip)
    missing = trip.rides.filter(way="there").first()
    assert missing is not None
    Ride.objects.filter(pk=missing.pk).update(state=Ride.State.NOT_THERE, on_board_at=None, done_at=None)
    assert len(driven_since(organisation, date(2026, 1, 1))) == 4


def test_it_proposes_and_writes_nothing_until_it_is_told_to(organisation: Organisation) -> None:
    for trip in some_weeks(organisation):
        drive(trip)
    printed = said()
    assert printed.startswith("24 drives.\n")
    assert "proposed: road = 1.35 × straight line, 18 km/h, 60 s for every drive" in printed
    assert "Missed by 0 s on average" in printed
    assert "Nothing was written." in printed
    organisation.refresh_from_db()
    assert "travel" not in organisation.settings

    assert "Saved" in said("--save")
    organisation.refresh_from_db()
    assert Pace.of(organisation.settings["travel"]) == SLOW
    assert Event.objects.get(kind="transport.pace_changed").payload["km_per_hour"] == 18


def test_saving_keeps_the_other_settings(organisation: Organisation) -> None:
    organisation.settings = {"paper": {"evening": "19:00"}, "travel": {"far_km": 25}}
    organisation.save()
    for trip in some_weeks(organisation):
        drive(trip)
    said("--save")
    organisation.refresh_from_db()
    assert organisation.settings["paper"] == {"evening": "19:00"}
    assert organisation.settings["travel"]["far_km"] == 25


def test_measured_drives_come_from_a_file(organisation: Organisation, tmp_path: Path) -> None:
    file = tmp_path / "drives.csv"
    lines = ["from_latitude,from_longitude,to_latitude,to_longitude,seconds,metres"]
    for number in range(25):
        a, b = Place(51.56, 5.09), Place(51.56 + 0.001 * (number + 1), 5.09)
        metres = metres_between(a, b)
        lines.append(f"{a.latitude},{a.longitude},{b.latitude},{b.longitude},{SLOW.seconds(metres):.1f},{1.5 * metres}")
    file.write_text("\n".join(lines))
    assert "proposed: road = 1.5 × straight line, 20 km/h, 60 s" in said("--csv", str(file))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("from_latitude,seconds\n51.5,60\n", "Line 2 has no from_longitude, to_latitude, to_longitude"),
        (
            "from_latitude,from_longitude,to_latitude,to_longitude,seconds\n51.5,5,51.6,5,a minute\n",
            "Line 2: could not convert string to float: 'a minute'. Write numbers such as 51.5600 and 240.",
        ),
        ("from_latitude,from_longitude,to_latitude,to_longitude,seconds\n51,5,51.01,5,90\n", "There are 1 drives that"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_by_line(
    organisation: Organisation, tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "drives.csv"
    file.write_text(text)
    with pytest.raises(CommandError, match=sentence) as refused:
        said("--csv", str(file))
    assert refused.value.returncode == 2


def test_nothing_to_go_by_and_nobody_of_that_name(organisation: Organisation) -> None:
    with pytest.raises(CommandError, match="There are 0 drives"):
        said()
    with pytest.raises(CommandError, match="There is no organisation 'elders'"):
        call_command("calibrate_travel", "elders")


def test_how_much_slower_than_the_router(organisation: Organisation, settings: Any) -> None:
    caches["travel"].clear()
    for trip in some_weeks(organisation):
        drive(trip, Pace(factor=1, km_per_hour=27, start_seconds=0))
    with a_router("osrm") as router:
        settings.BUS_ROUTER, settings.BUS_ROUTER_URL = "osrm", router.address
        assert "1.33 × the router" in said(), "which drives 36 km/h"
        router.refuse = 500
        with pytest.raises(CommandError, match=r"does not say how long drives take \(answers 500\)"):
            said()
