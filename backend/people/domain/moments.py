"""Days, times of day and lists as they are said and written, in Dutch and English. Pure."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from backend.common.languages import Catalogue
from backend.people.domain import days

NL = {
    "today": "vandaag",
    "tomorrow": "morgen",
    "clock": "{hour} uur {minute}",
    "clock_whole": "{hour} uur",
    "clock_written": "{hour}.{minute:02}",
    "and": "en",
}

EN = {
    "today": "today",
    "tomorrow": "tomorrow",
    "clock": "{hour} {minute}",
    "clock_whole": "{hour} o'clock",
    "clock_written": "{hour}:{minute:02}",
    "and": "and",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say

Clock = Callable[[datetime, ZoneInfo, str], str]
"""A wall time in a language, for a voice or in writing."""


def day_named(day: date, today: date, language: str) -> str:
    """A local date as it is said: today, tomorrow, else "dinsdag 24 november"."""
    near = {0: "today", 1: "tomorrow"}.get((day - today).days)
    return say(near, language) if near else days.spoken(day, language)


def spoken_time(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """A wall time for a voice: 9 uur 40."""
    local = moment.astimezone(zone)
    code = "clock" if local.minute else "clock_whole"
    return say(code, language, hour=local.hour, minute=local.minute)


def written_time(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """A wall time in a text: 9.40."""
    local = moment.astimezone(zone)
    return say("clock_written", language, hour=local.hour, minute=local.minute)


def listed(names: Sequence[str], language: str) -> str:
    """Riet, Jan en Els."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {say('and', language)} {names[-1]}"
