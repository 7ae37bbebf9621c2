"""What every call and text of the bus has in common: the fetching and bringing home."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from backend.common.languages import Catalogue
from backend.people.domain.moments import day_named, spoken_time, written_time

NL = {
    "fetched": "De bus komt {day} tussen {from_} en {until}.",
    "brought_home": "U bent rond {around} weer thuis.",
    "only_home": "De bus brengt u {day} naar huis; u bent rond {around} thuis.",
}

EN = {
    "fetched": "The bus comes {day} between {from_} and {until}.",
    "brought_home": "You will be home at about {around}.",
    "only_home": "The bus takes you home {day}; you will be there at about {around}.",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say


@dataclass(frozen=True)
class Times:
    """What somebody was promised: fetched between two instants, home between two (UTC). None: not by bus that way."""

    there: tuple[datetime, datetime] | None = None
    home: tuple[datetime, datetime] | None = None

    @property
    def around_home(self) -> datetime | None:
        """The middle of the window in which they come home, to five minutes."""
        if self.home is None:
            return None
        first, last = self.home
        middle = first + (last - first) / 2
        return middle - timedelta(minutes=middle.minute % 5, seconds=middle.second, microseconds=middle.microsecond)


def times_in_words(
    times: Times, day: date, *, today: date, zone: ZoneInfo, language: str, written: bool = False
) -> str:
    """When the bus comes and when they are home, in one or two sentences. `day` and `today` are local dates."""
    clock = written_time if written else spoken_time
    named = day_named(day, today, language)
    around = times.around_home
    told = [] if around is None else [clock(around, zone, language)]
    if times.there is None:
        return say("only_home", language, day=named, around=told[0]) if told else ""
    first, last = (clock(moment, zone, language) for moment in times.there)
    sentences = [say("fetched", language, day=named, from_=first, until=last)]
    sentences += [say("brought_home", language, around=one) for one in told]
    return " ".join(sentences)
