"""Calls through the REST API with the official SDK: queue, busy lines, cancelling, lists, and refusals."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from simulator.client import Town
from tests.integration.simulator.by_sdk import ring, status
from tests.integration.simulator.simulated_product import ACCOUNT, CIRCLE, MORNING, Product

RIET = "+31130001211"
TRUUS = "+31600001002"
NOBODY = "+31600009999"


@pytest.fixture(autouse=True)
def residents(town: Town) -> None:
    town.settle(
        [
            {"name": "riet", "phones": [RIET], "calls": [{"pick_up": 5}]},
            {"name": "truus", "phones": [TRUUS], "calls": ["no_answer"]},
        ]
    )


def test_one_call_per_second_the_others_wait_as_queued(town: Town, carrier: Client, product: Product) -> None:
    sids = [ring(carrier, f"+3160000200{digit}") for digit in range(3)]
    town.advance(0)
    assert [status(carrier, sid) for sid in sids] == ["failed", "queued", "queued"]
    town.advance(1)
    assert [status(carrier, sid) for sid in sids] == ["failed", "failed", "queued"]
    town.advance(1)
    assert status(carrier, sids[2]) == "failed"


def test_the_second_call_to_one_number_finds_it_busy(town: Town, carrier: Client) -> None:
    first, second = ring(carrier, TRUUS), ring(carrier, TRUUS)
    town.advance(2)
    assert (status(carrier, first), status(carrier, second)) == ("ringing", "busy")


def test_call_waiting_lets_the_second_call_ring(town: Town, carrier: Client) -> None:
    town.settle([{"name": "truus", "phones": [TRUUS], "calls": ["no_answer"], "call_waiting": True}])
    first, second = ring(carrier, TRUUS), ring(carrier, TRUUS)
    town.advance(2)
    assert (status(carrier, first), status(carrier, second)) == ("ringing", "ringing")


def test_ringing_stops_after_the_timeout_of_sixty_seconds_by_default(town: Town, carrier: Client) -> None:
    default, short = ring(carrier, TRUUS), ring(carrier, RIET, timeout=3)
    town.advance(59)
    assert status(carrier, default) == "ringing"
    town.advance(1)
    assert status(carrier, default) == "no-answer"
    assert status(carrier, short) == "no-answer", "Riet picks up after five seconds"


def test_a_number_without_a_resident_fails(town: Town, carrier: Client, product: Product) -> None:
    ring(carrier, NOBODY, status_callback=f"{product.url}/status")
    town.advance(1)
    [told] = product.requests("/status")
    assert (told["CallStatus"], told["SipResponseCode"]) == ("failed", "404")


def test_only_completed_is_told_unless_more_is_asked(town: Town, carrier: Client, product: Product) -> None:
    ring(carrier, RIET, status_callback=f"{product.url}/status", status_callback_method="GET")
    town.advance(30)
    [told] = product.requests("/status")
    assert told["CallStatus"] == "completed"
    assert told["Timestamp"] == "Mon, 23 Nov 2026 07:30:06 +0000", "scenario time: 5 s ringing, 1 s speech"
    assert (told["CallDuration"], told["Duration"], told["CallbackSource"]) == (
        "1",
        "1",
        "call-progress-events",
    )


def test_a_queued_call_can_be_cancelled_and_an_ended_one_cannot(town: Town, carrier: Client) -> None:
    ring(carrier, RIET)
    queued = ring(carrier, TRUUS)
    assert carrier.calls(queued).update(status="canceled").status == "canceled"
    town.advance(60)
    assert status(carrier, queued) == "canceled"
    with pytest.raises(TwilioRestException) as refused:
        carrier.calls(queued).update(status="completed")
    assert refused.value.code == 21220


def test_a_call_in_progress_is_ended_on_request(town: Town, carrier: Client) -> None:
    sid = ring(carrier, RIET, twiml='<Response><Pause length="100"/></Response>')
    town.advance(10)
    carrier.calls(sid).update(status="completed")
    call = carrier.calls(sid).fetch()
    assert (call.status, call.duration) == ("completed", "5")


def test_lists_are_newest_first_filtered_and_paged(town: Town, carrier: Client) -> None:
    mine = [ring(carrier, RIET) for _ in range(5)]
    ring(carrier, TRUUS)
    assert [call.sid for call in carrier.calls.list(to=RIET)] == mine[::-1]
    assert [call.sid for call in carrier.calls.list(to=RIET, page_size=2)] == mine[::-1]
    assert [call.sid for call in carrier.calls.list(to=TRUUS, status="queued")]
    first = carrier.calls.list(to=RIET)[0]
    assert first.date_created.timestamp() == MORNING
    assert not hasattr(first, "status_callback")


def test_a_queued_call_is_missing_from_a_list_by_start_time(town: Town, carrier: Client) -> None:
    rung, queued = ring(carrier, TRUUS), ring(carrier, RIET)
    town.advance(0)
    day = carrier.calls(rung).fetch().date_created.date()
    assert [call.sid for call in carrier.calls.list(start_time_after=day)] == [rung]
    assert {call.sid for call in carrier.calls.list()} == {rung, queued}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": ""}, 21201),
        ({"to": "buurvrouw"}, 21211),
        ({"to": "112"}, 21211),
        ({"from_": ""}, 21213),
        ({"from_": "Rondje"}, 21212),
        ({"from_": NOBODY}, 21210),
        ({"twiml": ""}, 21205),
        ({"twiml": "", "url": "https://www.example.com/voice"}, 21205),
        ({"twiml": "", "url": "nonsense"}, 21205),
        ({"status_callback": "http://198.51.100.7/status"}, 21609),
        ({"machine_detection": "Enable"}, 20001),
        ({"record": True}, 20001),
        ({"timeout": 601}, 20001),
        ({"timeout": 0}, 20001),
        ({"time_limit": 86_401}, 20001),
        ({"fallback_url": "nonsense"}, 21205),
        ({"url": "http://127.0.0.1:9/voice", "method": "PUT"}, 20001),
        ({"status_callback": "http://127.0.0.1:9/status", "status_callback_event": ["answered", "over"]}, 21626),
        ({"status_callback": "http://127.0.0.1:9/status", "status_callback_method": "PUT"}, 20001),
        ({"twiml": "<Response>" + " " * 4000 + "</Response>"}, 20001),
    ],
)
def test_what_the_carrier_refuses(town: Town, carrier: Client, change: dict[str, Any], code: int) -> None:
    with pytest.raises(TwilioRestException) as refused:
        ring(carrier, **({"to": RIET} | change))
    assert (refused.value.code, refused.value.status) == (code, 400)
    assert town.accepted() == []


def test_a_wrong_token_and_an_unknown_call(town: Town, carrier: Client, simulator_url: str) -> None:
    stranger = Client(ACCOUNT, "simulator-wrong", http_client=TwilioHttpClient(timeout=5))
    stranger.api.base_url = simulator_url
    with pytest.raises(TwilioRestException) as refused:
        stranger.calls("CA" + "0" * 32).fetch()
    assert (refused.value.code, refused.value.status) == (20003, 401)
    with pytest.raises(TwilioRestException) as missing:
        carrier.calls("CA" + "0" * 32).fetch()
    assert (missing.value.code, missing.value.status) == (20404, 404)


def test_a_list_read_page_by_page_misses_nothing_while_it_grows(town: Town, carrier: Client) -> None:
    mine = [ring(carrier, RIET) for _ in range(7)]
    reading = carrier.calls.stream(to=RIET, page_size=3)
    read = [next(reading).sid for _ in range(3)]
    later = ring(carrier, RIET)
    read += [call.sid for call in reading]
    assert read == mine[::-1], "newest first, none twice; what came later is not in it"
    assert carrier.calls.list(to=RIET, limit=1)[0].sid == later


def test_pages_lead_to_their_neighbours(town: Town, carrier: Client) -> None:
    mine = [ring(carrier, RIET) for _ in range(5)][::-1]
    first = carrier.calls.page(to=RIET, page_size=2)
    second = first.next_page()
    third = second.next_page()
    assert [[call.sid for call in page] for page in (first, second, third)] == [mine[:2], mine[2:4], mine[4:]]
    assert third.next_page() is None
    assert [call.sid for call in carrier.calls.get_page(third.previous_page_url)] == mine[2:4]
    assert first.previous_page_url is None


def test_calls_of_a_conversation_are_found_by_their_parent(town: Town, carrier: Client) -> None:
    sid = ring(carrier, RIET, twiml=f"<Response><Dial>{TRUUS}</Dial></Response>")
    town.advance(10)
    [leg] = carrier.calls.list(parent_call_sid=sid)
    assert (leg.to, leg.direction) == (TRUUS, "outbound-dial")


def test_calls_of_a_day(town: Town, carrier: Client) -> None:
    today = ring(carrier, TRUUS)
    town.advance(86_400)
    tomorrow = ring(carrier, TRUUS)
    town.advance(60)
    started = carrier.calls(today).fetch().start_time
    assert [call.sid for call in carrier.calls.list(start_time=started.date())] == [today]
    assert [call.sid for call in carrier.calls.list(start_time_before=started)] == [today]
    assert [call.sid for call in carrier.calls.list(start_time_after=started + timedelta(hours=1))] == [tomorrow]
    assert [call.sid for call in carrier.calls.list(end_time_after=started + timedelta(hours=1))] == [tomorrow]


@pytest.mark.parametrize(
    "query", ["Page=-1", "PageSize=0", "PageToken=PAnonsense", "Status=ended", "StartTime=morgen", "StartTime%3E=x"]
)
def test_what_a_list_cannot_be_asked(town: Town, carrier: Client, simulator_url: str, query: str) -> None:
    ring(carrier, TRUUS)
    town.advance(1)
    answer = carrier.request("GET", f"{simulator_url}/2010-04-01/Accounts/{ACCOUNT}/Calls.json?{query}")
    assert (answer.status_code, json.loads(answer.text)["code"]) == (400, 20001)


def test_a_call_can_be_deleted_once_it_has_ended(town: Town, carrier: Client) -> None:
    sid = ring(carrier, RIET)
    with pytest.raises(TwilioRestException) as refused:
        carrier.calls(sid).delete()
    assert (refused.value.code, refused.value.status) == (20009, 409)
    town.advance(60)
    assert carrier.calls(sid).delete()
    assert carrier.calls.list() == []


def test_an_address_goes_before_a_script_in_the_request(town: Town, carrier: Client, product: Product) -> None:
    product.scripts["/voice"] = "<Response><Say>Van het adres.</Say></Response>"
    ring(carrier, RIET, url=f"{product.url}/voice")
    town.advance(30)
    assert [entry["text"] for entry in town.journal() if entry["kind"] == "hears"] == ["Van het adres."]


@pytest.mark.parametrize(
    ("withheld", "shown"), [("anonymous", "+266696687"), ("restricted", "+7378742833"), ("unknown", "+8656696")]
)
def test_a_caller_who_withholds_their_number(
    town: Town, carrier: Client, product: Product, withheld: str, shown: str
) -> None:
    town.resident("riet").ring_in(CIRCLE, withheld=withheld).expect_end()
    [asked] = product.requests("/ring-in")
    assert (asked["From"], asked["Caller"], product.requests("/ring-in-status")[0]["From"]) == (shown, shown, shown)
    assert [call.sid for call in carrier.calls.list(from_=shown)] == [asked["CallSid"]]
    assert [entry["resident"] for entry in town.story() if entry["kind"] == "rings_in"] == ["riet"]


def test_a_resident_who_always_withholds_their_number(town: Town, product: Product) -> None:
    town.settle([{"name": "riet", "phones": [RIET], "rings_in": [{"at": 60, "to": CIRCLE, "withheld": "anonymous"}]}])
    town.advance(90)
    assert [asked["From"] for asked in product.requests("/ring-in")] == ["+266696687"]
