"""Signed requests to the product: TwiML requests and status callbacks. Only ever to local hosts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

import aiohttp
from yarl import URL

from simulator.accounts import Accounts
from simulator.clock import Clock
from simulator.errors import ScriptError
from simulator.faults import NO_TWIML_FAULTS, Faults
from simulator.journal import Journal
from simulator.settings import Settings, is_local_url
from simulator.signatures import sign

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
TRIES = 2
LARGEST_ANSWER = 64 * 1024
"""Bytes of TwiML that the carrier reads."""


@dataclass(frozen=True)
class Reply:
    """A webhook's answer; status 0 when there was none."""

    status: int
    body: str

    @property
    def succeeded(self) -> bool:
        """True for 2xx."""
        return 200 <= self.status < 300


class Webhooks:
    """The carrier's HTTP client. Time-outs are real: connect 5 s, read 15 s, one retry."""

    def __init__(self, settings: Settings, accounts: Accounts, clock: Clock, journal: Journal, faults: Faults) -> None:
        self._settings = settings
        self._accounts = accounts
        self._clock = clock
        self._journal = journal
        self._faults = faults
        self._turn = asyncio.Lock()
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Must be awaited once before the first request."""
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(
                total=CONNECT_SECONDS + READ_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=READ_SECONDS
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            connector=aiohttp.TCPConnector(limit=0),
        )

    async def close(self) -> None:
        """Drop all connections."""
        if self._session is not None:
            await self._session.close()

    def may_call(self, url: str) -> bool:
        """True when the simulator is willing to request this address."""
        return is_local_url(url, in_container=self._settings.in_container)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One request to the outside at a time while the clock stands still.

        Then the order of all that follows depends on the script and the seed alone, not on how fast who answers.
        """
        if self._clock.anchor.rate:
            yield
            return
        async with self._turn:
            yield

    async def fetch_twiml(self, method: str, url: str, form: dict[str, str]) -> str:
        """The TwiML that the product answers with. Raises ScriptError (11200) when it has none to give.

        For actors only. Faults never concern a fallback address, which is asked with the error's code.
        """
        about = form.get("CallSid") or form["MessageSid"]
        faults = NO_TWIML_FAULTS
        if "ErrorCode" not in form:
            faults = self._faults.take_twiml(form["AccountSid"], "call" if "CallSid" in form else "text")
        await self._clock.wait(until=self._clock.now() + self._faults.lateness(faults.late, "twiml", about))
        if self._faults.drops(faults.drop, "twiml", f"{about}{_path(url)}"):
            raise ScriptError(11200, f"The request for TwiML to {_path(url)} got lost.")
        reply = await self._persist("twiml", method, url, form, answers_lost=int(faults.double))
        if not reply.succeeded:
            said = f"answered {reply.status}" if reply.status else reply.body
            raise ScriptError(11200, f"The request for TwiML to {_path(url)} failed: {said}.")
        return reply.body

    async def notify(self, event: str, method: str, url: str, form: dict[str, str]) -> None:
        """Deliver one status callback; one that fails twice is lost, and the journal says so."""
        reply = await self._persist(event, method, url, form)
        if not reply.succeeded:
            self._journal.write(
                "error",
                path=_path(url),
                status=reply.status,
                text=f"Status callback '{event}' was not taken.",
            )

    async def _persist(
        self, purpose: str, method: str, url: str, form: dict[str, str], *, answers_lost: int = 0
    ) -> Reply:
        reply = Reply(0, "not tried")
        for attempt in range(TRIES):
            async with self.turn():
                reply = await self._request(method, url, form)
            self._journal.write(
                "webhook",
                path=_path(url),
                purpose=purpose,
                status=reply.status,
                call_sid=form.get("CallSid"),
                message_sid=form.get("MessageSid"),
            )
            if reply.succeeded and attempt >= answers_lost:
                break
        return reply

    async def _request(self, method: str, url: str, form: dict[str, str]) -> Reply:
        account = self._accounts.get(form["AccountSid"])
        if account is None:
            return Reply(0, "the account is gone")
        if self._faults.outage_ends(account.sid) is not None:
            return Reply(0, "the carrier has an outage")
        if not self.may_call(url):
            return Reply(0, "the simulator calls local hosts only")
        assert self._session is not None, "open() comes first"
        body = None
        if method == "GET":
            url, form = _with_query(url, form), {}
        else:
            body = urlencode(form)
        headers = {
            "X-Twilio-Signature": sign(account.auth_token, url, form),
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
        }
        try:
            async with self._session.request(
                method, URL(url, encoded=True), data=body, headers=headers, allow_redirects=False
            ) as response:
                content = await _read_limited(response)
                return Reply(response.status, content.decode(response.charset or "utf-8", errors="replace"))
        except TimeoutError:
            return Reply(0, "no answer in time")
        except (aiohttp.ClientError, ValueError) as error:
            return Reply(0, f"no connection ({type(error).__name__})")


async def _read_limited(response: aiohttp.ClientResponse) -> bytes:
    content = b""
    async for chunk in response.content.iter_chunked(LARGEST_ANSWER):
        content += chunk
        if len(content) > LARGEST_ANSWER:
            raise ValueError("larger than the carrier reads")
    return content


def _with_query(url: str, form: dict[str, str]) -> str:
    parts = urlsplit(url)
    query = parts.query + ("&" if parse_qsl(parts.query) else "") + urlencode(form)
    return parts._replace(query=query, fragment="").geturl()


def _path(url: str) -> str:
    return urlsplit(url).path
