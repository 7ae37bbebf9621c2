"""Towns from a file: planning problems as JSON, to try the planner on and to compare it with others.

A file is one town, or `{"towns": [...]}`. A town has `name`, `passengers` (`id`, `load`, `boarding_seconds`,
`priority`), `capacity` and `capacity_dimensions` (net of the host), `max_ride_seconds`, `shift_seconds`, `max_rounds`
and `seconds`: the drives between all places, garage first, then the destination, then the homes in the passengers'
order. `optimum`, if it is there, is what has been proved to be the best.
"""

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, Field, NonNegativeInt, PositiveInt, TypeAdapter, ValidationError, model_validator

from backend.common.errors import RondjeError
from backend.transport.domain.planning.problem import Passenger, Problem

BEFORE_HOMES = 2
"""Places before the first home: garage and destination."""

MOST_SECONDS = 24 * 60 * 60


class BadInstance(RondjeError):
    """A file that is no town: what is wrong, and where."""


class Person(BaseModel):
    """Somebody who is to be fetched."""

    id: int
    load: tuple[NonNegativeInt, ...]
    boarding_seconds: Annotated[int, Field(ge=0, le=MOST_SECONDS)]
    priority: Annotated[int, Field(ge=1, le=100)] = 1


class Optimum(BaseModel):
    """The best plan there is, as somebody proved."""

    priority: int
    served: int
    drive_seconds: int


class Town(BaseModel):
    """One planning problem."""

    name: str
    passengers: tuple[Person, ...]
    seconds: tuple[tuple[Annotated[int, Field(ge=0, le=MOST_SECONDS)], ...], ...]
    capacity: tuple[NonNegativeInt, ...]
    capacity_dimensions: tuple[str, ...]
    max_ride_seconds: PositiveInt
    shift_seconds: Annotated[int, Field(gt=0, le=MOST_SECONDS)]
    max_rounds: Annotated[int, Field(ge=1, le=20)]
    optimum: Optimum | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        places = len(self.passengers) + BEFORE_HOMES
        if len(self.seconds) != places or any(len(row) != places for row in self.seconds):
            raise ValueError(
                f"seconds must be a table of {places} by {places}: garage, destination and one home for each of the "
                f"{len(self.passengers)} passengers"
            )
        if len(self.capacity) != len(self.capacity_dimensions):
            raise ValueError("capacity and capacity_dimensions must be of the same length")
        odd = [person.id for person in self.passengers if len(person.load) != len(self.capacity)]
        if odd:
            raise ValueError(f"the load of passenger {odd[0]} must have one number for each of capacity_dimensions")
        if len({person.id for person in self.passengers}) != len(self.passengers):
            raise ValueError("two passengers have the same id")
        return self

    @property
    def problem(self) -> Problem:
        """The town as the planner wants it."""
        return Problem(
            seconds=self.seconds,
            passengers=tuple(
                Passenger(
                    key=person.id,
                    place=index + BEFORE_HOMES,
                    load=person.load,
                    boarding_seconds=person.boarding_seconds,
                    priority=person.priority,
                    max_ride_seconds=self.max_ride_seconds,
                )
                for index, person in enumerate(self.passengers)
            ),
            capacity=self.capacity,
            dimensions=self.capacity_dimensions,
            shift_seconds=self.shift_seconds,
            max_rounds=self.max_rounds,
        )


class Towns(BaseModel):
    """A file with several of them."""

    towns: tuple[Town, ...]


def read(path: Path) -> tuple[Town, ...]:
    """The towns of a file.

    Raises:
        BadInstance: it cannot be read, is no JSON, or is no town.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInstance(f"{path} cannot be read: {error}.") from error
    try:
        found = TypeAdapter[Towns | Town](Towns if '"towns"' in text else Town).validate_json(text)
    except ValidationError as error:
        raise BadInstance(_in_words(path, error)) from error
    return found.towns if isinstance(found, Towns) else (found,)


def _in_words(path: Path, error: ValidationError) -> str:
    """The first three things that are wrong, each with its place in the file."""
    problems = error.errors()
    lines = [f"{path} cannot be planned:"]
    for problem in problems[:3]:
        where = ".".join(str(step) for step in problem["loc"]) or "the file"
        lines.append(f"- {where}: {problem['msg'].removeprefix('Value error, ')}.")
    if len(problems) > len(lines) - 1:
        lines.append(f"- and {len(problems) - 3} more.")
    return "\n".join(lines)
