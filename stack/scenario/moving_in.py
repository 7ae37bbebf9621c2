"""Who lives in a scenario's town, and which numbers the product has there."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator import client
from stack.scenario.model import Scenario
from stack.scenario.people import Somebody, with_everybody


def move_in(carrier: client.Town, scenario: Scenario, people: Iterable[Mapping[str, Any]], *, public_url: str) -> None:
    """Tell the simulated town what day it is, where the product listens, and who lives behind which number.

    `people` are those whom the product knows, as `set_up_scenario` prints them. The town's clock stands still after it.
    Raises client.TownAnswered.
    """
    known = [Somebody(one["part"], one["name"], one["given_name"], tuple(one["phones"])) for one in people]
    begin = scenario.starts_at.timestamp()
    carrier.set_clock(begin, 0)
    carrier.set_day(begin, scenario.date.isoformat(), scenario.organisation.timezone)
    for account, number in (("first", scenario.organisation.number), ("second", scenario.second_account)):
        if number is not None:
            own = {
                "number": number,
                "name": scenario.circle.name,
                "voice_url": f"{public_url}/carrier/inbound/voice",
                "sms_url": f"{public_url}/carrier/inbound/text",
            }
            carrier.own_numbers(own, account=account)
    residents = with_everybody(scenario.residents, known)
    carrier.settle([one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in residents])
