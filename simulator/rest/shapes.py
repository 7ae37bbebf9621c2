"""JSON bodies as the carrier's API shows calls, texts and pages of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from simulator.calls.legs import Leg
from simulator.calls.progress import API_VERSION
from simulator.errors import CarrierError
from simulator.messages import Message
from simulator.moments import rfc2822, rfc2822_or_none

LARGEST_PAGE = 1000
DEFAULT_PAGE = 50


def account_uri(account_sid: str) -> str:
    """The root of an account's resources."""
    return f"/{API_VERSION}/Accounts/{account_sid}"


def call_json(leg: Leg) -> dict[str, object]:
    """A call. It shows neither callback address nor attempt, as with the real carrier."""
    uri = f"{account_uri(leg.account_sid)}/Calls/{leg.sid}"
    children = ("notifications", "recordings", "payments", "events", "siprec", "streams", "transcriptions")
    return {
        "sid": leg.sid,
        "date_created": rfc2822(leg.created_at),
        "date_updated": rfc2822(leg.updated_at),
        "parent_call_sid": leg.parent_sid,
        "account_sid": leg.account_sid,
        "to": leg.to,
        "to_formatted": leg.to,
        "from": leg.sender,
        "from_formatted": leg.sender,
        "phone_number_sid": None,
        "status": leg.status,
        "start_time": rfc2822_or_none(leg.started_at),
        "end_time": rfc2822_or_none(leg.ended_at),
        "duration": None if leg.duration is None else str(leg.duration),
        "price": None,
        "price_unit": "USD",
        "direction": leg.direction,
        "answered_by": None,
        "api_version": API_VERSION,
        "forwarded_from": None,
        "group_sid": None,
        "caller_name": None,
        "queue_time": "0" if leg.started_at is None else str(round((leg.started_at - leg.created_at) * 1000)),
        "trunk_sid": None,
        "uri": f"{uri}.json",
        "subresource_uris": {child: f"{uri}/{child.capitalize()}.json" for child in children},
    }


def message_json(message: Message) -> dict[str, object]:
    """A text."""
    uri = f"{account_uri(message.account_sid)}/Messages/{message.sid}"
    failure = None if message.error_code is None else "Unreachable destination handset"
    return {
        "body": message.body,
        "num_segments": str(message.segments),
        "direction": message.direction,
        "from": message.sender,
        "to": message.to,
        "date_updated": rfc2822(message.updated_at),
        "price": None,
        "error_message": failure,
        "uri": f"{uri}.json",
        "account_sid": message.account_sid,
        "num_media": "0",
        "status": message.status,
        "messaging_service_sid": None,
        "sid": message.sid,
        "date_sent": rfc2822_or_none(message.sent_at),
        "date_created": rfc2822(message.created_at),
        "error_code": message.error_code,
        "price_unit": "USD",
        "api_version": API_VERSION,
        "subresource_uris": {"media": f"{uri}/Media.json"},
    }


def page_json(
    collection: str, items: Sequence[Mapping[str, object]], path: str, query: Mapping[str, str]
) -> dict[str, object]:
    """One page of a list, with the addresses of its neighbours."""
    size = _whole(query, "PageSize", DEFAULT_PAGE, lowest=1)
    size = min(size, LARGEST_PAGE)
    page = _whole(query, "Page", 0, lowest=0)
    start = page * size
    shown = items[start : start + size]

    def uri(number: int) -> str:
        return f"{path}?{urlencode({**query, 'PageSize': str(size), 'Page': str(number)})}"

    return {
        collection: list(shown),
        "page": page,
        "page_size": size,
        "start": start,
        "end": max(start, start + len(shown) - 1),
        "uri": uri(page),
        "first_page_uri": uri(0),
        "next_page_uri": uri(page + 1) if start + size < len(items) else None,
        "previous_page_uri": uri(page - 1) if page else None,
    }


def in_period(at: float | None, query: Mapping[str, str], name: str) -> bool:
    """Whether a moment passes the filters `name`, `name<` and `name>`; one that has not come passes none.

    Raises CarrierError for a filter that is neither a date nor a moment in ISO 8601.
    """
    for comparison in ("", "<", ">"):
        given = query.get(name + comparison)
        if given is None:
            continue
        if at is None or not _compare(at, comparison, given, name):
            return False
    return True


def _compare(at: float, comparison: str, given: str, name: str) -> bool:
    try:
        limit = datetime.fromisoformat(given)
        day_given = len(given) == len(date.min.isoformat())
    except ValueError as error:
        raise CarrierError(20001, f"'{name}' is not a date: {given!r}.") from error
    moment = datetime.fromtimestamp(at, limit.tzinfo or UTC)
    limit = limit.replace(tzinfo=limit.tzinfo or UTC)
    if day_given:
        same = moment.date() == limit.date()
        return same or (comparison == "<" and moment < limit) or (comparison == ">" and moment > limit)
    if comparison == "<":
        return moment <= limit
    return moment >= limit if comparison == ">" else moment == limit


def _whole(query: Mapping[str, str], name: str, default: int, *, lowest: int) -> int:
    given = query.get(name)
    if given is None:
        return default
    if not given.isdigit() or int(given) < lowest:
        raise CarrierError(20001, f"'{name}' is not a whole number of at least {lowest}: {given!r}.")
    return int(given)
