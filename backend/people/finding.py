"""Finding who is on the line: by name, as somebody spells it while listening, or by number."""

import re
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet

from backend.people.domain.names import PREFIXES, normalised_name
from backend.people.domain.telephone import read_numbers
from backend.people.models import Person

FOUND_AT_MOST = 12
LOOKED_AT = 500
"""So many names are compared letter by letter at most."""

NEAR = 0.75
"""How much two words must have in common to be one word misheard: one letter of four."""

LAST_DIGITS = 4
"""So many digits of a number are enough to look for it."""


def find(people: "QuerySet[Person]", asked: str) -> list[Person]:
    """Who of `people` was meant by a name or a telephone number, those who fit best in front.

    Every word must occur in the name; accents, case and the spelling of a prefix make no difference. When nobody is
    called so, those whose name is a few letters away. Digits are a number, of the person or of a contact of theirs.
    """
    digits = re.sub(r"\D", "", asked)
    if len(digits) >= LAST_DIGITS:
        return list(people.filter(_has_number(asked, digits)).distinct().order_by("normalised_name")[:FOUND_AT_MOST])
    words = [key for word in _without_prefixes(asked.split()) if (key := _key(word))]
    if not words:
        return []
    exact = people
    for word in words:
        exact = exact.filter(normalised_name__contains=word)
    return list(exact.order_by("normalised_name", "pk")[:FOUND_AT_MOST]) or _misheard(people, words)


def _without_prefixes(words: list[str]) -> list[str]:
    """Without "van den", which is stored in one form; but not nothing, because "de" may be the beginning of a name."""
    return [word for word in words if word.casefold().strip(".") not in PREFIXES] or words


def _key(word: str) -> str:
    return normalised_name("", word).strip("|")


def _has_number(asked: str, digits: str) -> Q:
    """A whole number as people write it, or the last digits of one."""
    read = [number.e164 for number in read_numbers(asked).numbers]
    if read:
        return Q(phones__e164__in=read) | Q(contacts__phone__in=read)
    return Q(phones__e164__endswith=digits) | Q(contacts__phone__endswith=digits)


def _misheard(people: "QuerySet[Person]", words: list[str]) -> list[Person]:
    """Names in which every word has a near one. A word with one letter wrong keeps one of its halves."""
    longest = max(words, key=len)
    half = len(longest) // 2
    if half < 2:
        return []
    likely = people.filter(
        Q(normalised_name__contains=longest[:half]) | Q(normalised_name__contains=longest[half:])
    ).order_by("normalised_name", "pk")
    scored = [(_likeness(name, words), pk) for pk, name in likely.values_list("pk", "normalised_name")[:LOOKED_AT]]
    best = sorted(((score, pk) for score, pk in scored if score >= NEAR), reverse=True)[:FOUND_AT_MOST]
    found = people.in_bulk([pk for _score, pk in best])
    return [found[pk] for _score, pk in best]


def _likeness(name: str, words: list[str]) -> float:
    """How well the word that fits worst fits: 1 is exactly."""
    family, _, given = name.partition("|")
    bare = re.sub(r"^(vand|van|de)", "", family)
    return min(max(_likeness_of(word, part) for part in (family, bare, given)) for word in words)


def _likeness_of(word: str, part: str) -> float:
    return SequenceMatcher(None, word, part, autojunk=False).ratio() if part else 0.0
