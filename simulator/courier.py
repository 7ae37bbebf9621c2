"""Carries status callbacks to the product: late, twice or not at all if the faults say so."""

from __future__ import annotations

from simulator.calls.legs import CallbackTarget
from simulator.clock import Clock
from simulator.faults import Faults
from simulator.webhooks import Webhooks


class Courier:
    """Delivers single status callbacks; who needs an order asks for one after the other."""

    def __init__(self, clock: Clock, webhooks: Webhooks, faults: Faults) -> None:
        self._clock = clock
        self._webhooks = webhooks
        self._faults = faults

    async def deliver(self, event: str, target: CallbackTarget, form: dict[str, str]) -> None:
        """Deliver the callback for `event`. For actors only, since a late one waits on the clock."""
        if self._faults.drops(event):
            return
        if self._faults.callbacks.late:
            await self._clock.sleep(self._faults.callbacks.late)
        for _ in range(2 if self._faults.callbacks.double else 1):
            await self._webhooks.notify(event, target.method, target.url, form)
