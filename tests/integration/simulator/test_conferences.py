"""Conferences and moving live calls: who hears whom, and how each one's script goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from simulator.client import Town
from tests.integration.simulator.simulated_product import CIRCLE, Product

RIET, TRUUS, NEL = "+31130001211", "+31600001002", "+31130001213"
SILENT: dict[str, Any] = {"pick_up": 2, "end": "stay"}


def room(*, star: bool = False, limit: int = 180, starts: bool = True, ends: bool = True, music: bool = False) -> str:
    """A script that puts a call into the room, and asks how it was afterwards."""
    wait = "" if music else 'waitUrl=""'
    return f"""<Response><Dial action="/after" hangupOnStar="{str(star).lower()}" timeLimit="{limit}">
        <Conference {wait} beep="false" startConferenceOnEnter="{str(starts).lower()}"
            endConferenceOnExit="{str(ends).lower()}" statusCallback="/room"
            statusCallbackEvent="start end join leave">0b9e6c1e</Conference></Dial></Response>"""


@pytest.fixture(autouse=True)
def scripts(product: Product) -> None:
    product.scripts |= {
        "/room": "",
        "/after": '<Response><Gather numDigits="1" timeout="9"><Say>Hoe was het?</Say></Gather></Response>',
        "/elsewhere": "<Response><Say>U bent elders.</Say><Pause length='600'/></Response>",
    }


def put(town: Town, carrier: Client, product: Product, *, seconds: float = 20, **scripts: str) -> dict[str, str]:
    """Ring these people, each with a script of their own; answers their calls' sids."""
    sids = {}
    for name, script in scripts.items():
        product.scripts[f"/{name}"] = script
        number = {"riet": RIET, "truus": TRUUS, "nel": NEL}[name]
        sids[name] = str(carrier.calls.create(to=number, from_=CIRCLE, url=f"{product.url}/{name}").sid)
    town.advance(seconds)
    return sids


def settle(town: Town, **habits: object) -> None:
    numbers = {"riet": RIET, "truus": TRUUS, "nel": NEL}
    town.settle([{"name": name, "phones": [numbers[name]], "calls": [habit]} for name, habit in habits.items()])


def story(town: Town, name: str) -> list[str]:
    """What happened at somebody's telephone since it was picked up."""
    kinds = [entry["kind"] for entry in town.journal() if entry.get("resident") == name]
    return kinds[kinds.index("picked_up") + 1 :]


def test_two_calls_in_a_room_hear_each_other_and_star_parts_them(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet={"pick_up": 2, "talk": 40}, truus={"pick_up": 9})
    put(town, carrier, product, riet=room(star=True), truus=room(), seconds=55)

    assert story(town, "riet") == [
        "enters_conference", "joined", "pressed", "parted", "leaves_conference", "asked", "hears",
    ]  # fmt: skip
    assert story(town, "truus") == ["enters_conference", "joined", "parted", "leaves_conference", "asked", "hears"]
    assert [values["DialCallStatus"] for values in product.requests("/after")] == ["answered", "answered"]


def test_the_room_is_announced(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet={"pick_up": 2, "talk": 40}, truus={"pick_up": 9})
    sids = put(town, carrier, product, riet=room(star=True), truus=room(), seconds=120)

    announced = sorted(product.requests("/room"), key=lambda values: int(values["SequenceNumber"]))
    told = [(values["StatusCallbackEvent"], values.get("CallSid")) for values in announced]
    assert told == [
        ("participant-join", sids["riet"]),
        ("conference-start", None),
        ("participant-join", sids["truus"]),
        ("participant-leave", sids["riet"]),
        ("participant-leave", sids["truus"]),
        ("conference-end", None),
    ]
    [conference] = {values["ConferenceSid"] for values in product.requests("/room")}
    assert conference.startswith("CF")
    assert {values["FriendlyName"] for values in product.requests("/room")} == {"0b9e6c1e"}


def test_who_waits_alone_hears_nobody_and_may_leave_by_star(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet=SILENT)
    put(town, carrier, product, riet=room(star=True))
    assert "joined" not in story(town, "riet")
    assert town.phones()[0]["state"] == "listening"
    town.request("POST", f"/town/phones/{RIET}/press", {"digits": "*"})
    town.advance(3)
    assert story(town, "riet")[-2:] == ["asked", "hears"]


def test_nobody_hears_anybody_before_the_start(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet=SILENT, truus=SILENT, nel={"pick_up": 15, "end": "stay"})
    put(town, carrier, product, riet=room(starts=False, music=True), truus=room(starts=False), nel=room(), seconds=12)
    assert "joined" not in story(town, "riet") + story(town, "truus")
    assert [entry["text"] for entry in town.journal() if entry["kind"] == "hears"] == ["(music)"]
    town.advance(10)
    assert all("joined" in story(town, name) for name in ("riet", "truus", "nel"))


def test_the_limit_of_one_ends_the_room_for_both(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet=SILENT, truus=SILENT)
    put(town, carrier, product, riet=room(limit=150), truus=room(), seconds=300)
    joined, parted = [
        datetime.fromisoformat(entry["at"])
        for entry in town.journal()
        if entry["kind"] in {"enters_conference", "leaves_conference"} and entry["resident"] == "riet"
    ]
    assert (parted - joined).total_seconds() == 150
    assert len(product.requests("/after")) == 2


def test_who_hangs_up_is_asked_nothing_and_the_other_goes_on(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet=SILENT, truus={"pick_up": 5, "talk": 30, "end": "hang_up"})
    put(town, carrier, product, riet=room(), truus=room(), seconds=60)
    [after] = product.requests("/after")
    assert after["To"] == RIET


def test_a_room_that_may_outlive_its_guests_goes_on(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet=SILENT, truus={"pick_up": 5, "talk": 30, "end": "hang_up"}, nel={"pick_up": 50, "end": "stay"})
    put(town, carrier, product, riet=room(ends=False), truus=room(ends=False), nel=room(), seconds=90)
    assert story(town, "riet") == ["enters_conference", "joined", "parted", "joined"]
    assert [entry["with"] for entry in town.journal() if entry["kind"] == "joined"] == [TRUUS, RIET, NEL, RIET]


def test_a_call_that_is_moved_leaves_the_room(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet=SILENT, truus=SILENT)
    sids = put(town, carrier, product, riet=room(), truus=room())
    carrier.calls(sids["riet"]).update(url=f"{product.url}/elsewhere", method="POST")
    town.advance(5)
    assert story(town, "riet")[-3:] == ["parted", "leaves_conference", "hears"]
    [after] = product.requests("/after")
    assert after["To"] == TRUUS, "the room is over, the other one's script goes on"


def test_moved_back_into_a_room_of_that_name_is_a_new_room(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet=SILENT, truus=SILENT)
    sids = put(town, carrier, product, riet=room(), truus=room())
    for name in ("riet", "truus"):
        carrier.calls(sids[name]).update(url=f"{product.url}/{name}", method="POST")
    town.advance(5)
    assert len({values["ConferenceSid"] for values in product.requests("/room")}) >= 2
    assert {phone["state"] for phone in town.phones()} == {"talking"}


def test_an_open_question_is_abandoned_by_a_move(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet=SILENT)
    asks = '<Response><Gather timeout="60" action="/key"><Say>Een ogenblik.</Say></Gather></Response>'
    sids = put(town, carrier, product, riet=asks, seconds=10)
    carrier.calls(sids["riet"]).update(url=f"{product.url}/elsewhere", method="POST")
    town.advance(5)
    assert story(town, "riet") == ["asked", "hears", "hears"]


def test_a_dialled_leg_is_moved_and_its_caller_goes_on(town: Town, carrier: Client, product: Product) -> None:
    """What was dialled leaves its caller: both play a script of their own from then on."""
    settle(town, riet=SILENT, truus=SILENT)
    dials = f"""<Response><Dial action="/after"><Number url="/screen">{TRUUS}</Number></Dial></Response>"""
    product.scripts["/screen"] = "<Response/>"
    sids = put(town, carrier, product, riet=dials, seconds=10)
    [child] = carrier.calls.list(parent_call_sid=sids["riet"])
    carrier.calls(child.sid).update(url=f"{product.url}/elsewhere", method="POST")
    town.advance(5)
    assert [values["DialCallStatus"] for values in product.requests("/after")] == ["completed"]
    assert story(town, "truus")[-2:] == ["parted", "hears"]
    assert child.fetch().status == "in-progress"


def test_a_leg_that_is_moved_while_it_is_screened_leaves_too(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet=SILENT, truus=SILENT)
    dials = f"""<Response><Dial action="/after"><Number url="/screen">{TRUUS}</Number></Dial></Response>"""
    product.scripts["/screen"] = "<Response><Pause length='60'/></Response>"
    sids = put(town, carrier, product, riet=dials, seconds=10)
    [child] = carrier.calls.list(parent_call_sid=sids["riet"])
    carrier.calls(child.sid).update(url=f"{product.url}/elsewhere", method="POST")
    town.advance(5)
    assert len(product.requests("/after")) == 1
    assert story(town, "truus")[-1] == "hears"


def test_a_call_that_is_not_in_progress_is_not_moved(town: Town, carrier: Client, product: Product) -> None:
    settle(town, riet="no_answer", truus={"pick_up": 2, "hang_up_after": 1})
    sids = put(town, carrier, product, riet=room(), truus=room(), seconds=8)
    for name in ("riet", "truus"):
        with pytest.raises(TwilioRestException) as refused:
            carrier.calls(sids[name]).update(url=f"{product.url}/elsewhere", method="POST")
        assert refused.value.code == 21220
