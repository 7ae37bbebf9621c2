"""Single cells: invisible signs, lengths, postcodes, places, addresses and keys."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# The longest text kept of one cell, in characters; what is cut off is reported.
LONGEST_CELL = 200
LONGEST_NOTES = 2000
SPREADSHEET_ERRORS = frozenset(
    {
        "#ref!",
        "#n/a",
        "#n/b",
        "#value!",
        "#waarde!",
        "#name?",
        "#naam?",
        "#div/0!",
        "#deel/0!",
        "#verw!",
        "#null!",
    }
)
_HEADER_SPACES = re.compile(r"[^\w#]+")
# Two bytes of UTF-8 read as two Windows characters ("Ã–zdemir"), or a letter already lost.
_GARBLED = re.compile("Ã[\u0080-\u00bf–—‚„…†‡ˆ‰Š‹ŒŽ‘’“”•˜™š›œžŸ]|\ufffd")
_POSTCODE = re.compile(r"([1-9]\d{3})\s*-?\s*([A-Za-z]{2})")
_POSTCODE_IN_ADDRESS = re.compile(r"[\s,]+([1-9]\d{3}\s*[A-Za-z]{2})\b[\s,]*(.*)$", re.DOTALL)
_SMALL_WORDS = frozenset(
    {"aan", "de", "den", "der", "en", "het", "in", "op", "bij", "ter", "ten", "te", "van", "over", "onder"}
)
_YES = re.compile(r"(?:ja|j|yes|y|x|v|true|waar|✓|✔|√|[1-9])\b|[✓✔√]", re.IGNORECASE)
_NO = re.compile(r"(?:nee|neen|n|no|geen|none|false|onwaar|0)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CleanText:
    """A cell without invisible signs and within its length; `removed` and `cut` count what was lost."""

    text: str
    removed: int = 0
    cut: int = 0


@dataclass(frozen=True, slots=True)
class KeyReading:
    """Whether somebody has a key, as far as the cell says, and whatever else it says."""

    has_key: bool | None
    note: str = ""


def clean(text: str, longest: int) -> CleanText:
    """Removes control, direction and zero-width signs, joins spaces, and cuts to `longest` characters."""
    kept: list[str] = []
    removed = 0
    for sign in unicodedata.normalize("NFC", text):
        if sign in "\n\r\t" or unicodedata.category(sign) in {"Zs", "Zl", "Zp"}:
            kept.append("\n" if sign in "\n\r\u2028\u2029" else " ")
        elif unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
            removed += 1
        else:
            kept.append(sign)
    lines = (" ".join(line.split()) for line in "".join(kept).split("\n"))
    joined = "\n".join(line for line in lines if line)
    return CleanText(joined[:longest].rstrip(), removed, max(0, len(joined) - longest))


def looks_garbled(text: str) -> bool:
    """Whether letters were damaged by a wrong encoding somewhere before this file."""
    return _GARBLED.search(text) is not None


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would calculate this text; here it stays text ("+31 6" is a number)."""
    return bool(re.match(r"=|@|[+-]\s*[A-Za-z(]", text))


def heading_key(text: str) -> str:
    """A column heading for comparing: "Telefoon (vast)" gives "telefoon vast"."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    return _HEADER_SPACES.sub(" ", letters.replace("_", " ")).strip()


def read_postcode(text: str) -> tuple[str, bool]:
    """A postcode and whether it is a whole Dutch one: "5021ab" gives ("5021 AB", True)."""
    if found := _POSTCODE.fullmatch(text.strip()):
        return f"{found.group(1)} {found.group(2).upper()}", True
    return text.strip(), False


def split_address(text: str) -> tuple[str, str, str]:
    """An address cell as (street and number, postcode, place) where one cell holds all three."""
    found = _POSTCODE_IN_ADDRESS.search(text)
    # "Kade 1200 AB" is a house number: a postcode in this cell comes behind one.
    if found and re.search(r"\d", text[: found.start()]):
        return text[: found.start()].strip(" ,\n"), found.group(1), found.group(2).strip(" ,\n")
    return text.replace("\n", ", "), "", ""


def read_place(text: str) -> str:
    """A place name in ordinary capitals ("ALPHEN AAN DEN RIJN"); one with mixed case stays as written."""
    if not (text.isupper() or text.islower()):
        return text
    words = []
    for index, word in enumerate(text.lower().split()):
        small = index > 0 and word in _SMALL_WORDS
        words.append(word if small else "-".join(_capital(part) for part in word.split("-")))
    return " ".join(words)


def read_key(text: str) -> KeyReading:
    """A key cell: "ja", "x", "Ja, kluisje 4-cijferig", "n". Other words alone leave it open."""
    stripped = text.strip(" .")
    if not stripped or stripped in {"-", "?"}:
        return KeyReading(None, "" if stripped in {"", "-"} else stripped)
    for pattern, answer in ((_YES, True), (_NO, False)):
        if found := pattern.match(stripped):
            return KeyReading(answer, stripped[found.end() :].strip(" ,;:.-()"))
    if re.match(r"heeft (?:een |de )?sleutel|has (?:a |the )?key", stripped, re.IGNORECASE):
        return KeyReading(True, stripped)
    return KeyReading(None, stripped)


def _capital(word: str) -> str:
    if word in {"'s", "’s"}:
        return word
    if word.startswith("ij"):
        return f"IJ{word[2:]}"
    return word[:1].upper() + word[1:]
