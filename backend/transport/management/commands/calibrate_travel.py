"""`manage.py calibrate_travel`: how fast the bus really is, from its own drives or from a file of measured ones."""

from argparse import ArgumentParser
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events import clock
from backend.people.models import Organisation
from backend.people.selectors import local_date
from backend.transport.domain.calibration import Drive, Misses, propose
from backend.transport.domain.places import Place
from backend.transport.domain.straight import Pace
from backend.transport.selectors.driven import driven_since, measured
from backend.transport.services.travelling import keep_pace
from backend.transport.travel.answers import NoAnswer, NoWay
from backend.transport.travel.port import pace_of, router_in_use

NOTHING_WRITTEN = 2
MOST_QUESTIONS = 500
"""To a router: each drive is one."""


class Command(BaseCommand):
    """Exit status 0: proposed (and saved, with --save); 2: nothing to go by, nothing was written."""

    help = (
        "Compares the planned driving times of an organisation's bus with its own drives of the last weeks, or with a "
        "file of measured drives, and proposes a pace that fits them. Nothing is written without --save."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="its slug, such as welzijn-oost")
        parser.add_argument(
            "--csv", type=Path, metavar="FILE", help="measured drives: coordinates, seconds and, if known, metres"
        )
        parser.add_argument("--days", type=int, default=90, help="drives of so many days back (default 90)")
        parser.add_argument("--save", action="store_true", help="plan with the proposed pace from now on")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(
                f"There is no organisation '{options['organisation']}'. Use its slug, such as welzijn-oost.",
                returncode=NOTHING_WRITTEN,
            )
        pace = pace_of(organisation)
        try:
            found = propose(_with_router(_drives(organisation, options)), pace)
        except RondjeError as error:
            raise CommandError(error.message, returncode=NOTHING_WRITTEN) from error
        self.stdout.write(f"{found.drives} drives.")
        self.stdout.write(_line("now", pace, found.now))
        self.stdout.write(_line("proposed", found.pace, found.then))
        if options["save"]:
            keep_pace(organisation, found.pace, actor=Actor(who="system", channel="command"))
            self.stdout.write("Saved: trips are planned with it from their next booking on.")
        else:
            self.stdout.write("Nothing was written. With --save it is kept.")


def _drives(organisation: Organisation, options: dict[str, Any]) -> list[tuple[Place, Place, Drive]]:
    if options["csv"]:
        return measured(options["csv"])
    return driven_since(organisation, local_date(organisation, clock.now()) - timedelta(days=options["days"]))


def _with_router(drives: list[tuple[Place, Place, Drive]]) -> list[Drive]:
    """The drives, with what a router says of them where one is in use and answers."""
    router = router_in_use()
    if router is None:
        return [drive for _a, _b, drive in drives]
    asked = []
    for a, b, drive in drives[-MOST_QUESTIONS:]:
        try:
            seconds = router.ask(router.address, [a, b])[0][1]
        except NoWay:
            seconds = None
        except NoAnswer as error:
            raise RondjeError(
                f"The router does not say how long drives take ({error.code}). Look at BUS_ROUTER_URL first."
            ) from error
        asked.append(replace(drive, router_seconds=seconds))
    return asked


def _line(name: str, pace: Pace, misses: Misses) -> str:
    late = f"{misses.late:.0f} s longer" if misses.late >= 0 else f"{-misses.late:.0f} s shorter"
    return (
        f"{name:>9}: road = {pace.factor:g} × straight line, {pace.km_per_hour:g} km/h, {pace.start_seconds:g} s for "
        f"every drive, {pace.router_factor:g} × the router. Missed by {misses.mean:.0f} s on average; drives took "
        f"{late} than it says."
    )
