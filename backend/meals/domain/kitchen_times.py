"""When the kitchen is told for how many to shop and to cook, and when somebody else hears that it has not looked. Pure.

Times are UTC. That there is a provisional count for the shopping and a final one at the cutoff is practice (domain
text, Resto VanHarte); the hours are defaults of our own, and each organisation chooses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class KitchenTimes:
    """An organisation's setting "kitchen".

    The count for the shopping goes out `shopping_days` before the evening at `shopping_at` (local wall time). A count
    that nobody says to have seen is told again after `unseen_minutes`, after as many more to who runs the resto, and
    is a case after as many more.
    """

    shopping_days: int = 1
    shopping_at: time = time(12, 0)
    unseen_minutes: int = 10

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "KitchenTimes":
        """What stands there; the default for what is missing or makes no sense: a wrong setting silences nothing."""
        days, minutes = settings.get("shopping_days"), settings.get("unseen_minutes")
        return cls(
            shopping_days=days if isinstance(days, int) and 0 <= days <= 7 else cls.shopping_days,
            shopping_at=_wall(settings.get("shopping_at")) or cls.shopping_at,
            unseen_minutes=minutes if isinstance(minutes, int) and 1 <= minutes <= 120 else cls.unseen_minutes,
        )

    def shop_at(self, day: date, zone: ZoneInfo) -> datetime:
        """When the count for the shopping of an evening on a local date goes out."""
        local = datetime.combine(day - timedelta(days=self.shopping_days), self.shopping_at, tzinfo=zone)
        return local.astimezone(UTC)

    @property
    def patience(self) -> timedelta:
        """How long a count may be unseen before it is told again."""
        return timedelta(minutes=self.unseen_minutes)


def _wall(written: object) -> time | None:
    try:
        return time.fromisoformat(str(written)).replace(tzinfo=None)
    except ValueError:
        return None


@dataclass(frozen=True)
class Told:
    """A final or late count that nobody has said to have seen."""

    at: datetime
    told_again: bool
    manager_told_at: datetime | None = None


def again_at(unseen: Sequence[Told], times: KitchenTimes) -> datetime | None:
    """When the kitchen is told once more of the latest count; None when it has been, or has seen all."""
    if not unseen or unseen[-1].told_again:
        return None
    return unseen[-1].at + times.patience


def manager_at(unseen: Sequence[Told], times: KitchenTimes) -> datetime | None:
    """When who runs the resto hears that the kitchen has not looked: counted from the oldest they know nothing of.

    Later counts put nothing off, and what they were told before silences no later one.
    """
    at = next((told.at for told in unseen if told.manager_told_at is None), None)
    return None if at is None else at + 2 * times.patience


def case_at(told: Told, times: KitchenTimes) -> datetime | None:
    """When a count that who runs the resto was told of becomes a case, unless it is seen before; None before that."""
    return None if told.manager_told_at is None else told.manager_told_at + times.patience
