"""The best order of one round, exactly (Held and Karp, 1962): for about ten homes at most."""

from collections.abc import Iterable

from backend.transport.domain.planning.problem import DESTINATION, Passenger, Problem

MOST_HOMES = 12
"""More homes than these in one round take longer than a caller can wait; no bus on licence B holds as many."""


def best_order(problem: Problem, keys: Iterable[int], start: int) -> tuple[int, ...] | None:
    """The order with the least driving in which everybody of `keys` rides within their limit; None: there is none.

    Of two with as much driving, the one in which who is first rides shorter.

    `start` is the place where the bus is. Capacity is not looked at: who is in the round is given.
    """
    people = [problem.by_key[key] for key in keys]
    if len(people) > MOST_HOMES:
        raise ValueError(f"{len(people)} homes are too many for an exact order; {MOST_HOMES} is the most")
    ways = _ways(problem, people)
    everybody = (1 << len(people)) - 1
    complete = [
        (problem.seconds[start][person.place] + ways[everybody, index][0], ways[everybody, index][0], index)
        for index, person in enumerate(people)
        if (everybody, index) in ways
    ]
    if not people:
        return ()
    return _read(ways, people, everybody, min(complete)[-1]) if complete else None


Ways = dict[tuple[int, int], tuple[int, int | None]]
"""(group, who is first in it) → (seconds of driving to the destination, who is next)."""


def _ways(problem: Problem, people: list[Passenger]) -> Ways:
    """The shortest way to the destination for each group and each first, of those whose rides stay within limits."""
    ways: Ways = {
        (1 << index, index): (problem.seconds[person.place][DESTINATION], None)
        for index, person in enumerate(people)
        if problem.seconds[person.place][DESTINATION] <= person.max_ride_seconds
    }
    size = dict(ways)
    while size:
        larger: Ways = {}
        for (group, following), (way, _) in size.items():
            standing = sum(person.boarding_seconds for index, person in enumerate(people) if group >> index & 1)
            for index, person in enumerate(people):
                longer = problem.seconds[person.place][people[following].place] + way
                if group >> index & 1 or longer + standing > person.max_ride_seconds:
                    continue
                state = (group | 1 << index, index)
                if state not in larger or longer < larger[state][0]:
                    larger[state] = (longer, following)
        ways |= larger
        size = larger
    return ways


def _read(ways: Ways, people: list[Passenger], group: int, first: int) -> tuple[int, ...]:
    order: list[int] = []
    here: int | None = first
    while here is not None:
        order.append(people[here].key)
        following = ways[group, here][1]
        group ^= 1 << here
        here = following
    return tuple(order)
