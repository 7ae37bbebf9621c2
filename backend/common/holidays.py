"""Public holidays in the Netherlands, and which of them an organisation keeps. Pure.

The days come from the library `holidays`, so that Easter and a King's Day on a Sunday are right. A holiday is known by
its English name in small letters: "King's Day" is `kings_day`.
"""

import re
from collections.abc import Collection
from datetime import date
from functools import cache

import holidays

from backend.common.languages import in_language

KEPT = frozenset(
    {
        "new_years_day",
        "easter_sunday",
        "easter_monday",
        "kings_day",
        "ascension_day",
        "pentecost",
        "pentecost_monday",
        "christmas_day",
        "second_day_of_christmas",
    }
)
"""Unless an organisation says otherwise. Good Friday and Liberation Day are working days for most."""

LANGUAGES = {"nl": "nl", "en": "en_US"}
"""The library's names of ours."""

PLAIN_YEAR = 2026
"""One in which no two holidays fall on one day."""


def holidays_between(first: date, last: date, *, kept: Collection[str], language: str) -> dict[date, str]:
    """The holidays kept from `first` to `last` (local dates, both included), with their names in a language."""
    said = names(language)
    calendar = _calendar(range(first.year, last.year + 1), LANGUAGES["en"])
    found = {}
    for day in sorted(day for day in calendar if first <= day <= last):
        codes = [code for code in map(code_of, calendar.get_list(day)) if code in kept]
        if codes:
            found[day] = ", ".join(said.get(code, code) for code in codes)
    return found


@cache
def names(language: str) -> dict[str, str]:
    """Every holiday there is to choose from, by code, with its name in a language, in the order of a year."""
    coded, said = (_calendar([PLAIN_YEAR], name) for name in (LANGUAGES["en"], in_language(LANGUAGES, language)))
    return {code_of(coded[day]): said[day] for day in sorted(coded)}


def code_of(name: str) -> str:
    """How a holiday is known in settings."""
    return re.sub(r"[^a-z0-9]+", "_", name.casefold().replace("'", "")).strip("_")


def _calendar(years: Collection[int], language: str) -> holidays.HolidayBase:
    return holidays.country_holidays("NL", years=years, language=language, categories=("public", "optional"))
