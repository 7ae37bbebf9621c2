"""The REST API as the SDK sees it: Basic auth, error bodies, and the resources of an account."""

from __future__ import annotations

import base64
import binascii

from aiohttp import web

from simulator.errors import CarrierError
from simulator.rest.calls import Calls
from simulator.rest.messages import Messages
from simulator.rest.misfortune import Handler, Misfortune
from simulator.rest.resource import ACCOUNT, account_of, not_found
from simulator.rest.shapes import account_json
from simulator.world import World


class RestApi:
    """The sub-application under /2010-04-01."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._misfortune = Misfortune(world)
        self._opened_at = world.clock.now()

    def application(self) -> web.Application:
        """The routes and what every request passes through."""
        app = web.Application(middlewares=[self._errors, self._account, self._faults])
        root = "/Accounts/{account}"
        app.router.add_get(f"{root}.json", self._show_account)
        Calls(self._world).add_routes(app.router, root)
        Messages(self._world).add_routes(app.router, root)
        app.router.add_route("*", "/{rest:.*}", self._nothing_here)
        return app

    @web.middleware
    async def _errors(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except CarrierError as error:
            self._world.journal.write(
                "refused", path=request.path, code=error.code, status=error.status, text=error.message
            )
            return web.json_response(error.as_json(), status=error.status)
        except web.HTTPMethodNotAllowed:
            refused = CarrierError(20004, "Method not allowed", 405)
            return web.json_response(refused.as_json(), status=405)

    @web.middleware
    async def _account(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        sid, token = _basic_credentials(request)
        account = self._world.accounts.get(sid)
        if account is None or account.auth_token != token:
            raise CarrierError(20003, "Authenticate", 401)
        if request.match_info.get("account", account.sid) != account.sid:
            raise not_found(request)
        request[ACCOUNT] = account
        return await handler(request)

    @web.middleware
    async def _faults(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        return await self._misfortune.handle(request, handler)

    async def _show_account(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(account_json(account_of(request), self._opened_at))

    async def _nothing_here(self, request: web.Request) -> web.StreamResponse:
        raise not_found(request)


def _basic_credentials(request: web.Request) -> tuple[str, str]:
    """Name and password; empty when they cannot be read."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, secret
