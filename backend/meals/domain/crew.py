"""The crew of a dinner: jobs, papers and times. Pure. The rest of asking volunteers is in `people.domain.crews`.

About ten volunteers an evening: kitchen, serving, till, bar, shopping, host; a manager and a cook part-time (domain
text, Resto VanHarte). All numbers here are defaults: the organisation's own are in its setting "resto_crew".
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from backend.people.domain.crews import CrewSettingError, CrewTimes, Volunteer, turn

JOBS = ("cook", "kitchen", "host", "serving", "till", "bar", "shopping")
"""In the order in which they are shown, and looked after: without a cook nobody eats."""

HELPS = "helps"
"""Why somebody's place as a guest was given up: they are in the crew."""

PAPERS = ("hygiene", "vog")

SHOPPING_TAKES = timedelta(hours=3)

BEFORE_DOORS = {"cook": 4, "kitchen": 3, "shopping": 8}
"""Hours before the doors open at which a job begins (our own default: dinner is at six, pots go on after the count)."""


@dataclass(frozen=True)
class DinnerCrew(CrewTimes):
    """An organisation's own. Hours and days are of the product's clock, before the job begins.

    `case_hours`: so long before, an evening without somebody in each of `key_jobs` is a case: the day before.
    `hurry_hours`: from then on all who could are asked at once, by text and call: the first yes has it.
    `remind_hours`: so long before, whoever is on the roster is reminded. `papers`: what a job takes, by job.
    """

    case_hours: int = 28
    hurry_hours: int = 12
    remind_hours: int = 24
    key_jobs: tuple[str, ...] = ("cook", "host")
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hours_before: Mapping[str, int] = field(default_factory=lambda: BEFORE_DOORS)

    LIMITS: ClassVar[Mapping[str, tuple[int, int]]] = {
        **CrewTimes.LIMITS,
        "hurry_hours": (0, 24),
        "remind_hours": (2, 72),
    }

    def __post_init__(self) -> None:
        super().__post_init__()
        if unknown := (set(self.key_jobs) | set(self.papers) | set(self.hours_before)) - set(JOBS):
            raise CrewSettingError(f"{min(unknown)}: no such job. Known are {', '.join(JOBS)}.")
        if unknown := {paper for wanted in self.papers.values() for paper in wanted} - set(PAPERS):
            raise CrewSettingError(f"{min(unknown)}: no such paper. Known are {', '.join(PAPERS)}.")
        if any(not isinstance(hours, int) or not 0 <= hours <= 12 for hours in self.hours_before.values()):
            raise CrewSettingError("hours_before: must be whole numbers between 0 and 12.")

    def required(self, task: str) -> tuple[str, ...]:
        """The papers without which nobody does this; none by default."""
        return self.papers.get(task, ())

    def hours_of(self, job: str) -> int:
        """So many hours before the doors open somebody begins."""
        return self.hours_before.get(job, 1)

    def times(self, job: str, doors_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
        """From when until when (UTC) somebody helps on an evening."""
        begins = doors_at - timedelta(hours=self.hours_of(job))
        return begins, begins + SHOPPING_TAKES if job == "shopping" else ends_at

    def hurry_at(self, begins_at: datetime) -> datetime:
        """From when (UTC) on there is no time any more to ask one after the other."""
        return begins_at - timedelta(hours=self.hurry_hours)

    def remind_at(self, begins_at: datetime) -> datetime:
        """When (UTC) whoever helps is reminded: the day before."""
        return begins_at - timedelta(hours=self.remind_hours)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The defaults with what the organisation has set. Raises CrewSettingError."""
        chosen = dict(settings)
        if "key_jobs" in chosen:
            chosen["key_jobs"] = tuple(chosen["key_jobs"])
        if "papers" in chosen:
            chosen["papers"] = {job: tuple(papers) for job, papers in chosen["papers"].items()}
        if "hours_before" in chosen:
            chosen["hours_before"] = {**BEFORE_DOORS, **chosen["hours_before"]}
        return super().of(chosen)

    @property
    def chosen(self) -> dict[str, Any]:
        """What differs from the defaults, as `of` reads it: what was not chosen follows the product."""
        known, default = asdict(self), asdict(DinnerCrew())
        theirs = {job: hours for job, hours in self.hours_before.items() if hours != DinnerCrew().hours_of(job)}
        found = {name: value for name, value in known.items() if value != default[name] and name != "hours_before"}
        return found | ({"hours_before": theirs} if theirs else {})


def turn_of_regular(volunteer: Volunteer) -> tuple[float, ...]:
    """Who is asked first for a place that was never filled: who stands by is kept for when nobody else can."""
    return (1 if volunteer.is_standby else 0, *turn(volunteer))
