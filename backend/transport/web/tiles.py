"""Where pages get pieces of a map, if they get them anywhere.

No piece is asked for unless an operator has named a server, and then by nobody but it: a page with a map says so to the
browser (Content Security Policy), whatever else it may hold.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse


@dataclass(frozen=True)
class Tiles:
    """The server's addresses with {z}, {x} and {y}, and whom to name for its maps (HTML of the operator)."""

    url: str
    attribution: str

    @property
    def origin(self) -> str:
        """The server, for the browser's rules; any of them where the address has {s}."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def tiles() -> Tiles | None:
    """The server that is configured as it should be, or None: then routes are drawn."""
    url = settings.BUS_TILES_URL
    parts = urlsplit(url)
    is_whole = parts.scheme in ("http", "https") and parts.netloc and all(part in url for part in ("{z}", "{x}", "{y}"))
    return Tiles(url, settings.BUS_TILES_ATTRIBUTION) if is_whole else None


def guarded(response: HttpResponse) -> HttpResponse:
    """The same page, which may load nothing but our own files and these pieces."""
    used = tiles()
    images = f"'self' data: {used.origin}" if used else "'self' data:"
    response["Content-Security-Policy"] = (
        f"default-src 'self'; img-src {images}; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
    return response
