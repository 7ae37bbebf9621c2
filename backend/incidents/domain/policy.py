"""Whom an incident reaches, in which order and how long each has: frozen when the incident opens."""

from dataclasses import asdict, dataclass, field
from typing import Any

from backend.common.errors import RondjeError


class PolicyReachesNobody(RondjeError):
    """An escalation policy in which no level has a number to reach."""


@dataclass(frozen=True)
class Target:
    """Somebody to alert. `ref` is person:7, contact:3 or organisation:1; `lines` are numbers (E.164), tried in turn."""

    ref: str
    name: str
    lines: tuple[str, ...]
    mobiles: tuple[str, ...] = ()
    language: str = "nl"

    @property
    def is_reachable(self) -> bool:
        """Whether there is a number at all."""
        return bool(self.lines)


@dataclass(frozen=True)
class Level:
    """A step of the ladder. `role` is duty, backup, contact, coordinator or organisation."""

    role: str
    targets: tuple[Target, ...]
    acknowledge_minutes: int

    @property
    def is_reachable(self) -> bool:
        """Whether anybody on this level has a number."""
        return any(target.is_reachable for target in self.targets)


@dataclass(frozen=True)
class EscalationTimes:
    """Minutes on the product's clock. Source: domain text, Telefooncirkel."""

    duty_minutes: int = 5
    backup_minutes: int = 5
    contact_minutes: int = 10
    coordinator_minutes: int = 10
    outcome_minutes: int = 30
    louder_minutes: int = 5

    def __post_init__(self) -> None:
        for name, minutes in asdict(self).items():
            if not isinstance(minutes, int) or not 1 <= minutes <= 120:
                raise RondjeError(f"{name}: must be a number of minutes between 1 and 120.")


@dataclass(frozen=True)
class EscalationPolicy:
    """The whole ladder."""

    levels: tuple[Level, ...]
    times: EscalationTimes = field(default_factory=EscalationTimes)

    def check(self) -> None:
        """Raise PolicyReachesNobody when nobody could ever be reached."""
        if not any(level.is_reachable for level in self.levels):
            raise PolicyReachesNobody(
                "This escalation policy could never reach anyone: no level has a telephone number. Give the "
                "organisation a number that answers day and night."
            )

    def target(self, ref: str) -> Target | None:
        """The target with this reference, wherever it stands."""
        return next((t for level in self.levels for t in level.targets if t.ref == ref), None)

    def as_json(self) -> dict[str, Any]:
        """For the snapshot on the incident."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "EscalationPolicy":
        """The snapshot as it was frozen."""
        levels = tuple(
            Level(
                role=level["role"],
                acknowledge_minutes=level["acknowledge_minutes"],
                targets=tuple(
                    Target(**{**target, "lines": tuple(target["lines"]), "mobiles": tuple(target["mobiles"])})
                    for target in level["targets"]
                ),
            )
            for level in stored["levels"]
        )
        return cls(levels=levels, times=EscalationTimes(**stored["times"]))


def ladder(
    *,
    duty: Target | None,
    backup: Target | None,
    contacts: tuple[Target, ...],
    coordinator: Target | None,
    organisation: Target,
    times: EscalationTimes,
) -> EscalationPolicy:
    """Duty volunteer → backup → contacts and key holders in their order → coordinator → the organisation's number.

    A missing person leaves an empty level, so that the timeline can say that it was skipped. Whether anybody can be
    reached at all is checked when a circle is set up, not here: an incident is opened whatever its ladder is worth.
    """
    levels = [
        Level("duty", (duty,) if duty else (), times.duty_minutes),
        Level("backup", (backup,) if backup else (), times.backup_minutes),
        *(Level("contact", (contact,), times.contact_minutes) for contact in contacts),
        Level("coordinator", (coordinator,) if coordinator else (), times.coordinator_minutes),
        Level("organisation", (organisation,), times.coordinator_minutes),
    ]
    return EscalationPolicy(levels=tuple(levels), times=times)
