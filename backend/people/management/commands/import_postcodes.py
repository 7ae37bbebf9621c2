"""`manage.py import_postcodes FILE`: the middles of postcodes, from which homes are looked for on the map."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.people.domain import postcodes
from backend.people.models import PostcodePlace

NOTHING_WRITTEN = 2
SOME_BAD = 1
AT_ONCE = 5000


class Command(BaseCommand):
    """Exit status 0: all were stored; 1: some rows were not, each is named; 2: nothing was written."""

    help = "Imports postcodes with their middles from a CSV file with the columns postcode, latitude, longitude."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV file in UTF-8, with a heading")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']} cannot be read: {error}.", returncode=NOTHING_WRITTEN) from error
        good, bad = postcodes.read(text.splitlines())
        for row in bad:
            self.stderr.write(f"Line {row.line}: {row.why}. It was left out.")
        if not good:
            raise CommandError("No postcode was found in this file. Nothing was written.", returncode=NOTHING_WRITTEN)
        PostcodePlace.objects.bulk_create(
            [PostcodePlace(one.postcode, one.latitude, one.longitude) for one in good],
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["postcode"],
            update_fields=["latitude", "longitude"],
        )
        self.stdout.write(f"{len(good)} postcodes were stored.")
        if bad:
            raise CommandError(f"{len(bad)} lines were left out; they are named above.", returncode=SOME_BAD)
