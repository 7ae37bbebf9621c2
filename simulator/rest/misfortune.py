"""How a REST request fails on command."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from simulator.errors import CarrierError
from simulator.faults import Deed, Way
from simulator.rest.resource import account_of
from simulator.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LONGEST_SILENCE = 60.0
"""Real seconds after which even a request that is never answered is let go."""
STILL_THERE = 0.05
"""Real seconds between two looks whether the client waits any longer."""
GARBAGE = "<html><head><title>502 Bad Gateway</title></head><body>"
UNAVAILABLE = 503
CODES = {429: (20429, "Too Many Requests"), 500: (20500, "An internal server error has occurred")}


class Misfortune:
    """The middleware between the account and what it asks for."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def handle(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer, fail, or fail after the request was carried out, as the faults in force say."""
        faults = self._world.faults
        account = account_of(request)
        if faults.outage_ends(account.sid) is not None:
            return await self._fail(request, faults.outage.rest, UNAVAILABLE)
        to = (await request.post()).get("To") if request.method == "POST" else request.query.get("To")
        failure = faults.take_failure(account.sid, _way(request), _deed(request), str(to))
        if failure is not None and not failure.after_acceptance:
            return await self._fail(request, failure.how, failure.status or 500)
        response = await handler(request)
        if failure is not None:
            return await self._fail(request, failure.how, failure.status or 500)
        await asyncio.sleep(faults.rest_late(account.sid))
        return response

    async def _fail(self, request: web.Request, how: str, status: int) -> web.StreamResponse:
        if how == "error":
            code, message = CODES.get(status, (20503, "Service unavailable"))
            raise CarrierError(code, message, status)
        self._world.journal.write("error", path=request.path, text=f"The REST request is answered with {how}.")
        if how == "silence":
            await _until_given_up(request)
        if how == "garbage":
            return web.Response(status=200, text=GARBAGE, content_type="text/html")
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)


async def _until_given_up(request: web.Request) -> None:
    deadline = time.monotonic() + LONGEST_SILENCE
    while request.transport is not None and time.monotonic() < deadline:
        await asyncio.sleep(STILL_THERE)


def _way(request: web.Request) -> Way:
    return "text" if "/Messages" in request.path else "call"


def _deed(request: web.Request) -> Deed:
    is_list = request.path.endswith(("/Calls.json", "/Messages.json"))
    if request.method == "GET":
        return "list" if is_list else "fetch"
    return "create" if is_list else "update"
