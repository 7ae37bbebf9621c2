"""Reading about circles: the accounting of a day (tally, boards, watchdog), and who is around a circle."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from backend.circles.domain import schedule
from backend.circles.domain.morning import Standing
from backend.circles.domain.tally import Case, Expected, Line, line
from backend.circles.models import Circle, Round, Seat
from backend.circles.selectors.excuses import asked, excuses
from backend.circles.selectors.members import expected_members
from backend.circles.selectors.settings import policy_of, zone_of
from backend.incidents.domain.escalation import Progress
from backend.incidents.domain.policy import EscalationPolicy
from backend.incidents.models import Incident, IncidentMember
from backend.people.models import Organisation


def day_lines(day: date, organisations: Iterable[Organisation], now: datetime) -> list[Line]:
    """The accounting of a local date: everybody who is or was expected, whether or not anything was planned for them.

    A circle that should have gone round but has no round at all is found here; by its own rows nobody would miss it.
    """
    organisations = list(organisations)
    forgotten = [_Morning(circle, day, None) for circle in _circles_without_round(day, organisations, now)]
    return _lines([*_mornings(rounds_on(day, organisations)), *forgotten], now)


def rounds_on(day: date, organisations: Iterable[Organisation]) -> list[Round]:
    """All rounds of a local date, with what the accounting needs, in a constant number of queries."""
    return list(
        Round.objects.filter(date=day, circle__organisation__in=organisations)
        .select_related("circle__organisation", "volunteer")
        .prefetch_related(Prefetch("seats", _seats()))
        .order_by("planned_start", "circle__name")
    )


def _seats() -> "QuerySet[Seat]":
    """Only what the accounting reads: a board shows hundreds of them every two seconds."""
    named = ("person__given_name", "person__family_name")
    seats = Seat.objects.select_related("person").order_by("position")
    return seats.only("round_id", "person_id", "position", "standing", "how", "at", *named)


def tally_lines(rounds: list[Round], now: datetime) -> list[Line]:
    """One line for each member who was planned, in the order of the rings."""
    return _lines(_mornings(rounds), now)


@dataclass(frozen=True)
class _Morning:
    """A circle on a local date. `round` is None when nothing was planned."""

    circle: Circle
    day: date
    round: Round | None

    @property
    def ends(self) -> datetime:
        """Midnight at the end of the date (UTC)."""
        return schedule.instant(self.day + timedelta(days=1), time(0), zone_of(self.circle))

    def concerns(self, incident: Incident) -> bool:
        """Whether an incident counts on this morning: its own, the circle's of that date, or any not yet ended."""
        if incident.source_kind == "round" and self.round is not None and incident.source_id == self.round.pk:
            return True
        of_the_circle = incident.source_kind == "circle" and incident.source_id == self.circle.pk
        of_all = incident.kind == Incident.Kind.OUTAGE and incident.source_id == self.circle.organisation_id
        if (of_the_circle or of_all) and schedule.local_date(incident.opened_at, zone_of(self.circle)) == self.day:
            return True
        return incident.is_open and incident.opened_at < self.ends


def _mornings(rounds: list[Round]) -> list[_Morning]:
    return [_Morning(round_.circle, round_.date, round_) for round_ in rounds]


def _lines(mornings: list[_Morning], now: datetime) -> list[Line]:
    expected = [(morning, *member) for morning in mornings for member in _members(morning)]
    rows = _incident_rows({person_id for _morning, person_id, _fields in expected}, mornings)
    return [
        line(
            Expected(
                **fields,
                circle=morning.circle.name,
                cases=tuple(_case(row) for row in rows[person_id] if morning.concerns(row.incident)),
            ),
            now,
        )
        for morning, person_id, fields in expected
    ]


def _members(morning: _Morning) -> list[tuple[int, dict[str, Any]]]:
    """Who is or was expected, in ring order: their row, and the fields of `Expected` about them."""
    round_ = morning.round
    if round_ is None or round_.state == Round.State.PLANNED:
        return _not_started(morning.circle, morning.day)
    return [
        (
            seat.person_id,
            {
                "name": seat.person.name,
                "standing": Standing(seat.standing),
                "how": seat.how,
                "at": seat.at,
                "deadline_at": round_.deadline_at,
            },
        )
        for seat in sorted(round_.seats.all(), key=lambda seat: seat.position)
    ]


def _not_started(circle: Circle, day: date) -> list[tuple[int, dict[str, Any]]]:
    """Members whose morning has not begun. Past the deadline that it would have had, nobody accounts for them."""
    members = expected_members(circle, day)
    excused = excuses(asked(circle, day, members))
    start = schedule.instant(day, circle.starts_at, zone_of(circle))
    expected = sum(member.person_id not in excused for member in members)
    deadline = schedule.deadline(start, expected=expected, policy=policy_of(circle))
    found = []
    for member in members:
        excuse = excused.get(member.person_id)
        fields = {
            "name": member.person.name,
            "standing": Standing.EXCUSED if excuse else Standing.EXPECTED,
            "how": excuse.how if excuse else "",
            "at": excuse.at if excuse else None,
            "deadline_at": deadline,
        }
        found.append((member.person_id, fields))
    return found


def _circles_without_round(day: date, organisations: list[Organisation], now: datetime) -> list[Circle]:
    """Active circles that should go round on a local date, but for which nothing is planned.

    Planning looks one day ahead, so a later date is nobody's omission. Neither is a date before the circle was made.
    """
    circles = (
        Circle.objects.filter(status=Circle.Status.ACTIVE, organisation__in=organisations)
        .exclude(pk__in=Round.objects.filter(date=day).values("circle_id"))
        .select_related("organisation")
        .order_by("start_time", "name")
    )
    return [circle for circle in circles if _was_to_go_round(circle, day, now)]


def _was_to_go_round(circle: Circle, day: date, now: datetime) -> bool:
    """Whether a circle's morning of this date should have been planned by now.

    Of a circle without a first morning only today is certain: nobody wrote down when it was made.
    """
    today = schedule.local_date(now, zone_of(circle))
    return schedule.goes_round(day, circle.weekdays, circle.first_day or today) and day <= today


def _incident_rows(person_ids: set[int], mornings: list[_Morning]) -> dict[int, list[IncidentMember]]:
    """What incidents there are about these people that may count on one of these mornings."""
    found: dict[int, list[IncidentMember]] = defaultdict(list)
    of_rounds = Q(incident__source_kind="round", incident__source_id__in=[m.round.pk for m in mornings if m.round])
    of_circles = Q(incident__source_kind="circle", incident__source_id__in=[m.circle.pk for m in mornings])
    of_outages = Q(incident__kind=Incident.Kind.OUTAGE) & _around({m.day for m in mornings})
    rows = IncidentMember.objects.filter(
        of_rounds | of_circles | of_outages | ~Q(incident__state=Incident.State.CLOSED), person_id__in=person_ids
    )
    for row in rows.select_related("incident").order_by("pk"):
        found[row.person_id].append(row)
    return found


def _around(days: set[date]) -> Q:
    """Opened on one of these dates or beside it, in whatever zone."""
    if not days:
        return Q(pk=None)
    day = timedelta(days=1)
    return Q(incident__opened_at__date__range=(min(days) - day, max(days) + day))


def _case(row: IncidentMember) -> Case:
    incident = row.incident
    return Case(
        closed_at=row.outcome_at or incident.closed_at,
        outcome=row.outcome,
        opened_at=incident.opened_at,
        outcome_due_at=outcome_due(incident),
    )


def outcome_due(incident: Incident) -> datetime:
    """When somebody should have said what was found: the claimant's time, or as long after the opening."""
    progress = Progress.from_json(incident.progress)
    times = EscalationPolicy.from_json(incident.policy).times
    return progress.outcome_due_at or incident.opened_at + timedelta(minutes=times.outcome_minutes)
