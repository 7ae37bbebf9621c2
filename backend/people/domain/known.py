"""What is known of somebody from elsewhere, for whoever worries about them: values, codes to keep, words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from backend.people.domain.days import spoken
from backend.people.words import say

SEEN_WORDS = ("rang_in", "on_board", "home_inside", "at_table")
"""How somebody was seen that has a sentence of its own; otherwise they were spoken to."""


@dataclass(frozen=True)
class Seen:
    """The latest moment (UTC) at which they were known to be well, and how: the source's code without its programme."""

    at: datetime
    how: str


@dataclass(frozen=True)
class Away:
    """They are away today; `until` is the last local date, None where no end is known."""

    until: date | None


@dataclass(frozen=True)
class Engaged:
    """They are with a programme (a number of `Engagement.Programme`) now or later today. Times are UTC."""

    programme: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class LastKnown:
    """All of it; None where nothing is known."""

    seen: Seen | None = None
    away: Away | None = None
    engaged: Engaged | None = None

    def codes(self) -> dict[str, Any]:
        """For a row that keeps codes and times only, such as the details of an incident. `of` reads it back."""
        found: dict[str, Any] = {}
        if self.seen:
            found["seen"] = {"at": self.seen.at.isoformat(), "how": self.seen.how}
        if self.away:
            found["away"] = {"until": self.away.until.isoformat() if self.away.until else None}
        if self.engaged:
            starts_at, ends_at = self.engaged.starts_at.isoformat(), self.engaged.ends_at.isoformat()
            found["engaged"] = {"programme": self.engaged.programme, "starts_at": starts_at, "ends_at": ends_at}
        return found

    @classmethod
    def of(cls, codes: Mapping[str, Any]) -> "LastKnown":
        """What was kept as codes."""
        seen, away, engaged = codes.get("seen"), codes.get("away"), codes.get("engaged")
        return cls(
            seen=Seen(datetime.fromisoformat(seen["at"]), seen["how"]) if seen else None,
            away=Away(date.fromisoformat(away["until"]) if away["until"] else None) if away else None,
            engaged=Engaged(
                engaged["programme"],
                datetime.fromisoformat(engaged["starts_at"]),
                datetime.fromisoformat(engaged["ends_at"]),
            )
            if engaged
            else None,
        )

    def sentences(self, language: str, zone: tzinfo, now: datetime) -> tuple[str, ...]:
        """In words of a language, with wall times of the zone, what tells most in front; none if nothing is known."""
        told = []
        if self.away:
            until = self.away.until
            told.append(say("away_until", language, day=spoken(until, language)) if until else say("away", language))
        if self.seen:
            code = f"seen_{self.seen.how}" if self.seen.how in SEEN_WORDS else "seen"
            told.append(say(code, language, when=_when(self.seen.at, language, zone, now)))
        if self.engaged:
            start, end = (clock_time(at, zone) for at in (self.engaged.starts_at, self.engaged.ends_at))
            told.append(say(f"engaged_{self.engaged.programme}", language, start=start, end=end))
        return tuple(told)

    def in_brief(self, language: str, zone: tzinfo, now: datetime) -> str:
        """The one thing that tells most, in a few letters for a text message; empty if nothing is known of today."""
        if self.away:
            return say("short_away", language)
        if self.seen and self.seen.at.astimezone(zone).date() == now.astimezone(zone).date():
            return say("short_seen", language, time=clock_time(self.seen.at, zone))
        return say("short_engaged", language) if self.engaged else ""


def clock_time(at: datetime, zone: tzinfo) -> str:
    """A wall time as it is said: 8:40."""
    local = at.astimezone(zone)
    return f"{local.hour}:{local.minute:02}"


def _when(at: datetime, language: str, zone: tzinfo, now: datetime) -> str:
    local = at.astimezone(zone).date()
    if local == now.astimezone(zone).date():
        return say("at", language, time=clock_time(at, zone))
    return say("on_day_at", language, day=spoken(local, language), time=clock_time(at, zone))
