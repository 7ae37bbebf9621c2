"""What the templates of the bus may use."""

from django import template
from django.utils import formats

register = template.Library()


@register.filter
def euros(cents: int) -> str:
    """An amount of cents in euros, as it is written in the reader's language: 2,50."""
    return formats.number_format(cents / 100, decimal_pos=2, use_l10n=True)
