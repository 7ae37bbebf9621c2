"""Recorded sentences in place of speech, where an organisation has them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Spoken:
    """Said by the carrier's voice."""

    text: str


@dataclass(frozen=True)
class Played:
    """A sound file, by its address."""

    url: str


def pieces(text: str, recorded: Mapping[str, str]) -> tuple[Spoken | Played, ...]:
    """A text cut into what is recorded and what is said. `recorded` gives an address for whole sentences.

    Longer sentences are found first. Names, times and whatever else differs from call to call is always said.
    """
    found: list[Spoken | Played] = [Spoken(text)]
    for sentence in sorted((one for one in recorded if one.strip()), key=len, reverse=True):
        cut: list[Spoken | Played] = []
        for piece in found:
            cut += _cut(piece.text, sentence, recorded[sentence]) if isinstance(piece, Spoken) else [piece]
        found = cut
    return tuple(found)


def _cut(text: str, sentence: str, url: str) -> list[Spoken | Played]:
    parts: list[Spoken | Played] = []
    for index, rest in enumerate(text.split(sentence)):
        if index:
            parts.append(Played(url))
        if rest.strip():
            parts.append(Spoken(rest.strip()))
    return parts
