"""A circle with everybody around it, described in one piece: by a scenario file, or by the demo.

Pure: the shapes and what is wrong with them in themselves. `services/setting_up` makes rows of it.
"""

from collections import Counter
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from backend.circles.domain.call_list.weekdays import DaysRead, read_weekdays
from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import MorningPolicy, check_start
from backend.common.errors import RondjeError
from backend.incidents.domain.policy import EscalationTimes
from backend.people.domain.setup import Name, Number, OrganisationSetup, Strict, WallTime


def _weekdays(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    reading = read_weekdays(value)
    if reading.how is not DaysRead.READ:
        raise ValueError(f"the days {value!r} are not understood; write 'ma t/m vr', 'weekend' or [0, 1, 2]")
    return sorted(reading.days)


Weekday = Annotated[int, Field(ge=0, le=6)]
Weekdays = Annotated[list[Weekday], Field(min_length=1), BeforeValidator(_weekdays)]
"""Days of the week, 0 is Monday; also in words as in a call list."""
EVERY_DAY = list(range(7))


class PolicySetup(Strict):
    """Where the circle differs from the defaults (`MorningPolicy`, `EscalationTimes`)."""

    morning: dict[str, Any] = Field(default_factory=dict)
    escalation: dict[str, int] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _could_work(self) -> Self:
        try:
            MorningPolicy.of(self.morning)
            EscalationTimes(**self.escalation)
        except RondjeError as error:
            raise ValueError(error.message) from error
        except TypeError as error:
            known = ", ".join(EscalationTimes.__dataclass_fields__)
            raise ValueError(f"escalation: no such setting. Known are {known}.") from error
        return self


class CircleSetup(Strict):
    """The circle and when it goes round."""

    name: Name
    start: WallTime
    weekdays: Weekdays = EVERY_DAY
    mode: Mode = Mode.BRIDGED
    policy: PolicySetup = PolicySetup()

    @model_validator(mode="after")
    def _starts_in_the_morning(self) -> Self:
        try:
            check_start(self.start)
        except RondjeError as error:
            raise ValueError(error.message) from error
        return self


class ContactSetup(Strict):
    """Somebody near a member. `has_key` is left out when nobody has asked."""

    name: Name
    relation: str = ""
    phone: Number | None = None
    has_key: bool | None = None
    key_note: str = ""


class MemberSetup(Strict):
    """A member, at the end of the ring. `phones` are tried in this order."""

    name: Name
    phones: list[Number] = Field(min_length=1)
    contacts: list[ContactSetup] = Field(default_factory=list)
    weekdays: Weekdays = EVERY_DAY
    can_ring: bool = True
    ring_longer: bool = False
    address: str = ""
    place: str = ""


class VolunteerSetup(Strict):
    """Somebody on duty for the circle on these days."""

    name: Name
    phones: list[Number] = Field(min_length=1)
    duty: Literal["primary", "backup", "coordinator"]
    email: str = ""
    weekdays: Weekdays = EVERY_DAY


class AbsenceSetup(Strict):
    """A member is away, both days included; without days: on the day that is played."""

    member: Name
    first_day: date | None = None
    last_day: date | None = None
    reason: Literal["away", "hospital", "other"] = "away"


class Setup(Strict):
    """All of it. `call_list` is the path of a file for `import_circle`, read instead of `members`."""

    organisation: OrganisationSetup
    circle: CircleSetup
    members: list[MemberSetup] = Field(default_factory=list)
    call_list: str | None = None
    volunteers: list[VolunteerSetup] = Field(default_factory=list)
    absences: list[AbsenceSetup] = Field(default_factory=list)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if bool(self.members) == (self.call_list is not None):
            raise ValueError("give either the members or a call list to import, not both and not neither")
        names = Counter([one.name for one in self.members] + [one.name for one in self.volunteers])
        for name, times in names.items():
            if times > 1:
                raise ValueError(f"{name} occurs {times} times; everybody needs a name of their own")
        duties = Counter((one.duty, day) for one in self.volunteers for day in one.weekdays)
        for (duty, _day), times in duties.items():
            if times > 1:
                raise ValueError(f"{times} volunteers are on duty as {duty} on the same day; only one can be")
        return self
