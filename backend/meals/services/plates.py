"""What each of a party does not eat: plates, and the covers without one eat what there is. Under the evening's lock.

A party may come to have fewer people than plates. Nobody knows then whose plate is not needed: all of them stay, the
kitchen counts them (`selectors.kitchen`), and a person asks.
"""

from collections.abc import Sequence

from backend.common.errors import Conflict
from backend.meals.domain.diets import codes
from backend.meals.models import Plate, Reservation
from backend.meals.services import own_plates
from backend.meals.services.wishes import PlateWish


def set_plates(reservation: Reservation, plates: Sequence[PlateWish], *, people: int) -> None:
    """What a party of so many does not eat, instead of what was known. Under the evening's lock.

    Raises:
        Conflict: more plates than people.
        UnknownFood: a code that stands for no food.
    """
    if len(plates) > people:
        raise Conflict("There are more plates than people in this party. Leave some out, or make the party larger.")
    rows = [_plate(reservation, plate) for plate in plates]
    reservation.plates.all().delete()
    Plate.objects.bulk_create(rows)
    if rows:
        own_plates.recognise(reservation)


def _plate(reservation: Reservation, wish: PlateWish) -> Plate:
    return Plate(
        reservation=reservation,
        without=codes(wish.without),
        own_plate=wish.own_plate,
        name=wish.name if wish.own_plate else "",
        note=wish.note,
    )
