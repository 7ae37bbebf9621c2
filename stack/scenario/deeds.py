"""Carries out what a scenario's events say: to processes, to the broker, to the carrier, to a telephone."""

import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

import redis

from backend.common.errors import RondjeError
from simulator import client
from stack.errors import StackError
from stack.scenario.model import (
    AbsenceEvent,
    BrokerEvent,
    Event,
    FaultsEvent,
    LimitsEvent,
    PaperEvent,
    PhoneEvent,
    PracticeEvent,
    ProcessEvent,
    Scenario,
    TransferEvent,
)
from stack.scenario.resto_model import RestoEvent
from stack.town import Town

if TYPE_CHECKING:
    from stack.scenario.product import Product

BROKER = "valkey"


class Impossible(Exception):
    """An event could not be carried out; the message is a sentence."""


class Deeds:
    """The hands of a scenario."""

    def __init__(self, town: Town | None, carrier: client.Town, product: "Product", scenario: Scenario) -> None:
        """Without a town there are no processes to act on."""
        self._town = town
        self._carrier = carrier
        self._product = product
        self._own_number = scenario.organisation.number
        self._moment = scenario.moment

    def carry_out(self, event: Event) -> str:
        """Do it now; returns what was done, in words. Raises Impossible."""
        try:
            match event:
                case ProcessEvent() | BrokerEvent():
                    return self._to_machine(event)
                case FaultsEvent() | LimitsEvent():
                    return self._to_carrier(event)
                case PhoneEvent():
                    return self._to_telephone(event)
                case AbsenceEvent() | PracticeEvent() | TransferEvent() | PaperEvent():
                    return self._at_the_office(event)
                case _ if isinstance(event, RestoEvent):
                    return self._product.about_the_dinner(event)
                case _:
                    return self._product.about_the_bus(event)
        except (client.TownAnswered, StackError, redis.RedisError, RondjeError) as error:
            raise Impossible(f"Expected '{event.do}' to be possible, but: {error}") from error

    def _to_machine(self, event: ProcessEvent | BrokerEvent) -> str:
        if self._town is None:
            raise Impossible(f"Expected '{event.do}' to be possible, but there are no processes here.")
        if isinstance(event, ProcessEvent):
            return self._to_processes(self._town, event)
        return self._to_broker(self._town, event)

    def _to_carrier(self, event: FaultsEvent | LimitsEvent) -> str:
        if isinstance(event, FaultsEvent):
            self._carrier.set_faults(event.faults.model_dump(mode="json", by_alias=True, exclude_none=True))
            return "the carrier's faults are set"
        self._carrier.set_limits(event.account, **event.limits.model_dump(mode="json"))
        return "the carrier's limits are set"

    def _at_the_office(self, event: AbsenceEvent | PracticeEvent | TransferEvent | PaperEvent) -> str:
        match event:
            case AbsenceEvent(member=member, reason=reason):
                self._product.report_absence(member, reason)
                return f"{member} is reported absent"
            case PracticeEvent(begins=begins):
                self._product.practise(begins)
                return f"a practice morning is planned for {begins:%H:%M}"
            case PaperEvent(results=results, rung_at=rung_at):
                self._product.enter_paper(results, self._moment(rung_at))
                return "the results on paper are entered"
            case TransferEvent(to=to, number=number, duty_number=duty_number):
                self._product.transfer(to, number=number, duty_number=duty_number)
                own = next(one for one in self._carrier.numbers() if one["number"] == self._own_number)
                self._carrier.own_numbers(own, own | {"number": number, "name": to})
                return f"the circle goes to {to}"

    @staticmethod
    def _to_processes(town: Town, event: ProcessEvent) -> str:
        act: Callable[[str], None] = {
            "kill": town.kill,
            "stop": town.stop_part,
            "start": town.start_part,
            "restart": town.restart,
        }[event.do]
        for name in event.target:
            act(name)
        return f"{event.do} {', '.join(event.target)}"

    @staticmethod
    def _to_broker(town: Town, event: BrokerEvent) -> str:
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
