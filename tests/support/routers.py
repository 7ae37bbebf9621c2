"""Routers on loopback that answer as OSRM and Valhalla do, as far as their documentation says, or misbehave.

They drive 36 km/h in straight lines, so that what they say is known.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from backend.transport.domain.places import Place, metres_between

Answer = tuple[int, bytes]
METRES_A_SECOND = 10


@dataclass
class RouterTown:
    """What a router is to do, and what it was asked."""

    kind: str
    address: str = ""
    asked: list[list[Place]] = field(default_factory=list)
    refuse: int = 0
    slow: float = 0.0
    trickle: float = 0.0
    says: bytes | None = None
    no_way_to: Place | None = None

    def answer(self, path: str, body: bytes) -> Answer:
        """As the real one would."""
        read, write = KINDS[self.kind]
        places = read(path, body)
        self.asked.append(places)
        if self.refuse:
            return self.refuse, b'{"code":"TooBig","message":"no"}'
        if self.says is not None:
            return 200, self.says
        return 200, json.dumps(write([[self._drive(a, b) for b in places] for a in places], places)).encode()

    def _drive(self, a: Place, b: Place) -> float | None:
        if a != b and self.no_way_to in (a, b):
            return None
        return round(metres_between(a, b) / METRES_A_SECOND, 1)


def _read_osrm(path: str, _body: bytes) -> list[Place]:
    parts = urlsplit(path)
    assert parts.path.startswith("/table/v1/driving/"), path
    assert parse_qs(parts.query)["annotations"] == ["duration"]
    points = [point.split(",") for point in parts.path.removeprefix("/table/v1/driving/").split(";")]
    return [Place(float(latitude), float(longitude)) for longitude, latitude in points]


def _write_osrm(drives: list[list[float | None]], places: list[Place]) -> dict[str, Any]:
    points = [{"name": "", "distance": 4.2, "location": [place.longitude, place.latitude]} for place in places]
    return {"code": "Ok", "durations": drives, "sources": points, "destinations": points}


def _read_valhalla(path: str, body: bytes) -> list[Place]:
    assert path == "/sources_to_targets", path
    question = json.loads(body)
    assert question["costing"] == "auto"
    assert question["sources"] == question["targets"]
    return [Place(point["lat"], point["lon"]) for point in question["sources"]]


def _write_valhalla(drives: list[list[float | None]], places: list[Place]) -> dict[str, Any]:
    rows = [
        [
            {"distance": drive and drive / 100, "time": drive and int(drive), "to_index": j, "from_index": i}
            for j, drive in enumerate(row)
        ]
        for i, row in enumerate(drives)
    ]
    points = [{"lat": place.latitude, "lon": place.longitude} for place in places]
    return {"sources_to_targets": rows, "units": "kilometers", "sources": points, "targets": points}


KINDS: dict[str, tuple[Callable[[str, bytes], list[Place]], Callable[..., dict[str, Any]]]] = {
    "osrm": (_read_osrm, _write_osrm),
    "valhalla": (_read_valhalla, _write_valhalla),
}


@contextmanager
def a_router(kind: str) -> Iterator[RouterTown]:
    """A router of this kind at work on a free port of loopback."""
    town = RouterTown(kind)

    class Handler(BaseHTTPRequestHandler):
        wbufsize = -1  # an answer goes out whole, as a real server's does

        def do_GET(self) -> None:
            self._do(b"")

        def do_POST(self) -> None:
            self._do(self.rfile.read(int(self.headers["Content-Length"])))

        def _do(self, body: bytes) -> None:
            status, said = town.answer(self.path, body)
            time.sleep(town.slow)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            try:
                for byte in said if town.trickle else ():
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(town.trickle)
                self.wfile.write(b"" if town.trickle else said)
            except OSError:
                pass  # whoever asked has hung up

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    town.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield town
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
