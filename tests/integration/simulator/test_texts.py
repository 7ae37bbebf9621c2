"""Texts: delivered, refused, answered, stopped; and links that a volunteer opens."""

from __future__ import annotations

from datetime import timedelta

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


def test_a_text_is_queued_sent_and_delivered(town: Town, carrier: Client, product: Product) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    sid = send(carrier, product, "Riet neemt niet op.")
    town.advance(10)

    assert product.texts_told() == ["queued", "sent", "delivered"]
    message = carrier.messages(sid).fetch()
    assert (message.status, message.error_code, message.num_segments) == ("delivered", None, "1")
    assert town.resident("anneke").expect_text("riet").sender == CIRCLE


def test_a_text_to_nobody_is_undelivered(town: Town, carrier: Client, product: Product) -> None:
    sid = send(carrier, product, "Hallo?")
    town.advance(10)

    assert product.texts_told() == ["queued", "sent", "undelivered"]
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


@pytest.mark.parametrize("word", ["STOP", "stopall", " Unsubscribe ", "CANCEL", "End", "quit"])
def test_every_word_for_stop_stops(town: Town, carrier: Client, product: Product, word: str) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    town.resident("anneke").send_text(CIRCLE, word)
    with pytest.raises(TwilioRestException) as refused:
        send(carrier, product, "Toch nog even")
    assert (refused.value.code, refused.value.status) == (21610, 400)


@pytest.mark.parametrize("word", ["start", "Yes", "UNSTOP"])
def test_every_word_for_start_starts_again(town: Town, carrier: Client, product: Product, word: str) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    town.resident("anneke").send_text(CIRCLE, "STOP")
    town.resident("anneke").send_text(CIRCLE, word)
    send(carrier, product, "Welkom terug")


def test_a_sentence_with_stop_in_it_does_not_stop(town: Town, carrier: Client, product: Product) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    town.resident("anneke").send_text(CIRCLE, "Ik stop ermee")
    send(carrier, product, "Jammer")


def test_stop_is_for_one_number_of_the_carrier_only(town: Town, carrier: Client, product: Product) -> None:
    town.own_numbers({"number": CIRCLE, "sms_url": f"{product.url}/text-in"}, {"number": "+31130000101"})
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    town.resident("anneke").send_text(CIRCLE, "STOP")
    carrier.messages.create(to=ANNEKE, from_="+31130000101", body="Van het andere nummer")


def test_the_product_is_told_of_these_words(town: Town, product: Product) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    for said in ("Stop", "HULP", "help", "start", "JA"):
        town.resident("anneke").send_text(CIRCLE, said)
        town.advance(1)
    told = [(values["Body"], values.get("OptOutType")) for values in product.requests("/text-in")]
    assert told == [("Stop", "STOP"), ("HULP", None), ("help", "HELP"), ("start", "START"), ("JA", None)]


def test_the_carrier_answers_such_a_word_itself_if_it_is_told_to(town: Town, product: Product) -> None:
    product.scripts["/text-in"] = "<Response><Message>Van de kring.</Message></Response>"
    replies = {"STOP": "U krijgt geen berichten meer. Antwoord START om ze weer te krijgen."}
    town.own_numbers({"number": CIRCLE, "sms_url": f"{product.url}/text-in", "keyword_replies": replies})
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    town.resident("anneke").send_text(CIRCLE, "STOP")
    town.resident("anneke").expect_text("geen berichten meer")
    town.advance(10)
    [refused] = [entry for entry in town.story() if entry["kind"] == "refused"]
    assert refused["code"] == 21610, "the product's own answer is not sent after STOP"


def test_a_text_of_four_kilobytes_comes_in_pieces_and_nothing_is_lost(town: Town, product: Product) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    body = "".join(f"{number:04d} " for number in range(820))
    town.resident("anneke").send_text(CIRCLE, body)
    town.advance(1)

    told = product.requests("/text-in")
    assert "".join(values["Body"] for values in told) == body
    assert [(len(values["Body"]), values["NumSegments"]) for values in told] == [
        (1530, "10"),
        (1530, "10"),
        (1040, "7"),
    ]
    assert len({values["MessageSid"] for values in told}) == 3


@pytest.mark.parametrize("body", ["Alles goed 👩‍🦳🙂", "كل شيء على ما يرام", "\u202eomgekeerd", "a\nb", "100% & 'JA'"])
def test_any_script_arrives_as_it_was_typed(town: Town, carrier: Client, product: Product, body: str) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    town.resident("anneke").send_text(CIRCLE, body)
    send(carrier, product, body)
    town.advance(5)
    assert product.requests("/text-in")[0]["Body"] == body
    assert town.resident("anneke").expect_text().body == body


def test_what_a_text_counts_for(town: Town, carrier: Client, product: Product) -> None:
    sids = [send(carrier, product, body) for body in ("a" * 160, "a" * 161, "€" * 80, "€" * 81, "🙂" * 36)]
    found = [carrier.messages(sid).fetch() for sid in sids]
    assert [(text.num_segments, text.price) for text in found] == [(n, None) for n in ("1", "2", "1", "2", "2")]


def test_a_text_can_be_emptied_and_deleted_once_it_has_arrived(town: Town, carrier: Client, product: Product) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    sid = send(carrier, product, "Riet neemt niet op.")
    for too_early in (carrier.messages(sid).delete, lambda: carrier.messages(sid).update(body="")):
        with pytest.raises(TwilioRestException) as refused:
            too_early()
        assert (refused.value.code, refused.value.status) == (20009, 409)
    town.advance(5)
    assert carrier.messages(sid).update(body="").body == ""
    with pytest.raises(TwilioRestException):
        carrier.messages(sid).update(body="iets anders")
    assert carrier.messages(sid).delete()
    assert carrier.messages.list() == []


def test_lists_of_texts_are_filtered_and_paged(town: Town, carrier: Client, product: Product) -> None:
    town.settle([{"name": "anneke", "phones": [ANNEKE]}])
    mine = [send(carrier, product, str(number)) for number in range(5)]
    town.advance(86_400)
    later = send(carrier, product, "later")
    assert [text.sid for text in carrier.messages.list(page_size=2)] == [later, *mine[::-1]]
    assert [text.sid for text in carrier.messages.list(limit=3)] == [later, *mine[:2:-1]]
    day = carrier.messages(mine[0]).fetch().date_sent
    assert [text.sid for text in carrier.messages.list(date_sent=day.date())] == mine[::-1]
    assert carrier.messages.list(date_sent_after=day + timedelta(hours=1)) == [], "the latest is not sent yet"
    assert carrier.messages.list(to=CIRCLE) == []
