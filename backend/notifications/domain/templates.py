"""Texts as templates: words with places for what differs. Pure; an organisation may put its own words in."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.common.languages import FALLBACK, LANGUAGES, Catalogue, in_language

LONGEST = 600
"""Characters: four segments. Who wants to say more rings."""


@dataclass(frozen=True)
class Template:
    """A text that is sent.

    `words` and `example` are by language; the example's keys are the places that words may have, those in `needed`
    must occur: without its link an alert could not be answered. `purpose` is a sentence for the page.
    """

    code: str
    purpose: str
    words: Mapping[str, str]
    example: Mapping[str, Mapping[str, str]]
    needed: frozenset[str] = field(default_factory=frozenset)

    def default(self, language: str) -> str:
        """The words in a language; Dutch where there are none."""
        return in_language(self.words, language)

    def preview(self, words: str, language: str) -> str:
        """What a reader of the example would get."""
        return words.format(**in_language(self.example, language))


def of_sentence(
    code: str,
    purpose: str,
    words: Mapping[str, str],
    examples: Mapping[str, Mapping[str, str]],
    needed: frozenset[str] = frozenset(),
) -> Template:
    """The template of one sentence of a catalogue: its places are those of its words, filled in from `examples`."""
    places = places_in(words[FALLBACK])
    example = {language: {place: values[place] for place in places} for language, values in examples.items()}
    return Template(code=code, purpose=purpose, words=words, example=example, needed=needed)


def of_catalogue(
    prefix: str,
    purposes: Mapping[str, tuple[str, set[str]]],
    words: Catalogue,
    examples: Mapping[str, Mapping[str, str]],
) -> tuple[Template, ...]:
    """Templates of the sentences that `purposes` names, each with what it is for and the places that it needs."""
    return tuple(
        of_sentence(
            prefix + code,
            purpose,
            {language: words.languages[language][code] for language in LANGUAGES},
            examples,
            frozenset(needed),
        )
        for code, (purpose, needed) in purposes.items()
    )


def places_in(words: str) -> tuple[str, ...]:
    """The names of the places in words, each once, in their order."""
    return tuple(dict.fromkeys(name for _text, name, _spec, _turned in string.Formatter().parse(words) if name))


class Unusable(Exception):
    """Words that cannot serve: `unknown` and `missing` name places, both empty when the braces do not fit."""

    def __init__(self, *, unknown: tuple[str, ...] = (), missing: tuple[str, ...] = ()) -> None:
        super().__init__("unusable words")
        self.unknown, self.missing = unknown, missing


def check(template: Template, words: str) -> None:
    """Raise Unusable unless every place in `words` is a known name and every needed one occurs."""
    try:
        parsed = [
            (name, spec, turned) for _text, name, spec, turned in string.Formatter().parse(words) if name is not None
        ]
    except ValueError as error:
        raise Unusable from error
    known = set(template.example[FALLBACK])
    unknown = tuple(name for name, spec, turned in parsed if name not in known or spec or turned)
    missing = tuple(sorted(template.needed - {name for name, _spec, _turned in parsed}))
    if unknown or missing or len(words) > LONGEST:
        raise Unusable(unknown=unknown, missing=missing)
