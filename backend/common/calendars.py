"""Programmes as calendars that others subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

REFRESH = timedelta(hours=6)
"""How often whoever subscribes asks again."""


@dataclass(frozen=True)
class Entry:
    """One thing on a calendar. Times are UTC; `uid` stays the same through all changes, `version` grows with each."""

    uid: str
    version: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    description: str
    is_cancelled: bool


def as_ical(name: str, product: str, entries: Iterable[Entry], *, zone: ZoneInfo, now: datetime) -> bytes:
    """The calendar. Times are in `zone`, which the file describes; `now` is UTC.

    What is cancelled stays, and says so.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Rondje//{product}//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, zone, now))
    calendar.add_missing_timezones()
    return calendar.to_ical()  # type: ignore[no-any-return]


def _event(entry: Entry, zone: ZoneInfo, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now)
    event.add("sequence", entry.version)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", entry.summary)
    event.add("location", entry.location)
    event.add("description", entry.description)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event
