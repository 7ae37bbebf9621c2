"""`manage.py set_up_scenario < town.json`: an organisation with its circle, at a moment on a clock that stands still.

Only in a demo, and only into an empty database. Standard input: `{"setup": …, "begin": "2026-11-23T08:29:00+01:00"}`
(see `backend.circles.domain.setup.Setup`), with `"bus": …` and
`"resto": …` where it has them (`backend.transport.domain.setup`, `backend.meals.domain.setup`).
Standard output: who was made, with their numbers, for the simulated town. Exit 2, and nothing made, when something is
wrong.
"""

import json
import sys
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from pydantic import AwareDatetime, ValidationError

from backend.circles.domain.schedule import local_date
from backend.circles.domain.setup import Setup
from backend.circles.models import Circle
from backend.circles.services.setting_up import set_up
from backend.common.errors import RondjeError
from backend.events import clock
from backend.meals.domain.setup import RestoSetup
from backend.meals.services.setting_up import set_up_resto
from backend.people.domain.setup import Strict
from backend.people.models import Organisation
from backend.transport.domain.setup import BusSetup
from backend.transport.services.setting_up import set_up_bus
from backend.web.town import everybody_around


class Request(Strict):
    """What comes in on standard input."""

    setup: Setup
    bus: BusSetup | None = None
    resto: RestoSetup | None = None
    begin: AwareDatetime


class Command(BaseCommand):
    help = "Makes a circle from JSON on standard input, for a scenario. Prints JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            request = Request.model_validate_json(sys.stdin.read())
            circle = make(request)
        except ValidationError as error:
            raise CommandError(f"The scenario's town is not usable: {error}", returncode=2) from error
        except RondjeError as error:
            raise CommandError(error.message, returncode=2) from error
        people = everybody_around(circle)
        self.stdout.write(json.dumps({"organisation": circle.organisation.slug, "people": people}))


@transaction.atomic
def make(request: Request) -> Circle:
    """Make it all, on a clock that stands still at its beginning.

    Raises:
        RondjeError: this is no demo, the database is in use, or the description could not work.
    """
    if not settings.RONDJE_DEMO:
        raise RondjeError("A scenario sets the clock, and is therefore refused outside a demo (RONDJE_DEMO).")
    if Organisation.objects.exists():
        raise RondjeError("This database holds an organisation already. A scenario needs one of its own.")
    clock.set_clock(virtual=request.begin, rate=0)
    day = local_date(request.begin, ZoneInfo(request.setup.organisation.timezone))
    circle = set_up(request.setup, day=day, now=request.begin)
    if request.bus is not None:
        set_up_bus(request.bus, circle.organisation, day=day, now=request.begin)
    if request.resto is not None:
        set_up_resto(request.resto, circle.organisation, day=day, now=request.begin)
    return circle
