"""`manage.py plan_bus`: plan the towns of a file, and print what the bus would do."""

import json
import sys
import time
from argparse import ArgumentParser
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.transport import instances
from backend.transport.domain.planning.checker import check
from backend.transport.domain.planning.planner import best_plan
from backend.transport.domain.planning.problem import figures


@dataclass(frozen=True)
class Line:
    """What is said of one town. `rounds` are lists of passenger ids in the order in which they are fetched."""

    name: str
    rounds: tuple[tuple[int, ...], ...]
    passengers: int
    served: int
    priority: int
    drive_seconds: int
    longest_ride_seconds: int
    shift_seconds: int
    proved: bool
    seconds_used: float
    violations: tuple[str, ...]
    optimum: dict[str, int] | None


class Command(BaseCommand):
    help = (
        "Plans the pick-up rounds of each town in a file and prints them, with who is served, seconds of driving, the "
        "longest ride and the seconds it took. 'best' says that no better plan exists. Exit status 1 when a plan "
        "breaks a rule, 2 for a file that cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--instance", required=True, metavar="FILE", type=Path, help="one town or several, as JSON")
        parser.add_argument("--json", action="store_true", help="one line of JSON for each town")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            towns = instances.read(options["instance"])
        except instances.BadInstance as error:
            raise CommandError(error.message, returncode=2) from error
        lines = [_plan(town) for town in towns]
        for line in lines:
            self.stdout.write(json.dumps(asdict(line)) if options["json"] else _in_words(line))
        if any(line.violations for line in lines):
            sys.exit(1)


def _plan(town: instances.Town) -> Line:
    problem = town.problem
    began = time.perf_counter()
    planned = best_plan(problem)
    used = time.perf_counter() - began
    found = figures(problem, planned.plan)
    return Line(
        name=town.name,
        rounds=planned.plan.rounds,
        passengers=len(problem.passengers),
        served=found.served,
        priority=found.priority,
        drive_seconds=found.drive_seconds,
        longest_ride_seconds=found.longest_ride_seconds,
        shift_seconds=found.shift_seconds,
        proved=planned.proved,
        seconds_used=round(used, 3),
        violations=tuple(str(violation) for violation in check(problem, planned.plan)),
        optimum=town.optimum.model_dump() if town.optimum else None,
    )


def _in_words(line: Line) -> str:
    text = [
        f"{line.name}: {line.served} of {line.passengers} served (priority {line.priority}), "
        f"driving {line.drive_seconds} s, longest ride {line.longest_ride_seconds} s, "
        f"{'best' if line.proved else 'not proved to be the best'}, planned in {line.seconds_used:.3f} s"
    ]
    text += [f"  round {number}: {' → '.join(map(str, order))}" for number, order in enumerate(line.rounds, start=1)]
    if line.optimum:
        more = line.drive_seconds - line.optimum["drive_seconds"]
        lost = line.optimum["priority"] - line.priority
        text.append(f"  proved optimum: priority {line.optimum['priority']}, driving {line.optimum['drive_seconds']} s")
        text.append(f"  against it: {lost} priority lost, {more} s more driving" if more or lost else "  this is it")
    text += [f"  BROKEN: {violation}" for violation in line.violations]
    return "\n".join(text)
