"""Routes and homes of the bus in a browser: drawn, and on a map whose pieces come from loopback."""

import struct
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import transaction
from playwright.sync_api import Page

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.incidents.services.of_the_bus import open_not_at_door
from backend.people.models import Consent, Home, Person, Role, User
from backend.people.services import consents
from backend.people.services.sightings import saw
from backend.transport.models import Trip
from tests.browser.conftest import picture, sign_in
from tests.browser.looking import flaws
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.buses import a_bus
from tests.support.rides import a_full_trip


def a_grey_piece() -> bytes:
    """256 by 256 pixels, as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xe4" * 255 + b"\xc8" for _row in range(255)) + b"\0" + b"\xc8" * 256
    header = struct.pack(">IIBBBBB", 256, 256, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def pieces(settings) -> Iterator[list[str]]:
    """What was asked of the server for pieces of a map."""
    asked: list[str] = []
    piece = a_grey_piece()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(piece)))
            self.end_headers()
            self.wfile.write(piece)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.BUS_TILES_URL = f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png"
    settings.BUS_TILES_ATTRIBUTION = '© <a href="https://example.org/">De kaartenmakers</a>'
    yield asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def planner(morning: Morning) -> User:
    """Petra, who runs the bus."""
    return mornings.a_user("petra", morning.organisation, Role.Kind.BUS_PLANNER)


@pytest.fixture
def trip(morning: Morning) -> Trip:
    return a_full_trip(a_bus(morning.organisation))


def pages(trip: Trip) -> dict[str, str]:
    mina = Person.objects.get(given_name="Mina")
    Home.objects.filter(person=mina).update(confirmed_at=None, confirmed_by="")
    consents.give(
        person=mina, purpose=Consent.Purpose.AIDS, given_at=clock.now(), how="call", actor=SYSTEM, now=clock.now()
    )
    saw(mina.pk, at=clock.now(), source="circle:rang_in")
    with transaction.atomic():
        case = open_not_at_door(
            trip.organisation,
            person=mina,
            trip_id=trip.pk,
            label="De bus",
            day=trip.date,
            now=clock.now(),
            actor=SYSTEM,
        )
    return {
        "incident-not-at-door": f"/incidents/{case.pk}/",
        "bus-trip": f"/bus/trips/{trip.pk}/",
        "bus-route": f"/bus/trips/{trip.pk}/route/",
        "bus-homes": "/bus/homes/",
        "bus-homes-found": "/bus/homes/?who=linde",
        "bus-home": f"/bus/homes/{mina.pk}/",
        "person-travel": f"/people/{mina.pk}/travel/",
        "person-travel-consent": f"/people/{mina.pk}/travel/consent/",
        "person-travel-withdraw": f"/people/{mina.pk}/travel/withdraw/",
    }


def walk(page: Page, addresses: dict[str, str], window: str) -> list[str]:
    found = []
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"
        page.wait_for_load_state("networkidle")
        picture(page, f"{window}-{name}")
        found += flaws(page)
    return found


@pytest.mark.parametrize("with_map", [True, False])
@pytest.mark.parametrize("window", ["desk", "telephone"])
def test_no_flaws(request: pytest.FixtureRequest, window: str, with_map: bool, trip: Trip, planner: User) -> None:
    if with_map:
        request.getfixturevalue("pieces")
    page: Page = request.getfixturevalue(window)
    sign_in(page, "petra")
    assert walk(page, pages(trip), f"{window}{'-map' if with_map else ''}") == []


def test_the_map_shows_every_stop_and_asks_nobody_else(
    desk: Page, trip: Trip, planner: User, pieces: list[str], live_server
) -> None:
    asked_of: list[str] = []
    desk.on("request", lambda asked: asked_of.append(asked.url))
    sign_in(desk, "petra")
    desk.goto(f"/bus/trips/{trip.pk}/route/")
    desk.wait_for_selector("#route-map .leaflet-tile-loaded")
    assert desk.locator("#route-map .pin").count() == 7
    assert pieces
    ours = (live_server.url, "http://127.0.0.1:", "data:")
    assert [url for url in asked_of if not url.startswith(ours)] == []


def test_a_planner_drags_the_sign_to_the_door(desk: Page, trip: Trip, planner: User, pieces: list[str]) -> None:
    mina = Person.objects.get(given_name="Mina")
    sign_in(desk, "petra")
    desk.goto(f"/bus/homes/{mina.pk}/")
    sign = desk.locator("#home-map .door-sign")
    box = sign.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    desk.mouse.move(*middle)
    desk.mouse.down()
    desk.mouse.move(middle[0] + 60, middle[1] + 40, steps=5)
    desk.mouse.up()
    latitude, longitude = (float(desk.locator(f"#id_{name}").input_value()) for name in ("latitude", "longitude"))
    assert 51.56 < latitude < 51.5652
    assert longitude > 5.0951
    desk.get_by_role("button", name="Hier is de deur").click()
    desk.get_by_text("De deur van Mina Linde staat op de kaart.").wait_for()
    home = Home.objects.get(person=mina)
    assert (home.latitude, home.longitude) == (latitude, longitude)
    assert home.confirmed_by == f"user:{planner.pk}"


def test_a_click_puts_the_sign_and_typed_numbers_move_it(
    desk: Page, trip: Trip, planner: User, pieces: list[str]
) -> None:
    mina = Person.objects.get(given_name="Mina")
    Home.objects.filter(person=mina).delete()
    sign_in(desk, "petra")
    desk.goto(f"/bus/homes/{mina.pk}/")
    assert desk.locator("#home-map .door-sign").count() == 0, "nobody knows where she lives"
    desk.locator("#home-map").click(position={"x": 200, "y": 150})
    assert desk.locator("#home-map .door-sign").count() == 1
    assert desk.locator("#id_latitude").input_value().startswith("51.")
    desk.locator("#id_latitude").fill("51.6")
    desk.locator("#id_longitude").fill("5.2")
    desk.locator("#id_longitude").blur()
    desk.wait_for_function("() => document.querySelectorAll('#home-map .leaflet-tile-loaded').length > 0")
    assert desk.locator("#home-map .door-sign").is_visible()
