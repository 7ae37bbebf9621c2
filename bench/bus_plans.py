"""Three planners for the same towns: ours, VROOM and OR-Tools; whatever they plan is driven by the checker.

OR-Tools is given the same rules in its own words: a ride limit by a clock that starts at the first home, the shift as
the sum of all rounds, and a penalty above all driving for each point of priority that is left behind.
"""

from collections.abc import Callable

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from backend.transport.domain.planning.planner import best_plan
from backend.transport.domain.planning.problem import DESTINATION, GARAGE, Passenger, Plan, Problem
from backend.transport.domain.planning.vrp import by_vroom

MILLISECONDS = 500
"""What OR-Tools may take: the aim for ours."""


def by_us(problem: Problem) -> Plan:
    """The product's planner."""
    return best_plan(problem).plan


def by_ortools(problem: Problem) -> Plan:
    """OR-Tools' routing solver, guided local search for half a second."""
    return _Routing(problem).solve()


PLANNERS: dict[str, Callable[[Problem], Plan]] = {"ours": by_us, "VROOM": by_vroom, "OR-Tools": by_ortools}


class _Routing:
    """The problem as OR-Tools wants it: node n is place n, vehicle v is round v."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.at: dict[int, Passenger] = {passenger.place: passenger for passenger in problem.passengers}
        starts = [GARAGE, *[DESTINATION] * (problem.max_rounds - 1)]
        self.manager = pywrapcp.RoutingIndexManager(
            len(problem.seconds), problem.max_rounds, starts, [DESTINATION] * problem.max_rounds
        )
        self.routing = pywrapcp.RoutingModel(self.manager)

    def solve(self) -> Plan:
        """Plan, or plan nothing when no plan is found in time."""
        drive = self._transit(lambda here, there: self.problem.seconds[here][there])
        self.routing.SetArcCostEvaluatorOfAllVehicles(drive)
        self._capacity()
        self._rides()
        self._shift()
        self._priorities()
        search = pywrapcp.DefaultRoutingSearchParameters()
        search.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        search.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        search.time_limit.FromMilliseconds(MILLISECONDS)
        found = self.routing.SolveWithParameters(search)
        return Plan(()) if found is None else self._read(found)

    def _transit(self, seconds: Callable[[int, int], int]) -> int:
        node = self.manager.IndexToNode
        return int(self.routing.RegisterTransitCallback(lambda a, b: seconds(node(a), node(b))))

    def _boarding(self, place: int) -> int:
        return self.at[place].boarding_seconds if place in self.at else 0

    def _capacity(self) -> None:
        for dimension, name in enumerate(self.problem.dimensions):
            load = self.routing.RegisterUnaryTransitCallback(
                lambda index, of=dimension: (
                    self.at[place].load[of] if (place := self.manager.IndexToNode(index)) in self.at else 0
                )
            )
            self.routing.AddDimension(load, 0, self.problem.capacity[dimension], True, name)

    def _rides(self) -> None:
        ride = self._transit(
            lambda here, there: self.problem.seconds[here][there] + self._boarding(there) if here in self.at else 0
        )
        limit = min(passenger.max_ride_seconds for passenger in self.problem.passengers)
        self.routing.AddDimension(ride, 0, limit, True, "ride")

    def _shift(self) -> None:
        time = self._transit(lambda here, there: self.problem.seconds[here][there] + self._boarding(there))
        self.routing.AddDimension(time, 0, self.problem.shift_seconds, True, "time")
        clock = self.routing.GetDimensionOrDie("time")
        ends = [clock.CumulVar(self.routing.End(vehicle)) for vehicle in range(self.problem.max_rounds)]
        self.routing.solver().Add(self.routing.solver().Sum(ends) <= self.problem.shift_seconds)

    def _priorities(self) -> None:
        for place, passenger in self.at.items():
            penalty = passenger.priority * (self.problem.shift_seconds + 1)
            self.routing.AddDisjunction([self.manager.NodeToIndex(place)], penalty)

    def _read(self, found: object) -> Plan:
        orders = []
        for vehicle in range(self.problem.max_rounds):
            order, index = [], self.routing.Start(vehicle)
            while not self.routing.IsEnd(index):
                place = self.manager.IndexToNode(index)
                if place in self.at:
                    order.append(self.at[place].key)
                index = found.Value(self.routing.NextVar(index))
            orders.append(tuple(order))
        return Plan(tuple(order for order in orders if order))
