"""What an import did, as values: for a command, a page or a test to show."""

from __future__ import annotations

from dataclasses import dataclass

from backend.circles.domain.call_list import Difference, Findings, MemberStatus, RowReading
from backend.circles.services.importing.notices import NOTHING_TO_ADD, Notices
from backend.circles.services.importing.reconciling import Fate


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row. `place` counts from 1 among those in the ring, as the circle is now."""

    reading: RowReading
    fate: Fate
    place: int | None = None
    differences: tuple[Difference, ...] = ()
    notices: Notices = NOTHING_TO_ADD

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to look at this row."""
        return bool(self.reading.needs_person or self.notices.needs_person or self.differences)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """A whole import: what there is to say about the file, about each row in file order, and about the circle.

    `without_consent` counts everybody with a place in the circle who has no consent on record, on the list or not.
    """

    source: str
    organisation: str
    circle: str
    file: Findings
    rows: tuple[RowReport, ...]
    about_circle: Notices
    without_consent: int = 0
    is_dry_run: bool = False

    @property
    def needs_person(self) -> bool:
        """Whether anything waits for somebody's decision."""
        return bool(
            self.file.needs_person or self.about_circle.needs_person or any(row.needs_person for row in self.rows)
        )

    def stored(self, status: MemberStatus) -> int:
        """How many new members were stored with this status."""
        return sum(1 for row in self.rows if row.fate is Fate.NEW and _status(row) is status)

    def count(self, fate: Fate) -> int:
        """How many rows had this fate."""
        return sum(1 for row in self.rows if row.fate is fate)

    @property
    def rows_for_a_person(self) -> int:
        """How many rows somebody has to look at."""
        return sum(1 for row in self.rows if row.needs_person)


def _status(row: RowReport) -> MemberStatus | None:
    return row.reading.entry.status if row.reading.entry else None
