"""What the dinners do for who reserves without an account: tell a code, and let go of chairs that nobody confirmed."""

from datetime import datetime

from backend.events.registry import on_timer
from backend.meals.models import Evening
from backend.meals.services import codes, online
from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.hosts import QuietHost
from backend.notifications.models import Attempt, Message
from backend.notifications.registry import register_host


class CodeHost(QuietHost):
    """Tells a code. The subject is the evening."""

    def lock(self, subject_id: int) -> None:
        Evening.objects.select_for_update(of=("self",)).get(pk=subject_id)

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:  # noqa: ARG002 -- as hosts do
        return codes.converse(attempt, heard)

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:  # noqa: ARG002 -- as hosts do
        codes.ended(message)


def register() -> None:
    """Called once, when the app is ready."""
    register_host(codes.HOST, CodeHost())
    on_timer(online.TIMER, online.look)
