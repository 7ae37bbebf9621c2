"""What calls and texts cost. Prices are an organisation's own, because every contract differs; none is built in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation

WARNS_FROM = Decimal("0.8")
"""So much of the budget, and the board begins to warn (domain text: the warning never stops an alarm)."""


@dataclass(frozen=True)
class Prices:
    """In euros: a started minute to a landline, to a mobile (and abroad) or from who rings us; one segment."""

    landline_minute: Decimal = Decimal(0)
    mobile_minute: Decimal = Decimal(0)
    inbound_minute: Decimal = Decimal(0)
    text_segment: Decimal = Decimal(0)

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> "Prices":
        """From an organisation's settings; what is missing or no amount costs nothing."""
        return cls(**{each.name: amount(settings.get(each.name)) or Decimal(0) for each in fields(cls)})


def amount(given: object) -> Decimal | None:
    """An amount in euros of zero or more; None for what is none."""
    try:
        found = Decimal(str(given))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


@dataclass(frozen=True)
class Use:
    """What was used of one sort: `sort` is landline, mobile, inbound or text. Minutes are started ones, as billed."""

    programme: str
    sort: str
    number: int
    minutes: int = 0
    segments: int = 0


@dataclass(frozen=True)
class Line:
    """A programme's month: calls and the minutes they lasted, texts and the segments they took, and euros."""

    programme: str
    calls: int
    minutes: int
    texts: int
    segments: int
    euros: Decimal


def cost(use: Use, prices: Prices) -> Decimal:
    """In euros."""
    if use.sort == "text":
        return use.segments * prices.text_segment
    per_minute = {
        "landline": prices.landline_minute,
        "mobile": prices.mobile_minute,
        "inbound": prices.inbound_minute,
    }
    return use.minutes * per_minute[use.sort]


def per_programme(uses: Iterable[Use], prices: Prices) -> list[Line]:
    """One line a programme, in the order of their names."""
    by_programme: dict[str, list[Use]] = {}
    for use in uses:
        by_programme.setdefault(use.programme, []).append(use)
    return [_line(programme, own, prices) for programme, own in sorted(by_programme.items())]


def _line(programme: str, uses: list[Use], prices: Prices) -> Line:
    calls = [use for use in uses if use.sort != "text"]
    texts = [use for use in uses if use.sort == "text"]
    return Line(
        programme=programme,
        calls=sum(use.number for use in calls),
        minutes=sum(use.minutes for use in calls),
        texts=sum(use.number for use in texts),
        segments=sum(use.segments for use in texts),
        euros=sum((cost(use, prices) for use in uses), Decimal(0)),
    )


def warning(spent: Decimal, budget: Decimal | None) -> int | None:
    """100 when a month's budget is used up, 80 when most of it is, None otherwise or when there is none."""
    if not budget:
        return None
    if spent >= budget:
        return 100
    return 80 if spent >= budget * WARNS_FROM else None
