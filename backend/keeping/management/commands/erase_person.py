"""`manage.py erase_person 12 --asked-by themselves`: a person goes; what others need stays without their name."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.events import clock
from backend.keeping.models import Erasure
from backend.keeping.services.erasing import erase
from backend.people.models import Person


class Command(BaseCommand):
    help = "Erases a person for good. Refused (exit status 2) while a case or a morning hangs on them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", type=int, help="the number of the person, as in the address of their page")
        parser.add_argument("--asked-by", required=True, choices=Erasure.AskedBy.values)

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(pk=options["person"]).first()
        if person is None:
            raise CommandError(f"There is no person {options['person']}.", returncode=2)
        by = Actor(who="system", channel="command")
        try:
            done = erase(person, asked_by=Erasure.AskedBy(options["asked_by"]), actor=by, now=clock.now())
        except RondjeError as error:
            raise CommandError(error.message, returncode=2) from error
        self.stdout.write(f"Person {done.person_id} has been erased: {sum(done.removed.values())} rows.")
