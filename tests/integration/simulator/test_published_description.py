"""Every answer of the REST API is what Twilio's published description says: fields, types, formats, addresses."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from simulator.client import Town
from tests.integration.simulator.published import DESCRIPTION, Published, Recorder
from tests.integration.simulator.simulated_product import ACCOUNT, CIRCLE, TOKEN, Product

RIET, TRUUS, SJEF, ANNEKE = "+31130001211", "+31600001002", "+31600001003", "+31600001010"
TALK = "<Response><Say>Goedemorgen.</Say><Dial><Number>+31600001010</Number></Dial></Response>"

pytestmark = pytest.mark.skipif(not DESCRIPTION.exists(), reason="the published description is not beside the project")


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def carrier(simulator_url: str, recorder: Recorder) -> Client:
    client = Client(ACCOUNT, TOKEN, http_client=recorder)
    client.api.base_url = simulator_url
    return client


@pytest.fixture
def told(town: Town, carrier: Client, product: Product) -> None:
    """A morning in which calls and texts come into every state that they can have, looked at all the while."""
    town.settle(
        [
            {"name": "riet", "phones": [RIET], "calls": [{"pick_up": 5}]},
            {"name": "truus", "phones": [TRUUS], "calls": ["no_answer", "busy", "phone_off"]},
            {"name": "anneke", "phones": [ANNEKE], "calls": [{"pick_up": 2, "talk": 30}]},
        ]
    )
    product.scripts["/text-in"] = "<Response><Message>Dank u wel.</Message></Response>"
    calls = [ring(carrier, RIET, TALK), *(ring(carrier, TRUUS) for _ in range(4)), ring(carrier, SJEF)]
    carrier.calls(ring(carrier, SJEF)).update(status="canceled")
    texts = [carrier.messages.create(to=to, from_=CIRCLE, body="Kunt u gaan kijken? 🙂") for to in (ANNEKE, SJEF)]
    carrier.messages.create(to=ANNEKE, from_="Rondje", body="Goedemorgen")
    town.resident("anneke").send_text(CIRCLE, "JA")
    town.resident("anneke").ring_in(CIRCLE, withheld="anonymous")
    for _ in range(8):
        town.advance(10)
        for sid in calls:
            carrier.calls(sid).fetch()
        for text in texts:
            carrier.messages(text.sid).fetch()
    carrier.calls.list(page_size=3)
    carrier.calls.list(status="completed")
    carrier.messages.list(page_size=2)
    carrier.messages(texts[0].sid).update(body="")
    carrier.messages(texts[1].sid).delete()
    carrier.calls(calls[0]).delete()
    carrier.api.accounts(ACCOUNT).fetch()


def ring(carrier: Client, to: str, twiml: str = "<Response><Say>Goedemorgen.</Say></Response>") -> str:
    return str(carrier.calls.create(to=to, from_=CIRCLE, twiml=twiml, timeout=10).sid)


@pytest.mark.usefixtures("told")
def test_every_answer_is_as_described(recorder: Recorder) -> None:
    published = Published()

    assert {published.operation(exchange) for exchange in recorder.seen} == {
        *("CreateCall", "ListCall", "FetchCall", "UpdateCall", "DeleteCall"),
        *("CreateMessage", "ListMessage", "FetchMessage", "UpdateMessage", "DeleteMessage"),
        "FetchAccount",
    }
    found = {
        f"{published.operation(exchange)}: {mistake}"
        for exchange in recorder.seen
        for mistake in published.mistakes(exchange)
    }
    assert found == set()


@pytest.mark.usefixtures("told")
def test_the_morning_has_shown_every_state(recorder: Recorder) -> None:
    shown = [json.loads(exchange.text) for exchange in recorder.seen if exchange.text]
    assert {one["status"] for one in items(shown, "calls")} == {
        *("queued", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled"),
    }
    assert {one["direction"] for one in items(shown, "calls")} == {"outbound-api", "outbound-dial", "inbound"}
    assert {one["status"] for one in items(shown, "messages")} == {"queued", "delivered", "undelivered", "received"}
    assert {one["direction"] for one in items(shown, "messages")} == {"outbound-api", "outbound-reply", "inbound"}


def items(shown: list[dict[str, Any]], collection: str) -> list[dict[str, Any]]:
    """The items of all lists, and what was shown alone."""
    kind = {"calls": "CA", "messages": "SM"}[collection]
    alone = [one for one in shown if str(one.get("sid", "")).startswith(kind)]
    return alone + [item for one in shown for item in one.get(collection, [])]


@pytest.mark.usefixtures("told")
def test_a_refusal_has_twilios_error_body(carrier: Client, recorder: Recorder) -> None:
    with pytest.raises(TwilioRestException):
        carrier.calls.create(to="buurvrouw", from_=CIRCLE, twiml=TALK)
    refused = recorder.seen[-1]
    assert (refused.status, json.loads(refused.text)) == (
        400,
        {
            "code": 21211,
            "message": "The 'To' number buurvrouw is not a valid phone number.",
            "more_info": "https://www.twilio.com/docs/errors/21211",
            "status": 400,
        },
    )


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("status", "ended"),
        ("date_created", "2026-11-23T07:30:00Z"),
        ("duration", 5),
        ("sid", "CA12"),
        ("subresource_uris", {"events": "http://127.0.0.1/Events.json"}),
        ("surprise", 1),
    ],
)
def test_a_wrong_answer_would_be_noticed(recorder: Recorder, name: str, wrong: object) -> None:
    published = Published()
    good = next(one for one in recorder.seen if published.operation(one) == "FetchCall")
    bad = dataclasses.replace(good, text=json.dumps(json.loads(good.text) | {name: wrong}))

    assert published.mistakes(good) == []
    assert published.mistakes(bad) != []
