"""manage.py doctor: what is wrong with this installation, and what to do. Exit status 1 when anything is."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from backend.people.models import Organisation
from backend.web.doctor import examine


class Command(BaseCommand):
    """Looks at everything that must work, and says in words what does not."""

    help = "Say what is wrong with this installation, and what to do about it."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- as Django declares it
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument("--language", choices=["nl", "en"], default="nl")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            findings = examine(Organisation.objects.all())
            if options["json"]:
                self.stdout.write(json.dumps([_as_json(one) for one in findings], indent=2))
            else:
                for finding in findings:
                    self.stdout.write(f"{'✓' if finding.is_well else '✗'} {finding.name}")
                    for what, to_do in finding.problems:
                        self.stdout.write(f"    {what}\n    → {to_do}")
        if not all(finding.is_well for finding in findings):
            sys.exit(1)


def _as_json(finding: Any) -> dict[str, Any]:
    problems = [{"what": what, "do": to_do} for what, to_do in finding.problems]
    return {"check": finding.check, "well": finding.is_well, "problems": problems}
