"""The texts of circles as templates, which an organisation may say in words of its own."""

from django.utils.translation import gettext_noop as _

from backend.circles.scripts.words import CATALOGUES
from backend.notifications.domain.templates import LANGUAGES, Template

BACKUP = "circles.backup"

TEMPLATES = (
    Template(
        code=BACKUP,
        purpose=_("To the backup, when the volunteer was absent at the start"),
        words={language: CATALOGUES[language]["backup_text"] for language in LANGUAGES},
        example={"nl": {"circle": "De Els"}, "en": {"circle": "De Els"}},
    ),
)
