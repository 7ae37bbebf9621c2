"""`manage.py import_circle`: a coordinator's call list into a telephone circle. See docs/importing.md."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.circles.domain.call_list import CallList, CallListError, Language, say
from backend.circles.domain.modes import Mode
from backend.circles.services.importing import (
    ConsentOnPaper,
    ImportRefused,
    ImportRequest,
    NoticeCode,
    import_list,
    lines_of,
    read_call_list,
    read_consent,
    read_days,
    read_start,
    read_volunteer,
    reading_lines,
    tell,
)
from backend.common.actors import Actor
from backend.events import clock
from backend.people.models import Organisation
from backend.people.selectors import local_date

SOME_ROWS_NEED_A_PERSON = 1
NOTHING_WRITTEN = 2


class Command(BaseCommand):
    """Exit status 0: all stored or there already; 1: somebody has to look at something; 2: nothing was written."""

    help = "Reads a call list (CSV or XLSX) into a telephone circle and says row by row what it made of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the call list, CSV or XLSX")
        parser.add_argument("--organisation", required=True, metavar="SLUG", help="the organisation's slug")
        parser.add_argument("--circle", required=True, metavar="NAME", help="an existing circle, or a new one's name")
        parser.add_argument("--start", metavar="HH:MM", help="makes a new circle that starts at this local time")
        parser.add_argument("--weekdays", metavar="DAYS", help="of a new circle: daily (default), ma-vr, 'ma, wo, vr'")
        parser.add_argument(
            "--mode",
            choices=[mode.value for mode in Mode],
            default=Mode.BRIDGED.value,
            help="how a new circle goes round: connected (default), on the members' own telephones, or a star",
        )
        parser.add_argument("--volunteer", metavar="WHO", help="on duty on the circle's days: 'name, number'")
        parser.add_argument(
            "--consent", metavar="TEXT", help="what everybody agreed to, and when: 'wording, 2026-03-12'"
        )
        parser.add_argument("--dry-run", action="store_true", help="say everything, store nothing")
        parser.add_argument("--language", choices=["nl", "en"], help="of the report; default: the organisation's")

    def handle(self, *args: Any, **options: Any) -> None:
        if isinstance(sys.stdout, TextIOWrapper):
            # What has been stored must be told, also on a terminal that lacks some of its signs.
            sys.stdout.reconfigure(errors="replace")
        language = options["language"] or _language_of(options["organisation"])
        call_list: CallList | None = None
        try:
            request = _request(options)
            call_list = read_call_list(options["file"])
            report = import_list(call_list, request, dry_run=options["dry_run"])
        except CallListError as error:
            raise CommandError(say(error.finding, language), returncode=NOTHING_WRITTEN) from error
        except ImportRefused as error:
            if call_list is not None and error.notice.code is NoticeCode.NO_MEMBERS:
                self.stdout.write("\n".join(reading_lines(call_list.rows, language)))
            raise CommandError(tell(error.notice, language), returncode=NOTHING_WRITTEN) from error
        self.stdout.write("\n".join(lines_of(report, language)))
        if report.needs_person:
            sys.exit(SOME_ROWS_NEED_A_PERSON)


def _request(options: dict[str, Any]) -> ImportRequest:
    return ImportRequest(
        organisation=options["organisation"],
        circle=options["circle"],
        start=None if options["start"] is None else read_start(options["start"]),
        weekdays=None if options["weekdays"] is None else read_days(options["weekdays"]),
        mode=Mode(options["mode"]),
        volunteer=None if options["volunteer"] is None else read_volunteer(options["volunteer"]),
        consent=_consent(options),
        source=options["file"].name,
        actor=Actor(who="system", channel="command"),
    )


def _language_of(slug: str) -> Language:
    language = Organisation.objects.filter(slug=slug).values_list("language", flat=True).first()
    return "en" if language == "en" else "nl"


def _consent(options: dict[str, Any]) -> ConsentOnPaper | None:
    if options["consent"] is None:
        return None
    # An unknown organisation is refused later, with the names of those there are.
    organisation = Organisation.objects.filter(slug=options["organisation"]).first() or Organisation()
    return read_consent(options["consent"], local_date(organisation, clock.now()))
