"""`manage.py export_person 12 --to somewhere`: all that we hold about a person, as JSON and to be read."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils.translation import override

from backend.events import clock
from backend.keeping.selectors.dossier import dossier_of
from backend.keeping.web.reading import in_words
from backend.people.models import Person


class Command(BaseCommand):
    help = "Writes all that we hold about a person into two files that only you can read: JSON, and HTML for people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", type=int, help="the number of the person, as in the address of their page")
        parser.add_argument("--to", type=Path, default=Path(), help="directory; otherwise this one")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.select_related("organisation").filter(pk=options["person"]).first()
        if person is None:
            raise CommandError(f"There is no person {options['person']}.", returncode=2)
        told = dossier_of(person, clock.now())
        with override(person.language):
            page = render_to_string(
                "keeping/dossier_alone.html", {"dossier": in_words(told), "language": person.language}
            )
        for name, text in (
            (f"person-{person.pk}.json", json.dumps(told, ensure_ascii=False, indent=2)),
            (f"person-{person.pk}.html", page),
        ):
            file = options["to"] / name
            file.touch(mode=0o600)
            file.write_text(text, encoding="utf-8")
            self.stdout.write(str(file))
