"""Importing a coordinator's call list into a circle.

    call_list = read_call_list(Path("bellijst.xlsx"))
    report = import_list(call_list, ImportRequest(organisation="welzijn", circle="De Linde", start=time(8, 30)))
    print("\n".join(lines_of(report, "nl")))

What cannot be imported at all raises `CallListError` (the file) or `ImportRefused` (the request); then nothing is
stored. What needs a person stands in the report.
"""

from backend.circles.services.importing.notices import Notice, NoticeCode
from backend.circles.services.importing.options import (
    ConsentOnPaper,
    ImportRequest,
    read_call_list,
    read_consent,
    read_days,
    read_start,
)
from backend.circles.services.importing.reconciling import Fate
from backend.circles.services.importing.refusals import ImportRefused
from backend.circles.services.importing.report import lines_of, reading_lines
from backend.circles.services.importing.reports import ImportReport, RowReport
from backend.circles.services.importing.running import import_list
from backend.circles.services.importing.stored import entry_of
from backend.circles.services.importing.volunteers import read_volunteer
from backend.circles.services.importing.words import tell

__all__ = [
    "ConsentOnPaper",
    "Fate",
    "ImportRefused",
    "ImportReport",
    "ImportRequest",
    "Notice",
    "NoticeCode",
    "RowReport",
    "entry_of",
    "import_list",
    "lines_of",
    "read_call_list",
    "read_consent",
    "read_days",
    "read_start",
    "read_volunteer",
    "reading_lines",
    "tell",
]
