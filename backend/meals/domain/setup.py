"""A resto with its evenings, its crew and its guests, described in one piece: by a scenario file, or by the demo.

Pure: the shapes and what is wrong with them in themselves. `services/setting_up` makes rows of it.
"""

from collections import Counter
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from backend.common.errors import RondjeError
from backend.meals.domain.diets import foods
from backend.people.domain.setup import At, Name, Number, Strict, WallTime


def _foods(codes: list[str]) -> list[str]:
    try:
        foods(codes)
    except RondjeError as error:
        raise ValueError(f"{' '.join(codes)}: {error.message}") from error
    return codes


JobName = Literal["kitchen", "serving", "till", "bar", "host", "shopping", "cook"]
Without = Annotated[list[str], AfterValidator(_foods)]
"""Codes of foods that somebody does not eat, or that a dish is without."""
Covers = Annotated[int, Field(ge=1, le=40)]


class TableSetup(Strict):
    """A table at its place in the room, in decimetres."""

    name: Annotated[str, Field(min_length=1, max_length=20)]
    chairs: Annotated[int, Field(ge=1, le=40)] = 10
    x: Annotated[int, Field(ge=0, le=500)] = 0
    y: Annotated[int, Field(ge=0, le=500)] = 0


class RoomSetup(Strict):
    """A room with its tables."""

    name: Name = "Zaal"
    width: Annotated[int, Field(ge=20, le=500)] = 100
    depth: Annotated[int, Field(ge=20, le=500)] = 80
    tables: list[TableSetup] = Field(min_length=1)


class TariffSetup(Strict):
    """A price for a group of guests, in euro cents."""

    name: Name
    cents: Annotated[int, Field(ge=0)]


class GuestSetup(Strict):
    """Somebody who eats along. A member of the circle or a passenger is meant by the same name, and needs no number.

    `without`: food that they do not eat; `own_plate`: it is made apart, with their name.
    """

    name: Name
    phones: list[Number] = Field(default_factory=list)
    without: Without = Field(default_factory=list)
    own_plate: bool = False
    note: str = ""
    may_follow_up: bool = False
    may_volunteer: bool = False


class HelperSetup(Strict):
    """Somebody who helps, and with what."""

    name: Name
    phones: list[Number] = Field(min_length=1)
    jobs: list[JobName] = Field(min_length=1)
    email: str = ""
    standby: bool = False


class DishSetup(Strict):
    """One course of the evening, and what is served instead to who does not eat something."""

    kind: Literal["starter", "main", "dessert"]
    name: Name
    without: Without = Field(default_factory=list)
    """What the dish itself is free of."""

    variants: dict[str, Without] = Field(default_factory=dict)
    """Names of the variants, with what each is without."""


class ReservedSetup(Strict):
    """A party that has its chairs; or waits for them, where the evening is full.

    `without` lists what those of the party do not eat who do not eat everything, one list each; left out, the guest's
    own is meant.
    """

    guest: Name
    covers: Covers = 1
    without: list[Without] | None = None
    party: str = ""
    """Friends who want one table have the same one."""
    way: Literal["telephone", "text", "menu", "page"] = "telephone"
    ride: bool = False


class RegularSetup(Strict):
    """A guest with a place on every evening of a series."""

    guest: Name
    covers: Covers = 1


class Hours(Strict):
    """When the kitchen has its final count, the doors open, dinner is served, and it is over: local wall times."""

    cutoff: WallTime
    doors: WallTime
    dinner: WallTime
    ends: WallTime

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.cutoff < self.doors <= self.dinner < self.ends:
            raise ValueError("the cutoff comes first, then the doors, then dinner, then the end")
        return self


class EveningSeriesSetup(Hours):
    """An evening that recurs (RRULE), with how many of each job it needs, and its regulars."""

    rule: str
    theme: str = ""
    needs: dict[JobName, Annotated[int, Field(ge=1, le=20)]] = Field(default_factory=dict)
    regulars: list[RegularSetup] = Field(default_factory=list)


class EveningSetup(Hours):
    """A dinner so many days after the day that is played.

    `crew` have confirmed, by job; `needs` are how many of a job there are places for, at least as many as `crew` names.
    """

    days_ahead: Annotated[int, Field(ge=0, le=60)] = 0
    theme: str = ""
    speaker: str = ""
    speakers: Annotated[int, Field(ge=0, le=10)] = 0
    menu: list[DishSetup] = Field(default_factory=list)
    crew: dict[JobName, list[Name]] = Field(default_factory=dict)
    needs: dict[JobName, Annotated[int, Field(ge=1, le=20)]] = Field(default_factory=dict)
    reserved: list[ReservedSetup] = Field(default_factory=list)


class RestoSetup(Strict):
    """All of it. `chairs` are for guests, crew and speakers together."""

    name: Name
    slug: Annotated[str, Field(pattern=r"^[a-z0-9-]{2,50}$")]
    chairs: Annotated[int, Field(ge=1, le=300)]
    address: str = ""
    place: str = ""
    at: At | None = None
    welcome: str = ""
    public: bool = True
    rooms: list[RoomSetup] = Field(default_factory=list)
    tariffs: list[TariffSetup] = Field(default_factory=list)
    guests: list[GuestSetup] = Field(default_factory=list)
    crew: list[HelperSetup] = Field(default_factory=list)
    series: list[EveningSeriesSetup] = Field(default_factory=list)
    evenings: list[EveningSetup] = Field(default_factory=list)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for name, times in Counter([one.name for one in self.guests] + [one.name for one in self.crew]).items():
            if times > 1:
                raise ValueError(f"{name} occurs {times} times; everybody needs a name of their own")
        guests, helpers = {one.name for one in self.guests}, {one.name: one.jobs for one in self.crew}
        for evening in self.evenings:
            _check_crew(evening, helpers)
            _check_guests([one.guest for one in evening.reserved], guests)
        for series in self.series:
            _check_guests([one.guest for one in series.regulars], guests)
        return self


def _check_guests(named: list[str], guests: set[str]) -> None:
    for name in named:
        if name not in guests:
            raise ValueError(f"no guest is called {name}")


def _check_crew(evening: EveningSetup, helpers: dict[str, list[JobName]]) -> None:
    for job, names in evening.crew.items():
        for name in names:
            if job not in helpers.get(name, []):
                raise ValueError(f"nobody of the crew is called {name} and does '{job}'")
