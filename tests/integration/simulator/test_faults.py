"""Failures on command: what the product has to survive."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from simulator.client import Town
from tests.integration.simulator.simulated_product import CIRCLE, Product

RIET = "+31130001211"
ALL = ["initiated", "ringing", "answered", "completed"]


@pytest.fixture(autouse=True)
def riet(town: Town) -> None:
    town.settle([{"name": "riet", "phones": [RIET], "calls": [{"pick_up": 5}]}])


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


def test_a_fault_that_does_not_exist_is_refused_in_words(town: Town) -> None:
    from simulator.client import TownAnswered

    with pytest.raises(TownAnswered, match=r"callbacks\.dubble") as refused:
        town.set_faults({"callbacks": {"dubble": True}})
    assert refused.value.status == 422
