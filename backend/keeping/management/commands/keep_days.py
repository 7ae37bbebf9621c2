"""`manage.py keep_days welzijn calls=14`: how long an organisation keeps what."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.keeping.services.periods import set_days
from backend.people.models import Organisation


class Command(BaseCommand):
    help = "Shows for how many days an organisation keeps what, and changes it: keep_days welzijn calls=14 cases=365."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="its short name")
        parser.add_argument("change", nargs="*", help="name=days")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {options['organisation']!r}.", returncode=2)
        by = Actor(who="system", channel="command")
        try:
            periods = set_days(organisation, dict(_change(text) for text in options["change"]), actor=by)
        except RondjeError as error:
            raise CommandError(error.message, returncode=2) from error
        for name, days in asdict(periods).items():
            self.stdout.write(f"{name:10} {days:5} days")


def _change(text: str) -> tuple[str, int]:
    name, _, days = text.partition("=")
    if not days.isdigit():
        raise RondjeError(f"{text!r}: write it as calls=14.")
    return name, int(days)
