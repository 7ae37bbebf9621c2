"""Failures on command: what the product has to survive."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from simulator.client import Town, TownAnswered
from tests.integration.simulator.simulated_product import CIRCLE, MORNING, Product

RIET, TRUUS = "+31130001211", "+31600001002"
ALL = ["initiated", "ringing", "answered", "completed"]


@pytest.fixture(autouse=True)
def riet(town: Town) -> None:
    town.settle(
        [
            {"name": "riet", "phones": [RIET], "calls": [{"pick_up": 5}]},
            {"name": "truus", "phones": [TRUUS], "texts": [{"hears": "goedemorgen"}]},
        ]
    )


def ring(carrier: Client, product: Product) -> str:
    call = carrier.calls.create(
        to=RIET,
        from_=CIRCLE,
        twiml="<Response><Say>Goedemorgen.</Say></Response>",
        status_callback=f"{product.url}/status",
        status_callback_event=ALL,
    )
    return str(call.sid)


def test_late_callbacks(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"callbacks": {"late": 40}})
    ring(carrier, product)
    town.advance(39)
    assert product.statuses_told() == []
    town.advance(200)
    assert product.statuses_told() == ["initiated", "ringing", "in-progress", "completed"]


def test_doubled_callbacks(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"callbacks": {"double": True}})
    ring(carrier, product)
    town.advance(60)
    assert product.statuses_told()[-4:] == ["in-progress", "in-progress", "completed", "completed"]


def test_lost_callbacks(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"callbacks": {"drop": ["answered", "completed"]}})
    ring(carrier, product)
    town.advance(60)
    assert product.statuses_told() == ["initiated", "ringing"]


def test_reordered_callbacks_keep_their_sequence_numbers(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"callbacks": {"reorder": True}})
    ring(carrier, product)
    town.advance(60)
    assert [values["SequenceNumber"] for values in product.requests("/status")] == ["1", "0", "3", "2"]


def test_a_callback_that_outruns_the_answer(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"callbacks": {"before_rest_answer": True}})
    sid = ring(carrier, product)
    assert [values["CallSid"] for values in product.requests("/status")][:1] == [sid]


def test_too_many_requests_before_acceptance(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"rest": {"fail_next": [{"status": 429}]}})
    with pytest.raises(TwilioRestException) as refused:
        ring(carrier, product)
    assert (refused.value.code, refused.value.status) == (20429, 429)
    assert town.accepted() == []
    ring(carrier, product)
    assert len(town.accepted()) == 1


def test_a_server_error_after_acceptance_rings_all_the_same(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"rest": {"fail_next": [{"status": 500, "after_acceptance": True}]}})
    with pytest.raises(TwilioRestException) as refused:
        ring(carrier, product)
    assert refused.value.status == 500
    town.advance(60)
    assert product.statuses_told()[-1] == "completed"
    assert len(carrier.calls.list(to=RIET)) == 1, "what reconciliation finds"


def test_a_request_that_is_never_answered(town: Town, carrier: Client, product: Product, simulator_url: str) -> None:
    town.set_faults({"rest": {"hang_next": 1}})
    hasty = Client(carrier.username, carrier.password, http_client=TwilioHttpClient(timeout=0.5))
    hasty.api.base_url = simulator_url
    with pytest.raises((TwilioException, OSError)):
        ring(hasty, product)
    assert len(town.accepted()) == 1


def test_an_outage_refuses_everything_and_loses_callbacks(town: Town, carrier: Client, product: Product) -> None:
    ring(carrier, product)
    town.advance(1)
    town.set_faults({"outage": {"from_now": 1, "for": 60}})
    town.advance(30)
    with pytest.raises(TwilioRestException) as refused:
        ring(carrier, product)
    assert refused.value.status == 503
    assert product.statuses_told() == ["initiated", "ringing"]
    town.advance(40)
    ring(carrier, product)
    town.advance(40)
    assert product.statuses_told()[-1] == "completed"


def text(carrier: Client, product: Product) -> str:
    """A text to somebody who has a mobile."""
    message = carrier.messages.create(
        to=TRUUS, from_=CIRCLE, body="Goedemorgen", status_callback=f"{product.url}/text-status"
    )
    return str(message.sid)


@pytest.mark.parametrize(
    ("callbacks", "told"),
    [
        ({"reorder": True}, ["sent", "queued", "delivered"]),
        ({"double": True}, ["queued", "queued", "sent", "sent", "delivered", "delivered"]),
        ({"drop": ["delivered"]}, ["queued", "sent"]),
        ({"drop": 1.0}, []),
        ({"reorder": True, "of": ["call"]}, ["queued", "sent", "delivered"]),
    ],
)
def test_callbacks_of_texts_go_wrong_as_those_of_calls_do(
    town: Town, carrier: Client, product: Product, callbacks: dict[str, object], told: list[str]
) -> None:
    town.set_faults({"callbacks": callbacks})
    text(carrier, product)
    town.advance(60)
    assert product.texts_told() == told


def test_a_callback_of_a_text_that_outruns_the_answer(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"callbacks": {"before_rest_answer": True}})
    sid = text(carrier, product)
    assert [values["MessageSid"] for values in product.requests("/text-status")][:1] == [sid]


def test_every_callback_is_late_by_itself(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"callbacks": {"late": 40}})
    ring(carrier, product)
    town.advance(45.5)
    assert product.statuses_told() == ["initiated", "ringing", "in-progress"], "not one after the other's lateness"


def test_lateness_drawn_from_the_seed(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"callbacks": {"late": {"between": [100, 200]}}})
    ring(carrier, product)
    town.advance(99)
    assert product.statuses_told() == []
    town.advance(120)
    assert product.statuses_told() == ["initiated", "ringing", "in-progress", "completed"]


def test_the_only_callback_asked_for_is_not_held_back_for_ever(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"callbacks": {"reorder": True}})
    carrier.calls.create(
        to=RIET,
        from_=CIRCLE,
        twiml="<Response/>",
        status_callback=f"{product.url}/status",
        status_callback_event=["initiated"],
    )
    town.advance(60)
    assert product.statuses_told() == ["initiated"]


def script_call(carrier: Client, product: Product) -> None:
    """A call whose script is the product's."""
    product.scripts |= {
        "/voice": "<Response><Say>Goedemorgen.</Say></Response>",
        "/fallback": "<Response><Say>Bel uw contactpersoon.</Say></Response>",
    }
    carrier.calls.create(to=RIET, from_=CIRCLE, url=f"{product.url}/voice", fallback_url=f"{product.url}/fallback")


def heard(town: Town) -> list[tuple[str, str]]:
    return [(entry["at"][14:19], entry["text"]) for entry in town.journal() if entry["kind"] == "hears"]


def test_a_late_request_for_twiml_is_silence_on_the_line(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"twiml": {"late": 12}})
    script_call(carrier, product)
    town.advance(60)
    assert heard(town) == [("30:17", "Goedemorgen.")], "five seconds of ringing, twelve of silence"


def test_a_lost_answer_is_asked_for_again(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"twiml": {"double": True, "times": 1}})
    script_call(carrier, product)
    town.advance(60)
    assert len(product.requests("/voice")) == 2
    assert heard(town) == [("30:05", "Goedemorgen.")]


def test_a_lost_request_for_twiml_leads_to_the_fallback(town: Town, carrier: Client, product: Product) -> None:
    town.set_faults({"twiml": {"drop": 1.0}})
    script_call(carrier, product)
    town.advance(60)
    assert product.requests("/voice") == []
    [asked] = product.requests("/fallback")
    assert (asked["ErrorCode"], asked["ErrorUrl"]) == ("11200", f"{product.url}/voice")
    assert heard(town) == [("30:05", "Bel uw contactpersoon.")]


def test_an_incoming_call_and_text_use_the_fallback_of_the_number(town: Town, product: Product) -> None:
    product.scripts |= {
        "/call-fallback": "<Response><Say>Bel uw contactpersoon.</Say></Response>",
        "/text-fallback": "<Response><Message>Bel uw contactpersoon.</Message></Response>",
    }
    product.statuses |= {"/ring-in": [500, 500], "/text-in": [500, 500]}
    town.own_numbers(
        {
            "number": CIRCLE,
            "voice_url": f"{product.url}/ring-in",
            "sms_url": f"{product.url}/text-in",
            "fallback_url": f"{product.url}/call-fallback",
            "sms_fallback_url": f"{product.url}/text-fallback",
        }
    )
    town.resident("truus").ring_in(CIRCLE).hears("contactpersoon")
    town.resident("truus").send_text(CIRCLE, "HULP")
    town.resident("truus").expect_text("contactpersoon")
    assert (len(product.requests("/ring-in")), len(product.requests("/text-in"))) == (2, 2), "one retry each"
    [asked] = product.requests("/text-fallback")
    assert (asked["Body"], asked["ErrorUrl"]) == ("HULP", f"{product.url}/text-in")


def test_a_callback_that_is_not_taken_is_tried_once_more(town: Town, carrier: Client, product: Product) -> None:
    product.statuses["/status"] = [500, 200, 503, 503]
    ring(carrier, product)
    town.advance(60)
    assert product.statuses_told() == ["initiated", "initiated", "ringing", "ringing", "in-progress", "completed"]


@pytest.fixture
def hasty(carrier: Client, simulator_url: str) -> Client:
    """A client that does not wait for long."""
    client = Client(carrier.username, carrier.password, http_client=TwilioHttpClient(timeout=0.5))
    client.api.base_url = simulator_url
    return client


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize("how", ["silence", "broken", "garbage"])
def test_a_request_that_comes_to_nothing(
    town: Town, hasty: Client, carrier: Client, product: Product, *, how: str, accepted: bool
) -> None:
    town.fail_next(how=how, after_acceptance=accepted)
    with pytest.raises((TwilioException, OSError, ValueError)):
        ring(hasty, product)
    assert len(town.accepted()) == accepted
    assert len(carrier.calls.list(to=RIET)) == accepted, "what reconciliation finds"


@pytest.mark.parametrize("accepted", [False, True])
def test_an_error_with_and_without_acceptance(town: Town, carrier: Client, product: Product, accepted: bool) -> None:
    town.fail_next(500, after_acceptance=accepted)
    with pytest.raises(TwilioRestException) as refused:
        text(carrier, product)
    assert (refused.value.code, refused.value.status) == (20500, 500)
    assert [one["kind"] for one in town.accepted()] == ["text"] * accepted


def test_failures_for_some_requests_only(town: Town, carrier: Client, product: Product) -> None:
    failures = [{"status": 503, "of": ["text"]}, {"status": 500, "requests": ["list"]}, {"status": 429, "to": TRUUS}]
    town.set_faults({"rest": {"fail_next": failures}})
    ring(carrier, product)
    with pytest.raises(TwilioRestException, match="503"):
        text(carrier, product)
    with pytest.raises(TwilioException, match="500"):
        carrier.calls.list()
    with pytest.raises(TwilioRestException, match="429"):
        text(carrier, product)
    text(carrier, product)
    assert len(carrier.calls.list()) == 1


def test_answers_that_come_late(town: Town, hasty: Client, carrier: Client, product: Product) -> None:
    town.set_faults({"rest": {"late": 0.7}})
    with pytest.raises((TwilioException, OSError)):
        ring(hasty, product)
    ring(carrier, product)
    assert len(town.accepted()) == 2


def test_an_outage_that_holds_callbacks_back(town: Town, carrier: Client, product: Product) -> None:
    ring(carrier, product)
    text(carrier, product)
    town.advance(0)
    town.outage(20, callbacks="held")
    town.resident("truus").send_text(CIRCLE, "HULP")
    town.advance(19 * 60)
    assert product.requests("/text-in") == []
    assert (product.statuses_told(), product.texts_told()) == (["initiated", "ringing"], ["queued"])
    town.advance(70)
    assert product.statuses_told() == ["initiated", "ringing", "in-progress", "completed"]
    assert product.texts_told() == ["queued", "sent", "delivered"]
    assert [asked["Body"] for asked in product.requests("/text-in")] == ["HULP"]


def test_calls_in_the_queue_wait_for_the_end_of_an_outage(town: Town, carrier: Client, product: Product) -> None:
    sids = [ring(carrier, product) for _ in range(3)]
    town.advance(0)
    town.outage(1)
    town.advance(59)
    assert [what_happened(town, sid) for sid in sids[1:]] == [[], []]
    town.advance(10)
    started = [carrier.calls(sid).fetch().start_time.timestamp() - MORNING for sid in sids]
    assert started == [0, 60, 61], "then one after the other again"


def what_happened(town: Town, sid: str) -> list[str]:
    """What happened in a call."""
    return [entry["kind"] for entry in town.journal() if entry.get("call_sid") == sid and entry["kind"] != "webhook"]


def test_an_outage_that_loses_texts_that_come_in(town: Town, product: Product) -> None:
    town.outage(20)
    town.resident("truus").send_text(CIRCLE, "HULP")
    town.advance(30 * 60)
    assert product.requests("/text-in") == []


@pytest.mark.parametrize("how", ["silence", "broken", "garbage"])
def test_an_outage_may_show_in_other_ways_than_an_error(town: Town, hasty: Client, product: Product, how: str) -> None:
    town.outage(5, rest=how)
    for ask in (lambda: ring(hasty, product), hasty.calls.list):
        with pytest.raises((TwilioException, OSError, ValueError)):
            ask()
    town.advance(301)
    assert hasty.calls.list() == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"callbacks": {"dubble": True}}, r"callbacks\.dubble"),
        ({"rest": {"fail_next": [{"how": "silence", "status": 500}]}}, "belongs to 'how: error'"),
        ({"twiml": {"reorder": True}}, r"twiml\.reorder"),
        ({"outage": {"rest": "error"}}, r"outage\.for"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_words(town: Town, wrong: dict[str, object], words: str) -> None:
    with pytest.raises(TownAnswered, match=words) as refused:
        town.set_faults(wrong)
    assert refused.value.status == 422
