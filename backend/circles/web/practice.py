"""Practice mornings, as pages and the board show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from backend.circles.models import Circle, Round, Seat
from backend.circles.web import words
from backend.people import doors
from backend.people.models import User

SHOWN_FOR = timedelta(days=7)
"""So long the board reminds of what did not go well: time enough to ring everybody on the list."""


@dataclass(frozen=True)
class Result:
    """How a member did. `at` is when they were heard of (UTC)."""

    name: str
    number: int
    look: str
    standing: str
    how: str
    at: datetime | None
    phones: tuple[str, ...]

    @property
    def icon(self) -> str:
        """The symbol that belongs to the look."""
        return words.ICONS[self.look]


@dataclass(frozen=True)
class Practice:
    """A practice morning: planned, going on, or over."""

    round: Round
    state: str
    results: tuple[Result, ...]

    @property
    def to_do(self) -> tuple[Result, ...]:
        """The coordinator's list: who did not manage."""
        return tuple(result for result in self.results if result.look in ("missed", "incident"))

    @property
    def well(self) -> int:
        """How many managed."""
        return sum(result.look == "well" for result in self.results)

    @property
    def expected(self) -> int:
        """How many took part."""
        return sum(result.look != "excused" for result in self.results)


def practices_of(circle: Circle) -> list[Practice]:
    """All practice mornings of a circle that were not called off, the latest first."""
    rounds = Round.with_practice.filter(circle=circle, practice=True).exclude(closed_how=Round.ClosedHow.NOT_HELD)
    return _practices(rounds.order_by("-planned_start"))


def recent(user: User, now: datetime) -> dict[str, Any]:
    """The board's panel: practice that is planned or going on, and who did not manage lately."""
    rounds = (
        doors.visible(user, Round.with_practice.filter(practice=True), *doors.STAFF, path="circle__organisation")
        .filter(planned_start__gte=now - SHOWN_FOR)
        .exclude(closed_how=Round.ClosedHow.NOT_HELD)
        .exclude(circle__status=Circle.Status.CLOSED)
        .select_related("circle__organisation")
        .order_by("planned_start")
    )
    found = _practices(rounds)
    return {"practices": found} if found else {}


def _practices(rounds: "Iterable[Round]") -> list[Practice]:
    listed = list(rounds)
    seats: dict[int, list[Seat]] = {round_.pk: [] for round_ in listed}
    for seat in Seat.objects.filter(round__in=listed).select_related("person").order_by("position"):
        seats[seat.round_id].append(seat)
    return [
        Practice(
            round=round_,
            state=_state(round_),
            results=tuple(_result(seat, number) for number, seat in enumerate(seats[round_.pk], start=1)),
        )
        for round_ in listed
    ]


def _state(round_: Round) -> str:
    return {
        Round.State.PLANNED: _("planned"),
        Round.State.RUNNING: _("under way"),
        Round.State.CLOSED: _("over"),
    }[Round.State(round_.state)]


def _result(seat: Seat, number: int) -> Result:
    standing = {
        Seat.Standing.WELL: _("managed"),
        Seat.Standing.MISSED: _("did not manage"),
        Seat.Standing.EXCUSED: _("excused"),
        Seat.Standing.INCIDENT: _("asked for help, for real"),
        Seat.Standing.EXPECTED: _("not heard of yet"),
    }[Seat.Standing(seat.standing)]
    return Result(
        name=seat.person.name,
        number=number,
        look=seat.standing,
        standing=standing,
        how=words.how(seat.how),
        at=seat.at,
        phones=tuple(seat.lines),
    )
