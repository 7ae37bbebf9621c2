"""The port to a carrier of calls and texts. Everything that is particular to one is behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from backend.notifications.domain.states import CarrierState


@dataclass(frozen=True)
class CallRequest:
    """Ring a line. `attempt` is our id, which every callback about this call carries."""

    attempt: str
    to: str
    sender: str
    ring_seconds: int


@dataclass(frozen=True)
class TextRequest:
    """Send a text."""

    attempt: str
    to: str
    sender: str
    body: str


@dataclass(frozen=True)
class Report:
    """What the carrier says of one call or text. `created_at` is in UTC.

    `body` is a text's, `seconds` is a call's; None where the carrier does not say.
    """

    sid: str
    state: CarrierState
    created_at: datetime | None = None
    error_code: str = ""
    body: str = ""
    seconds: int | None = None


class CarrierError(Exception):
    """A request that did not succeed. `code` is the carrier's own."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Refused(CarrierError):
    """The carrier says no, for good: another try with the same request gets the same answer."""


class TryLater(CarrierError):
    """The carrier did not take the request because of too many; it is certain that nothing was accepted."""


class Undecided(CarrierError):
    """Nobody knows whether the carrier accepted: a time-out, a broken connection, a failure on its side."""


class Carrier(Protocol):
    """A carrier. Each method makes one request, in real time of a few seconds at most, outside transactions."""

    def place_call(self, request: CallRequest) -> Report:
        """Ask for a call. Raises Refused, TryLater or Undecided."""

    def send_text(self, request: TextRequest) -> Report:
        """Ask for a text. Raises Refused, TryLater or Undecided."""

    def fetch(self, sid: str, way: Literal["call", "text"]) -> Report:
        """How a call or text is now. Raises CarrierError."""

    def find(self, to: str, way: Literal["call", "text"]) -> list[Report]:
        """The latest calls or texts to a line, newest first. Raises CarrierError."""

    def move(self, sid: str, *, attempt: str, step: int) -> None:
        """Have a call that is in progress leave what it is doing and ask us what is next. Raises CarrierError.

        Harmless when done again: the carrier only asks, with the question's number (`step`) in the address.
        """

    def hang_up(self, sid: str) -> None:
        """End a call, or take it out of the carrier's queue. Raises CarrierError."""
