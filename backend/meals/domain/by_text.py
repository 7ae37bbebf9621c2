"""What a text asks of the dinners: "ETEN", "ETEN 2", "ETEN DO 2", "AFZEGGEN ETEN". Pure.

Nothing is guessed: a text with a word that is not known here is not understood, and goes on to a person.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from backend.people.domain import short_days
from backend.people.domain.days import NAMES

_DINNER = (
    "eten etn ete eeten etten eet meeeten diner dineren etentje resto restaurant maaltijd dinner diner dining meal"
)
_CANCELS = (
    "afzeggen afzegen afzegge afgezegd af afmelden afmelding annuleren annuleer cancel niet geen nee no not cannot cant"
)
_POLITE = (
    "ik wij we wil willen graag mag zeg zeggen kan kunnen kom komen mee met voor op om de het een "
    "reserveren reservering plaats plaatsen plek personen persoon pers mensen man aub svp alstublieft dank u bij "
    "i would like to please for on the a people person persons come coming can book reserve at and en"
)
DINNER, CANCELS, POLITE = (frozenset(words.split()) for words in (_DINNER, _CANCELS, _POLITE))
COUNTS = {
    word: number
    for number, words in enumerate(
        ("", "", "twee two", "drie three", "vier four", "vijf five", "zes six", "zeven seven", "acht eight"), start=0
    )
    for word in words.split()
}
_PLAIN = "afzeggen afzegen afzegge afgezegd af afmelden afmelding annuleren annuleer cancel kom komen come coming"
PLAIN_CANCELS = frozenset(_PLAIN.split())
"""Words that leave no doubt that a dinner is cancelled. "Ik kan niet eten" may be about something else altogether."""

TONIGHT = {"vanavond": "vandaag", "tonight": "today", "vanmiddag": "vandaag"}
LONGEST = 10
"""Words: a longer text is a letter, and a person reads it."""

_MONTHS = [name.lower() for months in short_days.MONTHS.values() for name in months]
_MONTHS += [name.lower() for _days, months in NAMES.values() for name in months]
_DATE = re.compile(rf"\b\d{{1,2}}(?:[-/]\d{{1,2}}(?:[-/]\d{{2,4}})?|\s(?:{'|'.join(_MONTHS)})\b)")
_DAYS = frozenset(
    [name.lower() for days in short_days.DAYS.values() for name in days]
    + [name.lower() for days, _months in NAMES.values() for name in days]
    + list(short_days.FROM_TODAY)
)


class What(StrEnum):
    """What somebody wants."""

    RESERVE = "reserve"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Asked:
    """A text as it was understood. `covers` is 1 where no number was given; `plain` has the day, if `names_a_day`.

    `is_plain` is False where somebody may have meant something else than to cancel, and is asked first.
    """

    what: What
    covers: int
    plain: str
    names_a_day: bool
    is_plain: bool = True


def understand(plain: str) -> Asked | None:
    """What a text asks; None when it is not about a dinner, or not clear. `plain` as `keywords.plain` cleans it."""
    words = [TONIGHT.get(word, word) for word in plain.split()]
    if len(words) > LONGEST or not DINNER & set(words):
        return None
    cleaned = " ".join(words)
    left = [word for word in _DATE.sub(" ", cleaned).split() if word not in _DAYS | DINNER | POLITE]
    numbers = [int(word) if word.isdigit() else COUNTS[word] for word in left if word.isdigit() or word in COUNTS]
    others = [word for word in left if not word.isdigit() and word not in COUNTS]
    if len(numbers) > 1 or any(number < 1 for number in numbers) or set(others) - CANCELS:
        return None
    names_a_day = bool(_DATE.search(cleaned) or _DAYS & set(words))
    covers = numbers[0] if numbers else 1
    if not others:
        return Asked(What.RESERVE, covers, cleaned, names_a_day)
    return Asked(What.CANCEL, covers, cleaned, names_a_day, bool(PLAIN_CANCELS & set(words)))
