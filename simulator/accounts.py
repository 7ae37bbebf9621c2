"""The accounts that the carrier serves: credentials, numbers, limits. All of them ring the same town."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt

from simulator.errors import TownError


@dataclass(frozen=True)
class OwnNumber:
    """A number of an account, its name on the town page, and where calls and texts are announced.

    `keyword_replies` is what the carrier itself answers to STOP, START and HELP; nothing for those left out.
    """

    number: str
    name: str | None = None
    voice_url: str | None = None
    sms_url: str | None = None
    fallback_url: str | None = None
    sms_fallback_url: str | None = None
    status_callback: str | None = None
    keyword_replies: Mapping[str, str] = field(default_factory=dict)


class Limits(BaseModel):
    """What an account may do; also as `PUT /town/accounts/…/limits` says it. Rates are per scenario second.

    `live_legs` counts all that rings or talks, in both directions (None: no limit); newer accounts of the real carrier
    have 2 or 3. Too many are `refused` by the REST API (10004) or accepted and then `failed`. `permitted` are the
    beginnings of numbers that may be rung and texted (None: all).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    calls_per_second: PositiveFloat = 1.0
    live_legs: PositiveInt | None = None
    when_full: Literal["refused", "failed"] = "refused"
    permitted: tuple[Annotated[str, Field(pattern=r"^\+[0-9]*$")], ...] | None = None

    def permits(self, number: str) -> bool:
        """Whether the account has the geographic permission for this number."""
        return self.permitted is None or number.startswith(self.permitted)


@dataclass(eq=False)
class Account:
    """One account; `numbers` by number."""

    sid: str
    auth_token: str
    name: str
    limits: Limits
    numbers: dict[str, OwnNumber] = field(default_factory=dict)


class Accounts:
    """All accounts: the first, those of the command line, and those added while it runs."""

    def __init__(self, *accounts: Account) -> None:
        self._lasting = {account.sid: account.limits for account in accounts}
        self._by_sid = {account.sid: account for account in accounts}

    def __iter__(self) -> Iterator[Account]:
        return iter(self._by_sid.values())

    @property
    def first(self) -> Account:
        """The account of the command line."""
        return next(iter(self._by_sid.values()))

    def get(self, sid: str) -> Account | None:
        """The account with this sid, or None."""
        return self._by_sid.get(sid)

    def of(self, sid: str) -> Account:
        """The account of something that exists."""
        return self._by_sid[sid]

    def find(self, wanted: str) -> Account:
        """The account with this sid or name. Raises TownError (404)."""
        for account in self:
            if wanted in (account.sid, account.name):
                return account
        raise TownError(f"There is no account {wanted!r}.", 404)

    def add(self, account: Account) -> None:
        """Serve another account, until the reset. Raises TownError when its sid or name is taken."""
        if any(account.sid == one.sid or account.name == one.name for one in self):
            raise TownError(f"There is an account {account.name!r} with the sid {account.sid} or that name already.")
        self._by_sid[account.sid] = account

    def owner(self, number: str) -> tuple[Account, OwnNumber] | None:
        """Whose number this is; None when it is no account's."""
        for account in self:
            if number in account.numbers:
                return account, account.numbers[number]
        return None

    def reset(self) -> None:
        """Back to the accounts and limits of the command line; nobody has a number."""
        self._by_sid = {sid: self._by_sid[sid] for sid in self._lasting}
        for account in self:
            account.limits = self._lasting[account.sid]
            account.numbers = {}
