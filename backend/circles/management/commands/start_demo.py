"""`manage.py start_demo`: a morning to watch. Called at every `make run`, before the workers start.

Tells the simulated town, at the carrier's address, what time it is and who lives there.
"""

import json
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backend.circles.services import demo
from backend.common.errors import RondjeError

PATIENCE = 30.0
"""Real seconds in which the simulator has to answer: it may still be starting."""


class Command(BaseCommand):
    help = "Makes the sample organisation, if it is not there, and sets the demo's clock just before a new morning."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            morning = demo.prepare_morning()
        except RondjeError as error:
            raise CommandError(error.message, returncode=2) from error
        _tell_town(demo.town_of(morning))
        self.stdout.write(
            f"Telephone circle {morning.circle.name} goes round at {morning.circle.start_time:%H:%M} on "
            f"{morning.day:%d-%m-%Y} (demo time), in {demo.AHEAD:.0f} seconds from now."
        )


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
