"""`manage.py give_number`: a telephone number for a member, so that who could not be rung is rung."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.circles.models import Membership
from backend.circles.services.membership import give_number
from backend.common.actors import Actor
from backend.common.errors import NotFound, RondjeError
from backend.people.domain.names import normalised_name, split_full_name, strip_title
from backend.people.domain.telephone import read_numbers

SOMEBODY_HAS_TO_LOOK = 1
NOTHING_WRITTEN = 2


class Command(BaseCommand):
    """Exit status 0: the member has the number; 1: has it, but is not rung without consent; 2: nothing was written."""

    help = "Gives a member one more telephone number; who had none is rung from the next morning that starts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="the telephone number")
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--circle", required=True, metavar="NAME")
        parser.add_argument("--member", required=True, metavar="NAME", help="given name and family name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            member = _member(options["organisation"], options["circle"], options["member"])
            still_waits = give_number(member, _line(options["number"]), actor=Actor(who="system", channel="command"))
        except RondjeError as error:
            raise CommandError(error.message, returncode=NOTHING_WRITTEN) from error
        self.stdout.write(f"{member.person.name} has the number {options['number']} now.")
        if still_waits:
            self.stdout.write(
                "They are NOT rung yet: no consent is on record. Record it on the circle's page of members; from the "
                "next morning that starts they are rung."
            )
            sys.exit(SOMEBODY_HAS_TO_LOOK)


def _member(organisation: str, circle: str, name: str) -> Membership:
    given, family = split_full_name(strip_title(name)[1])
    found = list(
        Membership.objects.filter(
            circle__organisation__slug=organisation,
            circle__name__iexact=circle,
            person__normalised_name=normalised_name(given, family),
        )
        .exclude(status=Membership.Status.LEFT)
        .select_related("person")
    )
    if len(found) != 1:
        how_many = "no member" if not found else f"{len(found)} members"
        raise NotFound(f"The circle {circle} of {organisation} has {how_many} of the name {name}. Check all three.")
    return found[0]


def _line(text: str) -> str:
    reading = read_numbers(text)
    if len(reading.numbers) != 1 or reading.refused:
        raise RondjeError(f"'{text}' is not one telephone number that may be rung. Check its digits.")
    return reading.numbers[0].e164
