"""Texts: delivered, refused, answered, stopped; and links that a volunteer opens."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from simulator.client import Town
from tests.integration.simulator.simulated_product import CIRCLE, Product

ANNEKE = "+31600001010"
LANDLINE = "+31130001211"


def send(carrier: Client, product: Product, body: str, to: str = ANNEKE) -> str:
    message = carrier.messages.create(to=to, from_=CIRCLE, body=body, status_callback=f"{product.url}/text-status")
    assert message.status == "queued"
    return str(message.sid)


def told(product: Product) -> list[str]:
    return [values["MessageStatus"] for values in product.requests("/text-status")]


def test_a_text_is_queued_sent_and_delivered(town: Town, carrier: Client, product: Product) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    sid = send(carrier, product, "Riet neemt niet op.")
    town.advance(10)

    assert told(product) == ["queued", "sent", "delivered"]
    message = carrier.messages(sid).fetch()
    assert (message.status, message.error_code, message.num_segments) == ("delivered", None, "1")
    assert town.resident("anneke").expect_text("riet").sender == CIRCLE


def test_a_text_to_nobody_is_undelivered(town: Town, carrier: Client, product: Product) -> None:
    sid = send(carrier, product, "Hallo?")
    town.advance(10)

    assert told(product) == ["queued", "sent", "undelivered"]
    assert product.requests("/text-status")[-1]["ErrorCode"] == "30003"
    assert carrier.messages(sid).fetch().error_code == 30003


@pytest.mark.parametrize(
    ("to", "sender", "body", "code"),
    [
        (LANDLINE, CIRCLE, "Hallo", 21614),
        ("", CIRCLE, "Hallo", 21604),
        (ANNEKE, "", "Hallo", 21603),
        (ANNEKE, CIRCLE, "", 21602),
        ("12", CIRCLE, "Hallo", 21211),
        (ANNEKE, "+31130000999", "Hallo", 21606),
        (ANNEKE, CIRCLE, "x" * 1601, 21617),
    ],
)
def test_what_the_carrier_refuses(town: Town, carrier: Client, *, to: str, sender: str, body: str, code: int) -> None:
    with pytest.raises(TwilioRestException) as refused:
        carrier.messages.create(to=to, from_=sender, body=body)
    assert (refused.value.code, refused.value.status) == (code, 400)


def test_after_stop_nothing_is_sent_until_start(town: Town, carrier: Client, product: Product) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    anneke = town.resident("anneke")
    anneke.send_text(CIRCLE, "Stop")
    with pytest.raises(TwilioRestException) as refused:
        send(carrier, product, "Toch nog even")
    assert refused.value.code == 21610
    anneke.send_text(CIRCLE, "START")
    send(carrier, product, "Welkom terug")
    town.advance(5)
    anneke.expect_text("welkom terug")


def test_an_incoming_text_is_announced_and_its_answer_delivered(town: Town, carrier: Client, product: Product) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE], "texts": [{"hears": "kunt u", "after": 20, "reply": "JA"}]}])
    product.scripts["/text-in"] = "<Response><Message>Dank u wel, Anneke.</Message></Response>"
    send(carrier, product, "Kunt u gaan kijken?")
    town.advance(60)

    [announced] = product.requests("/text-in")
    assert (announced["From"], announced["To"], announced["Body"]) == (ANNEKE, CIRCLE, "JA")
    assert announced["MessageSid"].startswith("SM")
    town.resident("anneke").expect_text("dank u wel")


def test_a_name_as_the_sender_cannot_be_answered(town: Town, carrier: Client) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE], "texts": [{"hears": ".", "reply": "JA"}]}])
    carrier.messages.create(to=ANNEKE, from_="Rondje", body="Kunt u gaan kijken?")
    town.advance(10)
    [refused] = [entry for entry in town.story() if entry["kind"] == "refused"]
    assert "Rondje is not one of the carrier's numbers" in refused["text"]


PAGES = {
    "/i/abc": """<form id="claim" method="post" action="/i/abc/claim">
        <input type="hidden" name="csrf" value="s3"></form>""",
    "/i/abc/claim": '<form id="arrived" method="post" action="/i/abc/arrived"></form>',
    "/i/abc/arrived": "<p>Even wachten.</p>",
}


def test_a_volunteer_opens_the_link_and_submits_one_form_after_the_other(
    town: Town, carrier: Client, product: Product
) -> None:
    visits = [{"submit": "claim", "fields": {"name": "Anneke"}}, {"after": 300, "submit": "arrived"}]
    town.settle([{"name": "anneke", "phones": [ANNEKE], "texts": [{"hears": "http", "after": 20, "visits": visits}]}])
    product.check_signatures = False
    product.scripts |= PAGES
    send(carrier, product, f"Kunt u gaan kijken? {product.url}/i/abc.")
    town.advance(400)

    assert product.requests("/i/abc/claim") == [{"csrf": "s3", "name": "Anneke"}]
    assert len(product.requests("/i/abc/arrived")) == 1
    visits_made = [entry["at"][14:19] for entry in town.journal() if entry["kind"] == "visit"]
    assert visits_made == ["30:23", "30:23", "35:23"]


def test_a_missing_form_is_looked_for_again_and_then_given_up(town: Town, carrier: Client, product: Product) -> None:
    town.settle(
        [
            {
                "name": "anneke",
                "phones": [ANNEKE],
                "texts": [{"hears": "http", "visits": [{"submit": "outcome"}, {"submit": "never"}]}],
            }
        ]
    )
    product.check_signatures = False
    product.scripts |= PAGES
    send(carrier, product, f"{product.url}/i/abc/arrived")
    town.advance(400)

    failed = [(entry["at"][14:19], entry["submit"]) for entry in town.journal() if entry["kind"] == "visit_failed"]
    assert failed == [(at, "outcome") for at in ("30:03", "30:33", "31:03", "31:33")]


def test_a_link_out_of_town_is_not_opened(town: Town, carrier: Client, product: Product) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE], "texts": [{"hears": "http", "visits": [{"submit": "x"}]}]}])
    send(carrier, product, "https://www.example.com/i/abc")
    town.advance(5)

    [failed, *_] = [entry for entry in town.journal() if entry["kind"] == "visit_failed"]
    assert "only local hosts" in failed["reason"]
