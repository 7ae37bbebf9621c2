"""Days as texts name them: "do 3 dec"; and which of somebody's days they mean in an answer. Pure.

Days are matched with those that can be meant, never guessed.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from backend.people.domain.days import NAMES

DAYS = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

MONTHS = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}

LONG_DAYS = [tuple(name.lower() for name in days) for days, _months in NAMES.values()]
LONG_MONTHS = [tuple(name.lower() for name in months) for _days, months in NAMES.values()]

FROM_TODAY = {"vandaag": 0, "today": 0, "morgen": 1, "tomorrow": 1, "overmorgen": 2}


def short(day: date, language: str) -> str:
    """A date as it is typed in an answer: 3 dec."""
    months = MONTHS.get(language, MONTHS["nl"])
    return f"{day.day} {months[day.month - 1]}"


def with_weekday(day: date, language: str) -> str:
    """A date with its weekday: do 3 dec."""
    return f"{DAYS.get(language, DAYS['nl'])[day.weekday()]} {short(day, language)}"


def days_meant(plain: str, days: Iterable[date], today: date) -> list[date]:
    """Those of `days` that a text names: 3 dec, 3 december, 3-12, do, donderdag, morgen. Empty when it names none.

    `plain` is the text in small letters, as `notifications.domain.keywords` cleans it. A weekday alone means the first
    such day.
    """
    days = sorted(set(days))
    words = plain.replace("/", "-").split()
    pairs = {" ".join(pair) for pair in pairwise(words)}
    dated = [day for day in days if _written(day) & (pairs | set(words))]
    if dated:
        return dated
    named = [first for word in words for first in _by_word(word, days, today)]
    return sorted(set(named))


def names_a_day(plain: str) -> bool:
    """Whether a text seems to name a day at all."""
    known = {*FROM_TODAY, *(name for names in LONG_DAYS for name in names)}
    return any(word in known or any(sign.isdigit() for sign in word) for word in plain.split())


def _written(day: date) -> set[str]:
    months = [names[day.month - 1].lower() for names in (*MONTHS.values(), *LONG_MONTHS)]
    numbers = {f"{day.day}-{day.month}", f"{day.day:02}-{day.month:02}", f"{day.day}-{day.month:02}"}
    with_year = {f"{number}-{day.year}" for number in numbers} | {f"{number}-{day.year % 100}" for number in numbers}
    return {f"{day.day} {month}" for month in months} | numbers | with_year


def _by_word(word: str, days: list[date], today: date) -> list[date]:
    if word in FROM_TODAY:
        meant = today + timedelta(days=FROM_TODAY[word])
        return [meant] if meant in days else []
    weekdays = [names.index(word) for names in LONG_DAYS if word in names]
    weekdays += [[name.lower() for name in names].index(word) for names in DAYS.values() if word.title() in names]
    weekdays += [names.index(word) for names in DAYS.values() if word in names]
    return [day for day in days if day.weekday() in weekdays][:1]
