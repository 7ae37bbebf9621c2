"""Which sentences an organisation has recorded: settings → recordings → language → "catalogue.code" → address."""

import string
from collections.abc import Mapping
from urllib.parse import urlsplit

from backend.notifications import registry
from backend.people.models import Organisation


def recorded(organisation: Organisation, language: str) -> dict[str, str]:
    """Addresses by sentence. What is no sentence of ours, has a blank to fill in or no https address, is spoken."""
    own = organisation.settings.get("recordings", {})
    by_code = own.get(language, {}) if isinstance(own, Mapping) else {}
    if not isinstance(by_code, Mapping):
        return {}
    found = {}
    for name, url in by_code.items():
        catalogue, _, code = str(name).partition(".")
        sentence = registry.catalogues.get(catalogue, {}).get(language, {}).get(code, "")
        if sentence and not _has_blanks(sentence) and urlsplit(str(url)).scheme == "https":
            found[sentence] = str(url)
    return found


def _has_blanks(sentence: str) -> bool:
    return any(name is not None for _text, name, _spec, _conversion in string.Formatter().parse(sentence))
