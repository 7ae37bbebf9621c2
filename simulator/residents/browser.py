"""A volunteer's browser: opens the link in a text and submits the forms that a visit names."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import aiohttp

from simulator.clock import Clock
from simulator.journal import Note
from simulator.residents.model import Visit
from simulator.residents.pages import Form, find_form
from simulator.webhooks import Webhooks

LINK = re.compile(r"https?://[^\s<>\"]+")
TRIES = 4
RETRY_AFTER = 30.0
"""Scenario seconds before the page is loaded again when a form was missing."""
REDIRECTS = 10
PAGE_SECONDS = 20.0


class _PageError(Exception):
    """The page could not be had; the message says why."""


class Browser:
    """One visit: keeps cookies, follows redirects, calls local hosts only."""

    def __init__(self, clock: Clock, webhooks: Webhooks, note: Note) -> None:
        self._clock = clock
        self._webhooks = webhooks
        self._note = note
        self._url = ""
        self._page = ""

    async def follow(self, text: str, visits: list[Visit]) -> None:
        """Open the first link in the text and submit one form after the other."""
        link = LINK.search(text)
        if link is None:
            self._note("visit_failed", reason="the text holds no link")
            return
        async with aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True), timeout=aiohttp.ClientTimeout(total=PAGE_SECONDS)
        ) as session:
            self._url = link.group().rstrip(".,;:!?)")
            await self._load(session)
            for visit in visits:
                await self._clock.sleep(visit.after)
                if not await self._submit(session, visit):
                    return

    async def _submit(self, session: aiohttp.ClientSession, visit: Visit) -> bool:
        for attempt in range(TRIES):
            if attempt:
                await self._clock.sleep(RETRY_AFTER)
                await self._load(session)
            form = find_form(self._page, visit.submit)
            if form is None:
                self._fail(visit.submit, "the page has no such form")
                continue
            try:
                await self._send(session, form, visit)
            except _PageError as error:
                self._fail(visit.submit, str(error))
                continue
            return True
        return False

    async def _send(self, session: aiohttp.ClientSession, form: Form, visit: Visit) -> None:
        values = form.filled_in(visit.fields)
        url = urljoin(self._url, form.action)
        status = await self._request(session, form.method, url, values)
        self._note("visit", path=urlsplit(url).path, submit=visit.submit, status=status)

    async def _load(self, session: aiohttp.ClientSession) -> None:
        try:
            status = await self._request(session, "GET", self._url, [])
            self._note("visit", path=urlsplit(self._url).path, submit=None, status=status)
        except _PageError as error:
            self._fail(None, str(error))

    def _fail(self, form_id: str | None, reason: str) -> None:
        self._note("visit_failed", path=urlsplit(self._url).path, submit=form_id, reason=reason)

    async def _request(
        self, session: aiohttp.ClientSession, method: str, url: str, values: list[tuple[str, str]]
    ) -> int:
        for _ in range(REDIRECTS):
            if not self._webhooks.may_call(url):
                raise _PageError("the link leads outside the town; only local hosts are opened")
            query = values if method == "GET" and values else None
            body = values if method == "POST" else None
            try:
                async with (
                    self._webhooks.turn(),
                    session.request(
                        method,
                        url,
                        allow_redirects=False,
                        params=query,
                        data=body,
                        headers={"Referer": self._url},
                    ) as response,
                ):
                    page = await response.text(errors="replace")
            except (TimeoutError, aiohttp.ClientError, ValueError) as error:
                raise _PageError(f"no answer ({type(error).__name__})") from error
            if response.status in {301, 302, 303, 307, 308} and "Location" in response.headers:
                url = urljoin(url, response.headers["Location"])
                if response.status not in {307, 308}:
                    method, values = "GET", []
                continue
            if response.status >= 400:
                raise _PageError(f"the page answered {response.status}")
            self._url, self._page = url, page
            return response.status
        raise _PageError("the page redirects without end")
