"""What the templates of the dinners may use."""

from django import template

from backend.meals.models import Reservation
from backend.meals.web import rides
from backend.meals.web.readers import Reader

register = template.Library()


@register.simple_tag
def door_party(reader: Reader, row: int) -> str:
    """Where the page of a party is for whoever looks."""
    return reader.address("party", row_pk=row)


@register.filter
def ride(row: Reservation) -> str:
    """Whether and when the bus fetches them."""
    return rides.in_words(row)
