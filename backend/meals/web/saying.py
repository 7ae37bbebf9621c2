"""What a service of the dinners refuses, in the reader's language, with how many people it is about."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from backend.common.errors import RondjeError
from backend.meals.domain.chairs import TooFewChairs


def in_words(error: RondjeError) -> str:
    """The refusal, with its numbers and days."""
    if not isinstance(error, TooFewChairs):
        return _(error.message)
    return _(error.template) % {
        name: formats.date_format(value, "j F") if isinstance(value, date) else value
        for name, value in error.values.items()
    }
