"""The languages in which people are spoken to and written to: the one list.

A language is added by a line here and its sentences in each `words.py`. Where a sentence is missing, Dutch is used:
an alarm never fails for want of a translation.
"""

from collections.abc import Mapping
from typing import TypeVar

VOICES = {"nl": "nl-NL", "en": "en-GB"}
"""Every language there is, with the carrier's name of its voice (BCP 47)."""

LANGUAGES = tuple(VOICES)

NAMES = {"nl": "Nederlands", "en": "English"}
"""What each calls itself."""

FALLBACK = "nl"

Words = TypeVar("Words")


def in_language(words: Mapping[str, Words], language: str) -> Words:
    """What stands for a language, or for Dutch where nothing does."""
    return words.get(language, words[FALLBACK])


class Catalogue:
    """Sentences by code, in every language."""

    def __init__(self, **languages: Mapping[str, str]) -> None:
        self.languages = languages

    def say(self, code: str, language: str, /, **values: object) -> str:
        """A sentence in a language, or in Dutch where that language has no such sentence."""
        words = self.languages.get(language, {}).get(code) or self.languages[FALLBACK][code]
        return words.format(**values)

    def in_all(self, code: str) -> dict[str, str]:
        """A sentence as it stands, its places unfilled, by language; Dutch where a language has none."""
        dutch = self.languages[FALLBACK][code]
        return {language: self.languages.get(language, {}).get(code) or dutch for language in LANGUAGES}
