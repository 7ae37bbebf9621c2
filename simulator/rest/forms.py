"""Reads the forms of the REST API; refuses with the carrier's codes."""

from __future__ import annotations

from collections.abc import Collection

from multidict import MultiDictProxy

from simulator.calls.legs import CallbackTarget, ScriptSource
from simulator.errors import CarrierError
from simulator.twiml import CALL_EVENTS, Method
from simulator.webhooks import Webhooks

LONGEST_TWIML = 4_000
GENERIC = 20001
"""Twilio's code for a parameter that is wrong in a way that has no code of its own."""

Values = MultiDictProxy[str]


class Form:
    """The values of one REST request."""

    def __init__(self, values: Values, webhooks: Webhooks) -> None:
        self._values = values
        self._webhooks = webhooks

    def only(self, known: Collection[str]) -> None:
        """Refuse what this simulator would otherwise ignore in silence."""
        for name in self._values:
            if name not in known:
                raise CarrierError(GENERIC, f"The parameter '{name}' is not supported by this simulator.")

    def text(self, name: str) -> str | None:
        """A value, or None when it is missing or empty."""
        return self._values.get(name) or None

    def required(self, name: str, code: int, message: str) -> str:
        """A value that must be there."""
        value = self.text(name)
        if value is None:
            raise CarrierError(code, message)
        return value

    def seconds(self, name: str, default: float, highest: float) -> float:
        """Whole seconds between 1 and `highest`."""
        value = self.text(name)
        if value is None:
            return default
        if not value.isdigit() or not 1 <= int(value) <= highest:
            raise CarrierError(GENERIC, f"'{name}' is whole seconds from 1 to {highest:g}, not {value!r}.")
        return float(value)

    def method(self, name: str) -> Method:
        """GET or POST; POST when left out."""
        value = (self.text(name) or "POST").upper()
        if value not in {"GET", "POST"}:
            raise CarrierError(GENERIC, f"'{name}' is neither GET nor POST.")
        return "GET" if value == "GET" else "POST"

    def url(self, name: str, code: int) -> str | None:
        """An address on a local host: others are refused, so that the internet is never called."""
        value = self.text(name)
        if value is not None and not self._webhooks.may_call(value):
            raise CarrierError(code, f"'{name}' is not a valid URL: this simulator calls http(s) on local hosts only.")
        return value

    def script(self) -> ScriptSource | None:
        """The script that `Url`, or else `Twiml`, names; None when neither is given."""
        url = self.url("Url", 21205)
        if url is not None:
            return ScriptSource(url, self.method("Method"))
        twiml = self.text("Twiml")
        if twiml is None:
            return None
        if len(twiml) > LONGEST_TWIML:
            raise CarrierError(GENERIC, f"'Twiml' is longer than {LONGEST_TWIML} characters; use 'Url'.")
        return ScriptSource(twiml=twiml)

    def fallback(self) -> ScriptSource | None:
        """The script for when the other fails."""
        url = self.url("FallbackUrl", 21205)
        return None if url is None else ScriptSource(url, self.method("FallbackMethod"))

    def call_callback(self) -> CallbackTarget | None:
        """Where a call's status callbacks go; only `completed` unless more is asked for."""
        url = self.url("StatusCallback", 21609)
        if url is None:
            return None
        events = frozenset(self._values.getall("StatusCallbackEvent", ["completed"]))
        unknown = events - CALL_EVENTS
        if unknown:
            raise CarrierError(21626, f"StatusCallbackEvent(s) {', '.join(sorted(unknown))} are invalid.")
        return CallbackTarget(url, self.method("StatusCallbackMethod"), events)

    def text_callback(self) -> CallbackTarget | None:
        """Where a text's status callbacks go: all of them."""
        url = self.url("StatusCallback", 21609)
        return None if url is None else CallbackTarget(url)
