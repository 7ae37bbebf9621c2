"""What hosts of conversations have in common."""

from datetime import datetime

from backend.notifications.domain.prompts import End, Heard, Prompt
from backend.notifications.models import Attempt, Message


class QuietHost:
    """A `registry.Host` that locks nothing, says nothing and concludes nothing.

    Enough by itself for texts from which nothing follows; others override what they do. Should a call reach it after
    all, it is ended without a word.
    """

    def lock(self, subject_id: int) -> None:
        """There is no aggregate behind it."""

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:  # noqa: ARG002 -- the host's form
        return End()

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:
        """How it ended is kept on the message itself."""

    def inbound_ended(self, attempt: Attempt, now: datetime) -> None:
        """Nobody rings it."""
