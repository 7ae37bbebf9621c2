"""`manage.py register_organisation`: the organisation to which circles and people belong."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug

from backend.common.errors import RondjeError
from backend.people.domain.telephone import Refusal, read_numbers
from backend.people.services.registering import register_organisation

NOTHING_WRITTEN = 2
LONGEST_NAME = 120
LONGEST_SLUG = 50


class Command(BaseCommand):
    """Exit status 0: registered; 2: nothing was written."""

    help = "Registers an organisation with the number that rings people and one that answers day and night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="its short name in commands and addresses, such as welzijn-oost")
        parser.add_argument("--name", required=True, help="its name, as people hear it on the telephone")
        parser.add_argument("--phone", required=True, help="the number that rings people and that they ring")
        parser.add_argument("--duty-phone", required=True, help="a number that answers day and night")
        parser.add_argument("--language", choices=["nl", "en"], default="nl")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            organisation = register_organisation(
                slug=_slug(options["slug"]),
                name=_name(options["name"]),
                phone=_number("--phone", options["phone"]),
                duty_phone=_number("--duty-phone", options["duty_phone"]),
                language=options["language"],
            )
        except RondjeError as error:
            raise CommandError(error.message, returncode=NOTHING_WRITTEN) from error
        self.stdout.write(f"Registered {organisation.name}. Its slug for other commands is {organisation.slug}.")


def _slug(text: str) -> str:
    try:
        validate_slug(text)
    except ValidationError as error:
        raise RondjeError(f"'{text}' is no slug: use letters, digits and hyphens, such as welzijn-oost.") from error
    if len(text) > LONGEST_SLUG:
        raise RondjeError(f"The slug is longer than {LONGEST_SLUG} characters.")
    return text


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise RondjeError(f"--name: the name of an organisation has 1 to {LONGEST_NAME} characters.")
    return name


def _number(option: str, text: str) -> str:
    """One number in E.164; unlike a person, an organisation may have an 085 or 088 number."""
    reading = read_numbers(text)
    lines = [number.e164 for number in reading.numbers]
    lines += [one.e164 for one in reading.refused if one.reason is Refusal.ORGANISATION and one.e164]
    if len(lines) != 1 or len(reading.numbers) + len(reading.refused) != 1:
        raise RondjeError(f"{option}: '{text}' is not one telephone number that can be rung. Check its digits.")
    return lines[0]
