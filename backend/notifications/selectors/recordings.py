"""Which sentences an organisation has recorded: settings → recordings → language → "catalogue.code" → address."""

import string
from collections.abc import Mapping
from urllib.parse import urlsplit

from backend.notifications import registry
from backend.notifications.models import Attempt
from backend.people.models import Organisation

FIRST_QUESTION = 1
"""`Attempt.step` of a call in which nothing was heard but that somebody picked up."""


def to_be_played(call: Attempt) -> dict[str, str]:
    """The recordings for this call, as `recorded` gives them; none when they may be why an earlier call broke off.

    Whether the carrier skips a recording that it cannot fetch, or ends the call, is not known. So whoever picked up
    before, about the same thing, and was gone at the first question, now hears speech only.
    """
    found = recorded(call.organisation, call.language)
    return {} if found and _broke_off_before(call) else found


def _broke_off_before(call: Attempt) -> bool:
    before = Attempt.objects.filter(host=call.host, subject_id=call.subject_id, line=call.line)
    before = before.filter(created_at__lt=call.created_at, answered_at__isnull=False, step__lte=FIRST_QUESTION)
    return before.exclude(state__in=Attempt.LIVE).exists()


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
