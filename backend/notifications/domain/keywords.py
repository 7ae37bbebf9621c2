"""What people mean by a text: keywords as they are really typed, in Dutch and English. Pure, and total for any text.

Nothing is guessed. Two keywords that contradict one another, or a keyword somewhere in a long letter, are not
understood, and a person reads the text. Only a cry for help is taken from anywhere: better once too often.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Keyword(StrEnum):
    """What a text asks for."""

    YES = "yes"
    NO = "no"
    HELP = "help"
    STOP = "stop"
    START = "start"
    AWAY = "away"
    BACK = "back"
    ARRIVED = "arrived"
    SWAP = "swap"
    NUMBER = "number"
    """Only one or two numbers: the answer to a list."""


@dataclass(frozen=True)
class Understood:
    """A text as it was understood. `keyword` is None when it was not, or not clearly.

    `numbers` are the whole numbers below 100 that stand beside the keyword and mean no time ("over 10 minuten"); `plain` is the text without what it
    quotes, in small letters, without accents, emoji and signs that mean nothing; `words` are its words.
    """

    keyword: Keyword | None
    numbers: tuple[int, ...]
    plain: str
    words: tuple[str, ...]

    @property
    def number(self) -> int | None:
        """The number, when there is exactly one."""
        return self.numbers[0] if len(self.numbers) == 1 else None


LONGEST = 4096
"""Characters that are read; a carrier joins no more than 1,600."""

SHORT = 9
"""Words: in a longer text a keyword counts only as its first word."""

NO_HELP = re.compile(r"\b(geen hulp|no help|not an emergency|geen noodgeval|niet gevallen)\b")

_AT = r"(over|binnen|om|rond|tegen|in|within|at|around|by)"
_TIME = (
    rf"({_AT} )?(ongeveer |circa |about |een |half )*\d+([.:]\d+)? ?(uur|minuten|minuut|min|minutes|minute|mins|am|pm)"
    rf"|{_AT} (ongeveer |circa |about |half |kwart (over|voor) )*\d+([.:]\d+)?"
    rf"|{_AT} (ongeveer |circa |about )*(een |n |a |an )?(paar |half |halve |few )?(kwartier(tje)?|uur(tje)?|tijdje|hour|"
    r"minuten|minuutje|minutes|minute)"
)
"""A time or a while, such as somebody on their way names: no number of a case."""

_COMING = (
    r"(ik )?(ben|kom|zijn|sta) er (zo|aan|bijna|straks|dadelijk|direct|meteen|(over|om|rond|tegen|binnen) (?!.*\bniet\b).+)"
    r"|(i am|im|ill be|i will be|be|i can be|can be) (here |there )?(soon|shortly|almost there|nearly there)"
    r"|(i am|im|ill be|i will be|be|i can be|can be) (here|there) (in|at|by|within|around|about) .+"
)
_NOT_NOW = r"(?!.*\b(niet|nog|pas|later|morgen|vanmiddag|vanavond|nooit|geen|not|yet|tomorrow|tonight)\b)"
"""Nobody goes now or stands at a door who says that they will some time, or not."""

NEGATIONS = frozenset(("niet", "geen", "nooit", "not", "never", "isnt", "arent"))
"""Beside a yes or "I am there" they make it unclear: to take "ik ga niet" for a claim would keep others from going."""

PHRASES: tuple[tuple[Keyword | None, str], ...] = (
    (
        None,
        r"(bel|bellen|ring|call|belt) (je |u |jij |jullie )?(me |mij |ons |us )?(even |straks |later )*(terug|back)",
    ),
    (None, r"terug ?(te )?(bellen|gebeld|bel)|op de weg"),
    (Keyword.YES, r"(ben |ik ben )?(al )?(op weg|onderweg)"),
    (None, r"(ik )?(ben|zijn|sta) er nog niet|(i am |im )?not there yet"),
    (
        Keyword.AWAY,
        r"(ben|zijn|is) (er|dan|toch|we)( dan| nu| even| vandaag| morgen)* niet|niet (thuis|aanwezig)|not (at )?(home|there)",
    ),
    (Keyword.AWAY, r"(ik )?(ga |ben |zijn |we )?(op|met) vakantie|on holiday"),
    (
        Keyword.NO,
        r"(ik )?(kan|kom|ga|lukt|wil)( er| nu| vandaag| echt| helaas| het| daar| hier| om \d+ uur)* niet"
        r"( heen| naartoe| gaan| komen)*|lukt (me|mij) niet",
    ),
    (Keyword.NO, r"(i )?(can ?not|cant|will not|wont)( go| come)?|(i am |im )?not (coming|going|on my way)"),
    (Keyword.YES, _COMING),
    (Keyword.YES, rf"ik (ga|kom)( er)?( nu)?( heen| naartoe| kijken)?{_NOT_NOW}"),
    (Keyword.YES, r"(i am|im|ill|i will) (coming|going|go|come|on my way)|on my way"),
    (Keyword.BACK, r"(ben |zijn )?(er )?weer (thuis|terug|er|in het land)|(i am |im )?(home|back) again"),
    (Keyword.BACK, r"(ben|zijn) er weer|(ben|zijn) (weer )?terug"),
    (
        Keyword.ARRIVED,
        rf"((ik )?(ben|sta|zijn) er( nu| al)?|(ik )?sta (voor|bij|aan) de deur|i am (here|there)){_NOT_NOW}",
    ),
    (None, _TIME),
)
"""Tried in this order; what is found is taken out before single words are looked for. None: means nothing here."""

WORDS: dict[Keyword, frozenset[str]] = {
    Keyword.YES: frozenset(("ja", "jawel", "jazeker", "yes", "yep", "ok", "oke", "okay", "okee", "akkoord", "prima")),
    Keyword.NO: frozenset(("nee", "neen", "no", "nope", "helaas")),
    Keyword.HELP: frozenset(("hulp", "help", "sos", "noodgeval", "gevallen", "emergency")),
    Keyword.STOP: frozenset(("stop", "stopall", "stoppen", "unsubscribe", "cancel", "end", "quit", "afmelden")),
    Keyword.START: frozenset(("start", "unstop", "aanmelden")),
    Keyword.AWAY: frozenset(("afwezig", "afwezigheid", "away", "absent", "weg", "vakantie")),
    Keyword.BACK: frozenset(("terug", "back", "thuis")),
    Keyword.ARRIVED: frozenset(("aangekomen", "gearriveerd", "arrived", "there")),
    Keyword.SWAP: frozenset(("ruil", "ruilen", "swap")),
}

MISTYPED: dict[Keyword, frozenset[str]] = {
    keyword: frozenset(word for word in words if len(word) >= 4 and word not in ("thuis", "prima", "there"))
    for keyword, words in WORDS.items()
}
"""Words that are long enough to be known with one letter wrong."""

_LOOK_ALIKE = (
    "zulp kelp heel hele hemd gulp hulk helm held hield heup heap back bank bark lack start staat stapt smart stem "
    "step stok stoot shop stom stof strop staart geen been teen neem heen ruim ruis ruik ruit huil vuil kuil muil "
    "hope note none noot quiz suit bevallen oker swamp "
)
NOT_MISTAKES = frozenset(_LOOK_ALIKE.split())
"""Real words that lie one letter from a keyword; they are not typing errors of it."""

_ALONE = {"j": Keyword.YES, "n": Keyword.NO, "y": Keyword.YES, "er": Keyword.ARRIVED, "here": Keyword.ARRIVED}
_DRAWN_OUT = {Keyword.YES: r"ja+h?", Keyword.NO: r"ne{2,}n?"}
_WHOLE_TEXT_ONLY = (Keyword.STOP, Keyword.START)
_QUOTE = re.compile(r"^\s*(op .{3,60} schreef\b|on .{3,60} wrote\b|-{3,}|_{3,}|van: |from: )", re.IGNORECASE)
_REACTION = re.compile(
    r"^\s*(\S+ )?(leuk gevonden|vond .{0,30} leuk|liked|loved|laughed at|reageerde|reacted)\b.*"
    r"[\"“„‘']",
    re.IGNORECASE | re.DOTALL,
)
_LETTERS_AND_NUMBERS = re.compile(r"[^a-z0-9/.:\- ]+")


def plain(text: str) -> str:
    """A text in small letters, without accents, emoji, quoted lines and signs, its spaces single.

    The signs that dates are written with (- / . :) stay between digits; "t/m" becomes "tm".
    """
    lines = []
    for line in text[:LONGEST].splitlines():
        if _QUOTE.match(line):
            break
        if not line.lstrip().startswith(">"):
            lines.append(line)
    decomposed = unicodedata.normalize("NFKD", " ".join(lines)).lower()
    bare = "".join(" " if sign in "\t\n\r\f\v" else sign for sign in decomposed if not unicodedata.combining(sign))
    bare = re.sub(r"\bt\s?/\s?m\b|\bt\.m\.?|\bt&m\b|\btot\s+en\s+met\b", " tm ", bare)
    bare = _LETTERS_AND_NUMBERS.sub(" ", re.sub(r"(?<=[a-z])['’`´](?=[a-z])", "", bare))
    bare = re.sub(r"(?<=\d) ?[-–] ?(?=\d)", "-", bare)
    bare = re.sub(r"(?<!\d)[-/.:]|[-/.:](?!\d)", " ", bare)
    return " ".join(bare.split())


def understand(text: str) -> Understood:
    """What a text means. Never raises, whatever the text."""
    cleaned = "" if _REACTION.match(text[:LONGEST]) else plain(text)
    words = tuple(cleaned.split())
    if _is_numbers_only(words, _numbers(words)):
        return Understood(Keyword.NUMBER, _numbers(words), cleaned, words)
    found, rest = _phrases(words) if len(words) <= SHORT else (set(), list(words))
    return Understood(_keyword(words, found, rest), _numbers(rest), cleaned, words)


def _numbers(words: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(word) for word in words if word.isascii() and word.isdigit() and len(word) <= 2)


def _keyword(words: tuple[str, ...], found: set[Keyword], rest: list[str]) -> Keyword | None:
    if len(words) == 1 and words[0] in _ALONE:
        return _ALONE[words[0]]
    if not words or NO_HELP.search(" ".join(words)):
        return None
    if any(_exact(word) is Keyword.HELP for word in words):
        return Keyword.HELP
    if len(words) > SHORT:
        return _of_a_long_text(words[0])
    found = found | {keyword for word in rest if (keyword := _known(word, len(words))) is not None}
    is_denied = bool(NEGATIONS & set(rest)) and bool(found & {Keyword.YES, Keyword.ARRIVED})
    return None if is_denied else _one_of(found, words)


def _is_numbers_only(words: tuple[str, ...], numbers: tuple[int, ...]) -> bool:
    """One number, or two as in "1 bij 2": the answer to a list."""
    others = [word for word in words if not word.isdigit()]
    return 1 <= len(numbers) <= 2 and len(words) - len(others) == len(numbers) and set(others) <= {"bij", "for", "voor"}


def _phrases(words: tuple[str, ...]) -> tuple[set[Keyword], list[str]]:
    """The phrases in a short text, and the words that are left."""
    left = " ".join(words)
    found: set[Keyword] = set()
    for keyword, pattern in PHRASES:
        shorter = re.sub(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])", " | ", left)
        if shorter != left:
            left = shorter
            found |= {keyword} if keyword is not None else set()
    return found, [word for word in left.split() if word != "|"]


def _of_a_long_text(first: str) -> Keyword | None:
    """A long text begins with its keyword, or a person reads it."""
    keyword = _exact(first)
    return keyword if keyword in (Keyword.AWAY, Keyword.BACK, Keyword.SWAP) else None


def _one_of(found: set[Keyword], words: tuple[str, ...]) -> Keyword | None:
    """The one thing that was meant, or None. "Ja, ik ga" is one thing; "ja nee" is not."""
    if Keyword.HELP in found:
        return Keyword.HELP
    if found & set(_WHOLE_TEXT_ONLY):
        alone = len(words) <= 2 and len(found) == 1
        return found.pop() if alone else None
    if found == {Keyword.YES, Keyword.ARRIVED}:
        return Keyword.ARRIVED
    return found.pop() if len(found) == 1 else None


def _known(word: str, of_words: int) -> Keyword | None:
    """The keyword that a word is: exactly, drawn out ("jaaa"), or in a short text with one letter wrong."""
    exact = _exact(word)
    if exact is not None or of_words > 5 or len(word) < 4 or word in NOT_MISTAKES or not word.isalpha():
        return exact
    near = {keyword for keyword, known in MISTYPED.items() for one in known if _one_letter_apart(word, one)}
    return near.pop() if len(near) == 1 else None


def _exact(word: str) -> Keyword | None:
    short = re.sub(r"(.)\1{2,}", r"\1", word)
    for keyword, known in WORDS.items():
        if word in known or short in known:
            return keyword
    return next((keyword for keyword, drawn_out in _DRAWN_OUT.items() if re.fullmatch(drawn_out, word)), None)


def _one_letter_apart(word: str, known: str) -> bool:
    """One letter too many, too few or wrong, or two exchanged (Damerau and Levenshtein's distance of one)."""
    if abs(len(word) - len(known)) > 1 or word == known:
        return False
    start = 0
    while start < min(len(word), len(known)) and word[start] == known[start]:
        start += 1
    a, b = word[start:], known[start:]
    exchanged = len(a) >= 2 and len(b) >= 2 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return exchanged or a[1:] == b[1:] or a[1:] == b or a == b[1:]
