"""Reading a text out on the telephone: for whoever cannot or will not be texted."""

from datetime import datetime

from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Prompt
from backend.notifications.models import Attempt, Message
from backend.notifications.words import say
from backend.people.models import Organisation

HOST = "notifications.reading"
"""The subject is the organisation. Its messages carry the words in `body`."""


class ReadingHost:
    """Leads a call that reads a message out. The body of a call is what is read."""

    def lock(self, subject_id: int) -> None:
        """Nothing hangs on it: what was to be told is in the message itself."""

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:  # noqa: ARG002 -- the host's form
        message = attempt.message
        assert message is not None
        if isinstance(heard, Answered):
            name = Organisation.objects.get(pk=attempt.organisation_id).name
            return Ask(say("read_out", attempt.language, organisation=name, text=message.body), seconds=10)
        if isinstance(heard, Key):
            attempt.script = {"heard": True}
            return End(say("thanks", attempt.language))
        return End()

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:
        """Whoever had it told sees how it ended on the page of messages."""

    def inbound_ended(self, attempt: Attempt, now: datetime) -> None:
        """Nobody rings a message."""
