"""The texts about duties, in Dutch and English: short, one segment where the names allow it."""

from collections.abc import Iterable
from datetime import date

from backend.people.domain.short_days import with_weekday

NL = {
    "label": "Telefooncirkel {circles}",
    "gaps": "Rooster: {gaps} heeft nog niemand dienst. Kijk op {link}",
    "gap": "{circle} op {days}",
    "and": "en",
    "more": "nog {count} dagen",
    "asked": "Telefooncirkel {circle}: kunt u op {day} dienst doen? Antwoord JA {short}. Rooster: {link}",
    "taken_by_you": "Dank u wel. U heeft op {day} dienst voor telefooncirkel {circle}.",
    "taken_over": "Telefooncirkel {circle}: {name} neemt uw dienst van {day} over. U bent die dag vrij.",
    "taken_by_other": "Telefooncirkel {circle}: iemand anders heeft de dienst van {day} al. U hoeft niets te doen.",
    "lapsed_owner": "Telefooncirkel {circle}: niemand kon uw dienst van {day} overnemen. De dienst blijft van u. Lukt "
    "dat niet? Bel {phone}.",
    "lapsed_coordinator": "Telefooncirkel {circle}: {name} zoekt iemand voor de dienst van {day}. Niemand nam die over. "
    "Rooster: {link}",
    "withdrawn": "Telefooncirkel {circle}: de vraag over {day} is niet meer nodig. U hoeft niets te doen.",
    "link": "Uw diensten bekijken of ruilen: {link}",
    "offered": "Wij vragen de anderen of zij uw dienst van {day} kunnen overnemen. Tot iemand JA zegt, blijft de dienst "
    "van u. U hoort van ons.",
    "which": "U bent over meer dan één dag gevraagd. Antwoord {choices}.",
    "not_asked_then": "Over die dag is u niets gevraagd; er is niets veranderd. Wel over een andere. Antwoord {choices}.",
    "choice": "JA {short}",
    "or": "of",
    "no_duty_then": "U staat op die dag niet op het rooster. Uw diensten: {link}",
    "which_day": "Welke dienst wilt u ruilen? Antwoord bijvoorbeeld RUIL 3 dec. Uw diensten: {link}",
    "declined": "Dank u wel voor uw antwoord. Wij zoeken iemand anders.",
}

EN = {
    "label": "Telephone circle {circles}",
    "gaps": "Roster: nobody is on duty yet for {gaps}. See {link}",
    "gap": "{circle} on {days}",
    "and": "and",
    "more": "{count} more days",
    "asked": "Telephone circle {circle}: can you be on duty on {day}? Answer YES {short}. Roster: {link}",
    "taken_by_you": "Thank you. You are on duty on {day} for telephone circle {circle}.",
    "taken_over": "Telephone circle {circle}: {name} takes over your duty of {day}. You are free that day.",
    "taken_by_other": "Telephone circle {circle}: somebody else has the duty of {day} already. You need do nothing.",
    "lapsed_owner": "Telephone circle {circle}: nobody could take over your duty of {day}. It stays yours. Is that "
    "impossible? Ring {phone}.",
    "lapsed_coordinator": "Telephone circle {circle}: {name} needs somebody for the duty of {day}. Nobody took it. Roster: "
    "{link}",
    "withdrawn": "Telephone circle {circle}: the question about {day} is not needed any more. You need do nothing.",
    "link": "See or swap your duties: {link}",
    "offered": "We are asking the others whether they can take over your duty of {day}. Until somebody says YES it stays "
    "yours. You will hear from us.",
    "which": "You have been asked about more than one day. Answer {choices}.",
    "not_asked_then": "You were not asked about that day; nothing has changed. You were about another. Answer {choices}.",
    "choice": "YES {short}",
    "or": "or",
    "no_duty_then": "You are not on the roster on that day. Your duties: {link}",
    "which_day": "Which duty would you like to swap? Answer for example SWAP 3 dec. Your duties: {link}",
    "declined": "Thank you for answering. We are asking somebody else.",
}

CATALOGUES = {"nl": NL, "en": EN}

DAYS_AT_MOST = 4
"""A text names so many days of a circle; the roster page names all."""


def say(code: str, language: str, **names: object) -> str:
    """A sentence of the catalogue; in Dutch where a language has none."""
    return CATALOGUES.get(language, NL)[code].format(**names)


def listed(parts: Iterable[str], language: str, *, by: str = "and") -> str:
    """a, b en c; `by` is the code of the word before the last."""
    parts = list(parts)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {say(by, language)} {parts[-1]}"


def gaps_named(gaps: dict[str, list[date]], language: str) -> str:
    """Which circles have nobody on which days: `gaps` are local dates by the circle's name."""
    sentences = []
    for circle, days in gaps.items():
        named = [with_weekday(day, language) for day in days[:DAYS_AT_MOST]]
        if len(days) > DAYS_AT_MOST:
            named.append(say("more", language, count=len(days) - DAYS_AT_MOST))
        sentences.append(say("gap", language, circle=circle, days=listed(named, language)))
    return "; ".join(sentences)
