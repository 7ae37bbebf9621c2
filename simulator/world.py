"""The composition: the accounts, their carrier and the town behind its numbers."""

from __future__ import annotations

import logging
import re
import traceback
from dataclasses import dataclass

from simulator.accounts import Account, Accounts, Limits, OwnNumber
from simulator.calls.carrier import CallDesk
from simulator.calls.conferences import Conferences
from simulator.calls.legs import Leg
from simulator.calls.player import Player
from simulator.calls.progress import CallProgress
from simulator.calls.switchboard import Switchboard
from simulator.clock import Clock
from simulator.clock_feed import ClockFeed
from simulator.courier import Courier
from simulator.errors import TownError
from simulator.faults import FaultPlan, Faults
from simulator.journal import Journal
from simulator.messages import MessageDesk
from simulator.residents.town import Town
from simulator.settings import FIRST_NAME, Settings
from simulator.sids import Sids
from simulator.webhooks import Webhooks

log = logging.getLogger("simulator")
ATTEMPT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Accepted:
    """One POST that the carrier accepted; `attempt` is the UUID in its StatusCallback address."""

    sid: str
    kind: str
    to: str
    at: float
    attempt: str | None
    account: str


class World:
    """Everything behind the HTTP faces of the simulator."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.journal = Journal()
        self.clock = Clock(self._report)
        self.journal.use_clock(self.clock)
        self.faults = Faults(self.clock.now, settings.seed)
        self.sids = Sids(settings.seed, self.clock.now)
        limits = Limits(calls_per_second=settings.calls_per_second, live_legs=settings.live_legs)
        self.accounts = Accounts(
            Account(settings.account_sid, settings.auth_token, FIRST_NAME, limits),
            *(Account(sid, token, name, limits) for name, sid, token in settings.also_accounts),
        )
        self.webhooks = Webhooks(settings, self.accounts, self.clock, self.journal, self.faults)
        self.feed = ClockFeed(self.clock, settings.clock_url)
        self.town = Town(self.clock, self.journal, self.webhooks, settings.seed)
        self.courier = Courier(self.clock, self.webhooks, self.faults)
        progress = CallProgress(self.clock, self.courier)
        self.switchboard = Switchboard(
            self.clock, self.journal, progress, self.town, accounts=self.accounts, sids=self.sids
        )
        self.conferences = Conferences(self.clock, self.courier, self.sids, self.faults)
        player = Player(self.switchboard, self.webhooks, self.conferences, self.faults)
        self.calls = CallDesk(self.switchboard, player, self.faults)
        self.messages = MessageDesk(
            clock=self.clock,
            journal=self.journal,
            webhooks=self.webhooks,
            courier=self.courier,
            faults=self.faults,
            recipients=self.town,
            sids=self.sids,
        )
        self.accepted: list[Accepted] = []
        self.town.connect(self.switchboard, self.ring_out, self.send_text)

    async def open(self) -> None:
        """Connect to the outside: webhooks and the product's clock."""
        await self.webhooks.open()
        await self.feed.open()

    async def close(self) -> None:
        """Stop everything that goes on."""
        await self.feed.close()
        await self.clock.close()
        await self.webhooks.close()

    def accept(self, sid: str, kind: str, to: str, callback_url: str | None, account: Account) -> None:
        """Remember an accepted POST, for the proof that an attempt was accepted at most once."""
        found = ATTEMPT.search(callback_url or "")
        attempt = found.group().lower() if found else None
        self.accepted.append(Accepted(sid, kind, to, self.clock.now(), attempt, account.sid))

    def fail(self, plan: FaultPlan) -> None:
        """Fail in these ways from now on. Raises TownError when it names an account that there is not."""
        self.faults.apply(plan, None if plan.account is None else self.accounts.find(plan.account).sid)
        self.calls.look_again()

    def limit(self, account: Account, limits: Limits) -> None:
        """Change what an account may do from now on."""
        account.limits = limits
        self.calls.look_again()

    def ring_out(self, caller: str, to: str, withheld: str | None = None) -> Leg:
        """A resident rings one of the carrier's numbers. Raises TownError when that cannot be.

        `withheld` is what the carrier shows instead of a number that is not to be seen.
        """
        line = self.town.line(caller)
        if line is None:
            raise TownError(f"Nobody in the town has the number {caller}.", 404)
        if line.leg is not None:
            raise TownError(f"The telephone {caller} is in use; hang it up first.")
        account, own = self._own(to)
        return self.calls.ring_in(caller, account, own, withheld)

    def send_text(self, sender: str, to: str, body: str) -> None:
        """A resident texts one of the carrier's numbers. Raises TownError when that cannot be."""
        if self.town.line(sender) is None:
            raise TownError(f"Nobody in the town has the number {sender}.", 404)
        account, own = self._own(to)
        self.journal.write("text_sent", number=sender, resident=self.town.name_of(sender), to=own.number, text=body)
        self.messages.receive(sender, account, own, body)

    def reset(self) -> None:
        """An empty town at rest: calls ended, residents, texts, faults, journal forgotten."""
        for leg in list(self.switchboard.legs.values()):
            leg.callback = None
            self.switchboard.finish(leg, "completed" if leg.answered else "canceled")
        self.switchboard.legs.clear()
        self.calls.forget_queues()
        self.messages.clear()
        self.courier.forget()
        self.faults.clear()
        self.accepted.clear()
        self.accounts.reset()
        self.town.settle([])
        self.journal.clear()
        self.journal.write("reset")

    def _own(self, number: str) -> tuple[Account, OwnNumber]:
        owned = self.accounts.owner(number)
        if owned is None:
            raise TownError(f"{number} is not one of the carrier's numbers; set them with PUT /town/numbers.", 404)
        return owned

    def _report(self, error: BaseException, actor: str) -> None:
        # The error's own words may hold a telephone number: they go into the journal, never into the log.
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("%s while %s\n%s", type(error).__name__, actor, where)
        self.journal.write("error", text=f"The simulator itself failed: {type(error).__name__}: {error}")
