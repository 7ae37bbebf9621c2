"""The town page in a real browser: a person picks up a ringing telephone and presses a key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from twilio.rest import Client

from simulator.client import Town
from tests.integration.simulator.simulated_product import CIRCLE, MORNING, Product
from tests.support.chromium import chromium

RIET = "+31130002211"
TELEPHONE = {"width": 360, "height": 740}


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium() as browser:
        page = browser.new_page(viewport=TELEPHONE)
        page.set_default_timeout(10_000)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    assert complaints == []


def test_a_person_takes_a_call_by_hand(
    town: Town, carrier: Client, product: Product, page: Page, simulator_url: str
) -> None:
    product.scripts |= {
        "/start": """<Response><Gather numDigits="1" timeout="60" action="/key">
            <Say>Goedemorgen Riet. Druk op 1.</Say></Gather></Response>""",
        "/key": '<Response><Pause length="60"/></Response>',
    }
    town.settle([{"name": "riet", "display": "Riet Wolters", "phones": [RIET], "calls": ["no_answer"]}])
    live = Town(simulator_url)
    live.set_clock(MORNING, rate=1)

    page.goto(simulator_url)
    card = page.get_by_role("listitem").filter(has_text="Riet Wolters")
    expect(card.get_by_text("Ligt op de haak")).to_be_visible()
    expect(page.get_by_text("er wordt nergens echt gebeld")).to_be_visible()
    expect(page.locator("#now")).to_contain_text("maandag 23 november")

    carrier.calls.create(to=RIET, from_=CIRCLE, url=f"{product.url}/start")
    card.get_by_role("button", name="Opnemen").click()
    expect(card.get_by_text("Goedemorgen Riet. Druk op 1.")).to_be_visible()
    key = card.get_by_role("button", name="1", exact=True)
    box = key.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    key.click()
    expect(page.locator(".complaint")).to_be_hidden()
    live.wait_until(lambda: product.requests("/key"), "the key to arrive")
    assert product.requests("/key")[0]["Digits"] == "1"
    assert page.evaluate("document.documentElement.scrollWidth") == TELEPHONE["width"]

    card.get_by_role("button", name="Ophangen").click()
    expect(card.get_by_text("Ligt op de haak")).to_be_visible()


def test_texts_have_links_and_the_page_speaks_english(
    town: Town, carrier: Client, page: Page, simulator_url: str
) -> None:
    town.settle([{"name": "anneke", "phones": ["+31600002010"]}])
    carrier.messages.create(to="+31600002010", from_=CIRCLE, body="<b>Riet</b>: http://127.0.0.1:8000/i/abc")
    town.advance(5)

    page.goto(f"{simulator_url}/?lang=en")
    page.get_by_text("Texts (1)").click()
    link = page.get_by_role("link", name="http://127.0.0.1:8000/i/abc")
    assert link.get_attribute("href") == "http://127.0.0.1:8000/i/abc"
    expect(page.get_by_text("<b>Riet</b>")).to_be_visible()
    page.get_by_label("Reply").fill("JA")
    page.get_by_role("button", name="Send").click()
    town.wait_until(
        lambda: [entry for entry in town.story() if entry["kind"] == "text_sent" and entry["text"] == "JA"],
        "the reply",
    )
