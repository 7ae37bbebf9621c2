"""What a scenario file may say."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PositiveFloat, PositiveInt, model_validator

from backend.circles.domain.setup import Setup
from backend.meals.domain.setup import RestoSetup
from backend.people.domain.setup import Name, Number, Strict, WallTime
from backend.transport.domain.setup import BusSetup
from simulator.accounts import Limits
from simulator.faults import FaultPlan
from simulator.residents.model import Resident, Withheld
from stack.scenario.bus_model import BusEvent, TripExpected
from stack.scenario.resto_model import EveningExpected, RestoEvent
from stack.scenario.times import At

AccountName = Literal["first", "second"]
"""An account with the carrier."""

Process = Literal["web", "worker-alarm", "worker-notice", "drain", "beat", "valkey", "postgres"]
"""A process of the stack. Not the simulator: it is the world outside, and its residents would be gone with it."""


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Targets = Annotated[list[Process], Field(min_length=1), BeforeValidator(_as_list)]


class ProcessEvent(Strict):
    """Something happens to processes: SIGKILL, SIGTERM, started again, or stopped and started."""

    at: At
    do: Literal["kill", "stop", "start", "restart"]
    target: Targets


class BrokerEvent(Strict):
    """The broker loses everything, or falls silent without closing a connection (SIGSTOP), and comes back."""

    at: At
    do: Literal["flush_broker", "pause_broker", "resume_broker"]


class FaultsEvent(Strict):
    """The carrier fails in these ways from now on; `{}` ends it."""

    at: At
    do: Literal["faults"]
    faults: FaultPlan


class LimitsEvent(Strict):
    """An account of the carrier may do so much from now on; what is left out is as it is without limits."""

    at: At
    do: Literal["limits"]
    account: AccountName = "first"
    limits: Limits


class PhoneEvent(Strict):
    """A hand on a resident's telephone."""

    at: At
    do: Literal["pick_up", "hang_up", "press", "ring_in", "text"]
    resident: str
    keys: Annotated[str, Field(pattern=r"^[0-9*#]+$")] | None = None
    body: str | None = None
    withheld: Withheld | None = None

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        for field, action in (("keys", "press"), ("body", "text")):
            if (getattr(self, field) is not None) != (self.do == action):
                raise ValueError(f"'{field}' belongs to 'do: {action}', and only there")
        if self.withheld is not None and self.do != "ring_in":
            raise ValueError("'withheld' belongs to 'do: ring_in', and only there")
        return self


class AbsenceEvent(Strict):
    """Somebody reports that a member is away today."""

    at: At
    do: Literal["report_absence"]
    member: Name
    reason: Literal["away", "hospital", "other"] = "away"


class PracticeEvent(Strict):
    """The coordinator plans a practice morning for later today, at a wall time."""

    at: At
    do: Literal["practise"]
    begins: WallTime


class TransferEvent(Strict):
    """The circle goes to another organisation, which rings from a number of its own."""

    at: At
    do: Literal["transfer"]
    to: Name
    number: Number
    duty_number: Number


class PaperEvent(Strict):
    """Somebody enters what stands on the paper list, with the wall time at which each member was rung by hand."""

    at: At
    do: Literal["results_on_paper"]
    rung_at: WallTime
    results: dict[str, Literal["well", "no_answer", "away"]] = Field(min_length=1)


Event = Annotated[
    ProcessEvent
    | BrokerEvent
    | FaultsEvent
    | LimitsEvent
    | PhoneEvent
    | AbsenceEvent
    | PracticeEvent
    | TransferEvent
    | PaperEvent
    | BusEvent
    | RestoEvent,
    Field(discriminator="do"),
]


class TallyExpected(Strict):
    """How many members are where in the end. Nobody may be unaccounted for; that need not be said."""

    expected: int | None = None
    well: int | None = None
    excused: int | None = None
    in_progress: int | None = None
    incident_open: int | None = None
    incident_closed: int | None = None


Status = Literal["well", "excused", "in_progress", "incident_open", "incident_closed"]


class MemberExpected(Strict):
    """Where one member is in the end, and how that is known."""

    status: Status
    how: str | None = None


class IncidentExpected(Strict):
    """An incident, told from others by its kind and whom it is about."""

    kind: Literal["no_answer", "worried", "help", "round", "outage", "duty", "stranded", "not_at_door", "run"]
    about: list[str] = Field(default_factory=list)
    state: Literal["open", "claimed", "closed"] | None = None
    outcome: str | None = None
    claimed_by: str | None = None


class RoundExpected(Strict):
    """How the round ended."""

    closed_how: Literal["received", "nobody_today", "accounted", "not_received", "deadline", "not_held"]


Practised = Literal["well", "missed", "excused"]
"""How a member did in a practice morning."""


class Times(Strict):
    """How often something happened."""

    at_least: Annotated[int, Field(ge=0)] = 0
    at_most: Annotated[int, Field(ge=0)] | None = None


class Expectations(Strict):
    """What must hold in the end. `incidents`, where it is given, names all there are.

    `told` are words that a resident must have heard or read, `practice` how members did when they practised. `letters`
    counts the mails that went out to an address, `accounts` the calls and texts that the carrier accepted
    from an account. `trips` are those of the bus, `evenings` those of the resto, in the order in which they are
    described.
    """

    tally: TallyExpected = TallyExpected()
    members: dict[str, MemberExpected] = Field(default_factory=dict)
    incidents: list[IncidentExpected] | None = None
    round: RoundExpected | None = None
    calls: dict[str, Times] = Field(default_factory=dict)
    texts: dict[str, Times] = Field(default_factory=dict)
    practice: dict[str, Practised] = Field(default_factory=dict)
    told: dict[str, list[str]] = Field(default_factory=dict)
    letters: dict[str, Times] = Field(default_factory=dict)
    accounts: dict[AccountName, Times] = Field(default_factory=dict)
    trips: list[TripExpected] = Field(default_factory=list)
    evenings: list[EveningExpected] = Field(default_factory=list)
    accepted_per_attempt_at_most: PositiveInt = 1


class Scenario(Setup):
    """A whole file. Wall times and `date` are local to the organisation.

    `bus` is a shopping bus of the same organisation, `resto` where it gives dinners. `second_account` is the number
    from which a second account with the carrier sends; without it there is one.
    """

    name: Name
    description: str = ""
    seed: int = 1
    date: date
    begin: WallTime
    rate: Annotated[PositiveFloat, Field(le=200)] = 30.0
    until: At
    call_list: Annotated[str | None, Field(alias="import")] = None
    second_account: Number | None = None
    bus: BusSetup | None = None
    resto: RestoSetup | None = None
    residents: list[Resident] = Field(default_factory=list)
    events: list[Event] = Field(default_factory=list)
    expect: Expectations = Expectations()

    @property
    def starts_at(self) -> datetime:
        """The instant at which the clock begins."""
        return datetime.combine(self.date, self.begin, ZoneInfo(self.organisation.timezone))

    def moment(self, at: time | float) -> datetime:
        """The instant of an `at`."""
        if isinstance(at, time):
            return datetime.combine(self.date, at, ZoneInfo(self.organisation.timezone))
        return self.starts_at.astimezone(UTC) + timedelta(seconds=at)

    def setup(self, directory: Path) -> Setup:
        """What the product is told. `directory` is the file's own, from which a call list's path leads."""
        return Setup(
            organisation=self.organisation,
            circle=self.circle,
            members=self.members,
            call_list=str((directory / self.call_list).resolve()) if self.call_list else None,
            volunteers=self.volunteers,
            absences=self.absences,
        )
