"""Days as people type and say them, in Dutch and English. Pure.

Every reading is told back in full ("van maandag 23 november tot en met …"), so that a wrong one is noticed. "Tot 3
december" is taken as up to and including the 3rd. What could mean two things is `Unclear`: then people are asked.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from backend.common.languages import in_language

LONGEST = timedelta(days=180)
"""An absence that would end later than this was probably not meant; people are asked."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb febr februari february",
            "mrt maart march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "aug augustus august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "maandag monday",
            "dinsdag tuesday",
            "woensdag wednesday",
            "donderdag thursday",
            "vrijdag friday",
            "zaterdag saturday",
            "zondag sunday",
        )
    )
    for name in names.split()
}

_SHORT_WEEKDAYS = {
    short: number
    for number, names in enumerate(("ma mon", "di tue", "wo wed", "do thu", "vr fri", "za sat", "zo sun"))
    for short in names.split()
}

_COUNTS = {"een": 1, "1": 1, "a": 1, "one": 1, "twee": 2, "two": 2, "drie": 3, "three": 3, "vier": 4, "four": 4}

NAMES = {
    "nl": (
        ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        (
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ),
    ),
    "en": (
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
    ),
}


@dataclass(frozen=True)
class Period:
    """From one local date to another, both included. `last` is None for "until further notice"."""

    first: date
    last: date | None


@dataclass(frozen=True)
class Unclear:
    """Days were named, but not so that there is only one reading."""


@dataclass(frozen=True)
class NoDays:
    """No day was named at all."""


def spoken(day: date, language: str) -> str:
    """A date as it is said: "maandag 23 november"; the year only where it is not obvious. Dutch for other languages."""
    weekdays, months = in_language(NAMES, language)
    return f"{weekdays[day.weekday()]} {day.day} {months[day.month - 1]}"


def understand(text: str, today: date) -> Period | Unclear | NoDays:
    """The days that a text names; `today` is the local date. `text` is in small letters, "t/m" written as "tm".

    Never raises, whatever the text.
    """
    try:
        return _Reader(text, today).period()
    except (_NotClear, OverflowError, ValueError):
        return Unclear()


def keyed(digits: str, today: date) -> date | None:
    """The date that somebody keyed in as day and month ("0312", "312" where that can be one thing only).

    The next such date, today included. None when it is no date, or more than half a year ahead.
    """
    splits = {3: [(1, 2), (2, 1)], 4: [(2, 2)]}.get(len(digits), [])
    if not digits.isascii() or not digits.isdigit():
        return None
    found = set()
    for of_day, _of_month in splits:
        day = _next_date(int(digits[:of_day]), int(digits[of_day:]), today)
        if day is not None and day - today <= LONGEST:
            found.add(day)
    return found.pop() if len(found) == 1 else None


class _NotClear(Exception):
    """More than one reading, or none."""


@dataclass(frozen=True)
class _Point:
    """A day that was named, and the word before it: "from", "to" or nothing."""

    mark: str
    first: date
    last: date
    """The same day, except for "next week" and "the weekend"."""


_FROM = r"(?:van|vanaf|from|since|sinds|per|starting)"
_TO = r"(?:tm|tot|until|till|til|to|through)"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(_WEEKDAYS)
_SHORT_WEEKDAY = "|".join(_SHORT_WEEKDAYS)
_COUNT = "|".join(re.escape(word) for word in sorted(_COUNTS, key=len, reverse=True))
_UNIT = r"(?:dag|dagen|day|days|week|weken|weeks|maand|maanden|month|months)"

_OPEN_END = re.compile(
    rf"\b{_TO} (?:nader|verder|further|ik (?:weer )?(?:bel|terug|sms|me meld)|i (?:ring|call|am back)|notice)\b"
    r"|\b(?:voorlopig|until further notice|onbepaalde tijd)\b"
)
_DATE = re.compile(
    rf"(?:\b(?P<from>{_FROM})\s+|\b(?P<to>{_TO})\s+|)"
    r"(?:en\s+met\s+)?(?:op\s+|on\s+|de\s+|the\s+|aanstaande\s+|komende\s+|(?P<next>volgende|next)\s+)*"
    rf"(?:(?P<said>{_WEEKDAY}|{_SHORT_WEEKDAY})\s+(?=\d))?"
    r"(?:"
    r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})(?:[-/.](?P<y>\d{4}|\d{2}))?\b"
    rf"|(?P<d2>\d{{1,2}})(?:e|de|ste|st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_MONTH})\b(?:\s+(?P<y2>20\d\d)\b)?"
    rf"|\b(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s+(?:{_MONTH})\b)(?:\s+(?P<y3>20\d\d)\b)?"
    rf"|(?P<weekover>\bvolgende week (?P<w1>{_WEEKDAY})\b|\b(?P<w2>{_WEEKDAY}) (?:volgende|over een) week\b)"
    rf"|\b(?P<w>{_WEEKDAY})\b"
    r"|\b(?P<word>vandaag|today|overmorgen|day after tomorrow|morgen|tomorrow)\b"
    rf"|\b(?:over|in)\s+(?P<n>{_COUNT}|\d{{1,2}})\s+(?P<unit>{_UNIT})\b"
    r"|\b(?P<span>volgende week|next week|deze week|this week|weekend|weekeinde)\b"
    r"|\b(?P<bare>\d{1,2})(?:e|de|ste|st|nd|rd|th)?"
    rf"(?=\s*(?:tm\b|tot\b|to\b|until\b)\s*\d{{1,2}}(?:e|th)?\s+(?:{_MONTH})\b)"
    r")"
)
_ALTERNATIVE = re.compile(rf"\b(?:of|or|en|and)\b(?=\s*{_DATE.pattern.replace('?P<', '?P<x_')})")
_RANGE = re.compile(rf"\b(\d{{1,2}})\s*-\s*(\d{{1,2}})(?=\s+(?:{_MONTH})\b)")
_LENGTH = re.compile(rf"(?<!over )(?<!in )\b(?P<n>{_COUNT}|\d{{1,2}}|hele)\s+(?P<unit>{_UNIT})\b")


class _Reader:
    """Reads one text on one day."""

    def __init__(self, text: str, today: date) -> None:
        self._text = re.sub(r"\bt\s?/\s?m\b|\btot en met\b", "tm", f" {text.lower()} ")
        self._text = re.sub(r"\b(?:the )?day after tomorrow\b", "overmorgen", self._text)
        self._text = _RANGE.sub(r"\1 tm \2", self._text)
        self._today = today

    def period(self) -> Period | Unclear | NoDays:
        points, rest = self._points()
        is_open = bool(_OPEN_END.search(self._text))
        length = _LENGTH.search(rest)
        if _ALTERNATIVE.search(self._text):
            raise _NotClear
        found = self._put_together(points, is_open, self._days(length) if length else None)
        if isinstance(found, Period) and not self._makes_sense(found):
            raise _NotClear
        if isinstance(found, NoDays) and re.search(rf"\d|\b{_TO}\b|\b{_FROM}\b", rest.replace("een", "")):
            raise _NotClear
        return found

    def _points(self) -> tuple[list[_Point], str]:
        points: list[_Point] = []
        bare: list[tuple[int, str, int]] = []
        for match in _DATE.finditer(self._text):
            mark = "from" if match["from"] else "to" if match["to"] else ""
            if match["bare"]:
                bare.append((len(points), mark, int(match["bare"])))
                points.append(_Point(mark, self._today, self._today))
                continue
            first, last = self._days_of(match)
            points.append(_Point(mark, first, last))
        for index, mark, number in bare:
            if index + 1 >= len(points):
                raise _NotClear
            other = points[index + 1].first
            points[index] = _Point(mark, other.replace(day=number), other.replace(day=number))
            if points[index + 1].mark == "":
                points[index + 1] = _Point("to", other, points[index + 1].last)
        return points, _DATE.sub(" ", self._text)

    def _put_together(self, points: list[_Point], is_open: bool, length: int | None) -> Period | NoDays:
        marks = [point.mark for point in points]
        if is_open and marks in ([], ["from"], [""]):
            return Period(points[0].first if points else self._today, None)
        if is_open or (length is not None and marks not in ([], ["from"])):
            raise _NotClear
        begin = points[0].first if points else self._today
        if length is not None:
            return Period(begin, begin + timedelta(days=length - 1))
        if not points:
            return NoDays()
        if marks == ["to"]:
            return Period(self._today, points[0].last)
        if len(points) == 1:
            return Period(points[0].first, None if marks == ["from"] else points[0].last)
        if marks in (["from", "to"], ["", "to"]):
            return Period(points[0].first, points[1].last)
        raise _NotClear

    def _makes_sense(self, found: Period) -> bool:
        last = found.last or found.first
        return self._today <= found.first <= last and last - self._today <= LONGEST

    def _days(self, match: re.Match[str]) -> int:
        count = 1 if match["n"] == "hele" else _COUNTS.get(match["n"]) or int(match["n"])
        unit = match["unit"]
        if unit.startswith(("maand", "month")):
            raise _NotClear
        return count * (7 if unit.startswith("we") else 1)

    def _days_of(self, match: re.Match[str]) -> tuple[date, date]:
        """The first and last day that one mention means."""
        groups = match.groupdict()
        if groups["d"] or groups["d2"] or groups["d3"]:
            day = self._calendar(groups)
            if groups["said"] and (_WEEKDAYS | _SHORT_WEEKDAYS)[groups["said"]] != day.weekday():
                raise _NotClear  # "dinsdag 3 december" when that is a Thursday: which of the two is wrong?
        elif groups["weekover"]:
            day = self._monday() + timedelta(days=7 + _WEEKDAYS[groups["w1"] or groups["w2"]])
        elif groups["w"]:
            day = self._weekday(groups)
        elif groups["word"]:
            ahead = {"vandaag": 0, "today": 0, "morgen": 1, "tomorrow": 1, "overmorgen": 2}[groups["word"]]
            day = self._today + timedelta(days=ahead)
        elif groups["n"]:
            if not match["to"] and not match["from"]:
                raise _NotClear  # "afwezig over 2 weken": for two weeks, or from then on?
            day = self._today + timedelta(days=self._days(match))
        else:
            return self._span(groups["span"])
        return day, day

    def _calendar(self, groups: dict[str, str | None]) -> date:
        number = int(groups["d"] or groups["d2"] or groups["d3"] or 0)
        month = int(groups["m"]) if groups["m"] else _MONTHS[groups["m2"] or groups["m3"] or ""]
        year = groups["y"] or groups["y2"] or groups["y3"]
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, number)
        day = _next_date(number, month, self._today)
        if day is None:
            raise _NotClear
        return day

    def _weekday(self, groups: dict[str, str | None]) -> date:
        """The next such day. On the day itself, and for "volgende dinsdag", people do not agree what it means."""
        ahead = (_WEEKDAYS[groups["w"] or ""] - self._today.weekday()) % 7
        if ahead == 0 or groups["next"]:
            raise _NotClear
        return self._today + timedelta(days=ahead)

    def _monday(self) -> date:
        return self._today - timedelta(days=self._today.weekday())

    def _span(self, span: str) -> tuple[date, date]:
        monday = self._monday()
        if span in ("volgende week", "next week"):
            return monday + timedelta(days=7), monday + timedelta(days=13)
        if span in ("deze week", "this week"):
            return self._today, monday + timedelta(days=6)
        return max(self._today, monday + timedelta(days=5)), monday + timedelta(days=6)


def _next_date(number: int, month: int, today: date) -> date | None:
    """The next date with this day and month, today included. None when there is none such (30-2), or for years."""
    for year in (today.year, today.year + 1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day >= today:
            return day
    return None
