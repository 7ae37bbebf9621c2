"""What the resources of the REST API have in common."""

from __future__ import annotations

import asyncio

from aiohttp import web

from simulator.accounts import Account
from simulator.errors import CarrierError
from simulator.rest.forms import Form
from simulator.world import World

EARLY_CALLBACK = 3.0
"""Real seconds that an answer waits for a callback which is to outrun it."""
ACCOUNT = "account"
"""Under this key a request holds the Account that it was made for."""


def account_of(request: web.Request) -> Account:
    """Whose credentials the request carries."""
    account: Account = request[ACCOUNT]
    return account


def not_found(request: web.Request) -> CarrierError:
    """There is no such thing, or it is another account's."""
    return CarrierError(20404, f"The requested resource {request.path} was not found", 404)


class Resource:
    """A part of the REST API."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def _form(self, request: web.Request) -> Form:
        values = await request.post()
        if any(not isinstance(value, str) for value in values.values()):
            raise CarrierError(20001, "Files are not accepted.")
        return Form(values, self._world.webhooks)  # type: ignore[arg-type]  # all values are text, see above

    def _is_own(self, account: Account, number: str) -> bool:
        """Whether the account may show this number; unchecked as long as nobody was given one."""
        return number in account.numbers or not any(one.numbers for one in self._world.accounts)

    async def _let_callback_go_first(self, sid: str) -> None:
        try:
            await asyncio.wait_for(self._world.courier.first_gone(sid), EARLY_CALLBACK)
        except TimeoutError:
            self._world.journal.write(
                "error", call_sid=sid, text="No callback could outrun the answer to this request."
            )
