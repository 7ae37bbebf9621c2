"""What a person at the keyboard reads while a scenario is played: plain lines, in scenario time."""

from collections.abc import Mapping
from typing import Any

_IN_TOWN = {
    "rings": "{who}: the telephone rings",
    "rings_in": "{who} rings in",
    "picked_up": "{who} picks up",
    "joined": "{who} begins to talk",
    "pressed": "{who} presses {digits}",
    "text_received": "{who} gets a text",
    "text_sent": "{who} sends a text",
    "visit": "{who} is on the page ({submit})",
    "visit_failed": "{who} could not use the page: {reason}",
    "refused": "{who}: {text}",
    "error": "the carrier: {text}",
}

_IN_PRODUCT = {
    "circles.round_started": "THE ROUND BEGINS, {expected} expected",
    "circles.round_closed": "THE ROUND IS CLOSED: {how}",
    "incidents.opened": "INCIDENT {incident} is opened: {kind}",
    "incidents.alerted": "incident {incident}: alert to {role}",
    "incidents.alerted_again": "incident {incident}: again to {role}",
    "incidents.claimed": "INCIDENT {incident} is claimed",
    "incidents.arrived": "incident {incident}: somebody is there",
    "incidents.outcome": "INCIDENT {incident}: {outcome}",
    "incidents.stood_down": "INCIDENT {incident} is stood down",
    "incidents.late_proof": "incident {incident}: a late sign of life",
    "incidents.closed": "INCIDENT {incident} is closed",
}


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def in_town(entry: Mapping[str, Any]) -> str | None:
    """A line about an entry of the town's journal; None for what would only be noise."""
    if entry["kind"] == "call_ended" and entry.get("status") in ("busy", "no-answer", "failed"):
        return f"{entry.get('resident') or 'a number'}: {entry['status']}"
    words = _IN_TOWN.get(entry["kind"])
    if words is None or (entry["kind"] == "visit" and entry.get("submit") is None):
        return None
    return words.format_map(_Lenient(entry, who=entry.get("resident") or "somebody"))


def in_product(kind: str, subject_id: int, payload: Mapping[str, Any]) -> str | None:
    """A line about an event of the product; None for what would only be noise."""
    words = _IN_PRODUCT.get(kind)
    return None if words is None else words.format_map(_Lenient(payload, incident=subject_id))
