"""A carrier behind the port, in memory: for permutations of failures that would take an hour over HTTP.

It keeps its word as the real one does: what it has accepted it knows, whatever it answered. The simulator, over real
HTTP, serves the stories; this one serves the counting.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

from backend.events import clock
from backend.notifications.carriers.base import CallRequest, Refused, Report, TextRequest, TryLater, Undecided
from backend.notifications.domain.prompts import End, Heard, Prompt
from backend.notifications.domain.states import CarrierState
from backend.notifications.models import Attempt, Message
from backend.notifications.services import reporting

LASTS = timedelta(seconds=30)
"""So long after it was accepted a call is over, and a text delivered."""


class Killed(BaseException):
    """The process ends here. Nothing catches it, as nothing catches a SIGKILL."""


@dataclass
class Accepted:
    """A call or text that the carrier took."""

    sid: str
    attempt: str
    to: str
    body: str
    at: datetime

    def state(self, now: datetime) -> CarrierState:
        """Ringing, then over."""
        return CarrierState.COMPLETED if now >= self.at + LASTS else CarrierState.RINGING


@dataclass
class MemoryCarrier:
    """Fails the first request as `failure` says, dies as `crash` says, and reports as `callbacks` says."""

    failure: str = "none"
    crash: str = "none"
    callbacks: Literal["before the answer", "after", "never"] = "never"
    outage_until: datetime | None = None
    accepted: list[Accepted] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def place_call(self, request: CallRequest) -> Report:
        return self._take(request.attempt, request.to, "")

    def send_text(self, request: TextRequest) -> Report:
        return self._take(request.attempt, request.to, request.body)

    def fetch(self, sid: str, way: str) -> Report:
        self._works()
        found = next((one for one in self.accepted if one.sid == sid), None)
        if found is None:
            raise Refused("20404")
        return self._report(found)

    def find(self, to: str, way: str) -> list[Report]:
        self._works()
        return [self._report(one) for one in reversed(self.accepted) if one.to == to]

    def hang_up(self, sid: str) -> None:
        self._works()

    def report(self, status: str) -> None:
        """The status callbacks that are due, unless they are lost."""
        if self.callbacks == "never":
            return
        for one in self.accepted:
            if status != "completed" or clock.now() >= one.at + LASTS:
                tell(one, status)

    def _take(self, attempt: str, to: str, body: str) -> Report:
        if self._once("crash", "before the request"):
            raise Killed
        self.requests.append(attempt)
        self._works()
        failure, self.failure = self.failure, "none"
        match failure:
            case "429":
                raise TryLater("20429")
            case "500 before acceptance" | "time-out before" | "broken connection":
                raise Undecided("20500")
        one = Accepted(f"CA{uuid4().hex}", attempt, to, body, clock.now())
        self.accepted.append(one)
        if self.callbacks == "before the answer":
            tell(one, "ringing")
        if self._once("crash", "after the request"):
            raise Killed
        match failure:
            case "500 after acceptance" | "time-out after":
                raise Undecided("Timeout")
            case "garbage":
                raise ValueError("this is no answer")
        return self._report(one)

    def _once(self, name: str, wanted: str) -> bool:
        if getattr(self, name) != wanted:
            return False
        setattr(self, name, "none")
        return True

    def _works(self) -> None:
        if self.outage_until is not None and clock.now() < self.outage_until:
            raise Undecided("503")

    @staticmethod
    def _report(one: Accepted) -> Report:
        return Report(sid=one.sid, state=one.state(clock.now()), created_at=one.at, body=one.body, seconds=None)


def tell(one: Accepted, status: str) -> None:
    """A status callback, as the webhook stores it."""
    state = CarrierState.COMPLETED if status == "completed" else CarrierState.RINGING
    details = {"state": state.value, "error_code": "", "seconds": "12" if status == "completed" else ""}
    reporting.store_callback(
        UUID(one.attempt), sid=one.sid, status=status, sequence=0, details=details, now=clock.now()
    )


@dataclass
class Listener:
    """A host that keeps what it is told."""

    ends: list[str] = field(default_factory=list)
    on_end: Callable[[Message], None] = lambda _message: None

    def lock(self, subject_id: int) -> None:
        """Nothing to lock."""

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        return End()

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:
        self.ends.append(message.outcome)
        self.on_end(message)

    def inbound_ended(self, attempt: Attempt, now: datetime) -> None:
        """Nobody rings in."""
