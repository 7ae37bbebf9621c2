"""The chairs of a resto beside the places at its tables, in words: nobody comes for whom there is no table."""

from typing import Any

from django.utils.translation import gettext as _

from backend.meals.models import Resto
from backend.meals.selectors.counting import seats_of_each


def facts(resto: Resto) -> dict[str, Any]:
    """For how many people there are tables, and what to do where that is another number than there are chairs.

    Nothing where no tables are drawn.
    """
    seats = seats_of_each([resto.pk]).get(resto.pk)
    if seats is None:
        return {}
    known = {"chairs": resto.chairs, "seats": seats, "n": resto.chairs - seats}
    too_few = _(
        "%(chairs)s chairs, %(seats)s at tables: for %(n)s people there is no table. Add tables or enlarge them, or "
        "give the resto %(seats)s chairs."
    )
    unused = _(
        "%(chairs)s chairs, %(seats)s at tables: no more than %(chairs)s people can come. If there is a chair at every "
        "place, give the resto %(seats)s chairs."
    )
    return {
        "seats": seats,
        "too_few_seats": too_few % known if seats < resto.chairs else "",
        "unused_seats": unused % known if seats > resto.chairs else "",
    }
