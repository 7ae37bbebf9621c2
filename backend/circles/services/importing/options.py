"""What is asked of the importer, from the text in which it is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from backend.circles.domain.call_list import CallList, find_header, read_table, understand
from backend.circles.domain.call_list.weekdays import DaysRead, read_weekdays
from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import EARLIEST_START, LATEST_START
from backend.circles.services.importing.notices import NoticeCode
from backend.circles.services.importing.refusals import ImportRefused
from backend.circles.services.importing.volunteers import WantedVolunteer
from backend.common.actors import SYSTEM, Actor

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})-(\d{1,2})-(\d{4})")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?: ?u(?:ur)?\.?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ConsentOnPaper:
    """What everybody on the list agreed to, in so many words, and on which local date."""

    wording: str
    day: date


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Into which circle of which organisation (slug), and what is asked besides.

    `start` (local wall time) makes a circle that is not there yet, on `weekdays` (0 is Monday; None: every day), which
    goes round in this `mode`. Of a circle that is there the mode is changed on its page, not by a list.
    `consent` is recorded for everybody on the list; without it for nobody.
    `source` is what the list is called in sentences.
    """

    organisation: str
    circle: str
    start: time | None = None
    weekdays: frozenset[int] | None = None
    mode: Mode = Mode.BRIDGED
    volunteer: WantedVolunteer | None = None
    consent: ConsentOnPaper | None = None
    source: str = ""
    actor: Actor = SYSTEM


def read_call_list(path: Path) -> CallList:
    """The list in a file.

    Raises CallListError for a file that is no list, ImportRefused for one that cannot be opened.
    """
    try:
        table = read_table(path, path.name)
    except FileNotFoundError as error:
        raise ImportRefused(NoticeCode.FILE_NOT_FOUND, file=str(path)) from error
    except IsADirectoryError as error:
        raise ImportRefused(NoticeCode.FILE_NOT_OPENED, file=str(path), reason="is_folder") from error
    except PermissionError as error:
        raise ImportRefused(NoticeCode.FILE_NOT_OPENED, file=str(path), reason="not_allowed") from error
    except OSError as error:
        raise ImportRefused(NoticeCode.FILE_NOT_OPENED, file=str(path), reason="input_error") from error
    return understand(table, find_header(table))


def read_start(text: str) -> time:
    """A local wall time such as "08:30", "8.30" or "8:30 uur", within the hours in which a circle may start.

    Raises ImportRefused.
    """
    found = _TIME.fullmatch(text.strip())
    if found is None or int(found.group(1)) > 23 or int(found.group(2)) > 59:
        raise ImportRefused(NoticeCode.START_UNREADABLE, text=text)
    start = time(int(found.group(1)), int(found.group(2)))
    if not EARLIEST_START <= start <= LATEST_START:
        raise ImportRefused(
            NoticeCode.START_OUTSIDE,
            start=f"{start:%H:%M}",
            earliest=f"{EARLIEST_START:%H:%M}",
            latest=f"{LATEST_START:%H:%M}",
        )
    return start


def read_days(text: str) -> frozenset[int]:
    """Days 0 (Monday) to 6 as a list writes them: "daily", "ma-vr", "niet op zondag". Raises ImportRefused."""
    reading = read_weekdays(text)
    if reading.how is not DaysRead.READ:
        raise ImportRefused(NoticeCode.DAYS_UNREADABLE, text=text)
    return reading.days


def read_consent(text: str, today: date) -> ConsentOnPaper:
    """ "The wording, date": 2026-03-12 or 12-3-2026, and not later than `today` (local). Raises ImportRefused."""
    wording, _comma, written = text.rpartition(",")
    found = _DATE.fullmatch(written.strip())
    try:
        parts = [int(part) for part in found.groups() if part] if found else []
        day = date(*parts) if found and found.group(1) else date(*reversed(parts))
    except (TypeError, ValueError) as error:
        raise ImportRefused(NoticeCode.CONSENT_UNREADABLE, text=text) from error
    if not wording.strip() or day > today:
        raise ImportRefused(NoticeCode.CONSENT_UNREADABLE, text=text)
    return ConsentOnPaper(wording.strip(), day)
