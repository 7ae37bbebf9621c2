"""The part of the control API that is about the carrier's accounts: their limits and numbers, and more of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from typing import Literal

from aiohttp import web
from pydantic import Field, TypeAdapter

from simulator.accounts import Account, Limits, OwnNumber
from simulator.control.forms import Strict, read
from simulator.errors import TownError
from simulator.residents.model import Telephone
from simulator.settings import SettingsError, refuse_real
from simulator.world import World

Read = Callable[[web.Request], Awaitable[web.Response]]
URLS = ("voice_url", "sms_url", "fallback_url", "sms_fallback_url", "status_callback")


class AccountForm(Strict):
    """One more account."""

    name: str = Field(min_length=1)
    account_sid: str
    auth_token: str
    limits: Limits = Limits()


class OwnNumberForm(Strict):
    """A number of the account."""

    number: Telephone
    name: str | None = None
    voice_url: str | None = None
    sms_url: str | None = None
    fallback_url: str | None = None
    sms_fallback_url: str | None = None
    status_callback: str | None = None
    keyword_replies: dict[Literal["STOP", "START", "HELP"], str] = Field(default_factory=dict)

    def own_number(self) -> OwnNumber:
        """The same as a value."""
        return OwnNumber(**(self.model_dump() | {"keyword_replies": {**self.keyword_replies}}))


NUMBERS: TypeAdapter[list[OwnNumberForm]] = TypeAdapter(list[OwnNumberForm])


class AccountControl:
    """The carrier's office."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve `/accounts` and `/numbers`."""
        router.add_get("/accounts", self._accounts)
        router.add_post("/accounts", self._add)
        router.add_put("/accounts/{account}/limits", self._set_limits)
        router.add_get("/numbers", self._numbers)
        router.add_put("/numbers", self._set_numbers)

    async def _accounts(self, _request: web.Request) -> web.Response:
        return web.json_response([self._shown(account) for account in self._world.accounts])

    async def _add(self, request: web.Request) -> web.Response:
        form = await read(request, TypeAdapter(AccountForm))
        try:
            refuse_real(form.account_sid, form.auth_token)
        except SettingsError as error:
            raise TownError(str(error), 422) from error
        self._world.accounts.add(Account(form.account_sid, form.auth_token, form.name, form.limits))
        return await self._accounts(request)

    async def _set_limits(self, request: web.Request) -> web.Response:
        account = self._world.accounts.find(request.match_info["account"])
        self._world.limit(account, await read(request, TypeAdapter(Limits)))
        return web.json_response(self._shown(account))

    async def _numbers(self, _request: web.Request) -> web.Response:
        """All numbers of all accounts."""
        return web.json_response(
            [
                dataclasses.asdict(own) | {"account": account.name}
                for account in self._world.accounts
                for own in account.numbers.values()
            ]
        )

    async def _set_numbers(self, request: web.Request) -> web.Response:
        accounts = self._world.accounts
        account = accounts.find(request.query["account"]) if "account" in request.query else accounts.first
        forms = await read(request, NUMBERS)
        for form in forms:
            owned = accounts.owner(form.number)
            if owned is not None and owned[0] is not account:
                raise TownError(f"{form.number} belongs to the account {owned[0].name!r}.")
            for name in URLS:
                url = getattr(form, name)
                if url is not None and not self._world.webhooks.may_call(url):
                    raise TownError(f"{name} {url!r} is not http(s) on a local host.", 422)
        account.numbers = {form.number: form.own_number() for form in forms}
        return await self._numbers(request)

    def _shown(self, account: Account) -> dict[str, object]:
        return {
            "name": account.name,
            "account_sid": account.sid,
            "limits": account.limits.model_dump(),
            "numbers": list(account.numbers),
            "queued": self._world.calls.queued(account),
        }
