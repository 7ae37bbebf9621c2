"""A product on loopback for these tests: answers webhooks with scripts, and checks every signature."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from twilio.request_validator import RequestValidator

ACCOUNT = "AC" + "0" * 24 + "0000abcd"
TOKEN = "simulator-token"
CIRCLE = "+31130000100"
MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=UTC).timestamp()
"""08:30 in Amsterdam on a Monday in winter."""

Script = str | Callable[[dict[str, str]], str]


@dataclass(frozen=True)
class Heard:
    """One webhook as it arrived."""

    method: str
    path: str
    values: dict[str, str]
    signed: bool


@dataclass
class Product:
    """Serves `scripts` by path; everything else is answered with an empty 200, or with `statuses`."""

    token: str
    scripts: dict[str, Script] = field(default_factory=dict)
    statuses: dict[str, list[int]] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    check_signatures: bool = True

    def __post_init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def requests(self, path: str) -> list[dict[str, str]]:
        """The values of all requests to a path, in their order."""
        return [one.values for one in self.heard if one.path == path]

    def statuses_told(self, path: str = "/status") -> list[str]:
        """The CallStatus of each status callback, in their order."""
        return [values["CallStatus"] for values in self.requests(path)]

    def texts_told(self) -> list[str]:
        """The MessageStatus of each status callback of a text, in their order."""
        return [values["MessageStatus"] for values in self.requests("/text-status")]


def _handler(product: Product) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(dict(parse_qsl(body, keep_blank_values=True)))

        def _answer(self, form: dict[str, str]) -> None:
            parts = urlsplit(self.path)
            signed = RequestValidator(product.token).validate(
                product.url + self.path, form, self.headers.get("X-Twilio-Signature", "")
            )
            values = dict(parse_qsl(parts.query)) | form
            product.heard.append(Heard(self.command, parts.path, values, signed))
            queue = product.statuses.get(parts.path, [])
            status = queue.pop(0) if queue else 200
            script = product.scripts.get(parts.path, "")
            answer = (script(values) if callable(script) else script).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """The test reads `heard` instead."""

    return Handler
