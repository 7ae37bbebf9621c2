"""A circle's roster as pages show it, in a constant number of queries."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from backend.circles.domain import schedule
from backend.circles.models import Circle, Membership
from backend.circles.selectors import duty as rosters
from backend.circles.selectors.settings import scope_of, zone_of
from backend.circles.web import words
from backend.people import doors
from backend.people.domain.duty import Duty, Lack
from backend.people.models import DutyShift, DutySwap, Person, User
from backend.people.selectors import Rosters
from backend.people.web import rosters as shared
from backend.people.web.rosters import Cell, Row, cell


def rows(circle: Circle, now: datetime, count: int) -> list[Row]:
    """The next `count` days on which the circle goes round or not; only mornings are shown."""
    today = schedule.local_date(now, zone_of(circle))
    days, found = rosters.roster_days(circle, rosters.days_ahead(circle, now, count))
    swaps = _swaps(circle, [day.day for day in days])
    return [
        Row(
            day.day,
            tuple(_cell(duty, found, swaps.get((duty.rank.value, day.day))) for duty in day.duties),
            is_today=day.day == today,
            has_gap=day.has_gap,
        )
        for day in days
    ]


def _swaps(circle: Circle, days: list[date]) -> dict[tuple[str, date], DutySwap]:
    """The latest swap of each duty that is open, or that nobody took."""
    told = (DutySwap.State.OPEN, DutySwap.State.LAPSED)
    found = DutySwap.objects.filter(scope=scope_of(circle), date__in=days, state__in=told).order_by("pk")
    return {(swap.rank, swap.date): swap for swap in found}


def _cell(duty: Duty, found: Rosters, swap: DutySwap | None) -> Cell:
    concerns_owner = swap is not None and swap.owner_id == duty.person
    told = words.SWAPS[DutySwap.State(swap.state)] if swap and concerns_owner else ""
    return cell(duty, found, ranks=words.RANKS, lacks=words.LACKS, swap=told)


def week(circle: Circle) -> list[dict[str, Any]]:
    """The weekday duties: one row a weekday on which the circle goes round."""
    return shared.week(scope_of(circle), circle.weekdays, words.RANKS)


def choosable(circle: Circle) -> list[Person]:
    """Who may be put on this roster: everybody of the organisation who has a duty anywhere, or was added for one."""
    of_them = {"person": OuterRef("pk")}
    volunteers = ~Exists(Membership.objects.filter(**of_them)) | Exists(DutyShift.objects.filter(**of_them))
    people = Person.objects.filter(volunteers, organisation=circle.organisation)
    return list(people.order_by("family_name", "given_name", "pk"))


def duty_gaps(user: User, now: datetime) -> dict[str, Any]:
    """The panel: mornings of the next days on which nobody would be there, soonest first."""
    found = []
    for organisation in doors.organisations_of(user, *doors.STAFF):
        circles = rosters.circles_with_roster([organisation])
        if not circles:
            continue
        ahead = rosters.days_ahead(circles[0], now, rosters.duty_policy_of(organisation).gap_days + 1)
        found += rosters.gaps(circles, ahead, now)
    lacks = [
        {"circle": gap.circle, "day": gap.day.day, "why": words.LACKS[gap.day.duties[0].lack or Lack.NOBODY]}
        for gap in sorted(found, key=lambda gap: (gap.day.day, gap.circle.name))
    ]
    return {"gaps": lacks} if lacks else {}
