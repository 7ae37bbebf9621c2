"""Messages and costs as rows of a page, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from backend.notifications.domain.costs import Line, Prices, Use, per_programme, warning
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.selectors.sent import ending_of
from backend.notifications.web import words


@dataclass(frozen=True)
class Row:
    """A message in words. `at` is when it was asked for (UTC)."""

    at: datetime
    whom: str
    ending: str
    way: str
    programme: str
    look: str
    icon: str
    state: str
    reason: str


@dataclass(frozen=True)
class Month:
    """A month's use, and how it stands to the budget."""

    first: date
    lines: list[Line]
    euros: Decimal
    warning: int | None


def row_of(message: Message, zone: ZoneInfo) -> Row:
    """One line of the page of messages."""
    state = Message.State(message.state)
    look, icon = words.LOOKS[state]
    return Row(
        at=message.created_at,
        whom=message.person.name if message.person else "",
        ending=ending_of(message.line),
        way=str(words.WAYS[Way(message.way)]),
        programme=programme_of(message.host.partition(".")[0]),
        look=look,
        icon=icon,
        state=str(words.STATES[state]),
        reason=reason_of(message, zone),
    )


def reason_of(message: Message, zone: ZoneInfo) -> str:
    """Why a message is where it is, in a sentence; empty when there is nothing to say."""
    last = max(message.attempts.all(), key=lambda attempt: attempt.created_at, default=None)
    if last is not None and last.state == Attempt.State.UNDECIDED:
        return undecided(last, zone)
    if message.outcome == Attempt.State.FAILED and last is not None:
        named = words.CODES.get(last.error_code)
        return str(named) if named else str(words.OTHERWISE_REFUSED) % {"code": last.error_code or "?"}
    return str(words.REASONS.get(message.outcome, ""))


def undecided(attempt: Attempt, zone: ZoneInfo) -> str:
    """Nobody knows whether it went out, and when the carrier was asked."""
    if attempt.asked_at is None:
        return str(words.UNDECIDED)
    return str(words.ASKED) % {"time": timezone.localtime(attempt.asked_at, zone).strftime("%H:%M:%S")}


def programme_of(code: str) -> str:
    """A programme's name."""
    return str(words.PROGRAMMES.get(code, _("Other messages")))


def months_of(uses: dict[date, list[Use]], prices: Prices, budget: Decimal | None) -> list[Month]:
    """Months with their lines, the newest first."""
    return [_month(first, per_programme(used, prices), budget) for first, used in uses.items()]


def _month(first: date, lines: list[Line], budget: Decimal | None) -> Month:
    euros = sum((line.euros for line in lines), Decimal(0))
    return Month(first, lines, euros, warning(euros, budget))
