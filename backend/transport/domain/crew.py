"""Who may drive or host a trip: tasks and papers. Pure. The rest of asking volunteers is in `people.domain.crews`.

Roles and papers of a driver: licence, medical check, VOG seen, test drive; a host has a VOG (domain text,
BoodschappenPlusBus). Which of them are required is the organisation's own setting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from backend.people.domain.crews import CrewSettingError, CrewTimes


class Task(StrEnum):
    """What somebody does on a trip."""

    DRIVER = "driver"
    HOST = "host"


PAPERS = ("licence", "medical", "vog", "test_drive")
"""Kinds of papers, in the order in which they are shown."""


@dataclass(frozen=True)
class CrewPolicy(CrewTimes):
    """An organisation's own (its setting "crew"): times, and the papers that each task takes."""

    driver_papers: tuple[str, ...] = PAPERS
    host_papers: tuple[str, ...] = ("vog",)

    def __post_init__(self) -> None:
        super().__post_init__()
        if unknown := (set(self.driver_papers) | set(self.host_papers)) - set(PAPERS):
            raise CrewSettingError(f"{min(unknown)}: no such paper. Known are {', '.join(PAPERS)}.")

    def required(self, task: str) -> tuple[str, ...]:
        """The papers without which nobody does this."""
        return self.driver_papers if task == Task.DRIVER else self.host_papers

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The defaults with what the organisation has set. Raises CrewSettingError."""
        papers = {name: tuple(settings[name]) for name in ("driver_papers", "host_papers") if name in settings}
        return super().of({**settings, **papers})
