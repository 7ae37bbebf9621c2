"""Which local dates something recurs on: RRULE (RFC 5545) as far as it speaks of dates. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrule, rrulestr

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

UNDERSTOOD = frozenset(
    {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYWEEKNO", "BYYEARDAY", "WKST"}
)
FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


class RuleError(ValueError):
    """A rule that cannot be kept. `code` says why: empty, part, frequency, interval, ends, unreadable or never."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(f"{code} {part}".strip())
        self.code = code
        self.part = part


LOOKED_AHEAD = timedelta(days=2 * 366)
"""A rule that has no date within so long of its first day has none as far as anybody cares."""

CYCLE = timedelta(days=146_097)
"""The calendar is the same again after 400 years, weekdays and numbers of weeks included."""


@dataclass(frozen=True)
class Weekly:
    """On these weekdays (0 is Monday), every `interval` weeks, counted from the week of the first day."""

    weekdays: tuple[int, ...]
    interval: int = 1


@dataclass(frozen=True)
class Monthly:
    """On the `number`th of these weekdays of a month; -1 is the last."""

    number: int
    weekday: int


Pattern = Weekly | Monthly
"""What people say, and forms ask. Whatever else RRULE knows is kept as it was written."""


def rule_of(pattern: Pattern) -> str:
    """The RRULE of a pattern."""
    if isinstance(pattern, Monthly):
        return f"FREQ=MONTHLY;BYDAY={pattern.number}{WEEKDAYS[pattern.weekday]}"
    days = ",".join(WEEKDAYS[day] for day in sorted(set(pattern.weekdays)))
    every = f";INTERVAL={pattern.interval}" if pattern.interval != 1 else ""
    return f"FREQ=WEEKLY{every};BYDAY={days}"


def pattern_of(rule: str) -> Pattern | None:
    """The pattern that a rule is, or None where it says more than a pattern can. Raises RuleError."""
    parts = parts_of(rule)
    days = parts.get("BYDAY", "").split(",")
    if parts["FREQ"] == "WEEKLY" and parts.keys() <= {"FREQ", "INTERVAL", "BYDAY"} and set(days) <= set(WEEKDAYS):
        return Weekly(tuple(sorted(WEEKDAYS.index(day) for day in days)), int(parts.get("INTERVAL", "1")))
    if parts["FREQ"] == "MONTHLY" and parts.keys() == {"FREQ", "BYDAY"} and len(days) == 1:
        number, day = days[0][:-2].removeprefix("+"), days[0][-2:]
        if number in {"1", "2", "3", "4", "-1"} and day in WEEKDAYS:
            return Monthly(int(number), WEEKDAYS.index(day))
    return None


def parts_of(rule: str) -> dict[str, str]:
    """The parts of a rule by name, in capitals. Raises RuleError for what we do not keep.

    A rule has no end of its own (UNTIL, COUNT) and no times of day (BYHOUR): the series says both in fields that
    people see.
    """
    parts: dict[str, str] = {}
    for piece in rule.strip().upper().removeprefix("RRULE:").split(";"):
        name, _, value = piece.partition("=")
        if not name or not value:
            raise RuleError("empty" if not rule.strip() else "unreadable", piece)
        if name in {"UNTIL", "COUNT"}:
            raise RuleError("ends", name)
        if name not in UNDERSTOOD or name in parts:
            raise RuleError("part", name)
        parts[name] = value
    if parts.get("FREQ") not in FREQUENCIES:
        raise RuleError("frequency", parts.get("FREQ", ""))
    if not parts.get("INTERVAL", "1").isdigit() or int(parts.get("INTERVAL", "1")) not in range(1, 100):
        raise RuleError("interval", parts["INTERVAL"])
    return parts


def check(rule: str, first_day: date) -> str:
    """The rule as it is kept, if dates can be told from it, and it has one within two years. Raises RuleError."""
    kept = ";".join(f"{name}={value}" for name, value in parts_of(rule).items())
    last = first_day + min(LOOKED_AHEAD, date.max - first_day)
    if next(dates(kept, first_day, first_day, last), None) is None:
        raise RuleError("never")
    return kept


def dates(rule: str, begins: date, first: date, last: date) -> Iterator[date]:
    """The local dates from `first` to `last` (both included) of a rule that begins on `begins`. Raises RuleError."""
    parts_of(rule)
    # A rule that never holds (30 February) is looked for until the year 9999, whatever its end: so as late as can be.
    later = (date.max - max(begins, last)) // CYCLE * CYCLE
    try:
        found = rrulestr(rule, dtstart=datetime.combine(begins + later, time.min))
        assert isinstance(found, rrule)
        for moment in found.replace(until=datetime.combine(last + later, time.min)):
            day = moment.date() - later
            if day >= first:
                yield day
    except RuleError:
        raise
    except (ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise RuleError("unreadable", str(error)) from error
