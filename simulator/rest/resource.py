"""What the resources of the REST API have in common."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Protocol, TypeVar

from aiohttp import web

from simulator.accounts import Account
from simulator.calls.legs import CallbackTarget
from simulator.errors import CarrierError
from simulator.faults import Way
from simulator.rest.forms import Form
from simulator.world import World

EARLY_CALLBACK = 3.0
"""Real seconds that an answer waits for a callback which is to outrun it."""
ACCOUNT = "account"
"""Under this key a request holds the Account that it was made for."""


class Addressed(Protocol):
    """A call or a text."""

    @property
    def sid(self) -> str:
        """Its name, unlike all others."""

    @property
    def account_sid(self) -> str:
        """Whose it is."""

    @property
    def to(self) -> str:
        """The number that it goes to (E.164)."""

    @property
    def shown_sender(self) -> str:
        """What the recipient sees it come from."""


Item = TypeVar("Item", bound=Addressed)


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

    def _own(self, items: Mapping[str, Item], request: web.Request) -> Item:
        """The one that the address names. Raises CarrierError (404) also for another account's."""
        item = items.get(request.match_info["sid"])
        if item is None or item.account_sid != account_of(request).sid:
            raise not_found(request)
        return item

    @staticmethod
    def _newest_first(items: Mapping[str, Item], request: web.Request) -> Iterator[Item]:
        """All of the account, filtered by `To` and `From` as the request says."""
        sid, query = account_of(request).sid, request.query
        for item in reversed(list(items.values())):
            if (
                item.account_sid == sid
                and query.get("To", item.to) == item.to
                and query.get("From", item.shown_sender) == item.shown_sender
            ):
                yield item

    async def _accepted(
        self, way: Way, item: Addressed, callback: CallbackTarget | None, shown: dict[str, object], account: Account
    ) -> web.StreamResponse:
        """The answer to a creation, remembered as accepted. `shown` is how it was when it was made.

        A callback goes first if that is commanded.
        """
        self._world.accept(item.sid, way, item.to, callback.url if callback else None, account)
        if callback is not None and self._world.faults.callbacks(account.sid, way).before_rest_answer:
            await self._let_callback_go_first(item.sid)
        return web.json_response(shown, status=201)

    async def _let_callback_go_first(self, sid: str) -> None:
        try:
            await asyncio.wait_for(self._world.courier.first_gone(sid), EARLY_CALLBACK)
        except TimeoutError:
            self._world.journal.write(
                "error", call_sid=sid, text="No callback could outrun the answer to this request."
            )
