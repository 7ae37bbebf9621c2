"""Whether the parts of a town are at work: what they answer, and the signs of life that they leave."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping

PROOFS: Mapping[str, tuple[str, ...]] = {
    "web": ("web",),
    "drain": ("drain",),
    "worker-alarm": ("workers of alarm", "workers of live"),
    "worker-notice": ("workers", "workers of bulk"),
}
"""By part: the signs that prove it at work: heartbeats (`backend.events.heartbeat`), or that it told us of them.

Those of workers prove beat and broker, too.
"""

_TIMEOUT = 2.0

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def answers(address: str) -> bool:
    """Whether somebody answers there, and says that all is well."""
    try:
        with _opener.open(address, timeout=_TIMEOUT) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False


def seen_at_work(url: str) -> Mapping[str, float]:
    """When each sign of the town with this address was last seen (unix seconds); none when nobody answers."""
    try:
        with _opener.open(f"{url}/healthz/parts/", timeout=_TIMEOUT) as response:
            said = response.read()
    except urllib.error.HTTPError as error:
        said = error.read()
    except OSError:
        return {}
    try:
        return {"web": time.time(), **json.loads(said)["seen"]}
    except (ValueError, KeyError):  # not the answer of the page: an error of the web server
        return {}


def unproven(parts: Iterable[str], seen: Mapping[str, float], *, since: float) -> list[str]:
    """Those of the parts that were not seen at work after `since` (unix seconds)."""
    return [part for part in parts if any(seen.get(name, 0.0) <= since for name in PROOFS.get(part, ()))]
