"""`manage.py start_demo`: a morning to watch, a bus on the road, and a dinner tonight.

Called at every `make run`, before workers start.

Tells the simulated town, at the carrier's address, what time it is and who lives there.
"""

import json
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from backend.circles.services import demo
from backend.common.errors import RondjeError
from backend.events import clock
from backend.meals.models import Evening
from backend.meals.services import demo as dinner
from backend.people.selectors import zone_of
from backend.transport.models import Trip
from backend.transport.services.demo import prepare_bus, residents_of

PATIENCE = 30.0
"""Real seconds in which the simulator has to answer: it may still be starting."""


class Command(BaseCommand):
    help = "Makes the sample organisation, if it is not there, and sets the demo's clock just before a new morning."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            morning, trip, evening = _prepare()
        except RondjeError as error:
            raise CommandError(error.message, returncode=2) from error
        told = demo.town_of(morning)
        told["residents"] = [*told["residents"], *residents_of(trip, clock.now())]
        settled = {phone for one in told["residents"] for phone in one["phones"]}
        told["residents"] += dinner.residents_of(settled)
        _tell_town(told)
        zone = zone_of(trip.organisation)
        leaves, dines = trip.leaves_at.astimezone(zone), evening.dinner_at.astimezone(zone)
        self.stdout.write(
            f"Telephone circle {morning.circle.name} goes round at {morning.circle.start_time:%H:%M} on "
            f"{morning.day:%d-%m-%Y} (demo time), in {demo.AHEAD:.0f} seconds from now.\n"
            f"The bus {trip.vehicle.name} leaves for {trip.destination.name} at {leaves:%H:%M}.\n"
            f"Tonight there is dinner at {evening.resto.name}, at {dines:%H:%M}; the kitchen counts at "
            f"{evening.cutoff_at.astimezone(zone):%H:%M}."
        )


@transaction.atomic
def _prepare() -> tuple[demo.DemoMorning, Trip, Evening]:
    """Everything that is about to happen: nobody may see one programme at another time than the other."""
    morning = demo.prepare_morning()
    organisation, now = morning.circle.organisation, clock.now()
    trip = prepare_bus(organisation, day=morning.day, now=now)
    evening = dinner.prepare_dinner(organisation, day=morning.day, now=now)
    demo.let_time_go(morning)
    return morning, trip, evening


def _tell_town(told: dict[str, Any]) -> None:
    deadline = time.monotonic() + PATIENCE
    for path, body in told.items():
        while True:
            try:
                _put(f"{settings.RONDJE_CARRIER_URL}/town/{path}", body)
                break
            except urllib.error.HTTPError as error:
                reason = error.read().decode(errors="replace")
                raise CommandError(f"The simulated town refused its {path}: {reason}", returncode=2) from error
            except OSError as error:
                if time.monotonic() > deadline:
                    message = f"The simulated town does not answer at {settings.RONDJE_CARRIER_URL}: {error}"
                    raise CommandError(message, returncode=2) from error
                time.sleep(0.1)


def _put(address: str, body: Any) -> None:
    request = urllib.request.Request(  # noqa: S310 - the address of the simulator, from the settings
        address, data=json.dumps(body).encode(), method="PUT", headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
        answer.read()
