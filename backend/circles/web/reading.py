"""What the pages read about circles, in a constant number of queries however many there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from backend.circles.domain import schedule
from backend.circles.domain.morning import Standing
from backend.circles.domain.tally import Case, Expected, count, line
from backend.circles.models import Circle, Leg, Membership, Round
from backend.circles.selectors import accounting
from backend.circles.selectors.excuses import asked, excuses_in
from backend.circles.selectors.settings import policy_of
from backend.incidents.models import Incident, IncidentMember
from backend.notifications.models import Message
from backend.people.models import Organisation
from backend.people.selectors import local_date


@dataclass(frozen=True)
class LiveLeg:
    """A call of a round that is going on, or is about to be placed."""

    leg: Leg
    is_placed: bool
    """False while the call still waits for its moment."""


def todays_rounds(organisations: Iterable[Organisation], now: datetime) -> list[Round]:
    """The rounds of each organisation's own local date."""
    by_day: dict[date, list[Organisation]] = defaultdict(list)
    for organisation in organisations:
        by_day[local_date(organisation, now)].append(organisation)
    return [round_ for day, those in by_day.items() for round_ in accounting.rounds_on(day, those)]


def counts(rounds: list[Round], now: datetime) -> dict[int, dict[str, int]]:
    """The accounting of each round, by its key: the lines of the tally, counted per round.

    The tally asks for the members of a round that has not started one circle at a time; here it is done in bulk.
    """
    started = [round_ for round_ in rounds if round_.state != Round.State.PLANNED]
    lines = iter(accounting.tally_lines(started, now))
    found = {round_.pk: count(next(lines) for _seat in round_.seats.all()) for round_ in started}
    found |= _planned_counts([round_ for round_ in rounds if round_.state == Round.State.PLANNED], now)
    return found


def _planned_counts(planned: list[Round], now: datetime) -> dict[int, dict[str, int]]:
    """The same accounting for rounds that have not started: nobody has been rung, but a case may still be open."""
    expected = expected_in(planned)
    everybody = [member.person_id for members in expected.values() for member in members]
    cases = _open_cases(everybody)
    found = {}
    mornings = [asked(one.circle, one.date, expected[one.pk], start=one.planned_start) for one in planned]
    for round_, excused in zip(planned, excuses_in(mornings), strict=True):
        circle, members = round_.circle, expected[round_.pk]
        deadline = schedule.deadline(
            round_.planned_start, expected=len(members) - len(excused), policy=policy_of(circle)
        )
        found[round_.pk] = count(
            line(
                Expected(
                    name=member.person.name,
                    circle=circle.name,
                    standing=Standing.EXCUSED if member.person_id in excused else Standing.EXPECTED,
                    how="",
                    at=None,
                    deadline_at=deadline,
                    cases=tuple(cases[member.person_id]),
                ),
                now,
            )
            for member in members
        )
    return found


def _open_cases(person_ids: list[int]) -> dict[int, list[Case]]:
    """Cases about these people that nobody has ended, from whatever day."""
    rows = IncidentMember.objects.filter(person_id__in=person_ids, outcome="").exclude(
        incident__state=Incident.State.CLOSED
    )
    found: dict[int, list[Case]] = defaultdict(list)
    for row in rows.select_related("incident"):
        incident = row.incident
        case = Case(None, "", opened_at=incident.opened_at, outcome_due_at=accounting.outcome_due(incident))
        found[row.person_id].append(case)
    return found


def expected_in(rounds: list[Round]) -> dict[int, list[Membership]]:
    """Who is expected in rounds that have not started, by round: the rule of `planning.expected_members`, in bulk.

    Of each only what board and ring show: an organisation has hundreds, and its board asks every two seconds.
    """
    named = ("person__title", "person__given_name", "person__family_name")
    rows = (
        Membership.objects.filter(
            circle__in=[round_.circle_id for round_ in rounds],
            status=Membership.Status.ACTIVE,
        )
        .select_related("person")
        .only("circle_id", "person_id", "position", "weekdays", "person__ring_from", *named)
        .order_by("position", "pk")
    )
    by_circle: dict[int, list[Membership]] = defaultdict(list)
    for row in rows:
        by_circle[row.circle_id].append(row)
    return {
        round_.pk: [row for row in by_circle[round_.circle_id] if schedule.takes_part(round_.date, row.weekdays)]
        for round_ in rounds
    }


def live_legs(rounds: list[Round]) -> dict[int, list[LiveLeg]]:
    """The calls that are going on, by round."""
    legs = list(
        Leg.objects.filter(round__in=rounds, round__state=Round.State.RUNNING, state__in=Leg.LIVE)
        .select_related("caller__person", "target__person")
        .order_by("pk")
    )
    waiting = set(
        Message.objects.filter(pk__in=[leg.message_id for leg in legs], state=Message.State.QUEUED).values_list(
            "pk", flat=True
        )
    )
    found: dict[int, list[LiveLeg]] = defaultdict(list)
    for leg in legs:
        found[leg.round_id].append(LiveLeg(leg, is_placed=leg.message_id not in waiting))
    return found


def cases_of(round_: Round) -> dict[int, Incident]:
    """For each member who has one, the case that counts: an open one of any day, before a closed one of this round."""
    of_the_round = Q(incident__source_kind="round", incident__source_id=round_.pk)
    rows = IncidentMember.objects.filter(
        of_the_round | (Q(outcome="") & ~Q(incident__state=Incident.State.CLOSED)),
        person_id__in=round_.seats.values("person_id"),
    )
    found: dict[int, Incident] = {}
    for row in rows.select_related("incident").order_by("pk"):
        earlier = found.get(row.person_id)
        if earlier is None or not earlier.is_open:
            found[row.person_id] = row.incident
    return found


def circles_of(organisations: Iterable[Organisation]) -> list[Circle]:
    """The circles that these organisations run, by name."""
    return list(
        Circle.objects.filter(organisation__in=organisations)
        .exclude(status=Circle.Status.CLOSED)
        .select_related("organisation")
        .order_by("organisation__name", "start_time", "name")
    )
