"""What notifications say by themselves, in Dutch and English."""

NL = {
    "read_out": "Een bericht van {organisation}. {text} Druk op 1 als u dit gehoord heeft.",
    "thanks": "Dank u wel.",
    "could_not_ring": "{organisation} kan u niet bellen. Er is haast bij: bel {phone}.",
}

EN = {
    "read_out": "A message from {organisation}. {text} Press 1 if you have heard this.",
    "thanks": "Thank you.",
    "could_not_ring": "{organisation} cannot ring you. It is urgent: please ring {phone}.",
}

CATALOGUES = {"nl": NL, "en": EN}


def say(code: str, language: str, **values: object) -> str:
    """A sentence in a language; Dutch where that language has no catalogue."""
    return CATALOGUES.get(language, NL)[code].format(**values)
