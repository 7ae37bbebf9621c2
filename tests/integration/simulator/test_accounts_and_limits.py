"""Several accounts in one town, each with its own credentials, numbers and limits."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from simulator.client import Town, TownAnswered
from tests.integration.simulator.by_sdk import ring, status
from tests.integration.simulator.conftest import Starter
from tests.integration.simulator.simulated_product import ACCOUNT, CIRCLE, MORNING, TOKEN, Product

RIET, TRUUS = "+31130001211", "+31600001002"
LONG_TALK = '<Response><Pause length="300"/></Response>'
SECOND = "AC" + "0" * 24 + "00002222"
SECOND_TOKEN = "simulator-second"
SECOND_CIRCLE = "+31130000200"


@pytest.fixture(autouse=True)
def residents(town: Town) -> None:
    town.settle(
        [
            {"name": "riet", "phones": [RIET], "calls": [{"pick_up": 5}]},
            {"name": "truus", "phones": [TRUUS], "calls": ["no_answer"], "call_waiting": True},
        ]
    )


@pytest.fixture
def second_product(product: Product) -> Product:
    """The same product; its signatures are now those of the second account, so they are checked in the test."""
    product.check_signatures = False
    return product


@pytest.fixture
def second(town: Town, simulator_url: str, second_product: Product) -> Client:
    """The SDK with the credentials of a second account."""
    town.add_account("second", SECOND, SECOND_TOKEN)
    numbers = {
        "number": SECOND_CIRCLE,
        "voice_url": f"{second_product.url}/ring-in",
        "sms_url": f"{second_product.url}/text-in",
    }
    town.own_numbers(numbers, account="second")
    return client(simulator_url, SECOND, SECOND_TOKEN)


def client(url: str, sid: str, token: str) -> Client:
    made = Client(sid, token, http_client=TwilioHttpClient(timeout=5))
    made.api.base_url = url
    return made


def test_the_queue_keeps_its_order_and_says_how_long_a_call_waited(town: Town, carrier: Client) -> None:
    town.set_limits(calls_per_second=0.5)
    sids = [ring(carrier, TRUUS) for _ in range(4)]
    town.advance(60)
    found = [carrier.calls(sid).fetch() for sid in sids]
    assert [call.queue_time for call in found] == ["0", "2000", "4000", "6000"]
    assert [call.start_time.timestamp() - MORNING for call in found] == [0, 2, 4, 6]


def test_callbacks_begin_only_when_a_call_leaves_the_queue(town: Town, carrier: Client, product: Product) -> None:
    asked = {"status_callback": f"{product.url}/status", "status_callback_event": ["initiated", "completed"]}
    ring(carrier, TRUUS)
    ring(carrier, TRUUS, **asked)
    town.advance(0.9)
    assert product.statuses_told() == []
    town.advance(0.1)
    assert product.statuses_told() == ["initiated"]


def test_a_cancelled_call_does_not_use_up_its_turn(town: Town, carrier: Client) -> None:
    ring(carrier, TRUUS)
    cancelled, waiting = ring(carrier, TRUUS), ring(carrier, TRUUS)
    carrier.calls(cancelled).update(status="canceled")
    town.advance(1)
    assert status(carrier, waiting) == "ringing"


def test_another_rate_counts_at_once_for_those_who_wait(town: Town, carrier: Client) -> None:
    town.set_limits(calls_per_second=0.001)
    _first, second = ring(carrier, TRUUS), ring(carrier, TRUUS)
    town.advance(1)
    town.set_limits(calls_per_second=10)
    town.advance(0)
    assert status(carrier, second) == "ringing"


def test_a_call_that_waits_for_a_day_is_cancelled(town: Town, carrier: Client, product: Product) -> None:
    town.set_limits(calls_per_second=0.00001)
    ring(carrier, TRUUS)
    sid = ring(carrier, TRUUS, status_callback=f"{product.url}/status")
    town.advance(100_001)
    assert (status(carrier, sid), product.statuses_told()) == ("canceled", ["canceled"])


def test_more_live_legs_than_allowed_are_refused(town: Town, carrier: Client) -> None:
    town.set_limits(live_legs=2, calls_per_second=10)
    for _ in range(2):
        ring(carrier, TRUUS)
        town.advance(1)
    with pytest.raises(TwilioRestException) as refused:
        ring(carrier, RIET)
    assert (refused.value.code, refused.value.status) == (10004, 400)
    assert len(town.accepted()) == 2
    town.advance(60)
    ring(carrier, RIET)


def test_or_they_are_accepted_and_fail_when_their_turn_comes(town: Town, carrier: Client, product: Product) -> None:
    town.set_limits(live_legs=1, when_full="failed")
    ring(carrier, TRUUS)
    town.advance(5)
    sid = ring(carrier, RIET, status_callback=f"{product.url}/status")
    town.advance(5)
    assert (status(carrier, sid), product.statuses_told()) == ("failed", ["failed"])
    assert [entry["code"] for entry in town.journal() if entry["kind"] == "error"] == [10004]


def test_a_dialled_leg_and_an_incoming_call_count_as_well(town: Town, carrier: Client, product: Product) -> None:
    town.set_limits(live_legs=1)
    dial = f'<Response><Dial action="{product.url}/after">{TRUUS}</Dial></Response>'
    ring(carrier, RIET, twiml=dial)
    town.advance(10)
    assert [told["DialCallStatus"] for told in product.requests("/after")] == ["failed"]

    ring(carrier, TRUUS)
    town.advance(2)
    assert town.resident("riet").ring_in(CIRCLE).expect_end() == "failed"
    assert product.requests("/ring-in") == []


def test_countries_that_the_account_may_not_reach(town: Town, carrier: Client) -> None:
    town.set_limits(permitted=["+31"])
    for ask, code in (
        (lambda: ring(carrier, "+46701740605"), 21215),
        (lambda: carrier.messages.create(to="+46701740605", from_=CIRCLE, body="Hej"), 21408),
    ):
        with pytest.raises(TwilioRestException) as refused:
            ask()
        assert (refused.value.code, refused.value.status) == (code, 400)
    ring(carrier, RIET)


def test_a_second_account_rings_the_same_town_at_its_own_rate(
    town: Town, carrier: Client, second: Client, second_product: Product
) -> None:
    mine, theirs = ring(carrier, RIET), ring(second, TRUUS, from_=SECOND_CIRCLE)
    town.advance(0)
    assert (status(carrier, mine), status(second, theirs)) == ("ringing", "ringing"), "two queues"
    busy = ring(second, RIET, from_=SECOND_CIRCLE)
    town.advance(1)
    assert status(second, busy) == "busy", "one town"


def test_accounts_see_nothing_of_each_other(town: Town, carrier: Client, second: Client) -> None:
    mine = ring(carrier, RIET)
    text = carrier.messages.create(to=TRUUS, from_=CIRCLE, body="Hallo").sid
    assert (second.calls.list(), second.messages.list()) == ([], [])
    for ask in (
        lambda: second.calls(mine).fetch(),
        lambda: second.calls(mine).update(status="completed"),
        lambda: second.messages(text).fetch(),
        lambda: second.messages(text).delete(),
    ):
        with pytest.raises(TwilioRestException) as refused:
            ask()
        assert (refused.value.code, refused.value.status) == (20404, 404)
    with pytest.raises(TwilioRestException) as not_theirs:
        ring(second, RIET, from_=CIRCLE)
    assert not_theirs.value.code == 21210


def test_webhooks_are_signed_with_the_token_of_their_account(
    town: Town, second: Client, second_product: Product
) -> None:
    second_product.token = SECOND_TOKEN
    ring(second, RIET, from_=SECOND_CIRCLE, status_callback=f"{second_product.url}/status")
    second.messages.create(
        to=TRUUS, from_=SECOND_CIRCLE, body="Hallo", status_callback=f"{second_product.url}/text-status"
    )
    town.resident("truus").ring_in(SECOND_CIRCLE)
    town.resident("truus").send_text(SECOND_CIRCLE, "JA")
    town.advance(60)
    assert {one.path for one in second_product.heard} == {"/status", "/text-status", "/ring-in", "/text-in"}
    assert all(one.signed and one.values["AccountSid"] == SECOND for one in second_product.heard)


def test_when_the_first_account_fails_the_second_still_works(town: Town, carrier: Client, second: Client) -> None:
    town.outage(20, account="first")
    with pytest.raises(TwilioRestException) as refused:
        ring(carrier, RIET)
    assert refused.value.status == 503
    sid = ring(second, RIET, from_=SECOND_CIRCLE, twiml=LONG_TALK)
    town.advance(6)
    assert status(second, sid) == "in-progress"


def test_what_is_wrong_with_an_account_is_said(town: Town, second: Client) -> None:
    for ask, answer, words in (
        (lambda: town.add_account("second", SECOND[:-1] + "3", SECOND_TOKEN), 409, "second"),
        (lambda: town.add_account("third", "AC" + "1" * 32, SECOND_TOKEN), 422, "could be a real one"),
        (lambda: town.set_limits(account="fourth"), 404, "fourth"),
        (lambda: town.set_limits(live_legs=0), 422, "live_legs"),
        (lambda: town.own_numbers({"number": SECOND_CIRCLE}), 409, "second"),
        (lambda: town.outage(5, account="fourth"), 404, "fourth"),
    ):
        with pytest.raises(TownAnswered, match=words) as refused:
            ask()
        assert refused.value.status == answer


def test_accounts_of_the_command_line_outlive_a_reset_and_others_do_not(start_simulator: Starter) -> None:
    url = start_simulator("--also-account", f"second={SECOND}:{SECOND_TOKEN}", "--live-legs", "3")
    town = Town(url)
    town.add_account("third", SECOND[:-1] + "3", SECOND_TOKEN)
    town.set_limits(account="second", live_legs=1)
    town.reset()
    assert [(one["name"], one["account_sid"], one["limits"]["live_legs"]) for one in town.accounts()] == [
        ("first", ACCOUNT, 3),
        ("second", SECOND, 3),
    ]
    assert client(url, SECOND, SECOND_TOKEN).api.accounts(SECOND).fetch().status == "active"
    with pytest.raises(TwilioRestException):
        client(url, SECOND, TOKEN).api.accounts(SECOND).fetch()
