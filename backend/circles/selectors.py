"""Reading about circles: the day's accounting, for the tally, the boards and the watchdog."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from backend.circles.domain.morning import Standing
from backend.circles.domain.tally import Case, Expected, Line, line
from backend.circles.models import Round, Seat
from backend.circles.services.planning import expected_members
from backend.incidents.domain.escalation import Progress
from backend.incidents.domain.policy import EscalationPolicy
from backend.incidents.models import Incident, IncidentMember
from backend.people.models import Organisation


def rounds_on(day: date, organisations: Iterable[Organisation]) -> list[Round]:
    """All rounds of a local date, with what the accounting needs, in a constant number of queries."""
    return list(
        Round.objects.filter(date=day, circle__organisation__in=organisations)
        .select_related("circle__organisation", "volunteer")
        .prefetch_related("seats__person")
        .order_by("planned_start", "circle__name")
    )


def tally_lines(rounds: list[Round], now: datetime) -> list[Line]:
    """One line for each member who was planned, in the order of the rings."""
    cases = _cases(rounds)
    return [line(member, now) for round_ in rounds for member in _expected(round_, cases)]


def _expected(round_: Round, cases: dict[tuple[int, int], list[Case]]) -> list[Expected]:
    if round_.state == Round.State.PLANNED:
        return [
            Expected(
                name=member.person.name,
                circle=round_.circle.name,
                standing=Standing.EXPECTED,
                how="",
                at=None,
                deadline_at=None,
            )
            for member in expected_members(round_.circle, round_.date)
        ]
    return [
        Expected(
            name=seat.person.name,
            circle=round_.circle.name,
            standing=Standing(seat.standing),
            how=seat.how,
            at=seat.at,
            deadline_at=round_.deadline_at,
            cases=tuple(cases.get((round_.pk, seat.person_id), ())),
        )
        for seat in _in_order(round_)
    ]


def _in_order(round_: Round) -> list[Seat]:
    return sorted(round_.seats.all(), key=lambda seat: seat.position)


def _cases(rounds: list[Round]) -> dict[tuple[int, int], list[Case]]:
    """The incidents of these rounds, by (round, person)."""
    found: dict[tuple[int, int], list[Case]] = defaultdict(list)
    rows = IncidentMember.objects.filter(
        incident__source_kind="round", incident__source_id__in=[round_.pk for round_ in rounds]
    ).select_related("incident")
    for row in rows:
        found[(row.incident.source_id or 0, row.person_id)].append(_case(row))
    return found


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
