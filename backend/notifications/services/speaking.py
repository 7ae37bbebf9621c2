"""Reading a text out on the telephone: for whoever cannot or will not be texted."""

from datetime import datetime

from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Prompt
from backend.notifications.hosts import QuietHost
from backend.notifications.models import Attempt
from backend.notifications.words import say
from backend.people.models import Organisation

HOST = "notifications.reading"
"""The subject is the organisation. Its messages carry the words in `body`."""


class ReadingHost(QuietHost):
    """Leads a call that reads a message out. The body of a call is what is read.

    Nothing is locked, because what is told is in the message itself; whoever had it told sees how it ended on the page
    of messages.
    """

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
