"""What goes wrong with scripts: retries, fallback, verbs that are refused loudly."""

from __future__ import annotations

import pytest
from twilio.rest import Client

from simulator.client import Town
from tests.integration.simulator.simulated_product import CIRCLE, Product

RIET = "+31130001211"
APOLOGY = "We are sorry, an application error has occurred. Goodbye."


def ring(town: Town, carrier: Client, url: str, *, press: str | None = None, **options: str) -> list[str]:
    """Rings Riet with the script at `url`; answers the sentences she hears."""
    before = town.journal()[-1]["n"]
    town.settle([{"name": "riet", "phones": [RIET], "calls": [{"pick_up": 5, "press": press}]}])
    carrier.calls.create(to=RIET, from_=CIRCLE, url=url, **options)
    town.advance(120)
    return [entry["text"] for entry in town.journal(before) if entry["kind"] == "hears"]


def errors(town: Town) -> list[str]:
    return [entry["text"] for entry in town.journal() if entry["kind"] == "error"]


def test_a_failed_request_is_tried_once_more(town: Town, carrier: Client, product: Product) -> None:
    product.scripts["/start"] = "<Response><Say>Goedemorgen.</Say></Response>"
    product.statuses["/start"] = [503]
    assert ring(town, carrier, f"{product.url}/start") == ["Goedemorgen."]
    assert len(product.requests("/start")) == 2


def test_the_fallback_is_asked_after_two_failures(town: Town, carrier: Client, product: Product) -> None:
    product.statuses["/start"] = [500, 500]
    product.scripts["/fallback"] = "<Response><Say>Bel de vrijwilliger.</Say></Response>"
    heard = ring(town, carrier, f"{product.url}/start", fallback_url=f"{product.url}/fallback")
    assert heard == ["Bel de vrijwilliger."]
    assert product.requests("/fallback")[0]["ErrorCode"] == "11200"


def test_without_a_fallback_an_apology_is_heard(town: Town, carrier: Client, product: Product) -> None:
    product.statuses["/start"] = [500, 500]
    assert ring(town, carrier, f"{product.url}/start") == [APOLOGY]


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("<Response><Record/></Response>", "<Record> is not played"),
        ("<Response><Say>Hoi", "not well-formed"),
        ("", "not well-formed"),
        ('<Response><Gather input="speech"/></Response>', "input='speech'"),
        ("<Response><Dial><Sip>sip:koffie@example.org</Sip></Dial></Response>", "one telephone number"),
        ('<Response><Dial><Conference waitUrl="/wals">koffie</Conference></Dial></Response>', "waitUrl="),
        ("<Response><Dial><Conference/></Dial></Response>", "the room's name"),
        ('<Response><Dial record="record-from-answer">+31600001002</Dial></Response>', "record="),
        ('<!DOCTYPE x [<!ENTITY a "b">]><Response/>', "document type"),
    ],
)
def test_what_is_not_played_is_refused_loudly(
    town: Town, carrier: Client, product: Product, script: str, complaint: str
) -> None:
    product.scripts["/start"] = script
    assert ring(town, carrier, f"{product.url}/start")[-1] == APOLOGY
    assert complaint in errors(town)[-1]


def test_a_dial_inside_a_screening_script_is_refused(town: Town, carrier: Client, product: Product) -> None:
    product.scripts |= {
        "/start": '<Response><Dial><Number url="/screen">+31600001002</Number></Dial></Response>',
        "/screen": "<Response><Dial>+31600001003</Dial></Response>",
    }
    town.settle(
        [
            {"name": "riet", "phones": [RIET], "calls": [{"pick_up": 1}]},
            {"name": "truus", "phones": ["+31600001002"], "calls": [{"pick_up": 1}]},
        ]
    )
    carrier.calls.create(to=RIET, from_=CIRCLE, url=f"{product.url}/start")
    town.advance(60)
    assert "<Dial> is not allowed in a screening script." in errors(town)
    assert [entry for entry in town.journal()[-20:] if entry["kind"] == "joined"] == []


def test_a_key_during_speech_ends_it(town: Town, carrier: Client, product: Product) -> None:
    long_prompt = "Druk op 1. " * 60
    product.scripts["/start"] = (
        f'<Response><Gather numDigits="1" action="/key" method="GET"><Say>{long_prompt}</Say></Gather></Response>'
    )
    product.scripts["/key"] = "<Response/>"
    ring(town, carrier, f"{product.url}/start", press="1")
    pressed = next(entry for entry in reversed(town.journal()) if entry["kind"] == "pressed")
    ended = next(entry for entry in reversed(town.journal()) if entry["kind"] == "call_ended")
    assert pressed["at"] == ended["at"]
    assert product.heard[-1].method == "GET"
    assert product.heard[-1].values["Digits"] == "1"


@pytest.mark.parametrize(
    ("attributes", "pressed", "digits"),
    [
        ('numDigits="4"', "1234", "1234"),
        ('finishOnKey="#"', "12#", "12"),
        ('timeout="3"', "12", "12"),
        ('finishOnKey="" numDigits="1"', "#", "#"),
        ('actionOnEmptyResult="true" timeout="3"', None, ""),
    ],
)
def test_when_an_answer_is_complete(
    town: Town, carrier: Client, product: Product, *, attributes: str, pressed: str | None, digits: str
) -> None:
    product.scripts["/start"] = f'<Response><Gather {attributes} action="/key"><Say>Uw keuze?</Say></Gather></Response>'
    product.scripts["/key"] = "<Response/>"
    ring(town, carrier, f"{product.url}/start", press=pressed)
    assert [values["Digits"] for values in product.requests("/key")] == [digits]


def test_a_script_that_redirects_for_ever_ends(town: Town, carrier: Client, product: Product) -> None:
    product.scripts["/start"] = "<Response><Redirect>/start</Redirect></Response>"
    assert ring(town, carrier, f"{product.url}/start") == [APOLOGY]
