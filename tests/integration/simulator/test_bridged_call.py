"""The call that the circle is made of: ring A, A proves themselves, ring B, B proves themselves, they talk."""

from __future__ import annotations

import pytest
from twilio.rest import Client

from simulator.client import Town
from tests.integration.simulator.simulated_product import CIRCLE, Product

RIET = "+31130001211"
TRUUS = "+31600001002"
ALL_EVENTS = ["initiated", "ringing", "answered", "completed"]
WILLING = {"pick_up": 4, "press": "1", "talk": 600}


@pytest.fixture(autouse=True)
def bridge(product: Product) -> None:
    """Scripts as the product has them: a key on both sides, then a talk that `*` ends."""
    product.scripts |= {
        "/start": """<Response>
            <Gather numDigits="1" timeout="9" action="/proved"><Say>Goedemorgen Riet. Druk op 1.</Say></Gather>
            <Say>Wij hebben niets gehoord.</Say><Hangup/></Response>""",
        "/proved": f"""<Response>
            <Dial answerOnBridge="true" hangupOnStar="true" timeout="30" timeLimit="180" action="/after">
            <Number url="/screen" statusCallback="/truus-status"
                    statusCallbackEvent="initiated answered completed">{TRUUS}</Number></Dial></Response>""",
        "/screen": """<Response><Gather numDigits="1" timeout="9" action="/screened">
            <Say>Goedemorgen Truus. Riet belt u. Druk op 1.</Say></Gather><Hangup/></Response>""",
        "/screened": "<Response><Say>U wordt verbonden.</Say></Response>",
        "/after": """<Response><Gather numDigits="1" timeout="9" action="/menu">
            <Say>Ging het goed? Druk op 1. Maakt u zich zorgen? Druk op 2.</Say></Gather></Response>""",
        "/menu": "<Response><Say>Dank u wel.</Say><Hangup/></Response>",
    }


def morning(town: Town, carrier: Client, product: Product, *, riet: object, truus: object, seconds: float = 400) -> str:
    """Rings Riet, who is bridged to Truus, and lets time pass; answers the call's sid."""
    town.settle(
        [
            {"name": "riet", "phones": [RIET], "calls": [riet]},
            {"name": "truus", "phones": [TRUUS], "calls": [truus]},
        ]
    )
    call = carrier.calls.create(
        to=RIET,
        from_=CIRCLE,
        url=f"{product.url}/start",
        status_callback=f"{product.url}/status?attempt=6f1c9a52-96a4-4d0e-9d43-2b9b6f0a7e11",
        status_callback_event=ALL_EVENTS,
        timeout=40,
    )
    assert call.status == "queued"
    town.advance(seconds)
    return str(call.sid)


def kinds(town: Town, resident: str) -> list[str]:
    """What happened at somebody's telephone, webhooks aside."""
    return [entry["kind"] for entry in town.journal() if entry.get("resident") == resident and entry["n"] > 0]


def test_a_conversation_from_ring_to_menu(town: Town, carrier: Client, product: Product) -> None:
    sid = morning(town, carrier, product, riet={"pick_up": 6, "press": "1", "talk": 90}, truus=WILLING)

    assert product.statuses_told() == ["initiated", "ringing", "in-progress", "completed"]
    assert [values["SequenceNumber"] for values in product.requests("/status")] == ["0", "1", "2", "3"]
    assert product.statuses_told("/truus-status") == ["initiated", "in-progress", "completed"]
    assert {values["ParentCallSid"] for values in product.requests("/truus-status")} == {sid}
    [proved], [screened] = product.requests("/proved"), product.requests("/screened")
    assert (proved["Digits"], proved["CallSid"]) == ("1", sid)
    assert (screened["Digits"], screened["ParentCallSid"], screened["To"]) == ("1", sid, TRUUS)
    [after] = product.requests("/after")
    assert (after["DialCallStatus"], after["DialCallSid"]) == ("completed", screened["CallSid"])
    assert [menu["Digits"] for menu in product.requests("/menu")] == ["1"]
    call = carrier.calls(sid).fetch()
    # 6 s ringing are not billed; 3 s to the key, 4 + 3 s and "U wordt verbonden", 90 s of talk, then the menu
    assert (call.status, call.direction, call.duration) == ("completed", "outbound-api", "106")


def test_everything_is_in_the_journal_in_its_order(town: Town, carrier: Client, product: Product) -> None:
    before = town.journal()[-1]["n"]
    morning(town, carrier, product, riet={"pick_up": 6, "press": "1", "talk": 90}, truus=WILLING)

    story = [entry["kind"] for entry in town.journal(before) if entry.get("resident") == "riet"]
    assert story == [
        "rings", "picked_up", "asked", "hears", "pressed",
        "joined", "pressed", "parted", "asked", "hears", "pressed", "hears", "call_ended",
    ]  # fmt: skip
    story = [entry["kind"] for entry in town.journal(before) if entry.get("resident") == "truus"]
    assert story == [
        "rings", "picked_up", "asked", "hears", "pressed", "hears", "joined", "parted", "call_ended",
    ]  # fmt: skip


def test_the_attempt_is_found_in_the_callback_address(town: Town, carrier: Client, product: Product) -> None:
    sid = morning(town, carrier, product, riet="no_answer", truus="no_answer", seconds=1)

    [accepted] = town.accepted()
    assert (accepted["sid"], accepted["attempt"]) == (sid, "6f1c9a52-96a4-4d0e-9d43-2b9b6f0a7e11")


def test_silence_at_the_prompt_goes_on_with_the_next_verb(town: Town, carrier: Client, product: Product) -> None:
    morning(town, carrier, product, riet={"pick_up": 2}, truus=WILLING)

    assert product.requests("/proved") == []
    assert product.statuses_told()[-1] == "completed", "answered, which proves nothing"
    assert "Wij hebben niets gehoord." in [entry.get("text") for entry in town.journal()]


@pytest.mark.parametrize(
    ("habit", "status", "sip"),
    [("no_answer", "no-answer", None), ("busy", "busy", None), ("phone_off", "failed", "480")],
)
def test_a_callee_who_is_not_reached(
    town: Town, carrier: Client, product: Product, *, habit: str, status: str, sip: str | None
) -> None:
    morning(town, carrier, product, riet={"press": "1"}, truus=habit)

    [after] = product.requests("/after")
    assert after["DialCallStatus"] == status
    assert "DialCallDuration" not in after
    assert product.requests("/screen") == []
    assert product.requests("/truus-status")[-1].get("SipResponseCode") == sip


def test_voicemail_answers_and_proves_nothing(town: Town, carrier: Client, product: Product) -> None:
    morning(town, carrier, product, riet={"press": "1"}, truus={"voicemail": {"after": 20}})

    [after] = product.requests("/after")
    assert after["DialCallStatus"] == "completed"
    assert len(product.requests("/screen")) == 1
    assert product.requests("/screened") == []


def test_a_caller_who_hangs_up_while_it_rings_cancels_the_other_leg(
    town: Town, carrier: Client, product: Product
) -> None:
    morning(town, carrier, product, riet={"press": "1", "hang_up_after": 10}, truus="no_answer")

    assert product.statuses_told("/truus-status") == ["initiated", "canceled"]
    assert product.requests("/after") == [], "who hangs up is asked nothing"


def test_a_caller_who_hangs_up_during_screening_ends_the_other_leg(
    town: Town, carrier: Client, product: Product
) -> None:
    morning(town, carrier, product, riet={"press": "1", "hang_up_after": 10}, truus={"pick_up": 4})

    assert product.statuses_told("/truus-status") == ["initiated", "in-progress", "completed"]
    assert product.requests("/after") == []


def test_a_caller_who_simply_hangs_up_is_asked_nothing(town: Town, carrier: Client, product: Product) -> None:
    morning(town, carrier, product, riet={"press": "1", "talk": 30, "end": "hang_up"}, truus=WILLING)

    assert product.requests("/after") == []
    assert product.statuses_told()[-1] == "completed"


def test_a_callee_who_hangs_up_leaves_the_caller_with_the_menu(town: Town, carrier: Client, product: Product) -> None:
    habit = {"press": "1", "talk": 170, "on": [{"hears": "maakt u zich zorgen", "press": "2", "after": 5}]}
    morning(town, carrier, product, riet=habit, truus={"press": "1", "talk": 20})

    assert [menu["Digits"] for menu in product.requests("/menu")] == ["2"]


def test_the_time_limit_parts_them_and_the_caller_goes_on(town: Town, carrier: Client, product: Product) -> None:
    morning(town, carrier, product, riet={"press": "1", "talk": 999}, truus=WILLING)

    joined, parted = [
        entry["at"] for entry in town.journal() if entry["kind"] in {"joined", "parted"} and entry["number"] == RIET
    ][-2:]
    assert (joined[14:19], parted[14:19]) == ("30:17", "33:17"), "three minutes"
    assert len(product.requests("/menu")) == 1


def test_a_wrong_key_during_the_talk_is_heard_by_nobody(town: Town, carrier: Client, product: Product) -> None:
    morning(town, carrier, product, riet={"press": "1", "talk": 999}, truus=WILLING, seconds=60)
    town.request("POST", f"/town/phones/{RIET}/press", {"digits": "9"})
    town.request("POST", f"/town/phones/{TRUUS}/press", {"digits": "*"})

    ignored = [(entry["resident"], entry["digits"]) for entry in town.journal() if entry["kind"] == "ignored_key"]
    assert ignored[-2:] == [("riet", "9"), ("truus", "*")]
    assert {phone["state"] for phone in town.phones()} == {"talking"}


def test_a_live_call_is_redirected(town: Town, carrier: Client, product: Product) -> None:
    sid = morning(town, carrier, product, riet={"press": "1", "talk": 999}, truus=WILLING, seconds=60)
    carrier.calls(sid).update(twiml="<Response><Say>Er is iets gebeurd.</Say></Response>")
    town.advance(10)

    assert product.statuses_told("/truus-status")[-1] == "completed", "the other side is released"
    assert product.requests("/after") == []
    assert carrier.calls(sid).fetch().status == "completed"
