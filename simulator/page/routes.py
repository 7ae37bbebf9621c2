"""Serves the town page and its two files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

FOLDER = Path(__file__).parent
FILES = {"/": "town.html", "/town.css": "town.css", "/town.js": "town.js", "/words.js": "words.js"}
POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"


def add_page(app: web.Application) -> None:
    """Put the page on the application's root."""
    for path, name in FILES.items():
        app.router.add_get(path, _serve(FOLDER / name))


def _serve(file: Path) -> Handler:
    async def serve(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(file, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"})

    return serve
