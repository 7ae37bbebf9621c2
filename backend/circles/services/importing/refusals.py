"""Why nothing was imported."""

from __future__ import annotations

from backend.circles.services.importing.notices import Fact, NoticeCode, notice
from backend.circles.services.importing.words import tell
from backend.common.errors import RondjeError


class ImportRefused(RondjeError):
    """Nothing was imported, and why. `tell(error.notice, "nl")` is the sentence in Dutch; `message` is English."""

    def __init__(self, code: NoticeCode, **facts: Fact) -> None:
        self.notice = notice(code, **facts)
        super().__init__(tell(self.notice, "en"))
