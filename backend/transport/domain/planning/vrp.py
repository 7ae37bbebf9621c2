"""Plans by VROOM, a solver for vehicle routing: quick for any number of people, near the best, but without the shift.

Its vehicles are the rounds. How long somebody may ride is told to it by where its clock starts: the drive to the first
home takes no time (it costs what it costs), getting on belongs to the drive to a home, and every round arrives at the
same moment. Then the time between being at a home and that moment is the ride.
"""

import vroom

from backend.transport.domain.planning.problem import DESTINATION, GARAGE, Plan, Problem, start_of

EXPLORATION = 5
"""How hard it searches, 0 to 5."""

THREADS = 1
"""A web request plans on the core it runs on."""


def by_vroom(problem: Problem) -> Plan:
    """A plan that keeps capacity and rides. It may break the shift: look with the checker."""
    if not problem.passengers:
        return Plan(())
    arrival = max(passenger.max_ride_seconds for passenger in problem.passengers)
    model = vroom.Input()
    model.set_durations_matrix("car", _durations(problem))
    model.set_costs_matrix("car", _costs(problem))
    for index, passenger in enumerate(problem.passengers):
        model.add_job(
            vroom.Job(
                index,
                location=_location(index),
                pickup=list(passenger.load),
                priority=min(100, passenger.priority),
                time_windows=[vroom.TimeWindow(arrival - passenger.max_ride_seconds, arrival)],
            )
        )
    for number in range(problem.max_rounds):
        model.add_vehicle(
            vroom.Vehicle(
                number,
                start=start_of(number),
                end=DESTINATION,
                capacity=list(problem.capacity),
                time_window=vroom.TimeWindow(0, arrival),
            )
        )
    routes = model.solve(exploration_level=EXPLORATION, nb_threads=THREADS).routes
    if routes.empty:
        return Plan(())
    jobs = routes[routes["type"] == "job"]
    orders = [
        tuple(problem.passengers[index].key for index in jobs[jobs["vehicle_id"] == number]["id"])
        for number in range(problem.max_rounds)
    ]
    return Plan(tuple(order for order in orders if order))


def _location(index: int) -> int:
    """Of the problem's passenger `index` in the solver's matrix: after garage and destination."""
    return index + 2


def _durations(problem: Problem) -> list[list[int]]:
    homes = problem.passengers
    from_home = [
        [0, problem.seconds[a.place][DESTINATION]]
        + [problem.seconds[a.place][b.place] + b.boarding_seconds for b in homes]
        for a in homes
    ]
    from_start = [0] * (len(homes) + 2)
    return [from_start, from_start, *from_home]


def _costs(problem: Problem) -> list[list[int]]:
    places = [GARAGE, DESTINATION, *(passenger.place for passenger in problem.passengers)]
    return [[problem.seconds[a][b] for b in places] for a in places]
