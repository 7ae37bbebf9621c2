"""Days of the week as coordinators write them: "ma t/m vr", "niet op zondag", "alle dagen behalve zo"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from backend.circles.domain.call_list.cells import heading_key

EVERY_DAY = frozenset(range(7))
_NAMES: tuple[tuple[str, ...], ...] = (
    ("ma", "maa", "maandag", "maandags", "mon", "monday", "mondays"),
    ("di", "din", "dins", "dinsdag", "dinsdags", "tue", "tues", "tuesday", "tuesdays"),
    ("wo", "woe", "woens", "woensdag", "woensdags", "wed", "wednesday", "wednesdays"),
    ("do", "don", "dond", "donderdag", "donderdags", "thu", "thur", "thurs", "thursday", "thursdays"),
    ("vr", "vrij", "vrijdag", "vrijdags", "fri", "friday", "fridays"),
    ("za", "zat", "zater", "zaterdag", "zaterdags", "sat", "saturday", "saturdays"),
    ("zo", "zon", "zondag", "zondags", "sun", "sunday", "sundays"),
)
_DAY = {name: {day} for day, names in enumerate(_NAMES) for name in names} | {
    name.removesuffix("s") + "en": {day} for day, names in enumerate(_NAMES) for name in names if "dag" in name
}
_GROUP = {
    "werkdag": {0, 1, 2, 3, 4},
    "werkdagen": {0, 1, 2, 3, 4},
    "weekdagen": {0, 1, 2, 3, 4},
    "weekdays": {0, 1, 2, 3, 4},
    "weekday": {0, 1, 2, 3, 4},
    "doordeweeks": {0, 1, 2, 3, 4},
    "weekend": {5, 6},
    "weekends": {5, 6},
    "weekeinde": {5, 6},
    "weekeinden": {5, 6},
    "dagelijks": set(EVERY_DAY),
    "daily": set(EVERY_DAY),
    "alle": set(EVERY_DAY),
    "alles": set(EVERY_DAY),
    "elke": set(EVERY_DAY),
    "iedere": set(EVERY_DAY),
    "altijd": set(EVERY_DAY),
    "every": set(EVERY_DAY),
    "all": set(EVERY_DAY),
    "everyday": set(EVERY_DAY),
    "always": set(EVERY_DAY),
}
_PHRASES = (
    (
        r"\bt\s*/\s*m\b|\btot\s+en\s+met\b|\bt\s*\.?\s*e\.?\s*m\b|\btm\b|\bthrough\b|\bthru\b|\buntil\b",
        " .. ",
    ),
    (
        r"\bm\.?u\.?v\.?(?=\s|$)|\bmet\s+uitzondering\s+van\b|\buitgezonderd\b|\bbehalve\b|\bzonder\b",
        " except ",
    ),
    (r"\bniet\b|\bgeen\b|\bexcl(?:\.|usief)?\b|\bnot\b|\bno\b|\bexcluding\b", " except "),
    (
        r"\bde\s+hele\s+week\b|\bhele\s+week\b|\b7\s+dagen(?:\s+per\s+week)?\b|\b7\s+days(?:\s+a\s+week)?\b",
        " alle ",
    ),
    (r"\bdoor\s+de\s+week\b", " doordeweeks "),
    (r"\bevery\s+(?=(?:mon|tue|wed|thu|fri|sat|sun))|\b(?:elke|iedere)\s+(?=[mdwvz]\w+dag\b)", " "),
    (r"(?<=[^\W\d_])\s*[-–—]\s*(?=[^\W\d_])|\s+(?:tot|to|till)\s+", " .. "),
)
_FILLERS = frozenset(
    {
        "op",
        "en",
        "and",
        "de",
        "het",
        "in",
        "on",
        "alleen",
        "only",
        "dag",
        "dagen",
        "day",
        "days",
        "the",
        "van",
    }
    | {"of", "week", "but", "maar", "per"}
)


class DaysRead(StrEnum):
    """How the days were found: read, not said at all, or not understood."""

    READ = "read"
    NOT_SAID = "not_said"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class WeekdayReading:
    """The days 0 (Monday) to 6, never none: somebody is rung once too often rather than forgotten."""

    days: frozenset[int]
    how: DaysRead


def read_weekdays(text: str) -> WeekdayReading:
    """The days on which a member takes part.

    Every word must be understood; otherwise, and when no day would be left, the answer is every day and
    `UNREADABLE`, so that a person looks at it.
    """
    if not text.strip():
        return WeekdayReading(EVERY_DAY, DaysRead.NOT_SAID)
    days = _days_of(_tokens(text))
    if not days:
        return WeekdayReading(EVERY_DAY, DaysRead.UNREADABLE)
    return WeekdayReading(days, DaysRead.READ)


def weekday_of_heading(heading: str) -> int | None:
    """The day that a column of its own stands for ("ma", "Tuesday"), if the heading is a day."""
    days = _DAY.get(heading_key(heading))
    return next(iter(days)) if days else None


def _tokens(text: str) -> list[str]:
    plain = text.casefold().replace("’", "'")
    for pattern, replacement in _PHRASES:
        plain = re.sub(pattern, replacement, plain)
    return re.findall(r"\.\.|[^\W_]+|[?%]", plain)


def _days_of(tokens: list[str]) -> frozenset[int] | None:
    words = [token for token in tokens if token not in _FILLERS]
    if words[-1:] == ["except"]:
        return _all_but_named_before(words[:-1])
    named = _named(words)
    if named is None:
        return None
    before, excluded, added = named
    if excluded:
        # "Ma niet, di": what is taken away must first have been there, or it means something else.
        if before and not excluded <= before:
            return None
        return frozenset((before or EVERY_DAY) - excluded | added)
    return frozenset(before | added)


def _named(words: list[str]) -> tuple[set[int], set[int], set[int]] | None:
    """The days named before an exclusion, in it, and after "wel"; None when a word is not understood."""
    before: set[int] = set()
    excluded: set[int] = set()
    added: set[int] = set()
    target = before
    index = 0
    while index < len(words):
        word = words[index]
        if word == "except":
            target = excluded
        elif word == "wel" and index + 1 < len(words):
            target = added if excluded else before
        elif days := _DAY.get(word) or _GROUP.get(word):
            if words[index + 1 : index + 2] == [".."]:
                days = _range(word, words[index + 2]) if index + 2 < len(words) else None
                index += 2
            if days is None:
                return None
            target |= days
        else:
            return None
        index += 1
    return before, excluded, added


def _all_but_named_before(words: list[str]) -> frozenset[int] | None:
    """ "Zondag niet": the exclusion stands behind its days. Read only where it can mean one thing."""
    if not 1 <= len(words) <= 2:
        return None
    excluded: set[int] = set()
    for word in words:
        if word not in _DAY and not word.startswith("weekend"):
            return None
        excluded |= _DAY.get(word) or _GROUP[word]
    return EVERY_DAY - excluded


def _range(first: str, last: str) -> set[int] | None:
    if first not in _DAY or last not in _DAY:
        return None
    start, end = min(_DAY[first]), min(_DAY[last])
    return {(start + step) % 7 for step in range((end - start) % 7 + 1)}
