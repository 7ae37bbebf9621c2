"""The texts that notifications send by themselves, as templates."""

from django.utils.translation import gettext_noop as _

from backend.notifications.domain.templates import LANGUAGES, Template
from backend.notifications.words import WORDS

COULD_NOT_RING = "notifications.could_not_ring"

TEMPLATES = (
    Template(
        code=COULD_NOT_RING,
        purpose=_("Instead of an urgent call that the carrier refuses"),
        words={language: WORDS.languages[language]["could_not_ring"] for language in LANGUAGES},
        example={
            "nl": {"organisation": "Welzijn West", "phone": "+46 8 465 004 00"},
            "en": {"organisation": "Welzijn West", "phone": "+46 8 465 004 00"},
        },
        needed=frozenset({"phone"}),
    ),
)
