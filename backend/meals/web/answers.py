"""Answers to a caller, in a sentence that can be read to them: yes and when, or no, why, and what then."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.meals.domain.chairs import Refusal
from backend.meals.models import Evening
from backend.meals.services.desk import ELSEWHERE, Refused, Yes
from backend.meals.services.wishes import No

SENTENCES = {
    Refusal.CLOSED.value: gettext_lazy("No: this evening is over, or does not take place. Choose another evening."),
    Refusal.TOO_LATE.value: gettext_lazy(
        "No: the kitchen has had its final count at %(cutoff)s. Come to the door at %(doors)s: whoever comes is in "
        "while there are chairs."
    ),
    Refusal.ALREADY.value: gettext_lazy("%(name)s has reserved for this evening already, or waits for chairs."),
    Refusal.HELPS.value: gettext_lazy(
        "%(name)s helps on this evening and eats with the crew. Whoever comes along reserves by a name of their own."
    ),
    Refusal.NO_TABLE.value: gettext_lazy(
        "No: the largest table has %(largest)s chairs. Reserve for two groups, each by a name of their own, who sit "
        "together."
    ),
    Refusal.OFFERED.value: gettext_lazy(
        "No: the chairs that are free are for somebody on the waiting list, who is asked first."
    ),
    ELSEWHERE: gettext_lazy("No: %(name)s is at another dinner at that time. Cancel that one first."),
}

WARNINGS = {
    "absent": gettext_lazy("Noted as away on that day. Ask whether that is still so."),
    "two_tables": gettext_lazy("Together they are more than sit at one table. Say that they will sit at two."),
}


@dataclass(frozen=True)
class Answer:
    """An answer as it is shown. `may` is what can be done now: "reserve", "wait", or nothing."""

    look: str
    sentence: str
    warnings: tuple[str, ...] = ()
    may: str = ""
    instead: tuple[Evening, ...] = ()
    is_unmet: bool = False
    """They asked in vain: counted when they go without."""


def answer_of(found: Yes | Refused, evening: Evening) -> Answer:
    """What came of asking, in the zone that is in force."""
    if isinstance(found, Yes):
        warnings = tuple(str(WARNINGS[code]) for code in found.warnings)
        return Answer("well", yes_in_words(evening), warnings, "reserve")
    waits = found.why in (Refusal.FULL, Refusal.OFFERED)
    return Answer(
        look="missed" if waits else "incident",
        sentence=no_in_words(found.why, evening, name=found.person.name, free=found.free, largest=found.largest),
        may="wait" if waits else "",
        instead=found.alternatives,
        is_unmet=found.why not in (Refusal.ALREADY, ELSEWHERE),
    )


def yes_in_words(evening: Evening) -> str:
    """When the doors open, and when dinner is served."""
    return _("Yes: on %(day)s you are welcome at %(resto)s. The doors open at %(doors)s, dinner is at %(dinner)s.") % {
        "day": formats.date_format(evening.date, "l j F"),
        "resto": evening.resto.name,
        "doors": clock(evening.doors_at),
        "dinner": clock(evening.dinner_at),
    }


def no_in_words(why: str, evening: Evening, *, name: str = "", free: int = 0, largest: int = 0) -> str:
    """Why not, and what can be done."""
    if why == Refusal.FULL:
        return _full(free)
    return str(SENTENCES[why]) % {
        "name": name,
        "largest": largest,
        "cutoff": clock(evening.cutoff_at),
        "doors": clock(evening.doors_at),
    }


def no_to_change(found: No, evening: Evening) -> str:
    """Why a reservation cannot be for more people; it stays as it was."""
    said = no_in_words(found.why.value, evening, free=found.free, largest=found.largest)
    return said + " " + _("Nothing has changed.")


def _full(free: int) -> str:
    if free == 1:
        return _("No: there is only one chair left.")
    if free:
        return _("No: there are only %(free)s chairs left.") % {"free": free}
    return _("No: all chairs are taken.")


def clock(moment: datetime) -> str:
    """A wall time in the zone that is in force."""
    return formats.date_format(timezone.localtime(moment), "G:i")
