"""What a bus has to do, and what it is going to do: value types without clock, map or database.

One bus fetches people and brings them to one destination, in one or more rounds. The first round starts at the garage,
every other one at the destination, and each ends at the destination. Seconds everywhere; a place is its index in the
matrix of travel times.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

GARAGE = 0
DESTINATION = 1

MAX_RIDE_SECONDS = 45 * 60
"""Nobody sits in the bus for longer, unless agreed otherwise (default of the programme)."""


@dataclass(frozen=True)
class Passenger:
    """Somebody who is to be fetched at a place. `load` is what they take of each dimension of the bus's capacity."""

    key: int
    place: int
    load: tuple[int, ...]
    boarding_seconds: int
    priority: int = 1
    max_ride_seconds: int = MAX_RIDE_SECONDS


@dataclass(frozen=True)
class Problem:
    """Who would like to come along, and what bus there is.

    `seconds[a][b]` is the drive from place a to place b; place 0 is the garage, place 1 the destination. `capacity` is
    net: the host's seat is already taken off. `shift_seconds` is for all rounds together, driving and boarding. The
    friends of a party ride in one round.
    """

    seconds: tuple[tuple[int, ...], ...]
    passengers: tuple[Passenger, ...]
    capacity: tuple[int, ...]
    dimensions: tuple[str, ...]
    shift_seconds: int
    max_rounds: int
    parties: tuple[frozenset[int], ...] = ()

    @cached_property
    def by_key(self) -> dict[int, Passenger]:
        """Passengers by their key."""
        return {passenger.key: passenger for passenger in self.passengers}

    def only(self, keys: frozenset[int]) -> "Problem":
        """The same bus for some of the passengers."""
        parties = (party & keys for party in self.parties)
        return replace(
            self,
            passengers=tuple(p for p in self.passengers if p.key in keys),
            parties=tuple(party for party in parties if len(party) > 1),
        )

    def friends_of(self, keys: frozenset[int]) -> frozenset[int]:
        """Those who ride together with any of these, themselves included."""
        return keys.union(*(party for party in self.parties if party & keys))

    def mirrored(self) -> "Problem":
        """The way home as a way there: every drive the other way round.

        A ride home lasts from the departure to the arrival at one's own home, getting off of those before included.
        Read backwards that is a ride to the destination, with the same limits: who solves one has solved the other.
        """
        return replace(self, seconds=tuple(zip(*self.seconds, strict=True)))


@dataclass(frozen=True)
class Plan:
    """Who is fetched in which order: one tuple of passenger keys for each round."""

    rounds: tuple[tuple[int, ...], ...]

    @cached_property
    def served(self) -> frozenset[int]:
        """The keys of everybody who comes along."""
        return frozenset(key for order in self.rounds for key in order)

    def mirrored(self) -> "Plan":
        """The plan of the mirrored problem, read as the way home: last round first, last home first."""
        return Plan(tuple(tuple(reversed(order)) for order in reversed(self.rounds)))


@dataclass(frozen=True)
class Figures:
    """What a plan comes to."""

    priority: int
    served: int
    drive_seconds: int
    longest_ride_seconds: int
    shift_seconds: int


def start_of(number: int) -> int:
    """The place at which round `number` (0 is the first) starts."""
    return GARAGE if number == 0 else DESTINATION


def drive_of(problem: Problem, order: tuple[int, ...], start: int) -> int:
    """Seconds of driving of one round: from `start` past everybody in `order` to the destination."""
    places = [start, *(problem.by_key[key].place for key in order), DESTINATION]
    return sum(problem.seconds[a][b] for a, b in pairwise(places))


def rides_of(problem: Problem, order: tuple[int, ...]) -> dict[int, int]:
    """How long each person of a round sits in the bus: from the end of their boarding to the arrival."""
    rides: dict[int, int] = {}
    following, ride = DESTINATION, 0
    for key in reversed(order):
        passenger = problem.by_key[key]
        ride += problem.seconds[passenger.place][following]
        rides[key] = ride
        ride += passenger.boarding_seconds
        following = passenger.place
    return rides


def boarding_of(problem: Problem, order: tuple[int, ...]) -> int:
    """Seconds that the bus stands still in one round."""
    return sum(problem.by_key[key].boarding_seconds for key in order)


def figures(problem: Problem, plan: Plan) -> Figures:
    """What `plan` comes to: counted along its rounds, whoever made it."""
    drive = sum(drive_of(problem, order, start_of(number)) for number, order in enumerate(plan.rounds))
    rides = [ride for order in plan.rounds for ride in rides_of(problem, order).values()]
    return Figures(
        priority=sum(problem.by_key[key].priority for order in plan.rounds for key in order),
        served=sum(len(order) for order in plan.rounds),
        drive_seconds=drive,
        longest_ride_seconds=max(rides, default=0),
        shift_seconds=drive + sum(boarding_of(problem, order) for order in plan.rounds),
    )
