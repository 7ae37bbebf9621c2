"""Towns to plan for: by hand, and at random from a seed."""

import math
from random import Random

from backend.transport.domain.planning.problem import Passenger, Problem

WALKS, ROLLATOR, WHEELCHAIR = (1, 0, 0), (1, 0, 1), (2, 1, 0)
BOARDING = {WALKS: 120, ROLLATOR: 180, WHEELCHAIR: 240}
DIMENSIONS = ("seats", "wheelchair places", "rollator places")
METRES_PER_SECOND = 25 / 3.6


def person(key: int, *, load: tuple[int, ...] = WALKS, priority: int = 1, max_ride_seconds: int = 2700) -> Passenger:
    """Passenger `key` at place key + 2, which is how they stand in a town."""
    return Passenger(key, key + 2, load, BOARDING[load], priority, max_ride_seconds)


def street(
    *people: Passenger, minutes: int = 5, max_rounds: int = 1, seats: int = 8, shift_hours: float = 3
) -> Problem:
    """Homes in a row, `minutes` apart: garage, destination, home 0, home 1, …"""
    places = len(people) + 2
    return Problem(
        seconds=tuple(tuple(abs(a - b) * minutes * 60 for b in range(places)) for a in range(places)),
        passengers=people,
        capacity=(seats, 2, 4),
        dimensions=DIMENSIONS,
        shift_seconds=int(shift_hours * 3600),
        max_rounds=max_rounds,
    )


def random_town(seed: int, homes: int, *, km: float, max_rounds: int = 3, limits: tuple[int, ...] = (2700,)) -> Problem:
    """Homes spread over a square of twice `km`, with streets that are no straight lines and not the same both ways."""
    random = Random(seed)
    points = [(random.uniform(-km, km), random.uniform(-km, km)) for _ in range(homes + 2)]
    seconds = tuple(
        tuple(
            0 if a == b else round(math.dist(here, there) * 1300 / METRES_PER_SECOND) + random.randrange(60)
            for b, there in enumerate(points)
        )
        for a, here in enumerate(points)
    )
    people = tuple(
        person(
            key,
            load=random.choices([WALKS, ROLLATOR, WHEELCHAIR], [6, 3, 1])[0],
            priority=random.choice([1, 1, 1, 3]),
            max_ride_seconds=random.choice(limits),
        )
        for key in range(homes)
    )
    return Problem(seconds, people, (8, 2, 4), DIMENSIONS, 3 * 3600, max_rounds)
