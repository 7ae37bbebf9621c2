"""Carries out what a scenario's events say: to processes, to the broker, to the carrier, to a telephone."""

import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

import redis

from simulator import client
from stack.errors import StackError
from stack.scenario.model import AbsenceEvent, BrokerEvent, Event, FaultsEvent, LimitsEvent, PhoneEvent, ProcessEvent
from stack.town import Town

if TYPE_CHECKING:
    from stack.scenario.product import Product

BROKER = "valkey"


class Impossible(Exception):
    """An event could not be carried out; the message is a sentence."""


class Deeds:
    """The hands of a scenario."""

    def __init__(self, town: Town | None, carrier: client.Town, product: "Product", *, own_number: str) -> None:
        """`own_number` is the number (E.164) that residents ring. Without a town there are no processes to act on."""
        self._town = town
        self._carrier = carrier
        self._product = product
        self._own_number = own_number

    def carry_out(self, event: Event) -> str:
        """Do it now; returns what was done, in words. Raises Impossible."""
        try:
            match event:
                case ProcessEvent() if self._town is not None:
                    return self._to_processes(self._town, event)
                case BrokerEvent() if self._town is not None:
                    return self._to_broker(self._town, event)
                case ProcessEvent() | BrokerEvent():
                    raise Impossible(f"Expected '{event.do}' to be possible, but there are no processes here.")
                case FaultsEvent(faults=faults):
                    self._carrier.set_faults(faults.model_dump(mode="json", by_alias=True, exclude_none=True))
                    return "the carrier's faults are set"
                case LimitsEvent(account=account, limits=limits):
                    self._carrier.set_limits(account, **limits.model_dump(mode="json"))
                    return "the carrier's limits are set"
                case PhoneEvent():
                    return self._to_telephone(event)
                case AbsenceEvent(member=member, reason=reason):
                    self._product.report_absence(member, reason)
                    return f"{member} is reported absent"
        except (client.TownAnswered, StackError, redis.RedisError) as error:
            raise Impossible(f"Expected '{event.do}' to be possible, but: {error}") from error

    def _to_processes(self, town: Town, event: ProcessEvent) -> str:
        act: Callable[[str], None] = {
            "kill": town.kill,
            "stop": town.stop_part,
            "start": town.start_part,
            "restart": town.restart,
        }[event.do]
        for name in event.target:
            act(name)
        return f"{event.do} {', '.join(event.target)}"

    def _to_broker(self, town: Town, event: BrokerEvent) -> str:
        if event.do == "flush_broker":
            with redis.Redis.from_url(town.redis_url, socket_timeout=5) as broker:
                broker.flushall()
        else:
            pid = town.pid(BROKER)
            if pid is None:
                raise Impossible(f"Expected '{event.do}' to be possible, but the broker does not run.")
            os.kill(pid, signal.SIGSTOP if event.do == "pause_broker" else signal.SIGCONT)
        return event.do.replace("_", " ")

    def _to_telephone(self, event: PhoneEvent) -> str:
        phones = [phone for phone in self._carrier.phones() if phone["resident"] == event.resident]
        in_use = [phone for phone in phones if phone["state"] not in ("rest", "off")]
        number = (in_use or phones)[0]["number"]
        path, body = {
            "pick_up": ("pick-up", None),
            "hang_up": ("hang-up", None),
            "press": ("press", {"digits": event.keys}),
            "ring_in": ("ring-in", {"to": self._own_number, "withheld": event.withheld}),
            "text": ("text", {"to": self._own_number, "body": event.body}),
        }[event.do]
        self._carrier.request("POST", f"/town/phones/{number}/{path}", body)
        return f"{event.resident}: {event.do.replace('_', ' ')}"
