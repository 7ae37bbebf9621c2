"""Stories as other tests tell them: the test plays the residents, nothing unexpected may happen."""

from __future__ import annotations

import pytest
from twilio.rest import Client

from simulator.client import Town, TownAnswered
from tests.integration.simulator.simulated_product import CIRCLE, MORNING, Product

RIET = "+31130001211"
RIET_MOBILE = "+31600001001"
TRUUS = "+31600001002"
PEOPLE = [("riet", RIET), ("truus", TRUUS), ("jan", "+31600001003")]


@pytest.fixture(autouse=True)
def people(town: Town, product: Product) -> None:
    """Nobody acts by themselves, except where a test says so; time stands still."""
    town.settle(
        [
            {"name": "riet", "phones": [RIET, RIET_MOBILE]},
            {"name": "truus", "phones": [TRUUS], "calls": ["manual"]},
        ]
    )
    product.scripts |= {
        "/start": """<Response><Gather numDigits="1" timeout="20" action="/key">
            <Say>Goedemorgen. Druk op 1.</Say></Gather></Response>""",
        "/key": "<Response><Say>Dank u wel.</Say></Response>",
        "/ring-in": """<Response><Gather numDigits="1" action="/key">
            <Say>U spreekt met de telefooncirkel.</Say></Gather></Response>""",
    }


def ring(carrier: Client, product: Product, to: str) -> None:
    carrier.calls.create(to=to, from_=CIRCLE, url=f"{product.url}/start")


def test_riet_is_rung_and_presses_one(town: Town, carrier: Client, product: Product) -> None:
    ring(carrier, product, RIET)

    call = town.resident("riet").expect_call("goedemorgen").press("1").hears("dank u wel")

    assert call.expect_end() == "completed"
    assert product.requests("/key")[0]["Digits"] == "1"
    town.no_unexpected()


def test_a_call_that_nobody_expected_fails_the_story(town: Town, carrier: Client, product: Product) -> None:
    ring(carrier, product, TRUUS)
    town.advance(1)
    with pytest.raises(AssertionError, match="nobody expected") as failure:
        town.no_unexpected()
    assert "truus" in str(failure.value)


def test_a_text_that_nobody_expected_fails_the_story(town: Town, carrier: Client, product: Product) -> None:
    carrier.messages.create(to=TRUUS, from_=CIRCLE, body="Riet neemt niet op.")
    town.advance(5)
    with pytest.raises(AssertionError, match="Riet neemt niet op"):
        town.verify()
    town.resident("truus").expect_text("riet")
    town.verify()


def test_a_call_that_never_comes_fails_the_story(town: Town) -> None:
    town.patience = 0.2
    with pytest.raises(AssertionError, match="Expected a call to riet"):
        town.resident("riet").expect_call("goedemorgen")


def test_riet_rings_in(town: Town, product: Product) -> None:
    call = town.resident("riet").ring_in(CIRCLE).hears("telefooncirkel").press("1")
    assert call.expect_end() == "completed"

    [asked] = product.requests("/ring-in")
    assert (asked["CallStatus"], asked["Direction"], asked["From"]) == ("ringing", "inbound", RIET)
    town.wait_until(lambda: product.requests("/ring-in-status"), "the callback of the ring-in")
    assert product.statuses_told("/ring-in-status") == ["completed"]


def test_a_rejected_ring_in_is_never_answered(town: Town, product: Product) -> None:
    product.scripts["/ring-in"] = '<Response><Reject reason="busy"/></Response>'
    assert town.resident("riet").ring_in(CIRCLE).expect_end() == "busy"


def test_declining_is_busy_and_letting_it_ring_is_no_answer(town: Town, carrier: Client, product: Product) -> None:
    ring(carrier, product, RIET)
    town.resident("riet").expect_ring(RIET).decline()
    ring(carrier, product, RIET_MOBILE)
    town.resident("riet").expect_ring(RIET_MOBILE)
    town.advance(61)
    assert [call.status for call in carrier.calls.list()] == ["no-answer", "busy"]


def test_picking_up_by_hand_takes_the_call_from_the_habit(town: Town, carrier: Client, product: Product) -> None:
    town.settle([{"name": "riet", "phones": [RIET], "calls": [{"pick_up": 9, "press": "1"}]}])
    ring(carrier, product, RIET)
    town.advance(2)
    town.resident("riet").expect_call("goedemorgen").press("2")
    town.advance(60)
    assert [values["Digits"] for values in product.requests("/key")] == ["2"]
    assert [entry["by"] for entry in town.story() if entry["kind"] == "picked_up"] == ["hand"]


def test_refusals_of_the_control_api_are_in_words(town: Town) -> None:
    with pytest.raises(TownAnswered, match="is at rest") as refused:
        town.request("POST", f"/town/phones/{RIET}/pick-up")
    assert refused.value.status == 409
    with pytest.raises(TownAnswered, match="Nobody in the town") as unknown:
        town.request("POST", "/town/phones/+31600007777/pick-up")
    assert unknown.value.status == 404
    with pytest.raises(TownAnswered, match="not one of the carrier's numbers"):
        town.resident("riet").ring_in(TRUUS)
    with pytest.raises(TownAnswered, match="used twice"):
        town.settle([{"name": "a", "phones": [RIET]}, {"name": "b", "phones": [RIET]}])
    with pytest.raises(TownAnswered, match=r"0\.calls\.0"):
        town.settle([{"name": "a", "phones": [RIET], "calls": ["slaapt"]}])


def test_habits_follow_one_another_and_the_last_repeats(town: Town, carrier: Client, product: Product) -> None:
    habits = ["no_answer", "phone_off", {"pick_up": 3, "press": "1"}]
    town.settle([{"name": "riet", "phones": [RIET], "calls": habits}])
    for _ in range(4):
        ring(carrier, product, RIET)
        town.advance(100)
    assert [call.status for call in carrier.calls.list()][::-1] == [
        "no-answer", "failed", "completed", "completed",
    ]  # fmt: skip


def test_the_day_brings_ring_ins_and_texts_at_their_moment(town: Town, product: Product) -> None:
    town.settle(
        [
            {
                "name": "riet",
                "phones": [RIET, RIET_MOBILE],
                "rings_in": [{"at": "09:05", "to": CIRCLE, "press": "1"}],
                "sends": [{"at": 600, "to": CIRCLE, "body": "JA"}],
            }
        ]
    )
    town.advance(3600)

    story = [(entry["at"][11:19], entry["kind"]) for entry in town.journal() if entry.get("resident") == "riet"]
    assert ("07:40:00", "text_sent") in story
    assert ("08:05:00", "rings_in") in story, "five past nine in Amsterdam is five past eight in UTC"
    assert product.requests("/key")[0]["Digits"] == "1"
    assert product.requests("/text-in")[0]["From"] == RIET_MOBILE, "a landline cannot text"


def test_who_is_just_being_rung_rings_in_a_little_later(town: Town, carrier: Client, product: Product) -> None:
    town.settle(
        [
            {
                "name": "riet",
                "phones": [RIET],
                "calls": ["no_answer"],
                "rings_in": [{"at": 30, "to": CIRCLE, "press": "1"}],
            }
        ]
    )
    ring(carrier, product, RIET)
    town.advance(120)
    assert [
        (entry["at"][14:19], entry["kind"]) for entry in town.story() if entry["kind"] in {"rings", "rings_in"}
    ] == [
        ("30:00", "rings"),
        ("31:00", "rings_in"),
    ]


def test_the_same_morning_with_the_same_seed_is_the_same_story(town: Town, carrier: Client, product: Product) -> None:
    habit = {"pick_up": {"between": [3, 20]}, "press": "1", "press_after": {"between": [1, 8]}}

    def morning() -> list[tuple[object, ...]]:
        town.reset()
        town.set_clock(MORNING, rate=0)
        town.settle([{"name": name, "phones": [phone], "calls": [habit]} for name, phone in PEOPLE])
        for _, phone in PEOPLE:
            ring(carrier, product, phone)
        town.advance(100)
        kinds = {"rings", "picked_up", "pressed", "call_ended"}
        return [(one["at"], one["kind"], one["number"]) for one in town.story() if one["kind"] in kinds]

    first = morning()
    assert len(first) == 12
    assert morning() == first


def test_somebody_on_one_telephone_lets_the_other_ring(town: Town, carrier: Client, product: Product) -> None:
    town.settle([{"name": "riet", "phones": [RIET, RIET_MOBILE], "calls": [{"pick_up": 3, "press": "1"}]}])
    product.scripts["/start"] = '<Response><Pause length="300"/></Response>'
    ring(carrier, product, RIET)
    town.advance(5)
    ring(carrier, product, RIET_MOBILE)
    town.advance(30)
    assert {phone["number"]: phone["state"] for phone in town.phones()} == {
        RIET: "listening",
        RIET_MOBILE: "ringing",
    }
