"""What the simulator refuses, to whom, and with which of the carrier's codes."""

from __future__ import annotations

CONCURRENCY_EXCEEDED = 10004
"""The carrier's code for more simultaneous calls than the account may have."""


class CarrierError(Exception):
    """A REST request that the carrier refuses: its error code, HTTP status and sentence."""

    def __init__(self, code: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status

    def as_json(self) -> dict[str, object]:
        """The error body as the carrier sends it."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


class ScriptError(Exception):
    """TwiML that could not be fetched or played. `code` is the carrier's error code for it."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class TownError(Exception):
    """A wish of the control API that cannot be granted: 404 (nobody there) or 409 (not now)."""

    def __init__(self, message: str, status: int = 409) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
