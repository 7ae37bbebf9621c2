"""`manage.py set_up_scenario < town.json`: an organisation with its circle, at a moment on a clock that stands still.

Only in a demo, and only into an empty database. Standard input: `{"setup": …, "begin": "2026-11-23T08:29:00+01:00"}`
(see `backend.circles.domain.setup.Setup`). Standard output: who was made, with their numbers, for the simulated town.
Exit 2, and nothing made, when something is wrong.
"""

import json
import sys
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from pydantic import AwareDatetime, ValidationError

from backend.circles.domain.schedule import local_date
from backend.circles.domain.setup import Setup, Strict
from backend.circles.models import Circle
from backend.circles.selectors.members import people_around
from backend.circles.services.setting_up import set_up
from backend.common.errors import RondjeError
from backend.events import clock
from backend.people.models import Organisation


class Request(Strict):
    """What comes in on standard input."""

    setup: Setup
    begin: AwareDatetime


class Command(BaseCommand):
    help = "Makes a circle from JSON on standard input, for a scenario. Prints JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            request = Request.model_validate_json(sys.stdin.read())
            circle = _make(request.setup, request.begin)
        except ValidationError as error:
            raise CommandError(f"The scenario's town is not usable: {error}", returncode=2) from error
        except RondjeError as error:
            raise CommandError(error.message, returncode=2) from error
        self.stdout.write(json.dumps({"organisation": circle.organisation.slug, "people": people_around(circle)}))


@transaction.atomic
def _make(setup: Setup, begin: datetime) -> Circle:
    if not settings.RONDJE_DEMO:
        raise RondjeError("A scenario sets the clock, and is therefore refused outside a demo (RONDJE_DEMO).")
    if Organisation.objects.exists():
        raise RondjeError("This database holds an organisation already. A scenario needs one of its own.")
    clock.set_clock(virtual=begin, rate=0)
    day = local_date(begin, ZoneInfo(setup.organisation.timezone))
    return set_up(setup, day=day, now=begin)
