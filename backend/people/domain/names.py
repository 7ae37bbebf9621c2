"""Names as people write them in a list: form of address, given name, family name, and who is the same.

Dutch family names carry a prefix (tussenvoegsel: "van den", "de", "El") that lists write before the name,
behind a comma, abbreviated ("v.d.") or glued on. A name is kept as written; only the comparison ignores
such differences.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Title = Literal["mevrouw", "meneer"]

_TITLES: tuple[tuple[re.Pattern[str], Title], ...] = (
    (
        re.compile(r"(?:mevrouw|mevr|mw|mej(?:uffrouw)?|mrs|ms|miss)\b\.?,?\s*|mv\.\s*", re.IGNORECASE),
        "mevrouw",
    ),
    (re.compile(r"(?:de\s+heer|heer|meneer|mijnheer|dhr|hr|mr)\b\.?,?\s*", re.IGNORECASE), "meneer"),
)
_TRAILING_TITLE = re.compile(
    r"[\s,(]+(mevrouw|mevr|mw|mrs|ms|de\s+heer|heer|meneer|dhr|hr|mr)\b\.?\)?\s*$", re.IGNORECASE
)
_FEMALE = r"(?:mevrouw|mevr|mw|mrs)\b\.?"
_MALE = r"(?:de\s+heer|heer|meneer|dhr|hr|mr)\b\.?"
_TWO_PEOPLE = re.compile(
    rf"{_FEMALE}\s*(?:en|and|&|/|\+)\s*{_MALE}|{_MALE}\s*(?:en|and|&|/|\+)\s*{_FEMALE}"
    r"|\bfam(?:ilie)?\b\.?\s|\bechtpaar\b|\b(?:mr|mrs)\b\.?\s*(?:and|&)\s",
    re.IGNORECASE,
)
_ACADEMIC = re.compile(r"\b(?:dr|drs|ir|ing|prof|ds|mr|bc|ba|ma|msc)\.\s*|\b(?:drs|prof)\b\s*", re.IGNORECASE)
PREFIXES = frozenset(
    {"van", "v", "vd", "v/d", "de", "der", "den", "d", "het", "'t", "ter", "ten", "te", "tot", "op", "in"}
    | {
        "aan",
        "bij",
        "onder",
        "uit",
        "voor",
        "la",
        "le",
        "du",
        "da",
        "di",
        "dos",
        "del",
        "von",
        "zu",
        "zur",
        "el",
        "al",
        "ben",
        "bin",
        "ait",
    }
)
# In characters; a longer key is cut, so that it fits a database column.
LONGEST_KEY = 200
# Letters that Unicode does not decompose into a base letter and a mark.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it was written, taken apart. `split` says that one text was divided by our own reading."""

    title: Title | None
    given: str
    family: str
    split: bool = False


def names_two_people(text: str) -> bool:
    """Whether one name cell names a household ("Dhr. en Mw. Bakker", "Fam. Bakker")."""
    return _TWO_PEOPLE.search(text) is not None


def strip_title(text: str) -> tuple[Title | None, str]:
    """Takes the form of address off a name: "Mw. van den Heuvel" gives ("mevrouw", "van den Heuvel").

    A text that is nothing else ("de Heer" is a family name too) is left as it is.
    """
    title, rest = _title_and_rest(text)
    return (title, rest) if rest else (None, " ".join(text.split()))


def _title_and_rest(text: str) -> tuple[Title | None, str]:
    stripped = " ".join(text.split())
    for pattern, title in _TITLES:
        if found := pattern.match(stripped):
            return title, stripped[found.end() :].strip(" ,")
    if trailing := _TRAILING_TITLE.search(stripped):
        title_found, _ = _title_and_rest(trailing.group(1))
        return title_found, stripped[: trailing.start()].strip(" ,")
    return None, stripped


def read_title(text: str) -> Title | None:
    """The form of address in a cell of its own ("mw", "Dhr.", "M", "V"); None when it says neither."""
    short = text.strip(" .").casefold()
    if short in {"v", "vrouw", "f", "female", "woman"}:
        return "mevrouw"
    if short in {"m", "man", "male"}:
        return "meneer"
    title, rest = _title_and_rest(text)
    return None if rest else title


def read_name(family_cell: str, given_cell: str = "", prefix_cell: str = "") -> PersonName:
    """A name from a list with a column for the family name: nothing is split. See also `read_full_name`."""
    title, family = strip_title(family_cell)
    given_title, given = strip_title(given_cell)
    prefix = " ".join(prefix_cell.split())
    if prefix and not family.casefold().startswith(f"{prefix.casefold()} "):
        family = f"{prefix} {family}".strip()
    return PersonName(title or given_title, given, _prefix_first(family))


def read_full_name(text: str) -> PersonName:
    """A name from one cell; the given name stands before the prefix or last word, or after a comma."""
    title, rest = strip_title(text)
    given, family = split_full_name(rest)
    return PersonName(title, given, family, split=bool(given))


def split_full_name(text: str) -> tuple[str, str]:
    """A full name as (given name, family name); a single word is a family name."""
    if "," in text:
        return _split_at_comma(text)
    words = text.split()
    if len(words) < 2:
        return "", text.strip()
    for index, word in enumerate(words):
        if word.casefold().strip(".") in PREFIXES and word[:1].casefold() == word[:1] and index < len(words) - 1:
            return " ".join(words[:index]), " ".join(words[index:])
        if word in {"El", "Al", "Ben", "Ait"} and 0 < index < len(words) - 1:
            return " ".join(words[:index]), " ".join(words[index:])
    if words[0][:1].isupper() and words[0].casefold().strip(".") in PREFIXES - {"v", "d"}:
        return "", " ".join(words)
    initials = 0
    while initials < len(words) - 1 and _are_initials(words[initials]):
        initials += 1
    cut = initials or 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def normalised_name(given: str, family: str) -> str:
    """The name for comparing and for a database key: "Halil", "Özdemir" gives "ozdemir|halil".

    Case, diacritics, punctuation, academic titles and the spelling of a prefix ("v.d.", "van der",
    "vanden") make no difference. Deterministic: the same input gives the same key in every version.
    """
    return f"{_family_key(family)}|{_letters(_without_brackets(given))}"[:LONGEST_KEY]


def same_name(given: str, family: str, other_given: str, other_family: str) -> bool:
    """Whether two spellings can be one person: equal family name, and equal, initial or absent given name.

    "Ozdemir, H." can be "Özdemir, Halil". This alone proves nothing: identity also asks for a shared number.
    """
    if _family_key(family) != _family_key(other_family):
        return False
    one, other = _without_brackets(given), _without_brackets(other_given)
    if not _letters(one) or not _letters(other) or _letters(one) == _letters(other):
        return True
    if _are_initials(one) or _are_initials(other):
        short, long = _initials(one), _initials(other)
        if _are_initials(one) and _are_initials(other):
            return short.startswith(long) or long.startswith(short)
        return short[:1] == long[:1]
    first, second = [_letters(w) for w in one.split()], [_letters(w) for w in other.split()]
    return first[: len(second)] == second or second[: len(first)] == first


def _split_at_comma(text: str) -> tuple[str, str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 2:
        return "", " ".join(parts)
    if len(parts) == 2 and not _is_prefix(parts[1]):
        words = parts[1].split()
        cut = next((i for i in range(1, len(words)) if _is_prefix(" ".join(words[i:]))), len(words))
        return " ".join(words[:cut]), " ".join([*words[cut:], parts[0]])
    prefix = " ".join(part for part in parts[1:] if _is_prefix(part))
    given = " ".join(part for part in parts[1:] if not _is_prefix(part))
    return given, f"{prefix} {parts[0]}".strip()


def _prefix_first(family: str) -> str:
    """ "Heuvel, van den" as "van den Heuvel"; a family name without a trailing prefix stays as written."""
    head, comma, tail = family.rpartition(",")
    return f"{tail.strip()} {head.strip()}" if comma and _is_prefix(tail) else family


def _is_prefix(text: str) -> bool:
    words = [word for word in re.split(r"[\s.]+", text.casefold()) if word]
    return bool(words) and all(word in PREFIXES for word in words)


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^)]*\)", " ", text).strip()


def _are_initials(text: str) -> bool:
    parts = [part for part in re.split(r"[\s.\-]+", text) if part]
    dotted = "." in text and all(len(part) <= 2 for part in parts)
    return bool(parts) and (dotted or all(len(part) == 1 for part in parts))


def _initials(text: str) -> str:
    return "".join(_letters(part)[:1] for part in re.split(r"[\s.\-]+", text) if part)


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_STROKES)
    return "".join(c for c in folded if c.isalnum())


def _family_key(family: str) -> str:
    ordered = _prefix_first(_ACADEMIC.sub("", family))
    words = [_letters(word) for word in re.split(r"[\s.\-]+", ordered.replace("v/d", "v d"))]
    expanded = ["van" if word == "v" else "vand" if word == "vd" else word for word in words if word]
    return re.sub(r"^vande[nr]?", "vand", "".join(expanded))
