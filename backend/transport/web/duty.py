"""Who is on duty for the bus, as pages show it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.incidents.services.ladders import bus_scope
from backend.people.domain.duty import Day, Lack, Rank
from backend.people.models import Organisation
from backend.people.selectors import local_date
from backend.people.web import rosters
from backend.transport.selectors import duty as reading

RANKS = {Rank.PRIMARY.value: _("first on duty"), Rank.BACKUP.value: _("backup")}
"""In the order in which they are alerted."""

LACKS = {**rosters.LACKS, Lack.DOUBLE: _("is the first on duty already")}

FORMS = {
    "weekday": (_("Somebody is on duty every week"), _("Change the week")),
    "date": (_("Somebody else on one day"), _("Change this day")),
    "newcomer": (_("Somebody who is not in the list"), _("Add and put on duty")),
}
"""The forms of the page: what each is about, and its button."""


def facts(organisation: Organisation, now: datetime) -> dict[str, Any]:
    """The coming two weeks, the week, and the days on which nobody is first on duty."""
    days, found = reading.roster_days(organisation, now)
    gaps = uncovered([organisation], now)
    lacking = {gap["day"] for gap in gaps}
    today = local_date(organisation, now)
    return {
        "organisation": organisation,
        "rows": [
            rosters.Row(
                day.day,
                tuple(rosters.cell(day.of(Rank(rank)), found, ranks=RANKS, lacks=LACKS) for rank in RANKS),
                is_today=day.day == today,
                has_gap=day.day in lacking,
            )
            for day in days
        ],
        "gaps": gaps,
        "week": rosters.week(bus_scope(organisation), range(7), RANKS),
        "ranks": RANKS.values(),
    }


def uncovered(organisations: Sequence[Organisation], now: datetime) -> list[dict[str, Any]]:
    """The days on which the bus goes and nobody is first on duty: why, and who is alerted instead."""
    return [
        {
            "organisation": gap.organisation,
            "day": gap.day.day,
            "why": LACKS[gap.day.of(Rank.PRIMARY).lack or Lack.NOBODY],
            "instead": _instead(gap.day),
        }
        for gap in reading.uncovered(organisations, now)
    ]


def _instead(day: Day) -> str:
    if day.of(Rank.BACKUP).serves:
        return gettext("The backup is alerted.")
    return gettext("A coordinator who is there that day is alerted, or else the number that answers day and night.")
