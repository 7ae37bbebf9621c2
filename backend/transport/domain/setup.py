"""A bus with its programme, its crew and its passengers, described in one piece: by a scenario file, or by the demo.

Pure: the shapes and what is wrong with them in themselves. `services/setting_up` makes rows of it.
"""

from collections import Counter
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from backend.common.errors import RondjeError
from backend.people.domain.setup import At, Name, Number, Strict, WallTime
from backend.transport.domain.policy import SETTING, BusPolicy


class DestinationSetup(Strict):
    """Where the bus goes."""

    name: Name
    kind: Literal["market", "supermarket", "shopping_centre", "museum", "garden_centre", "dinner", "other"] = "other"
    at: At


class PassengerSetup(Strict):
    """Somebody who rides with the bus. A member of the circle is meant by the same name, and needs no telephone here.

    `at` is left out where nobody knows where they live on the map; `confirmed`: a person has found their door there.
    """

    name: Name
    phones: list[Number] = Field(default_factory=list)
    address: str = ""
    place: str = ""
    at: At | None = None
    confirmed: bool = True
    door_note: str = ""
    aids: list[Literal["rollator", "wheelchair", "folding_chair", "scootmobiel", "stick"]] = Field(default_factory=list)


class CrewSetup(Strict):
    """Somebody who drives or is host, with papers that hold."""

    name: Name
    phones: list[Number] = Field(min_length=1)
    tasks: list[Literal["driver", "host"]] = Field(min_length=1)
    standby: bool = False


class SeriesSetup(Strict):
    """A trip that recurs (RRULE)."""

    destination: Name
    rule: str
    leaves: WallTime
    returns: WallTime
    title: str = ""
    note: str = ""


class BookedSetup(Strict):
    """Somebody who has a place on a trip; or waits for one, where the trip is full."""

    passenger: Name
    companions: Annotated[int, Field(ge=0, le=2)] = 0
    party: str = ""
    """Friends have the same one."""
    there: bool = True
    home: bool = True


class TripSetup(Strict):
    """A trip so many days after the day that is played. `driver` and `host` have confirmed."""

    destination: Name
    leaves: WallTime
    returns: WallTime
    days_ahead: Annotated[int, Field(ge=0, le=60)] = 0
    shift_minutes: Annotated[int, Field(ge=10, le=600)] = 90
    max_rounds: Annotated[int, Field(ge=1, le=6)] = 2
    driver: Name | None = None
    host: Name | None = None
    booked: list[BookedSetup] = Field(default_factory=list)


class BusSetup(Strict):
    """All of it. `seats` are the bus's own: the host takes one of them. `settings`: see `BusPolicy`.

    `on_duty` is alerted first when somebody is not at the door, every day: a volunteer of the circle or of the crew.
    """

    vehicle: Name
    garage: At
    seats: Annotated[int, Field(ge=2, le=8)] = 8
    wheelchair_places: Annotated[int, Field(ge=0, le=4)] = 0
    rollator_places: Annotated[int, Field(ge=0, le=8)] = 3
    area: Name = "Dorp"
    postcodes: list[str] = Field(default_factory=list)
    settings: dict[str, Any] = Field(default_factory=dict)
    destinations: list[DestinationSetup] = Field(min_length=1)
    passengers: list[PassengerSetup] = Field(default_factory=list)
    crew: list[CrewSetup] = Field(default_factory=list)
    on_duty: Name | None = None
    series: list[SeriesSetup] = Field(default_factory=list)
    trips: list[TripSetup] = Field(default_factory=list)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        names = Counter([one.name for one in self.passengers] + [one.name for one in self.crew])
        for name, times in names.items():
            if times > 1:
                raise ValueError(f"{name} occurs {times} times; everybody needs a name of their own")
        try:
            BusPolicy.of({SETTING: self.settings})
        except RondjeError as error:
            raise ValueError(f"settings: {error.message}") from error
        for trip in self.trips:
            self._check(trip)
        known = {one.name for one in self.destinations}
        for series in self.series:
            if series.destination not in known:
                raise ValueError(f"no destination is called {series.destination}")
        return self

    def _check(self, trip: TripSetup) -> None:
        if trip.destination not in {one.name for one in self.destinations}:
            raise ValueError(f"no destination is called {trip.destination}")
        if trip.returns <= trip.leaves:
            raise ValueError(f"the trip to {trip.destination} returns before it leaves")
        crew, passengers = {one.name for one in self.crew}, {one.name for one in self.passengers}
        for name in (trip.driver, trip.host):
            if name is not None and name not in crew:
                raise ValueError(f"nobody of the crew is called {name}")
        for booked in trip.booked:
            if booked.passenger not in passengers:
                raise ValueError(f"no passenger is called {booked.passenger}")
