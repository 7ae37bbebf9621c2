"""The words of a text: the organisation's own where it has any that can serve, else those of the template."""

import logging

from backend.notifications import registry
from backend.notifications.domain.templates import Unusable, check
from backend.people.models import Organisation

log = logging.getLogger(__name__)


def text(organisation: Organisation, code: str, language: str, /, **values: str) -> str:
    """A text that is sent, its places filled in. An alarm never fails for want of words: defaults step in."""
    return words_of(organisation, code, language).format(**values)


def words_of(organisation: Organisation, code: str, language: str) -> str:
    """The words with their places, as they serve now."""
    template = registry.templates[code]
    own: str = organisation.settings.get("texts", {}).get(code, {}).get(language, "")
    if own:
        try:
            check(template, own)
        except Unusable:
            log.warning("Organisation %s: its words for %s cannot be used; the defaults are.", organisation.pk, code)
        else:
            return own
    return template.default(language)
