"""What somebody asks for when they reserve, and why they cannot have it."""

from dataclasses import dataclass
from uuid import UUID

from backend.common.errors import Conflict
from backend.meals.domain.chairs import Refusal
from backend.meals.domain.diets import foods
from backend.meals.models import Reservation, Standing
from backend.people.models import Person


@dataclass(frozen=True)
class PlateWish:
    """One of a party who does not eat everything. `without`: codes of foods; a name only for a plate of its own."""

    without: tuple[str, ...] = ()
    own_plate: bool = False
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: chairs for a party at an evening."""

    person: Person
    covers: int = 1
    plates: tuple[PlateWish, ...] = ()
    way: Reservation.Way = Reservation.Way.TELEPHONE
    party: UUID | None = None
    wants_ride: bool = False
    note: str = ""
    standing: Standing | None = None


@dataclass(frozen=True)
class No:
    """Why not; `free` chairs there are, and how many sit at the largest table."""

    why: Refusal
    free: int = 0
    largest: int = 0


def check(wish: Wish) -> None:
    """Raise Conflict for a party of nobody or more plates than people, UnknownFood for what is no food."""
    if wish.covers < 1:
        raise Conflict("A reservation is for one person at least.")
    if len(wish.plates) > wish.covers:
        raise Conflict("There are more plates than people in this party. Leave some out, or make the party larger.")
    for plate in wish.plates:
        foods(plate.without)
