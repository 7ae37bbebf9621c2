"""A question over HTTP that may not take long: somebody is on the line."""

import time
import urllib.request
from collections.abc import Callable, Sequence
from http import HTTPStatus
from http.client import HTTPException
from typing import Annotated, Any
from urllib.error import HTTPError

from pydantic import Field, ValidationError

from backend.transport.domain.places import Place

SECONDS = 0.7
"""For the whole question. Real seconds."""

MOST_BYTES = 4_000_000

Seconds = Annotated[float, Field(ge=0, le=24 * 60 * 60, allow_inf_nan=False)]
Roads = Sequence[Sequence[float | None]]
"""Seconds of driving as a router gives them; None where it knows no way."""

Ask = Callable[[str, Sequence[Place]], Roads]
"""Asks the router at an address for the drives between places. Raises NoAnswer."""


class NoAnswer(Exception):
    """A router did not say how long the drives take. `code` says why: for the log, and for whoever looks after it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NoWay(NoAnswer):
    """The router answers, and knows no way to one of these places."""

    def __init__(self) -> None:
        super().__init__("no way")


def answer(request: urllib.request.Request | str, reads: Callable[[bytes], Roads], size: int) -> Roads:
    """What a router says, read by `reads` and seen to be a table of `size` by `size`. Raises NoAnswer."""
    try:
        roads = reads(_body(request))
    except ValidationError as error:
        raise NoAnswer("makes no sense") from error
    if len(roads) != size or any(len(row) != size for row in roads):
        raise NoAnswer("makes no sense")
    return roads


def _body(request: urllib.request.Request | str) -> bytes:
    deadline = time.monotonic() + SECONDS
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as coming:  # noqa: S310 -- our own setting
            return _read(coming, deadline)
    except HTTPError as error:
        error.close()
        # With 400 both routers say that a place is near no road.
        raise (NoWay() if error.code == HTTPStatus.BAD_REQUEST else NoAnswer(f"answers {error.code}")) from error
    except TimeoutError as error:
        raise NoAnswer("too slow") from error
    except (OSError, HTTPException, ValueError) as error:
        slow = isinstance(getattr(error, "reason", None), TimeoutError)
        raise NoAnswer("too slow" if slow else "does not answer") from error


def _read(coming: Any, deadline: float) -> bytes:
    """Its time-out counts from byte to byte; ours for all of them."""
    body = bytearray()
    while part := coming.read1(65536):
        body += part
        if time.monotonic() > deadline:
            raise NoAnswer("too slow")
        if len(body) > MOST_BYTES:
            raise NoAnswer("makes no sense")
    return bytes(body)
