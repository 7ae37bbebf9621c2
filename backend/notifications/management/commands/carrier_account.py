"""Shows or sets how much an account with the carrier takes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from backend.notifications.carriers import accounts
from backend.notifications.services import rates

LIMITS = {
    "calls_per_second": float,
    "texts_per_second": float,
    "burst": float,
    "reserved": float,
    "calls_at_once": int,
}


class Command(BaseCommand):
    """`manage.py carrier_account first --calls-per-second 5`; without options it only shows."""

    help = "Show or set how much an account with the carrier takes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=accounts())
        for limit, kind in LIMITS.items():
            parser.add_argument(f"--{limit.replace('_', '-')}", type=kind)

    def handle(self, *args: Any, **options: Any) -> None:
        given = {limit: options[limit] for limit in LIMITS if options[limit] is not None}
        try:
            account = rates.set_limits(options["name"], **given)
        except IntegrityError as error:
            raise CommandError(
                "These limits let nothing through. Rates must be above zero, burst at least one more than reserved.",
                returncode=2,
            ) from error
        for limit in LIMITS:
            self.stdout.write(f"{limit.replace('_', ' ')}: {getattr(account, limit)}")
