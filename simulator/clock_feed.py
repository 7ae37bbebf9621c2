"""Follows the product's clock, and asks it to slow down while a person takes part."""

from __future__ import annotations

import asyncio
import contextlib

import aiohttp
from pydantic import BaseModel, ValidationError

from simulator.clock import Anchor, Clock

EVERY = 0.5
"""Real seconds between two looks at the product's clock."""


class AnchorForm(BaseModel):
    """An anchor as JSON: unix seconds, unix seconds, scenario seconds per real second."""

    real: float
    virtual: float
    rate: float

    def anchor(self) -> Anchor:
        """The same as a value."""
        return Anchor(self.real, self.virtual, self.rate)


class ClockFeed:
    """Polls the clock URL; on any error the last anchor stays in force."""

    def __init__(self, clock: Clock, url: str | None) -> None:
        self._clock = clock
        self._url = url
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Take the clock over once, then keep following it."""
        if self._url is not None:
            await self._take("GET")
            self._task = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """Stop following."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def person_acts(self) -> None:
        """Somebody at the page took part: the product slows the clock, and answers with the new anchor."""
        if self._url is not None:
            await self._take("POST")

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            await self._take("GET")

    async def _take(self, method: str) -> None:
        assert self._url is not None, "only called when there is a clock to follow"
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session,
                session.request(method, self._url, allow_redirects=False) as response,
            ):
                response.raise_for_status()
                form = AnchorForm.model_validate_json(await response.read())
        except (TimeoutError, aiohttp.ClientError, ValidationError):
            return
        if form.rate >= 0 and form.anchor() != self._clock.anchor:
            self._clock.set_anchor(form.anchor())
