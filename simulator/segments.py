"""Into how many parts a text is cut, and what a handset makes of a text that is too long.

Source: GSM 03.38 (the default alphabet and its extension table) and 03.40 (concatenation: a header in each part leaves
153 of 160 septets, or 67 of 70 UTF-16 code units). A character is never torn in two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_EXTENSION = frozenset("\f^{}\\[~]|€")
"""These take two septets: an escape, then the character."""
MOST_SEGMENTS = 10
"""A handset sends a longer text as several; ten parts stay below the 1,600 characters that the carrier takes."""


def segments(body: str) -> int:
    """The number of parts; 1 for an empty text."""
    weigh, alone, chained = _alphabet(body)
    if sum(map(weigh, body)) <= alone:
        return 1
    return sum(1 for _part in _cut(body, weigh, chained))


def as_sent(body: str) -> list[str]:
    """The texts that a handset sends for this one: as it is, or cut into texts of MOST_SEGMENTS parts."""
    if segments(body) <= MOST_SEGMENTS:
        return [body]
    weigh, _alone, chained = _alphabet(body)
    parts = list(_cut(body, weigh, chained))
    return ["".join(parts[start : start + MOST_SEGMENTS]) for start in range(0, len(parts), MOST_SEGMENTS)]


def _alphabet(body: str) -> tuple[Callable[[str], int], int, int]:
    """What a character weighs, and how much fits into a text that stays whole and into a part of one."""
    if all(character in GSM_7 or character in GSM_7_EXTENSION for character in body):
        return (lambda character: 2 if character in GSM_7_EXTENSION else 1), 160, 153
    return (lambda character: 2 if ord(character) > 0xFFFF else 1), 70, 67


def _cut(body: str, weigh: Callable[[str], int], room: int) -> Iterator[str]:
    part, used = "", 0
    for character in body:
        if used + weigh(character) > room:
            yield part
            part, used = "", 0
        part += character
        used += weigh(character)
    yield part
