"""How a circle's morning is run: the defaults of the domain text, and what an organisation may set instead."""

from dataclasses import asdict, dataclass, fields
from datetime import time
from typing import Any

from backend.common.errors import RondjeError

EARLIEST_START = time(8, 0)
LATEST_START = time(10, 0)
"""A circle starts between 8:00 and 10:00 local time (domain text, Telefooncirkel)."""


ONE_RING = "one_ring"
DIALLED = "dialled"
JOININGS = (ONE_RING, DIALLED)


class PolicyError(RondjeError):
    """A policy that could not work; the message names the setting.

    `template` and `values` are the sentence and what stands in it, so that a page can say it in another language.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values


@dataclass(frozen=True)
class MorningPolicy:
    """Times and numbers of a morning. Minutes and seconds are of the product's clock.

    Source: domain text, Telefooncirkel. Retries count from the first miss. `star_by`: who rings the members of a star,
    "platform" or "volunteer". `own_phone_begins`: who begins a ring of own telephones, "volunteer" or "first" (member).
    `joining` says how two members come to talk: `one_ring` (each is rung once, and stays on the line to be joined to
    the next) or `dialled` (each caller is rung, and the other one is dialled in that call; a member's telephone rings
    twice a morning).
    """

    retry_after_minutes: tuple[int, ...] = (3, 8)
    busy_again_seconds: int = 60
    busy_counts_at: int = 3
    leg_minutes: int = 3
    slack_minutes: int = 15
    late_until: str = "10:30"
    ring_seconds: int = 35
    ring_longer_seconds: int = 60
    gather_seconds: int = 9
    pause_before_calling_seconds: int = 12
    substitute_callers: int = 1
    max_members: int = 15
    min_members: int = 4
    spread_minutes: int = 15
    star_by: str = "platform"
    own_phone_begins: str = "volunteer"
    joining: str = ONE_RING

    def __post_init__(self) -> None:
        object.__setattr__(self, "retry_after_minutes", tuple(self.retry_after_minutes))
        self._check()

    def _check(self) -> None:
        if not self.retry_after_minutes or list(self.retry_after_minutes) != sorted(set(self.retry_after_minutes)):
            raise PolicyError("retry_after_minutes: give one or more growing numbers of minutes, such as 3, 8.")
        if not self.retry_after_minutes[0] >= 1 or self.retry_after_minutes[-1] > 60:
            raise PolicyError("retry_after_minutes: each must lie between 1 and 60 minutes.")
        bounds = {
            "busy_again_seconds": (15, 600),
            "busy_counts_at": (1, 10),
            "leg_minutes": (1, 15),
            "slack_minutes": (5, 120),
            "ring_seconds": (10, 120),
            "ring_longer_seconds": (10, 180),
            "gather_seconds": (5, 30),
            "pause_before_calling_seconds": (0, 120),
            "substitute_callers": (0, 3),
            "max_members": (1, 50),
            "min_members": (2, 50),
            "spread_minutes": (0, 30),
        }
        for name, (low, high) in bounds.items():
            if not low <= getattr(self, name) <= high:
                raise PolicyError("{name}: must lie between {low} and {high}.", name=name, low=low, high=high)
        choices = {
            "star_by": ("platform", "volunteer"),
            "own_phone_begins": ("volunteer", "first"),
            "joining": JOININGS,
        }
        for name, known in choices.items():
            if getattr(self, name) not in known:
                raise PolicyError(f"{name}: must be {' or '.join(known)}.")
        if self.min_members > self.max_members:
            raise PolicyError("min_members: must not be more than max_members.")
        try:
            late_until = time.fromisoformat(self.late_until)
        except ValueError as error:
            raise PolicyError("late_until: give a time of day such as 10:30.") from error
        if late_until.replace(tzinfo=None) <= LATEST_START:
            raise PolicyError(f"late_until: must lie after {LATEST_START:%H:%M}, when the last circles start on time.")

    def as_json(self) -> dict[str, Any]:
        """For the snapshot that a round keeps."""
        return asdict(self)

    @classmethod
    def of(cls, *layers: dict[str, Any]) -> "MorningPolicy":
        """The defaults, overridden by each layer in turn (organisation, then circle).

        Raises PolicyError for an unknown setting or an impossible value.
        """
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {}
        for layer in layers:
            for name, value in layer.items():
                if name not in known:
                    raise PolicyError(f"{name}: no such setting. Known are {', '.join(sorted(known))}.")
                values[name] = value
        try:
            return cls(**values)
        except TypeError as error:
            raise PolicyError(f"A setting has a value of the wrong kind: {error}") from error


def check_start(start: time) -> None:
    """Raise PolicyError when a circle would start outside the allowed hours."""
    if not EARLIEST_START <= start <= LATEST_START:
        raise PolicyError(
            "A circle starts between {first} and {last}; {start} is outside that.",
            first=f"{EARLIEST_START:%H:%M}",
            last=f"{LATEST_START:%H:%M}",
            start=f"{start:%H:%M}",
        )
