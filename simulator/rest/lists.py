"""Lists of calls and texts: newest first, filtered by number and moment, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from simulator.errors import CarrierError

LARGEST_PAGE = 1000
DEFAULT_PAGE = 50
INVALID = 20001
AFTER, BEFORE = "PA", "PB"
"""How a page token begins: the page goes on after this item, or ends before it."""


class Listed(Protocol):
    """What can be listed."""

    @property
    def sid(self) -> str:
        """Its name, unlike all others."""


Item = TypeVar("Item", bound=Listed)


def page_json(
    collection: str,
    items: Sequence[Item],
    show: Callable[[Item], dict[str, object]],
    path: str,
    query: Mapping[str, str],
) -> dict[str, object]:
    """One page of a list, with the addresses of its neighbours.

    These hold a token, so that who reads on misses nothing and reads nothing twice although the list grows. Raises
    CarrierError (20001) for a page that cannot be.
    """
    size = min(_whole(query, "PageSize", DEFAULT_PAGE, lowest=1), LARGEST_PAGE)
    page = _whole(query, "Page", 0, lowest=0)
    first = _first(items, query.get("PageToken"), page, size)
    shown = items[first : first + size]
    filters = {name: value for name, value in query.items() if name not in {"Page", "PageSize", "PageToken"}}

    def uri(number: int, token: str | None = None) -> str:
        token_given = {} if token is None else {"PageToken": token}
        return f"{path}?{urlencode({**filters, 'PageSize': str(size), 'Page': str(number), **token_given})}"

    start = page * size
    return {
        collection: [show(item) for item in shown],
        "page": page,
        "page_size": size,
        "start": start,
        "end": max(start, start + len(shown) - 1),
        "uri": uri(page, query.get("PageToken")),
        "first_page_uri": uri(0),
        "next_page_uri": uri(page + 1, AFTER + shown[-1].sid) if first + size < len(items) else None,
        "previous_page_uri": uri(page - 1, BEFORE + shown[0].sid) if page and shown else None,
    }


def in_period(at: float | None, query: Mapping[str, str], name: str) -> bool:
    """Whether a moment passes the filters `name`, `name<` and `name>`; one that has not come passes none.

    `name` alone asks for the whole day (UTC), also with the midnight that the SDK makes of a date; `<` and `>` include
    the limit, or its day.

    Raises CarrierError for a filter that is neither a date nor a moment in ISO 8601.
    """
    for comparison in ("", "<", ">"):
        given = query.get(name + comparison)
        if given is None:
            continue
        if at is None or not _compare(at, comparison, given, name):
            return False
    return True


def _first(items: Sequence[Item], token: str | None, page: int, size: int) -> int:
    """Where in the list the page begins."""
    if token is None:
        return page * size
    places = [place for place, item in enumerate(items) if item.sid == token[len(AFTER) :]]
    if not places or not token.startswith((AFTER, BEFORE)):
        raise CarrierError(INVALID, f"Invalid PageToken: {token!r}.")
    return places[0] + 1 if token.startswith(AFTER) else max(0, places[0] - size)


def _compare(at: float, comparison: str, given: str, name: str) -> bool:
    try:
        limit = datetime.fromisoformat(given)
        day_given = len(given) == len(date.min.isoformat())
    except ValueError as error:
        raise CarrierError(INVALID, f"'{name}' is not a date: {given!r}.") from error
    moment = datetime.fromtimestamp(at, limit.tzinfo or UTC)
    limit = limit.replace(tzinfo=limit.tzinfo or UTC)
    if not comparison or (day_given and moment.date() == limit.date()):
        return moment.date() == limit.date()
    return moment <= limit if comparison == "<" else moment >= limit


def _whole(query: Mapping[str, str], name: str, default: int, *, lowest: int) -> int:
    given = query.get(name)
    if given is None:
        return default
    if not given.isdigit() or int(given) < lowest:
        raise CarrierError(INVALID, f"'{name}' is not a whole number of at least {lowest}: {given!r}.")
    return int(given)
