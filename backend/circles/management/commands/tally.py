"""`manage.py tally`: where everybody is who was expected on a day. Exit 1 when somebody is unaccounted for."""

import json
import sys
from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backend.circles.domain.schedule import local_date
from backend.circles.domain.tally import Line, Status, count
from backend.circles.selectors import accounting
from backend.events import clock
from backend.people.models import Organisation

IN_WORDS = {
    Status.WELL: "well",
    Status.EXCUSED: "excused",
    Status.IN_PROGRESS: "in progress",
    Status.INCIDENT_OPEN: "open incident",
    Status.INCIDENT_CLOSED: "closed incident",
    Status.UNACCOUNTED: "UNACCOUNTED FOR",
}


class Command(BaseCommand):
    help = (
        "Says where everybody is who was expected on a day: well, excused, in progress, in an incident, or unaccounted "
        "for. Without --organisation all organisations are counted together. Exit status 1 when somebody is "
        "unaccounted for, 2 for an unknown organisation or an unreadable date."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", help="local date, such as 2026-11-23; otherwise today")
        parser.add_argument("--organisation", help="the short name of one organisation; otherwise all")
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = _organisations(options["organisation"])
        now = clock.now()
        wanted = _date(options["date"])
        days = {one.pk: wanted or local_date(now, ZoneInfo(one.timezone)) for one in organisations}
        lines: list[tuple[Line, ZoneInfo]] = []
        for one in organisations:
            found = accounting.day_lines(days[one.pk], [one], now)
            lines += [(line, ZoneInfo(one.timezone)) for line in found]
        day = wanted or max(days.values(), default=local_date(now, ZoneInfo(settings.TIME_ZONE)))
        show = _as_json if options["json"] else _as_table
        self.stdout.write(show(day, options["organisation"], lines))
        if any(line.status is Status.UNACCOUNTED for line, _zone in lines):
            sys.exit(1)


def _organisations(slug: str | None) -> list[Organisation]:
    if slug is None:
        return list(Organisation.objects.order_by("slug"))
    found = list(Organisation.objects.filter(slug=slug))
    if not found:
        known = ", ".join(Organisation.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no organisation {slug!r}. There are: {known}.", returncode=2)
    return found


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--date: {text!r} is not a date. Write it as 2026-11-23.", returncode=2) from error


def _as_json(day: date, slug: str | None, lines: list[tuple[Line, ZoneInfo]]) -> str:
    counts = count(line for line, _zone in lines)
    members = [
        {
            "name": line.name,
            "circle": line.circle,
            "status": line.status.value,
            "how": line.how,
            "at": _local(line.at, zone).isoformat() if line.at else None,
        }
        for line, zone in lines
    ]
    return json.dumps(
        {"date": day.isoformat(), "organisation": slug, "expected": len(lines), **counts, "members": members},
        ensure_ascii=False,
    )


def _as_table(day: date, slug: str | None, lines: list[tuple[Line, ZoneInfo]]) -> str:
    counts = count(line for line, _zone in lines)
    total = ", ".join(f"{counts[status]} {words}" for status, words in IN_WORDS.items() if counts[status])
    title = f"{day.isoformat()}, {slug or 'all organisations'}: {len(lines)} expected{': ' + total if total else '.'}"
    cells = [
        (
            line.name,
            line.circle,
            IN_WORDS[line.status],
            line.how.replace("_", " "),
            f"{_local(line.at, zone):%H:%M:%S}" if line.at else "",
        )
        for line, zone in lines
    ]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    rows = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([title, *rows])


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(microsecond=0)
