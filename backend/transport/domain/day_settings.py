"""When somebody is told that a day on the bus does not go as it should. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

LONGEST = 600
"""Minutes."""


@dataclass(frozen=True)
class DaySettings:
    """An organisation's setting "bus", as far as it concerns the day. Minutes.

    Passengers wait at their doors: a bus that has not started `not_started_minutes` after it should have left the
    garage is a case, and so is a run that is not closed `not_closed_minutes` after its planned end. Driver and host get
    the link to their list `link_minutes` before the bus leaves. Whether somebody who was not at the door is away, as
    was noted, is asked for `question_minutes`; then it is a case.
    """

    not_started_minutes: int = 10
    not_closed_minutes: int = 60
    link_minutes: int = 120
    question_minutes: int = 30

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "DaySettings":
        """What stands there; the default for what is missing or makes no sense: a wrong setting silences no alarm."""
        chosen = {field.name: settings.get(field.name) for field in fields(cls)}
        return cls(
            **{name: value for name, value in chosen.items() if isinstance(value, int) and 1 <= value <= LONGEST}
        )
