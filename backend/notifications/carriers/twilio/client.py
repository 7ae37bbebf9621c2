"""Twilio behind the port, through its official SDK. In development the same code talks to the simulator."""

from datetime import UTC, datetime
from typing import Any, Literal

from django.conf import settings
from requests.exceptions import ConnectionError, ConnectTimeout, RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from backend.notifications.carriers.base import (
    CallRequest,
    Carrier,
    CarrierError,
    Refused,
    Report,
    TextRequest,
    TryLater,
    Undecided,
)
from backend.notifications.carriers.twilio import accounts, addresses, credentials
from backend.notifications.domain.states import CarrierState

TIMEOUT = 5.0
"""Seconds (real time) for one request: the SDK's own default is to wait for ever."""

TOO_MANY = 429
TOO_MANY_LIVE = "10004"
"""The account has as many calls going on as it may have: nothing was accepted, and there is room again soon."""

SERVER_FAILURE = 500

CALL_STATES = {
    "queued": CarrierState.QUEUED,
    "initiated": CarrierState.QUEUED,
    "ringing": CarrierState.RINGING,
    "answered": CarrierState.IN_PROGRESS,
    "in-progress": CarrierState.IN_PROGRESS,
    "completed": CarrierState.COMPLETED,
    "busy": CarrierState.BUSY,
    "no-answer": CarrierState.NO_ANSWER,
    "canceled": CarrierState.CANCELED,
    "failed": CarrierState.FAILED,
}

TEXT_STATES = {
    "accepted": CarrierState.QUEUED,
    "scheduled": CarrierState.QUEUED,
    "queued": CarrierState.QUEUED,
    "sending": CarrierState.QUEUED,
    "sent": CarrierState.IN_PROGRESS,
    "delivered": CarrierState.COMPLETED,
    "read": CarrierState.COMPLETED,
    "undelivered": CarrierState.FAILED,
    "failed": CarrierState.FAILED,
    "canceled": CarrierState.CANCELED,
}

PHONE_IS_OFF = "480"
"""The SIP answer of a telephone that is switched off: nobody answers (carrier text)."""


def call_state(status: str, sip_code: str = "") -> CarrierState | None:
    """Our word for the carrier's status of a call, or None when it says nothing that we know."""
    if status == "failed" and sip_code == PHONE_IS_OFF:
        return CarrierState.NO_ANSWER
    return CALL_STATES.get(status)


class TwilioCarrier:
    """See `Carrier`. `base_url` is empty for the real one."""

    def __init__(self, *, account_sid: str, auth_token: str, base_url: str = "", fallback_url: str = "") -> None:
        self._client = Client(account_sid, auth_token, http_client=TwilioHttpClient(timeout=TIMEOUT))
        self._fallback_url = fallback_url
        if base_url:
            self._client.api.base_url = base_url

    def place_call(self, request: CallRequest) -> Report:
        extra = {"fallback_url": self._fallback_url, "fallback_method": "GET"} if self._fallback_url else {}
        call = _request(
            lambda: self._client.calls.create(
                to=request.to,
                from_=request.sender,
                url=addresses.voice(request.attempt, "answer", 0),
                status_callback=addresses.status(request.attempt),
                status_callback_event=["initiated", "ringing", "answered", "completed"],
                timeout=request.ring_seconds,
                **extra,
            )
        )
        return _report(call, CALL_STATES)

    def send_text(self, request: TextRequest) -> Report:
        text = _request(
            lambda: self._client.messages.create(
                to=request.to,
                from_=request.sender,
                body=request.body,
                status_callback=addresses.status(request.attempt),
            )
        )
        return _report(text, TEXT_STATES)

    def fetch(self, sid: str, way: Literal["call", "text"]) -> Report:
        if way == "text":
            return _report(_request(self._client.messages(sid).fetch), TEXT_STATES)
        return _report(_request(self._client.calls(sid).fetch), CALL_STATES)

    def find(self, to: str, way: Literal["call", "text"]) -> list[Report]:
        if way == "text":
            return [
                _report(text, TEXT_STATES) for text in _request(lambda: self._client.messages.list(to=to, limit=20))
            ]
        return [_report(call, CALL_STATES) for call in _request(lambda: self._client.calls.list(to=to, limit=20))]

    def move(self, sid: str, *, attempt: str, step: int) -> None:
        _request(
            lambda: self._client.calls(sid).update(url=addresses.voice(attempt, "moved", step), method="POST"),
        )

    def hang_up(self, sid: str) -> None:
        _request(lambda: self._client.calls(sid).update(status="completed"))


def from_settings(name: str = "first") -> Carrier:
    """An account's carrier, as configured.

    Raises ImproperlyConfigured when credentials and address do not belong together, KeyError for an unknown account.
    """
    account = accounts.configured()[name]
    if settings.RONDJE_CARRIER == "simulator":
        credentials.check_simulator(
            account.sid, account.token, account.base_url, in_container=settings.RONDJE_IN_CONTAINER
        )
    else:
        credentials.check_real(
            account.sid, account.token, base_url=account.base_url, really_send=settings.RONDJE_REALLY_SEND
        )
    return TwilioCarrier(
        account_sid=account.sid,
        auth_token=account.token,
        base_url=account.base_url,
        fallback_url=settings.RONDJE_FALLBACK_URL,
    )


def _request(ask: Any) -> Any:
    """Make one request; every way in which it can go wrong becomes an error of the port.

    The SDK's two exception classes share only their base, and the HTTP library raises its own.
    """
    try:
        return ask()
    except TwilioRestException as error:
        code = str(error.code or error.status)
        if error.status == TOO_MANY or code == TOO_MANY_LIVE:
            raise TryLater(code) from error
        if error.status >= SERVER_FAILURE:
            raise Undecided(code) from error
        raise Refused(code) from error
    except (TwilioException, RequestException) as error:
        if _never_left(error):
            raise TryLater("unreached") from error
        raise Undecided(type(error).__name__) from error


def _never_left(error: Exception) -> bool:
    """Whether it is certain that nothing was sent: no connection was made (not: it broke, or nothing came back)."""
    if isinstance(error, ConnectTimeout):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, ConnectionError) and isinstance(reason, NewConnectionError)


def _report(resource: Any, states: dict[str, CarrierState]) -> Report:
    state = states.get(str(resource.status))
    if state is None:
        raise CarrierError(f"unknown status {resource.status}")
    created: datetime | None = resource.date_created
    return Report(
        sid=str(resource.sid),
        state=state,
        created_at=created.astimezone(UTC) if created else None,
        error_code=str(getattr(resource, "error_code", None) or ""),
        body=str(getattr(resource, "body", None) or ""),
        seconds=_whole(getattr(resource, "duration", None)),
    )


def _whole(given: object) -> int | None:
    return int(str(given)) if str(given or "").isdigit() else None
