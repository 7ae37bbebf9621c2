"""Who takes what of the bus, and why somebody cannot come along whatever the plan."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from backend.transport.domain.policy import BusPolicy

DIMENSIONS = ("seats", "wheelchair_places", "rollator_places")
"""In this order wherever a load or a capacity is a tuple."""

MOST_COMPANIONS = 2


class Refusal(StrEnum):
    """Why the answer is no. Codes: what is said is in the words of the page, the call or the text."""

    GONE = "gone"
    """The trip has begun, is over, or lies in the past."""
    TRIP_CANCELLED = "trip_cancelled"
    ALREADY = "already"
    """Booked, or waiting, already."""
    ENGAGED = "engaged"
    """On another trip at that time."""
    NO_HOME = "no_home"
    """Nobody knows where they live on the map."""
    TOO_FAR = "too_far"
    SCOOTMOBIEL = "scootmobiel"
    NO_WHEELCHAIR_PLACE = "no_wheelchair_place"
    """This layout has none at all."""
    NO_ROLLATOR_PLACE = "no_rollator_place"
    PARTY_TOO_LARGE = "party_too_large"
    """More than any round can carry."""
    NO_ROOM = "no_room"
    RIDE = "ride"
    SHIFT = "shift"
    OFFERED = "offered"
    """The last room is being offered to somebody who waited for it."""
    PROMISE = "promise"
    """It would change times that others count on already."""


FOR_GOOD = frozenset(
    {
        Refusal.GONE,
        Refusal.TRIP_CANCELLED,
        Refusal.ALREADY,
        Refusal.ENGAGED,
        Refusal.NO_HOME,
        Refusal.TOO_FAR,
        Refusal.SCOOTMOBIEL,
        Refusal.NO_WHEELCHAIR_PLACE,
        Refusal.NO_ROLLATOR_PLACE,
        Refusal.PARTY_TOO_LARGE,
    }
)
"""Nothing that others cancel would change these: nobody waits in vain."""


@dataclass(frozen=True)
class Load:
    """What somebody takes of the bus, companions included, and how long the bus stands at their door."""

    seats: int
    wheelchair_places: int
    rollator_places: int
    boarding_seconds: int

    @property
    def as_tuple(self) -> tuple[int, ...]:
        """In the order of DIMENSIONS."""
        return self.seats, self.wheelchair_places, self.rollator_places


def load_of(aids: Collection[str], companions: int, policy: BusPolicy) -> Load:
    """What somebody with these aids takes. Who stays in a wheelchair takes no seat; what folds away takes a place.

    Source: domain text, BoodschappenPlusBus ("rollators fold away but need a place").
    """
    stays_in_chair = "wheelchair" in aids
    folded = sum(1 for aid in ("rollator", "folding_chair") if aid in aids)
    seconds = policy.boarding_seconds + companions * policy.boarding_companion
    seconds += policy.boarding_wheelchair if stays_in_chair else 0
    seconds += policy.boarding_rollator if "rollator" in aids else 0
    seconds += policy.boarding_folding_chair if "folding_chair" in aids else 0
    return Load(
        seats=companions + (0 if stays_in_chair else 1),
        wheelchair_places=1 if stays_in_chair else 0,
        rollator_places=folded,
        boarding_seconds=seconds,
    )


def cannot_come(
    load: Load, aids: Collection[str], capacity: tuple[int, ...], km: float | None, policy: BusPolicy
) -> Refusal | None:
    """Why somebody could not come along even if the bus were empty. `km`: from the garage; None: no place is known."""
    if "scootmobiel" in aids and not policy.scootmobiels:
        return Refusal.SCOOTMOBIEL
    if km is None:
        return Refusal.NO_HOME
    if km > policy.farthest_km:
        return Refusal.TOO_FAR
    return too_large(load.as_tuple, capacity)


def too_large(needed: tuple[int, ...], capacity: tuple[int, ...]) -> Refusal | None:
    """What an empty bus has too little of; one name for people, one for what it does not have at all."""
    seats, chairs, rollators = (need > there for need, there in zip(needed, capacity, strict=True))
    if chairs:
        return Refusal.NO_WHEELCHAIR_PLACE if capacity[1] == 0 else Refusal.PARTY_TOO_LARGE
    if rollators:
        return Refusal.NO_ROLLATOR_PLACE if capacity[2] == 0 else Refusal.PARTY_TOO_LARGE
    return Refusal.PARTY_TOO_LARGE if seats else None
