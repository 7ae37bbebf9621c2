"""Give a circle to another organisation: manage.py transfer_circle --circle=3 --to=welzijn-west …"""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from backend.circles.models import Circle
from backend.circles.services.transferring import transfer
from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events import clock
from backend.people.models import Organisation


class Command(BaseCommand):
    help = "Transfer a circle, with its members, history and consents, to another organisation. Both must have agreed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--circle", type=int, required=True, help="Number of the circle, as in its address.")
        parser.add_argument("--to", required=True, help="Short name of the organisation that takes it over.")
        parser.add_argument("--agreed-from", required=True, help="Who agreed for the old organisation, as what, when.")
        parser.add_argument("--agreed-to", required=True, help="Who agreed for the new one.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Circle.objects.filter(pk=options["circle"]).exists():
            raise CommandError(f"There is no circle {options['circle']}. Its number is in the address of its page.")
        to = Organisation.objects.filter(slug=options["to"]).first()
        if to is None:
            raise CommandError(f"There is no organisation {options['to']!r}. Register it first: register_organisation.")
        try:
            made = transfer(
                options["circle"],
                to,
                agreed_from=options["agreed_from"],
                agreed_to=options["agreed_to"],
                actor=Actor(who="system", channel="command"),
                now=clock.now(),
            )
        except RondjeError as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            f"{made.circle_name} belongs to {to.name} now, and rings from {to.phone}. Print its members new cards, "
            "and look at its roster and at what it lacks on its page."
        )
